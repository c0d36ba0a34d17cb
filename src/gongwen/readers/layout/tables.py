"""A grid with its text as a table, and tables that go on over a page put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ...model import Box, Cell, Paragraph, Table
from .flow import Draft, cell_margins, paragraphs_of
from .grid import Grid, GridCell
from .lines import lines_of
from .page import SENTENCE_END, Glyph, Page, Rule

_PROSE = 10


@dataclass(slots=True)
class CellDraft:
    """A cell in the making."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    paragraphs: list[Draft] = field(default_factory=list)
    tables: list[TableDraft] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(draft.text for draft in self.paragraphs)

    @property
    def unfinished(self) -> bool:
        """Its last line is full and ends in mid-sentence."""
        return bool(self.paragraphs) and self.paragraphs[-1].full and self.text[-1:] not in SENTENCE_END

    @property
    def reaches_bottom(self) -> bool:
        """There is no room for another line below its text."""
        last = self.paragraphs[-1].lines[-1]
        return self.box[3] - last.bottom < 1.4 * last.size


@dataclass(slots=True)
class TableDraft:
    """A table in the making, with the places of its column borders."""

    page: int
    box: Box
    xs: list[float]
    rows: int
    cells: list[CellDraft]
    header_rows: int = 0
    tolerance: float = 2.5

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def build(self, block: int) -> Table:
        """The table, numbered."""
        return Table(
            block,
            self.rows,
            self.columns,
            tuple(_cell(cell, block) for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column))),
            self.header_rows,
            page=self.page,
            box=_rounded(self.box),
        )


def _cell(draft: CellDraft, block: int) -> Cell:
    paragraphs = tuple(part.paragraph(block) for part in draft.paragraphs) or (Paragraph(block, ""),)
    return Cell(
        draft.row,
        draft.column,
        "\n".join(part.text for part in paragraphs),
        paragraphs,
        draft.rows,
        draft.columns,
        tuple(table.build(block) for table in draft.tables),
        _rounded(draft.box),
    )


def _rounded(box: Box) -> Box:
    return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


def table_of(page: Page, grid: Grid, glyphs: list[tuple[GridCell, Glyph]], rules: list[Rule]) -> TableDraft:
    """A grid with its characters in their cells."""
    content: dict[tuple[int, int], list[Glyph]] = {}
    for cell, glyph in glyphs:
        content.setdefault((cell.row, cell.column), []).append(glyph)
    lines = {}
    for cell in grid.cells:
        inside = [rule for rule in rules if cell.box[0] <= rule.x0 and rule.x1 <= cell.box[2]]
        lines[cell.row, cell.column] = lines_of(page.number, content.get((cell.row, cell.column), []), inside)
    gaps = [line.x0 - cell.box[0] for cell in grid.cells for line in lines[cell.row, cell.column]]
    padding = min(max(min(gaps, default=0.0), 0.0), 8.0)
    drafts = []
    for cell in grid.cells:
        own = lines[cell.row, cell.column]
        parts = paragraphs_of(own, cell_margins(cell.box, padding, own, page.play))
        drafts.append(CellDraft(cell.row, cell.column, cell.rows, cell.columns, cell.box, parts))
    return TableDraft(page.number, grid.box, grid.xs, len(grid.ys) - 1, drafts, tolerance=page.tolerance)


# --- over the page


def join(first: TableDraft, second: TableDraft) -> bool:
    """Put the second table, which begins the next page, under the first where both are one; says whether they were."""
    xs = _common_columns(first, second)
    if xs is None:
        return False
    _set_columns(first, xs)
    _set_columns(second, xs)
    first.header_rows = max(first.header_rows, _drop_repeated_head(first, second))
    if second.rows == 0:
        return True
    pairs = _pairs(first, second)
    if _is_cut(first, pairs):
        _join_row(first, second, pairs)
    else:
        _append(first, second, pairs)
    return True


def _common_columns(first: TableDraft, second: TableDraft) -> list[float] | None:
    """The borders of both, where the edges agree and the borders of one are among those of the other."""
    near = 2 * max(first.tolerance, second.tolerance) + 0.006 * (first.xs[-1] - first.xs[0])
    shift = second.xs[0] - first.xs[0]
    if abs(shift) > 4 * near or abs(second.xs[-1] - first.xs[-1] - shift) > near:
        return None
    few, many = sorted((first.xs, [x - shift for x in second.xs]), key=len)
    if any(min(abs(x - other) for other in many) > near for x in few):
        return None
    return many


