"""The reader once more, keeping for every character which element of the file it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ..model import Cell, Mark, Paragraph, Table
from ..readers.docx.body import BodyReader
from ..readers.docx.elements import MC, P, T
from ..readers.docx.marks import TextBuilder
from ..readers.docx.package import Package, parse
from ..readers.docx.styles import Counter, Style, W, read_numbering, read_styles
from ..spec import Evidence
from .package import main_part
from .xmltext import Node, XmlText


@dataclass(slots=True)
class Spot:
    """A character of a paragraph: its element (``w:t``, ``w:tab`` …), its run, and its number in a ``w:t``."""

    node: Node
    run: Node
    at: int


@dataclass(slots=True)
class Control:
    """A content control or legacy form field over the characters ``start:end``.

    For a form field ``node`` is the run child that begins it, ``separate`` and ``ended`` the other two.
    """

    node: Node
    start: int
    end: int
    is_field: bool = False
    separate: Node | None = None
    ended: Node | None = None


@dataclass(slots=True)
class Trace:
    """A paragraph with where its characters stand; ``boxes`` are the text boxes anchored in it."""

    node: Node
    element: etree._Element
    paragraph: Paragraph | None = None
    spots: list[Spot | None] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as read, boxes included."""
        return self.paragraph.text if self.paragraph is not None else ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of the paragraph."""
        return self.paragraph.marks if self.paragraph is not None else ()


@dataclass(slots=True)
class Place:
    """A span of one paragraph, and the cell it stands in, if any."""

    trace: Trace
    start: int
    end: int
    cell: Cell | None = None


class TracedDocx:
    """A Word file as text with places, as blocks, and the way from one to the other."""

    def __init__(self, data: bytes, name: str = "docx") -> None:
        self.package = Package(data, name)
        self.main = main_part(self.package)
        content = self.package.read(self.main) or b""
        root = parse(content, name, self.main)
        self.xml = XmlText(content)
        self.elements = list(root.iter(etree.Element))
        body = root.find(W + "body")
        assert body is not None
        folder = self.main.rpartition("/")[0]
        self.styles_data = self.package.read(f"{folder}/styles.xml")
        numbering = self.package.read(f"{folder}/numbering.xml")
        self.tab_step = _tab_step(self.package.read(f"{folder}/settings.xml"))
        styles, default = read_styles(self.styles_data) if self.styles_data else ({}, None)
        self._nodes = dict(zip(self.elements, self.xml.nodes, strict=True))
        self._reader = _Tracer(styles, default, Counter(read_numbering(numbering) if numbering else {}), self._nodes)
        self.blocks = self._reader.blocks(body)

    def trace(self, paragraph: Paragraph) -> Trace:
        """Where a paragraph of ``blocks`` stands."""
        return self._reader.traces[id(paragraph)]

    def traces(self) -> list[Trace]:
        """Every paragraph that was read, those in tables and boxes too."""
        return list(self._reader.traces.values())

    def table(self, table: Table) -> Node | None:
        """The element of a table of ``blocks``."""
        return self._reader.tables.get(id(table))

    def place(self, evidence: Evidence) -> Place | None:
        """The span that evidence points at, None where the file has no such place."""
        if not 0 <= evidence.block < len(self.blocks):
            return None
        block = self.blocks[evidence.block]
        if isinstance(block, Paragraph):
            return self._inside(block, evidence.start, evidence.end, None)
        nested = evidence.nested if isinstance(evidence.nested, list) else []
        cell = block.grid().get((evidence.row or 0, evidence.column or 0))
        for row, column in zip(nested[::2], nested[1::2], strict=False):
            inner = [one for table in cell.tables if (one := table.grid().get((row, column)))] if cell else []
            cell = next(
                (one for one in inner if one.text[evidence.start : evidence.end] == evidence.text),
                inner[0] if inner else None,
            )
        return self.in_cell(cell, evidence.start, evidence.end) if cell is not None else None

    def in_cell(self, cell: Cell, start: int, end: int) -> Place | None:
        """A span of a cell's text as a span of one of its paragraphs."""
        offset = 0
        for paragraph in cell.paragraphs:
            if offset <= start <= offset + len(paragraph.text):
                return self._inside(paragraph, start - offset, min(end - offset, len(paragraph.text)), cell)
            offset += len(paragraph.text) + 1
        return None

    def _inside(self, paragraph: Paragraph, start: int, end: int, cell: Cell | None) -> Place:
        """The span in the paragraph's own text, or in that of the box it falls into."""
        trace = self.trace(paragraph)
        offset = len(trace.spots)
        if (start <= offset and end <= offset) or not trace.boxes:
            return Place(trace, start, end, cell)
        for box in trace.boxes:
            offset += 1 if offset else 0
            if start <= offset + len(box.text):
                return self._inside(box, start - offset, end - offset, cell)
            offset += len(box.text)
        return Place(trace, start, end, cell)

    def mirror(self, trace: Trace) -> Trace | None:
        """The same paragraph in the fallback of a text box, which older programs show."""
        here = next((up for up in trace.element.iterancestors() if up.tag == MC + "Choice"), None)
        owner = here.getparent() if here is not None else None
        fallback = owner.find(MC + "Fallback") if owner is not None else None
        if here is None or fallback is None:
            return None
        ours, theirs = list(here.iter(P)), list(fallback.iter(P))
        if len(ours) != len(theirs) or trace.element not in ours:
            return None
        found = self.trace(self._reader.paragraph(theirs[ours.index(trace.element)], 0))
        return found if found.text == trace.text else None

    def node(self, element: etree._Element) -> Node:
        """The place of a parsed element."""
        return self._nodes[element]


