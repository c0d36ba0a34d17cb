"""Fields that repeat together: the printed line or row once for each, copies of it where there are more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ..collection import Scalar
from ..lexicon.numerals import format_number, from_chinese
from ..model import Cell, Table
from ..readers.docx.styles import W
from ..spec import Field
from .blanks import Change
from .fields import FieldWriter
from .trace import Place, Trace, TracedDocx
from .xmltext import Node, copied

Row = Mapping[str, Scalar]
_NUMBER = re.compile(
    r"^(?P<before>\s*[（(]?)(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<behind>[)）]?[.．、]?\s*)$"
)
_LABEL = re.compile(
    r"^(?P<before>\s*[（(]?)(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<behind>[)）、]|[.．](?!\d))"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def write_group(writer: FieldWriter, fields: Sequence[Field], rows: Sequence[Row]) -> None:
    """Write the rows of a group."""
    docx = writer.writer.docx
    table = _table(docx, fields[0])
    if any(field.rows for field in fields) and table is not None:
        _write_rows(writer, fields, rows, table)
        return
    places = [docx.place(field.evidence) for field in fields]
    if rows:
        for field, place in zip(fields, places, strict=True):
            writer.write(field, place, rows[0].get(field.id))
    first = places[0]
    if len(rows) > 1 and first is not None:
        _write_lines(writer, [(field, place) for field, place in zip(fields, places, strict=True) if place], rows)


# -- a line of prose


def _write_lines(writer: FieldWriter, blanks: list[tuple[Field, Place]], rows: Sequence[Row]) -> None:
    trace = blanks[0][1].trace
    blanks = [(field, place) for field, place in blanks if place.trace is trace]
    text = trace.text[: len(trace.spots)]
    low, high = _line(text, min(place.start for _, place in blanks), max(place.end for _, place in blanks))
    if text[:low].strip() or text[high:].strip() or trace.boxes:
        _write_clauses(writer, blanks, rows, (low, high))
        return
    copies = []
    for step, row in enumerate(rows[1:], 1):
        own = writer.again()
        for field, place in blanks:
            own.write(field, place, row.get(field.id))
        _count_on(own, trace, _LABEL, step)
        copies.append(_rendered(own, trace.node))
    writer.writer.edits.replace(trace.node.end, trace.node.end, "".join(copies))


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    return low, high if high >= 0 else len(text)


def _write_clauses(
    writer: FieldWriter, blanks: list[tuple[Field, Place]], rows: Sequence[Row], line: tuple[int, int]
) -> None:
    """A line that shares its paragraph with others: its words once more for each row, behind it, in its own formatting."""
    trace = blanks[0][1].trace
    text = trace.text
    low, high = line
    stop = re.search(r"[；;。]", text[max(place.end for _, place in blanks) : high])
    if stop:
        high = max(place.end for _, place in blanks) + stop.end()
    pieces = []
    for row in rows[1:]:
        pieces.append(
            text[low:high]
            if text[:low].strip() == "" and stop and text[high : line[1]].strip()
            else "\n" + text[low:high]
        )
        offset = len(pieces[-1]) - (high - low)
        for field, place in sorted(blanks, key=lambda pair: -pair[1].start):
            pieces[-1] = _replaced(writer, field, place, row, pieces[-1], offset - low)
    writer.writer.write(trace, Change(high, high, "".join(pieces)))


def _replaced(writer: FieldWriter, field: Field, place: Place, row: Row, piece: str, shift: int) -> str:
    for change in reversed(writer.planned(field, place, row.get(field.id))):
        piece = piece[: change.start + shift] + change.text + piece[change.end + shift :]
    return piece


# -- rows of a table


def _table(docx: TracedDocx, field: Field) -> Table | None:
    if not 0 <= field.evidence.block < len(docx.blocks):
        return None
    block = docx.blocks[field.evidence.block]
    if not isinstance(block, Table):
        return None
    nested = field.evidence.nested if isinstance(field.evidence.nested, list) else []
    where = [(field.evidence.row or 0, field.evidence.column or 0), *zip(nested[::2], nested[1::2], strict=False)]
    table = block
    for row, column in where[:-1]:
        cell = table.grid().get((row, column))
        inner = cell.tables if cell else ()
        if not inner:
            return None
        table = inner[0]
    return table


def _write_rows(writer: FieldWriter, fields: Sequence[Field], rows: Sequence[Row], table: Table) -> None:
    """Printed rows first, then copies of the last of them."""
    docx = writer.writer.docx
    spots = [_position(field) for field in fields]
    top = min(row for row, _ in spots)
    count = max(field.rows or 1 for field in fields)
    grid = table.grid()

    def find(field: Field, number: int) -> Place | None:
        row, column = _position(field)
        cell = grid.get((row + number, column))
        if cell is None or (number and cell.row != row + number):
            return None
        first = number == 0
        return docx.in_cell(cell, field.evidence.start if first else 0, field.evidence.end if first else len(cell.text))

    for number, row in enumerate(rows[:count]):
        for field in fields:
            writer.write(field, find(field, number), row.get(field.id))
    last = _row_node(docx, grid, top + count - 1)
    if last is not None and len(rows) > count:
        copies = [
            _row_copy(writer, fields, row, step, last, find, grid, top + count - 1)
            for step, row in enumerate(rows[count:], 1)
        ]
        writer.writer.edits.replace(last.end, last.end, "".join(copies))


def _row_copy(
    writer: FieldWriter, fields: Sequence[Field], row: Row, step: int, node: Node,
    find: Callable[[Field, int], Place | None], grid: dict[tuple[int, int], Cell], last: int,
) -> str:  # fmt: skip
    own = writer.again()
    count = max(field.rows or 1 for field in fields)
    for field in fields:
        own.write(field, find(field, count - 1), row.get(field.id))
    for (line, _), cell in grid.items():
        if line == last and cell.row == last and _NUMBER.match(cell.text) and cell.paragraphs:
            _count_on(own, writer.writer.docx.trace(cell.paragraphs[0]), _NUMBER, step)
            break
    return _rendered(own, node)


def _position(field: Field) -> tuple[int, int]:
    nested = field.evidence.nested
    if isinstance(nested, list) and len(nested) >= 2:
        return nested[-2], nested[-1]
    return field.evidence.row or 0, field.evidence.column or 0


def _row_node(docx: TracedDocx, grid: dict[tuple[int, int], Cell], row: int) -> Node | None:
    for (line, _), cell in sorted(grid.items()):
        if line == row and cell.row == row and cell.paragraphs:
            return docx.trace(cell.paragraphs[0]).node.above("tr")
    return None


# -- copies


def _count_on(writer: FieldWriter, trace: Trace, pattern: re.Pattern[str], step: int) -> None:
    """The printed number at the beginning of a copy, counted on."""
    text = trace.text
    lead = len(text) - len(text.lstrip())
    if text[lead : lead + 1] in _CIRCLED and text.strip():
        number = _CIRCLED.index(text[lead]) + step
        if number < len(_CIRCLED):
            writer.writer.write(trace, Change(lead, lead + 1, _CIRCLED[number]))
        return
    match = pattern.match(text)
    if not match:
        return
    written = match.group("number")
    if written.isdigit():
        made = str(int(written) + step).zfill(len(written) if written.startswith("0") else 0)
    else:
        made = format_number((from_chinese(written) or 0) + step, "chineseCounting")
    writer.writer.write(trace, Change(match.start("number"), match.end("number"), made))


def _rendered(writer: FieldWriter, node: Node) -> str:
    """A copy of an element with the edits made in it, without what may stand only once."""
    xml = writer.writer.docx.xml
    copied(xml, writer.writer.edits, [node])
    edits = writer.writer.finish()
    if node.name == W + "p":
        for section in node.within(W + "sectPr"):
            edits.drop(section)
    return edits.apply(xml.text, node.start, node.end)
