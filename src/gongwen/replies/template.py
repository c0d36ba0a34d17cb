"""What a form looks like before it is filled: the words around each blank, by which a reply is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..lexicon.measures import is_measure
from ..model import Cell, Document, Paragraph, Table
from ..spec import Evidence, Field, Form


@dataclass(frozen=True, slots=True)
class Slot:
    """A blank within a text: the field, its characters there, and the words printed in it."""

    field: Field
    start: int
    end: int
    printed: str


@dataclass(slots=True)
class Passage:
    """A paragraph or cell with blanks among words; ``lead`` are the labels to its left, which stand before it in a reply."""

    text: str
    slots: list[Slot]
    section: str | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class CellSlot:
    """A blank that is a whole cell: named by the labels left of it and above it."""

    field: Field
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]


@dataclass(slots=True)
class GridTemplate:
    """The cells of one table that are blanks, and all labels of that table by which a reply's table is known."""

    slots: list[CellSlot] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    groups: dict[str, list[CellSlot]] = field(default_factory=dict)


@dataclass(slots=True)
class Template:
    """A form as its passages and grids; ``notes`` are the words printed below it, where its last blank ends."""

    form: Form
    title: str
    passages: list[Passage]
    grids: list[GridTemplate]
    notes: str = ""
    year: int | None = None


_BLANKS = re.compile(r"[\s\u3000\xa0\u2002\u200b]+")


_HOLDS_BLANK = re.compile(r"[（(]\s*[)）]|_{2,}|[□☐]|[:：]\s*$")


def label_key(text: str) -> str:
    """A label as it is compared: without blanks, punctuation and its number."""
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9%]", "", text)


def build(form: Form, documents: list[Document], year: int | None = None) -> Template:
    """The template of a form from the documents that its evidence points into; ``year`` for dates written without one."""
    passages: dict[tuple[object, ...], Passage] = {}
    grids: dict[tuple[int, int, tuple[int, ...]], GridTemplate] = {}
    order: list[Passage] = []
    for one in form.fields:
        evidence = one.evidence
        text, cell, table = _stored(evidence, documents)
        if cell is not None and table is not None and _is_whole(text, evidence):
            key = (evidence.source, evidence.block, _path(evidence))
            grid = grids.setdefault(key, GridTemplate())
            slot = CellSlot(one, _row_labels(table, cell), _column_labels(table, cell))
            grid.slots.append(slot)
            if one.rows is not None and one.group:
                grid.groups.setdefault(one.group, []).append(slot)
            if not grid.labels:
                grid.labels = {
                    label_key(other.text)
                    for other in table.cells
                    if 1 < len(label_key(other.text)) <= 40 and not _HOLDS_BLANK.search(other.text)
                }
            continue
        place = (evidence.source, evidence.block, evidence.row, evidence.column, _path(evidence))
        passage = passages.get(place)
        if passage is None:
            lead = "".join(_row_labels(table, cell)) if cell is not None and table is not None else ""
            passage = passages[place] = Passage(text, [], one.section, lead)
            order.append(passage)
        passage.slots.append(Slot(one, evidence.start, evidence.end, text[evidence.start : evidence.end]))
    for passage in order:
        passage.slots.sort(key=lambda slot: (slot.start, slot.end))
    return Template(form, form.title or "", order, list(grids.values()), _notes(form, documents), year)


def _notes(form: Form, documents: list[Document]) -> str:
    """The first lines below the form's last blank, up to the next attachment."""
    if not form.fields:
        return ""
    last = max((one.evidence for one in form.fields), key=lambda evidence: (evidence.source, evidence.block))
    lines: list[str] = []
    for block in documents[last.source].blocks[last.block + 1 : last.block + 12]:
        if isinstance(block, Table) or re.match(r"\s*附\s*[件表]", block.text):
            break
        if block.text.strip():
            lines.append(block.text.strip())
    return "\n".join(lines[:3])


def _path(evidence: Evidence) -> tuple[int, ...]:
    return tuple(evidence.nested) if isinstance(evidence.nested, list) else ()


def _is_whole(text: str, evidence: Evidence) -> bool:
    """Whether the blank is all there is in its cell but for a unit."""
    rest = (text[: evidence.start] + text[evidence.end :]).strip()
    return not rest or is_measure(rest)


def _stored(evidence: Evidence, documents: list[Document]) -> tuple[str, Cell | None, Table | None]:
    """The stored text into which the evidence's characters count, with its cell and table."""
    document = documents[evidence.source]
    block = document.blocks[evidence.block]
    if evidence.row is None or evidence.column is None:
        return _line_text(document, evidence), *_flat_cell(document, evidence)
    assert isinstance(block, Table)
    table, cell = block, _cell(block, evidence.row, evidence.column)
    path = _path(evidence)
    for place in range(0, len(path) - 1, 2):
        for inner in cell.tables:
            found = next((c for c in inner.cells if (c.row, c.column) == (path[place], path[place + 1])), None)
            if found is not None:
                table, cell = inner, found
                break
    return cell.text, cell, table


def _cell(table: Table, row: int, column: int) -> Cell:
    return next(cell for cell in table.cells if (cell.row, cell.column) == (row, column))


def _line_text(document: Document, evidence: Evidence) -> str:
    """The text of a body paragraph, or of a line of a text file whose table was rebuilt."""
    block = document.blocks[evidence.block]
    if document.format != "text":
        return block.text if isinstance(block, Paragraph) else ""
    pieces: dict[int, str] = {}
    for one in document.blocks:
        paragraphs = [one] if isinstance(one, Paragraph) else [p for cell in one.cells for p in cell.paragraphs]
        for paragraph in paragraphs:
            if paragraph.block == evidence.block and (paragraph.text or paragraph.offset == 0):
                pieces[paragraph.offset] = pieces.get(paragraph.offset) or paragraph.text
    text = ""
    for offset in sorted(pieces):
        text = text.ljust(offset) + pieces[offset]
    return text


def _flat_cell(document: Document, evidence: Evidence) -> tuple[Cell | None, Table | None]:
    """The rebuilt cell of a text file in which a blank stands alone."""
    if document.format != "text":
        return None, None
    for one in document.blocks:
        if isinstance(one, Table):
            for cell in one.cells:
                for paragraph in cell.paragraphs:
                    inside = (
                        paragraph.block == evidence.block
                        and paragraph.offset <= evidence.start <= paragraph.offset + len(paragraph.text)
                    )
                    if inside and not cell.text.strip():
                        return cell, one
    return None, None


def _row_labels(table: Table, cell: Cell) -> tuple[str, ...]:
    grid = table.grid()
    found: list[str] = []
    for column in range(cell.column):
        left = grid.get((cell.row, column))
        if left is not None and label_key(left.text) and (not found or found[-1] != left.text):
            found.append(left.text)
    return tuple(found)


def _column_labels(table: Table, cell: Cell) -> tuple[str, ...]:
    grid = table.grid()
    found: list[str] = []
    for row in range(cell.row):
        above = grid.get((row, cell.column))
        if above is not None and label_key(above.text) and (not found or found[-1] != above.text):
            found.append(above.text)
    return tuple(found)