def _tab_step(settings: bytes | None) -> int:
    """How far apart the tab stops are where a paragraph sets none, in twentieths of a point."""
    match = re.search(rb"defaultTabStop\s[^>]*?val\s*=\s*[\"'](\d+)", settings or b"")
    return max(1, int(match.group(1))) if match else 720


class _Tracer(BodyReader):
    """``BodyReader`` that notes, beside each paragraph, what each character was read from."""

    def __init__(
        self, styles: dict[str, Style], default: str | None, counter: Counter, nodes: dict[etree._Element, Node]
    ) -> None:
        super().__init__(styles, default, counter)
        self._nodes = nodes
        self._open: list[Trace] = []
        self._pending: list[tuple[etree._Element, int, int]] = []
        self._begun: list[tuple[Node, Node | None, int]] = []
        self.traces: dict[int, Trace] = {}
        self.tables: dict[int, Node] = {}
        self._kept: list[Table] = []

    def table(self, element: etree._Element, block: int) -> Table:
        found = super().table(element, block)
        self.tables[id(found)] = self._nodes[element]
        self._kept.append(found)
        return found

    def paragraph(self, element: etree._Element, block: int, control: etree._Element | None = None) -> Paragraph:
        trace = Trace(self._nodes[element], element)
        self._open.append(trace)
        found = super().paragraph(element, block, control)
        self._open.pop()
        trace.paragraph = found
        if control is not None:
            trace.controls.insert(0, Control(self._nodes[control], 0, len(trace.spots)))
        trace.boxes = [box for box in trace.boxes if box.text.strip()]
        self.traces[id(found)] = trace
        return found

    def _run(self, element: etree._Element, text: TextBuilder, style: Style) -> None:
        outer, self._pending = self._pending, []
        start = text.length
        super()._run(element, text, style)
        if text.length > start:
            self._note(element, start, text.length)
        self._pending = outer

    def _run_child(self, child: etree._Element, text: TextBuilder, style: Style, vanish: bool) -> None:
        start = text.length
        super()._run_child(child, text, style, vanish)
        self._pending.append((child, start, text.length))

    def _note(self, element: etree._Element, start: int, end: int) -> None:
        """Share the characters of a run out among its children."""
        trace, run = self._open[-1], self._nodes[element]
        known = {child: (low, high) for child, low, high in self._pending if child.getparent() is element}
        children = [child for child in element.iterchildren(etree.Element) if child.tag == T or child in known]
        found: list[Spot | None] = []
        for place, child in enumerate(children):
            at = start + len(found)
            if child in known:
                low, high = known[child]
                found += [Spot(self._nodes[child], run, 0)] * (high - low)
                continue
            until = next((known[later][0] for later in children[place + 1 :] if later in known), end)
            length = len(child.text or "")
            if length <= until - at:
                found += [Spot(self._nodes[child], run, number) for number in range(length)]
        del trace.spots[start:]
        trace.spots += [None] * (start - len(trace.spots))
        trace.spots += found if len(found) == end - start else [None] * (end - start)

    def _inline(self, parent: etree._Element, text: TextBuilder, style: Style) -> None:
        super()._inline(parent, text, style)
        if self._open:
            spots = self._open[-1].spots
            spots += [None] * (text.length - len(spots))

    def _inline_control(self, element: etree._Element, text: TextBuilder, style: Style) -> None:
        start = text.length
        super()._inline_control(element, text, style)
        self._open[-1].controls.append(Control(self._nodes[element], start, text.length))

    def _field_char(self, element: etree._Element, text: TextBuilder) -> None:
        kind = element.get(W + "fldCharType")
        start = text.length
        if kind == "begin":
            self._begun.append((self._nodes[element], None, start))
        elif kind == "separate" and self._begun:
            self._begun[-1] = (self._begun[-1][0], self._nodes[element], start)
        super()._field_char(element, text)
        if kind == "end" and self._begun:
            begun, separate, at = self._begun.pop()
            if begun.child("ffData") is not None:
                self._open[-1].controls.append(
                    Control(begun, min(at, text.length), text.length, True, separate, self._nodes[element])
                )

    def _drawing(self, element: etree._Element, text: TextBuilder) -> None:
        before = len(text.boxes)
        super()._drawing(element, text)
        self._open[-1].boxes += text.boxes[before:]
