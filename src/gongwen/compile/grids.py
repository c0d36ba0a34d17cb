"""Which cells of a table are blanks, and which heads name them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon.bodies import levels_of
from ..lexicon.measures import is_measure
from ..model import Cell
from ..structure import Grid, Line
from .blanks import Blank, find_blanks

_TOTAL = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|总\s*数|共\s*计|汇\s*总|累\s*计\s*合\s*计|合计数?)(?:[（(].*[)）])?$")
_SERIAL = re.compile(r"^(?:序\s*号|编\s*号|No\.?|NO\.?|号)$")
_REMARK = re.compile(r"备\s*注|说\s*明$")
_UNIT_HEAD = re.compile(r"^(?:计量)?单\s*位$|^度量$")
_ROW_NUMBER = re.compile(r"^(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[.…．。]{1,6}|[（(]\d+[)）])?[.、．]?$")
_MATRIX_HEAD = re.compile(
    r"任务分工|责任分工|总体任务|重点任务|工作任务|主要任务|目标任务|工作措施|具体措施|工作内容|工作事项|任务内容|活动内容|重点工作|工作要求|具体活动|任务清单|任务事项|工作举措|任务|措施|事项"
)
_DUTY_HEAD = re.compile(
    r"责任(?:单位|部门|科室|主体|人)|牵头(?:单位|部门|科室|责任)|配合(?:单位|部门)|承办单位|参加单位|完成(?:时限|时间)|时间(?:安排|节点|进度)|时限|进度"
)


@dataclass(frozen=True, slots=True)
class CellBlank:
    """A blank of a table: its line and characters, and the heads that name it.

    ``row_heads`` from left to right, ``column_heads`` from top to bottom; ``whole`` says that the cell holds nothing else.
    """

    cell: Cell
    line: Line
    blank: Blank
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    whole: bool
    derived: bool = False
    unit: str | None = None
    rows: int | None = None
    grid: Grid | None = None


class FormGrid:
    """A table seen as a form."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.table = grid.table
        self.at = grid.table.grid()
        self.lines = {(cell.row, cell.column): grid.lines(cell) for cell in self.table.cells}
        self.inline = {
            key: [(line, blank) for line in lines for blank in find_blanks(line, in_form=True, in_cell=True)]
            for key, lines in self.lines.items()
        }
        self.heads = self._head_rows()
        self.serial = self._columns(_SERIAL)
        self.units = {
            column
            for column in self._columns(_UNIT_HEAD)
            if any(is_measure(self._text(row, column)) for row in range(self.heads, self.table.rows))
        }

    # -- what kind of table

    def is_matrix(self) -> bool:
        """A task matrix or plan: prose under heads that name tasks, levels or responsible bodies, and nothing to fill."""
        heads = [cell.text for cell in self.table.cells if cell.row < max(1, self.heads)]
        joined = " ".join(heads)
        if any(self.inline.values()):
            return False
        levelled = sum(
            bool(levels_of(head)) and bool(re.search("层面|级|部门|企业|街道|社区|任务", head)) and len(head) <= 16
            for head in heads
        )
        named = bool(_MATRIX_HEAD.search(joined)) and (bool(_DUTY_HEAD.search(joined)) or levelled >= 1)
        if not named and not levelled >= 2:
            return False
        data = [cell for cell in self.table.cells if cell.row >= max(1, self.heads) and not self._skipped(cell)]
        filled = [cell for cell in data if cell.text.strip()]
        prose = [cell for cell in filled if len(cell.text.strip()) >= 8]
        return len(filled) >= 0.5 * len(data) and len(prose) >= max(1, 0.2 * len(data))

    def is_form(self) -> bool:
        """Whether the table has something to fill and is no list or schedule."""
        if any(self.inline.values()):
            return True
        if self.is_matrix():
            return False
        empty = [cell for cell in self.table.cells if self.is_empty(cell)]
        if not empty:
            return False
        data = [cell for cell in self.table.cells if cell.row >= self.heads and not self._skipped(cell)]
        filled = [cell for cell in data if cell.text.strip() and cell.column > 0]
        useful = [cell for cell in empty if not self._under(cell, _REMARK)]
        if not useful:
            return False
        if self.heads and any(self._is_to_fill(column) for column in {cell.column for cell in useful}):
            return True
        return len(useful) >= 0.34 * (len(useful) + len(filled)) or (
            self.heads == 0 and len(useful) >= 0.25 * len(data)
        )

    def _is_to_fill(self, column: int) -> bool:
        """Whether nearly every cell below the heads of a column is empty."""
        cells = [cell for cell in self.table.cells if cell.column == column and cell.row >= self.heads]
        return len(cells) >= 2 and sum(self.is_empty(cell) for cell in cells) >= 0.8 * len(cells)

    def is_empty(self, cell: Cell) -> bool:
        """A cell with nothing in it: neither text nor a printed number, nor a mere measure word."""
        text = cell.text.strip()
        if any(paragraph.number for paragraph in cell.paragraphs) and not text:
            return False
        return not text and not cell.tables

    def _skipped(self, cell: Cell) -> bool:
        return cell.column in self.serial

    def _under(self, cell: Cell, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(head) for head in self.column_heads(cell))

    # -- heads

    def _text(self, row: int, column: int) -> str:
        cell = self.at.get((row, column))
        return re.sub(r"[ \t\u3000]+", "", cell.text).strip() if cell is not None else ""

    def _is_label(self, row: int, column: int) -> bool:
        cell = self.at.get((row, column))
        return cell is not None and bool(cell.text.strip()) and not self.inline[(cell.row, cell.column)]

    def _head_rows(self) -> int:
        """How many rows at the top are heads: labels in every cell, and rows that divide a grouped head further."""
        rows = 0
        while rows < self.table.rows and self._is_caption(rows):
            rows += 1
        first = rows
        while rows < self.table.rows and self._is_head_row(rows) and (rows == first or self._divides(rows)):
            rows += 1
        if rows == first:
            return rows if rows and rows < self.table.rows else 0
        below = [cell for cell in self.table.cells if cell.row >= rows]
        if not any(self.is_empty(cell) or self.inline[(cell.row, cell.column)] for cell in below):
            return self._printed_heads()
        return rows

    def _row_cells(self, row: int) -> list[Cell]:
        found = {
            (cell.row, cell.column): cell
            for column in range(self.table.columns)
            if (cell := self.at.get((row, column)))
        }
        return list(found.values())

    def _is_caption(self, row: int) -> bool:
        """One cell over all columns at the top: a title or unit line within the table."""
        cells = self._row_cells(row)
        return (
            len(cells) == 1 < self.table.columns
            and bool(cells[0].text.strip())
            and not self.inline[(cells[0].row, cells[0].column)]
        )

    def _is_head_row(self, row: int) -> bool:
        cells = self._row_cells(row)
        if len(cells) < 2 or any(self.inline[(cell.row, cell.column)] for cell in cells):
            return False
        empty = [cell for cell in cells if not cell.text.strip()]
        corner = len(empty) == 1 and empty[0].column == 0 and len(cells) > 2
        return (not empty or corner) and all(len(cell.text.strip()) <= 40 for cell in cells)

    def _divides(self, row: int) -> bool:
        """Whether a row stands under a grouped head or beside a head that reaches down into it."""
        above = self._row_cells(row - 1)
        return any(cell.columns > 1 and cell.row + cell.rows == row for cell in above) or any(
            cell.row < row < cell.row + cell.rows for cell in above
        )

    def _printed_heads(self) -> int:
        """Head rows of a table with nothing to fill: those marked to repeat, else the rows that a grouped head spans."""
        first = [cell for cell in self.table.cells if cell.row == 0]
        grouped = any(cell.columns > 1 for cell in first) and all(len(cell.text.strip()) <= 20 for cell in first)
        spanned = max((cell.rows for cell in first), default=1) if grouped else 1
        return min(max(1, self.table.header_rows, spanned), self.table.rows)

    def _columns(self, pattern: re.Pattern[str]) -> set[int]:
        return {
            cell.column
            for cell in self.table.cells
            if cell.row < max(1, self.heads) and pattern.match(re.sub(r"\s", "", cell.text))
        }

    def column_heads(self, cell: Cell) -> tuple[str, ...]:
        """The labels above a cell, top to bottom: the nearest run of labels in its column."""
        return self.heads_above(cell.row, cell.column)

    def heads_above(self, row: int, column: int) -> tuple[str, ...]:
        """The labels above a grid position, top to bottom."""
        found: list[str] = []
        seen: set[tuple[int, int]] = set()
        row -= 1
        while row >= 0 and not (self._is_label(row, column) and self._heads_below(row)):
            row -= 1
        while row >= 0 and self._is_label(row, column) and self._heads_below(row):
            above = self.at[(row, column)]
            key = (above.row, above.column)
            if key not in seen and not (above.columns >= self.table.columns and above.row == 0):
                seen.add(key)
                found.append(_flat(above.text))
            row = above.row - 1
        return tuple(reversed(found))

    def _heads_below(self, row: int) -> bool:
        """Whether the labels of a row head the cells below: a head row, or a row of nothing but labels."""
        if row < self.heads:
            return True
        cells = {
            (c.row, c.column) for at in range(self.table.columns) if (c := self.at.get((row, at))) and c.row == row
        }
        return len(cells) >= 2 and all(self._is_label(*key) for key in cells)

    def row_heads(self, cell: Cell) -> tuple[str, ...]:
        """The labels to the left of a cell, left to right, number columns left out."""
        found: list[str] = []
        seen: set[tuple[int, int]] = set()
        for column in range(cell.column):
            left = self.at.get((cell.row, column))
            if left is None or (left.row, left.column) in seen or column in self.serial or column in self.units:
                continue
            seen.add((left.row, left.column))
            if self._is_label(left.row, left.column) and not (left.row < self.heads <= cell.row):
                found.append(_flat(left.text))
        return tuple(found)

    # -- blanks

    def blanks(self) -> list[CellBlank]:
        """Every blank of the table in reading order; rows printed to be repeated count once, with their number."""
        repeated = self._repeated_rows()
        found: list[CellBlank] = []
        for cell in sorted(self.table.cells, key=lambda c: (c.row, c.column)):
            if cell.row in repeated and repeated[cell.row] == 0:
                continue
            found.extend(self._of_cell(cell, repeated.get(cell.row)))
            for inner in self.grid.inner(cell):
                form = FormGrid(inner)
                if form.is_form():
                    found.extend(form.blanks())
        return found

    def _of_cell(self, cell: Cell, rows: int | None) -> list[CellBlank]:
        key = (cell.row, cell.column)
        lines = self.lines[key]
        inline = self.inline[key]
        if inline:
            whole = len(inline) == 1 and not (
                lines
                and "".join(line.text for line in lines)
                .replace(inline[0][0].text[inline[0][1].start : inline[0][1].end], "", 1)
                .strip()
            )
            return [
                CellBlank(
                    cell,
                    line,
                    blank,
                    self.row_heads(cell),
                    self.column_heads(cell),
                    whole,
                    False,
                    self._unit(cell),
                    rows,
                    self.grid,
                )
                for line, blank in _merged(inline)
            ]
        text = cell.text.strip()
        left = self.at.get((cell.row, cell.column - 1)) if cell.column else None
        beside = left is not None and self._is_label(left.row, left.column)
        is_unit_cell = (
            is_measure(text)
            and cell.column not in self.units
            and cell.row >= self.heads
            and (beside or len(cell.text) > len(text) + 1)
            and cell.column > 0
            and not self._heads_below(cell.row)
        )
        if (
            not (self.is_empty(cell) or is_unit_cell)
            or cell.row < self.heads
            or cell.column in self.serial
            or not lines
        ):
            return []
        heads, rows_heads = self.column_heads(cell), self.row_heads(cell)
        if not heads and not rows_heads:
            return []
        if cell.column == 0 and not heads:
            return []
        line = lines[0]
        blank = Blank(0, len(line.text) - len(line.text.lstrip()) if is_unit_cell else len(line.text), "gap")
        derived = any(_TOTAL.match(re.sub(r"\s", "", head)) for head in (*rows_heads, *heads[-1:])) and not any(
            _REMARK.search(head) for head in heads
        )
        return [
            CellBlank(cell, line, blank, rows_heads, heads, True, derived, text or self._unit(cell), rows, self.grid)
        ]

    def _unit(self, cell: Cell) -> str | None:
        for column in self.units:
            text = self._text(cell.row, column)
            if is_measure(text):
                return text
        return None

    def _repeated_rows(self) -> dict[int, int]:
        """Rows that repeat: the first of each run to how many it stands for, the others to 0."""
        shapes: dict[int, tuple[int, ...] | None] = {}
        for row in range(self.heads, self.table.rows):
            cells = [cell for cell in self.table.cells if cell.row == row]
            free = [cell for cell in cells if cell.column not in self.serial]
            blank = bool(free) and all(
                (self.is_empty(cell) and cell.rows == 1) or (_ROW_NUMBER.match(cell.text.strip()) and cell.column == 0)
                for cell in free
            )
            crossing = any(cell.row < row < cell.row + cell.rows and cell.text.strip() for cell in self.table.cells)
            filled = [cell for cell in free if self.is_empty(cell)]
            shapes[row] = tuple(cell.column for cell in free) if blank and not crossing and len(filled) >= 2 else None
        result: dict[int, int] = {}
        row = self.heads
        while row < self.table.rows:
            shape = shapes.get(row)
            if shape is None or not self.heads:
                row += 1
                continue
            last = row
            while last + 1 < self.table.rows and shapes.get(last + 1) == shape:
                last += 1
            count = last - row + 1
            if count > 1 or self.serial:
                result[row] = count
                result.update(dict.fromkeys(range(row + 1, last + 1), 0))
            row = last + 1
        return result


def _merged(inline: list[tuple[Line, Blank]]) -> list[tuple[Line, Blank]]:
    """Check boxes of one choice set on lines of their own are one field."""
    merged: list[tuple[Line, Blank]] = []
    for line, blank in inline:
        if (
            merged
            and blank.kind == "choice"
            and merged[-1][1].kind == "choice"
            and merged[-1][0] is not line
            and blank.options
            and merged[-1][1].options
            and not line.text[: blank.start].strip()
        ):
            first, known = merged[-1]
            if not first.text[known.end :].strip():
                merged[-1] = (first, Blank(known.start, known.end, "choice", known.options + blank.options))
                continue
        merged.append((line, blank))
    return merged


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text).strip()
