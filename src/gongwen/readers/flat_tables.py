"""Tables that became lines and tabs: found again in plain text.

Two ways of flattening are known. *Cell by cell* (a page copied from the web): every cell is a line that begins with a
tab, its further paragraphs are lines without one, a blank line ends the row. *Row by row* (copied out of Word or
Excel): a row is a line, its cells stand between tabs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from ..model import Cell, Paragraph

MAX_COLUMNS = 40

_AFTER_TABLE = re.compile(
    r"\s*(附\s*[件表录]|注\s*[：:]|备\s*注\s*[：:]|说\s*明\s*[：:]|填\s*[报表]|表\s*\d|\d{4}\s*年.*日\s*$)"
)
_OPEN_END = re.compile(r"[：:；;，,、（(]\s*$|[（(][\s\u3000]*[）)]|_{2,}")
_SENTENCE_END = re.compile(r"[。！？!?；;：:]\s*$")
_HEAD_LENGTH = 40


class Line(NamedTuple):
    """A stored line; ``offset`` characters (form feeds) were taken off its front."""

    number: int
    text: str
    offset: int = 0

    @property
    def page_break(self) -> bool:
        return self.offset > 0

    @property
    def blank(self) -> bool:
        return not self.text.strip(" \u3000\r") and not self.text.startswith("\t")

    @property
    def tabbed(self) -> bool:
        return self.text.startswith("\t")

    def pieces(self, separator: str = "\t") -> list[Paragraph]:
        """What stands between the separators, stripped, each with its place in the line."""
        found: list[Paragraph] = []
        start = 0
        for part in self.text.split(separator):
            found.append(self.piece(start, start + len(part)))
            start += len(part) + 1
        return found

    def piece(self, start: int, end: int) -> Paragraph:
        """The text of a span, stripped of blanks around it, as a paragraph that knows where it stands."""
        part = self.text[start:end]
        text = part.strip(" \u3000\r")
        lead = len(part) - len(part.lstrip(" \u3000\r")) if text else 0
        return Paragraph(self.number, text, offset=self.offset + start + lead)


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table over the lines ``start`` up to but not including ``end``."""

    start: int
    end: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    ruled: bool = False


FlatCell = list[Paragraph]
FlatRow = list[FlatCell]


def find_tab_table(lines: list[Line], start: int) -> FlatTable | None:
    """The tab table that begins at line ``start``, if one does."""
    if "\t" not in lines[start].text:
        return None
    return _row_by_row(lines, start) or (_cell_by_cell(lines, start) if lines[start].tabbed else None)


def make_cell(row: int, column: int, paragraphs: FlatCell, rows: int = 1, columns: int = 1) -> Cell:
    """A cell whose text is that of its paragraphs."""
    return Cell(row, column, "\n".join(part.text for part in paragraphs), tuple(paragraphs), rows, columns)


# --- row by row


def _row_by_row(lines: list[Line], start: int) -> FlatTable | None:
    count = lines[start].text.count("\t") + 1
    run = list(takewhile(lambda line: line.text.count("\t") + 1 == count, lines[start:]))
    if len(run) < 2 or not 2 <= count <= MAX_COLUMNS:
        return None
    rows = [line.pieces() for line in run]
    if all(not row[0].text for row in rows):
        if count == 2:  # lone cells, or paragraphs indented by a tab
            return None
        rows = [row[1:] for row in rows]
    cells = tuple(make_cell(r, c, [piece]) for r, row in enumerate(rows) for c, piece in enumerate(row))
    return FlatTable(start, start + len(run), len(rows), len(rows[0]), cells)


# --- cell by cell


def _cell_by_cell(lines: list[Line], start: int) -> FlatTable | None:
    rows, end = _collect(lines, start)
    while rows and len(rows[-1]) == 1 and len(_text(rows[-1][0])) > _HEAD_LENGTH:
        end = rows.pop()[0][0].block
    columns = max(map(len, rows), default=0)
    if not _is_table(rows, columns):
        return None
    return FlatTable(start, end, len(rows), columns, tuple(_merged(rows, columns)))