def _set_columns(table: TableDraft, xs: list[float]) -> None:
    """Count the columns by other borders; a cell may then cover more of them."""
    shift = table.xs[0] - xs[0]
    new = [min(range(len(xs)), key=lambda index: abs(xs[index] + shift - x)) for x in table.xs]
    for cell in table.cells:
        start, end = new[cell.column], new[cell.column + cell.columns]
        cell.column, cell.columns = start, max(1, end - start)
    table.xs = [x + shift for x in xs]


def _drop_repeated_head(first: TableDraft, second: TableDraft) -> int:
    """Take the rows that the second table repeats from the first off it; how many they were."""
    for count in range(min(4, first.rows, second.rows), 0, -1):
        heads = [[cell for cell in table.cells if cell.row < count] for table in (first, second)]
        if any(cell.row + cell.rows > count for head in heads for cell in head) or not any(c.text for c in heads[0]):
            continue
        places = [[(cell.row, cell.column, cell.columns) for cell in head] for head in heads]
        if places[0] == places[1] and all(_alike(a.text, b.text) for a, b in zip(*heads, strict=True)):
            second.cells = [cell for cell in second.cells if cell.row >= count]
            for cell in second.cells:
                cell.row -= count
            second.rows -= count
            return count
    return 0


def _alike(one: str, other: str) -> bool:
    one, other = re.sub(r"\s", "", one), re.sub(r"\s", "", other)
    return one == other or SequenceMatcher(None, one, other).ratio() > 0.8


Pair = tuple[CellDraft, CellDraft]


def _pairs(first: TableDraft, second: TableDraft) -> list[Pair]:
    """The cells of the last row above and the first row below that stand in the same columns, from left to right."""
    above = {(cell.column, cell.columns): cell for cell in first.cells if cell.row + cell.rows == first.rows}
    below = sorted((cell for cell in second.cells if cell.row == 0), key=lambda cell: cell.column)
    return [(above[cell.column, cell.columns], cell) for cell in below if (cell.column, cell.columns) in above]


def _is_cut(first: TableDraft, pairs: list[Pair]) -> bool:
    """Whether the page broke a row in two rather than the table between two rows."""
    if len(pairs) < 2:
        return False
    filled = [(old, new) for old, new in pairs if new.text]
    if any(old.unfinished for old, _ in filled) and all(old.reaches_bottom for old, _ in filled if old.text):
        return True
    merged = any(cell.rows > 1 and cell.column == 0 for cell in first.cells if cell.row >= first.header_rows)
    return (
        len(filled) == 1
        and bool(filled[0][0].text)
        and filled[0] is pairs[-1]
        and all(old.text for old, _ in pairs)
        and not merged
    )


def _join_row(first: TableDraft, second: TableDraft, pairs: list[Pair]) -> None:
    """The first row below is the rest of the last row above."""
    base = first.rows - 1
    joined = set()
    for old, new in pairs:
        if old.unfinished and new.paragraphs and old.paragraphs:
            old.paragraphs[-1].lines += new.paragraphs[0].lines
            old.paragraphs += new.paragraphs[1:]
        else:
            old.paragraphs += new.paragraphs
        old.rows += new.rows - 1
        joined.add(id(new))
    _take(first, second, base, joined)


def _append(first: TableDraft, second: TableDraft, pairs: list[Pair]) -> None:
    """New rows. Empty cells before a row's first words, and those under a sentence, are the rest of a merged cell."""
    joined = set()
    leading = True
    merged = False
    if any(new.text for _, new in pairs):
        for old, new in pairs:
            leading = leading and not new.text
            if not new.text and old.text and (leading or (merged and len(old.text) > _PROSE)):
                old.rows += new.rows
                joined.add(id(new))
                merged = True
    _take(first, second, first.rows, joined)


def _take(first: TableDraft, second: TableDraft, base: int, joined: set[int]) -> None:
    for cell in second.cells:
        if id(cell) not in joined:
            cell.row += base
            first.cells.append(cell)
    first.rows = base + second.rows
