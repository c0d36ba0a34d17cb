"""One field, one value: finds the blank in the file, sees what it is made of, and writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..collection import Scalar
from ..model import Cell
from ..readers.docx.styles import W
from ..spec import Field
from .blanks import Change, changes, choose, grown
from .growth import may_grow
from .ink import day_of, day_printed, printed
from .ticks import pick, tick
from .trace import Control, Place, Trace
from .writer import Writer


class FieldWriter:
    """Writes values into blanks. Where a value is longer than its gap, the other gaps of the line give room."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self._debts: dict[int, float] = {}

    def prepare(self, blanks: Iterable[tuple[Field, Place | None, Scalar]]) -> None:
        """See what is going to be written, and by how much it is too long for each line."""
        for field, place, value in blanks:
            if place is not None and field.type != "choice" and _control(place) is None:
                look = self.writer.look(place.trace, place.start, place.end)
                made = changes(place.trace.text, place.start, place.end, value, field.type, look)
                over = max(0.0, grown(place.trace.text, made, look.space))
                self._debts[place.trace.node.start] = self._debts.get(place.trace.node.start, 0.0) + over

    def again(self) -> FieldWriter:
        """For another copy of the same stretch."""
        return FieldWriter(self.writer.again())

    def write(self, field: Field, place: Place | None, value: Scalar) -> None:
        """Write a value into the blank at a place, and into its double where a text box has one. None leaves it alone."""
        if place is None or printed(value) == "":
            return
        self._write(field, place, value)
        double = self.writer.docx.mirror(place.trace)
        if double is not None:
            self._write(field, Place(double, place.start, place.end), value)

    def _write(self, field: Field, place: Place, value: Scalar) -> None:
        control = _control(place)
        if control is not None and not (field.type == "choice" and _has_box(place, control)):
            self._control(field, place.trace, control, value)
        elif field.type == "choice" and field.options:
            self._choose(field.options, place, value)
        else:
            self._blank(field, place, value)

    def planned(self, field: Field, place: Place, value: Scalar) -> list[Change]:
        """What would be written into a blank of a line."""
        look = self.writer.look(place.trace, place.start, place.end)
        return changes(place.trace.text, place.start, place.end, value, field.type, look)

    def _blank(self, field: Field, place: Place, value: Scalar) -> None:
        trace = place.trace
        debt = self._debts.get(trace.node.start, 0.0)
        look = self.writer.look(trace, place.start, place.end, debt)
        made = changes(trace.text, place.start, place.end, value, field.type, look)
        for change in made:
            self.writer.write(trace, change)
        may_grow(self.writer, trace, made[-1].text if made else "")
        self._debts[trace.node.start] = max(0.0, debt + min(0.0, grown(trace.text, made, look.space)))

    def _control(self, field: Field, trace: Trace, control: Control, value: Scalar) -> None:
        if control.is_field:
            if control.node.within(W + "ddList"):
                pick(self.writer, trace, control, printed(value))
                return
            self.writer.write_control(trace, control, self._dated(field, control.node.within(W + "format"), value))
            return
        dates = [node for node in control.node.within(W + "date") if node.parent is control.node.child("sdtPr")]
        formats = [inner for node in dates for inner in node.children if inner.name == W + "dateFormat"]
        self.writer.write_control(trace, control, self._dated(field, formats, value))
        day = day_of(value)
        if dates and day is not None and day.year and day.month and day.day:
            self._full_date(dates[0].index, f"{day.year}-{day.month.zfill(2)}-{day.day.zfill(2)}T00:00:00Z")

    def _full_date(self, index: int, value: str) -> None:
        """The day that a date control holds, beside the words it shows."""
        xml = self.writer.docx.xml
        node = xml.nodes[index]
        element = self.writer.docx.elements[index]
        tag = xml.tag(node)
        known = element.get(W + "fullDate")
        prefix = xml.prefix(node)
        if known is not None:
            self.writer.edits.replace(node.start, node.inner, tag.replace(known, value))
        else:
            name = tag[1:].split()[0].rstrip("/>")
            self.writer.edits.replace(
                node.start, node.inner, tag.replace(name, f'{name} {prefix}fullDate="{value}"', 1)
            )

    def _dated(self, field: Field, formats: Iterable[object], value: Scalar) -> str:
        """The words of a value; a date in the control's own format."""
        if field.type not in ("date", "datetime"):
            return printed(value)
        node = next(iter(formats), None)
        pattern = None
        if node is not None:
            pattern = self.writer.docx.elements[node.index].get(W + "val")  # type: ignore[attr-defined]
        return day_printed(value, pattern or "yyyy年M月d日")

    def _choose(self, options: list[str], place: Place, value: Scalar) -> None:
        text, start, find = self._range(place)
        choice = choose(text, start, options, value)
        for at in choice.ticked:
            box = find(at)
            if box is not None:
                tick(self.writer, box.trace, box.start)
        if choice.words:
            words = f" {choice.words}" if choice.words == "/" else f"（{choice.words}）"
            self.writer.write(place.trace, Change(place.end, place.end, words))

    def _range(self, place: Place) -> tuple[str, int, Callable[[int], Place | None]]:
        """The text in which the boxes of a choice stand: the whole cell, as they may be on several lines of it."""
        cell = place.cell
        own = place.trace.paragraph
        if cell is None or own not in cell.paragraphs:
            return place.trace.text, place.start, lambda at: Place(place.trace, at, at + 1)
        at_line = sum(len(paragraph.text) + 1 for paragraph in cell.paragraphs[: _index(cell, place)])
        return cell.text, at_line + place.start, lambda at: self.writer.docx.in_cell(cell, at, at + 1)


def _index(cell: Cell, place: Place) -> int:
    return next(number for number, paragraph in enumerate(cell.paragraphs) if paragraph is place.trace.paragraph)


def _control(place: Place) -> Control | None:
    """The innermost control that the blank fills, if it is one."""
    fitting = [one for one in place.trace.controls if one.start == place.start and one.end == place.end]
    if not fitting:
        fitting = [
            one
            for one in place.trace.controls
            if one.start <= place.start and place.end <= one.end and one.start < one.end
        ]
    return min(fitting, key=lambda one: one.end - one.start, default=None)


def _has_box(place: Place, control: Control) -> bool:
    """Whether the control is a check box, or holds more than the choice's own words."""
    return any(char in "□☐☑☒❏❑▢◻▫■" for char in place.trace.text[control.start : control.end])