def _collect(lines: list[Line], start: int) -> tuple[list[FlatRow], int]:
    """The rows from line ``start`` on, and the line after the last that surely belongs to them."""
    rows: list[FlatRow] = [[]]
    end = number = start
    blanks = 0
    loose: FlatCell = []  # paragraphs without a tab: the last cell's own, if another cell follows them
    while number < len(lines):
        line = lines[number]
        if line.tabbed:
            if loose:
                rows[-1][-1].extend(loose)
                loose = []
            if blanks and rows[-1]:
                rows.append([])
            rows[-1].extend([piece] for piece in line.pieces()[1:])
            blanks, end = 0, number + 1
        elif line.blank:
            blanks += 1
        elif blanks > 1 or _AFTER_TABLE.match(line.text):
            break
        else:
            loose.append(line.piece(0, len(line.text)))
            blanks = 0
        number += 1
    return rows, _take_tail(rows, loose, end)


def _take_tail(rows: list[FlatRow], loose: FlatCell, end: int) -> int:
    """Paragraphs after the last tab go to the last cell as long as they or what is before them is plainly unfinished."""
    for paragraph in loose:
        before = rows[-1][-1][-1].text
        if not (_OPEN_END.search(paragraph.text) or (before and not _SENTENCE_END.search(before) and len(before) > 20)):
            break
        rows[-1][-1].append(paragraph)
        end = paragraph.block + 1
    return end


def _is_table(rows: list[FlatRow], columns: int) -> bool:
    """Rows of a table rather than paragraphs indented by a tab: a head of short words, most rows of several cells."""
    if len(rows) < 2 or not 2 <= columns <= MAX_COLUMNS:
        return False
    several = [row for row in rows if len(row) > 1]
    head = rows[0]
    return (
        2 * len(several) > len(rows)
        and len(several) >= 2
        and len(head) > 1
        and all(len(_text(cell)) <= _HEAD_LENGTH and "。" not in _text(cell) for cell in head)
    )


def _text(cell: FlatCell) -> str:
    return "".join(paragraph.text for paragraph in cell)


def _merged(rows: list[FlatRow], columns: int) -> list[Cell]:
    """The cells with the spans that the flattening lost, as far as they can be inferred.

    A row with too few cells has cells that span; where the next full row has an empty cell, both its sides are borders
    of this row too, otherwise the last cell spans. Empty cells before a row's first words continue the cell above, and
    so do, in such a row, empty ones under a sentence.
    """
    cells: list[Cell] = []
    above: dict[int, int] = {}  # column to the index of the cell that reaches down to the row before
    for row, parts in enumerate(rows):
        starts = _starts(rows, row, columns)
        leading = len(list(takewhile(lambda part: not _text(part), parts)))
        now: dict[int, int] = {}
        for index, (part, column) in enumerate(zip(parts, starts, strict=True)):
            width = [*starts, columns][index + 1] - column
            old = above.get(column)
            goes_on = index < leading < len(parts) or (leading and not _text(part) and _is_prose(cells, old))
            if goes_on and old is not None and cells[old].columns == width and cells[old].text:
                cells[old] = _taller(cells[old])
                now[column] = old
                continue
            now[column] = len(cells)
            cells.append(make_cell(row, column, part, columns=width))
        above = now
    return cells


def _is_prose(cells: list[Cell], index: int | None) -> bool:
    return index is not None and len(cells[index].text) > 10


def _taller(cell: Cell) -> Cell:
    return Cell(cell.row, cell.column, cell.text, cell.paragraphs, cell.rows + 1, cell.columns)


def _starts(rows: list[FlatRow], row: int, columns: int) -> list[int]:
    """The columns in which the cells of a row begin."""
    count = len(rows[row])
    known = {0}
    for other in (row + 1, row - 1):
        if count < columns and 0 <= other < len(rows) and len(rows[other]) == columns:
            empty = [column for column, part in enumerate(rows[other]) if not _text(part)]
            known |= {border for column in empty for border in (column, column + 1)} if other > row else set()
    wanted = sorted(border for border in known if border < columns)[:count]
    free = (column for column in range(columns) if column not in wanted)
    return sorted(wanted + [next(free) for _ in range(count - len(wanted))])
