"""What a form looks like before it is filled: the words around each blank, by which a reply is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ..lexicon.measures import is_measure
from ..model import Cell, Document, Paragraph, Table
from ..spec import Evidence, Field, Form
from .heads import Heads, Spot, TableHeads
from .likeness import Path, label_key


@dataclass(frozen=True, slots=True)
class Slot:
    """A blank within a text: the field, its characters there, and the words printed in it."""

    field: Field
    start: int
    end: int
    printed: str


@dataclass(slots=True)
class Passage:
    """A paragraph or cell with blanks among words.

    ``lead`` are the words that stand before it in a reply: the labels to its left, or the lines between it and the passage
    before. ``block`` is the source and block that it stands in.
    """

    text: str
    slots: list[Slot]
    section: str | None = None
    lead: str = ""
    block: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class CellSlot:
    """A blank that is a whole cell: where it stands in the form, and what names it."""

    field: Field
    spot: Spot
    heads: Heads


@dataclass(slots=True)
class GridTemplate:
    """The cells of one table that are blanks, and all labels of that table by which a reply's table is known.

    ``fixed`` are the label cells by place; ``columns`` the paths of all columns by the row of their heads.
    """

    rows: int
    width: int
    fixed: dict[Spot, str]
    slots: list[CellSlot] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    groups: dict[str, list[CellSlot]] = field(default_factory=dict)
    columns: dict[int, dict[int, Path]] = field(default_factory=dict)


class Placed(NamedTuple):
    """A blank of a passage, and how many of the form's characters come before it."""

    slot: Slot
    passage: Passage
    at: int


class Words(NamedTuple):
    """The letters and digits of all passages, the blanks among them, and where clauses and their parts end."""

    known: str
    marks: list[Placed]
    cuts: list[int]
    commas: list[int]


@dataclass(slots=True)
class Template:
    """A form as its passages and grids.

    ``heads`` are its first labels, by which a title printed again is known from the form's own; ``notes`` the words
    printed below it, where its last blank ends. ``words`` is put together when the first reply is read.
    """

    form: Form
    title: str
    passages: list[Passage]
    grids: list[GridTemplate]
    notes: str = ""
    year: int | None = None
    heads: tuple[str, ...] = ()
    words: Words | None = None


_BLANKS = re.compile(r"[\s\u3000\xa0\u2002\u200b]+")


_HOLDS_BLANK = re.compile(r"[（(]\s*[)）]|_{2,}|[□☐]|[:：]\s*$")


def build(form: Form, documents: list[Document], year: int | None = None) -> Template:
    """The template of a form from the documents that its evidence points into; ``year`` for dates written without one."""
    passages: dict[tuple[object, ...], Passage] = {}
    grids: dict[tuple[int, int, tuple[int, ...]], GridTemplate] = {}
    order: list[Passage] = []
    stored = [(one, *_stored(one.evidence, documents)) for one in form.fields]
    heads = _heads([(cell, table) for _, _, cell, table in stored if cell is not None and table is not None])
    for one, text, cell, table in stored:
        evidence = one.evidence
        if cell is not None and table is not None and _is_whole(text, evidence):
            key = (evidence.source, evidence.block, _path(evidence))
            grid = grids.get(key) or grids.setdefault(key, _grid(table, heads[id(table)]))
            _add_cell(grid, one, cell, heads[id(table)])
            continue
        place = (evidence.source, evidence.block, evidence.row, evidence.column, _path(evidence))
        passage = passages.get(place)
        if passage is None:
            if cell is not None and table is not None:
                lead = "".join(_row_labels(table, cell))
            else:
                lead = _lines_above(documents, evidence, order)
            passage = passages[place] = Passage(text, [], one.section, lead, (evidence.source, evidence.block))
            order.append(passage)
        passage.slots.append(Slot(one, evidence.start, evidence.end, text[evidence.start : evidence.end]))
    for passage in order:
        passage.slots.sort(key=lambda slot: (slot.start, slot.end))
    labels = tuple(label_key(one.label) for one in form.fields[:3] if len(label_key(one.label)) > 2)
    return Template(form, form.title or "", order, list(grids.values()), _notes(form, documents), year, labels)


def _lines_above(documents: list[Document], evidence: Evidence, before: list[Passage]) -> str:
    """The lines without blanks between the passage before and this one, three at most: a heading with a blank below it."""
    blocks = documents[evidence.source].blocks
    if not before or before[-1].block[0] != evidence.source or documents[evidence.source].format == "text":
        return ""
    lines: list[str] = []
    for block in reversed(blocks[before[-1].block[1] + 1 : evidence.block]):
        if isinstance(block, Table) or len(lines) == 3 or len(block.text) > 80:
            break
        if block.text.strip():
            lines.insert(0, block.text.strip())
    return "\n".join(lines)


def _heads(blanks: list[tuple[Cell, Table]]) -> dict[int, TableHeads]:
    """The heads of each table that holds blanks, by its identity."""
    tables = {id(table): table for _, table in blanks}
    spots: dict[int, set[Spot]] = {key: set() for key in tables}
    for cell, table in blanks:
        spots[id(table)].add((cell.row, cell.column))
    return {key: TableHeads(table, spots[key]) for key, table in tables.items()}


def _grid(table: Table, heads: TableHeads) -> GridTemplate:
    labels = {
        label_key(cell.text)
        for cell in table.cells
        if 1 < len(label_key(cell.text)) <= 40 and not _HOLDS_BLANK.search(cell.text)
    }
    return GridTemplate(table.rows, table.columns, heads.fixed(), labels=labels)


def _add_cell(grid: GridTemplate, one: Field, cell: Cell, heads: TableHeads) -> None:
    slot = CellSlot(one, (cell.row, cell.column), heads.of(cell))
    grid.slots.append(slot)
    grid.labels.update(key for key in map(label_key, slot.heads.rows[-1:]) if 1 < len(key) <= 40)
    if one.rows is not None and one.group:
        grid.groups.setdefault(one.group, []).append(slot)
    head = slot.heads.head
    if head >= 0 and head not in grid.columns:
        paths = {column: heads.column_path(head, column) for column in range(grid.width)}
        grid.columns[head] = {column: path for column, path in paths.items() if path and path != paths.get(column - 1)}


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
