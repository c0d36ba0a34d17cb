"""Which cells of a table are blanks, and which heads name them."""

from __future__ import annotations

import re
from functools import cached_property

from ..lexicon.bodies import levels_of
from ..lexicon.measures import is_measure
from ..model import Cell
from ..structure import Grid, Line
from .blanks import Blank, find_blanks
from .cells import CellBlank, flat, is_foot, is_remark, is_signed, merged_choices

_TOTAL = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计\s*合\s*计|合计数?)(?:[（(].*[)）])?$")
_SERIAL = re.compile(r"^(?:序\s*号|No\.?|NO\.?|号)$")
_CODE = re.compile(r"[\d/／—－\-]{1,4}")
_REMARK = re.compile(r"备\s*注|说\s*明$")
_UNIT_HEAD = re.compile(r"^(?:计量)?单\s*位$|^度量$")
_ROW_NUMBER = re.compile(r"^(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[.…．。]{1,6}|[（(]\d+[)）])?[.、．]?$")
_MATRIX_HEAD = re.compile(
    r"任务分工|责任分工|总体任务|重点任务|工作任务|主要任务|目标任务|工作措施|具体措施|工作内容|工作事项|任务内容|活动内容|重点工作|工作要求|具体活动|任务清单|任务事项|工作举措|任务|措施|事项"
)
_DUTY_HEAD = re.compile(
    r"(?:主责|责任)(?:单位|部门|科室|处室|主体|人)|牵头(?:单位|部门|科室|责任)|配合(?:单位|部门)|承办单位|参加单位|完成(?:时限|时间)|时间(?:安排|节点|进度)|时限|进度"
)


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
        self._drop_beside()
        self.heads = self._head_rows()
        self.serial = self._columns(_SERIAL)
        self.units = {
            column
            for column in self._columns(_UNIT_HEAD)
            if any(is_measure(self._text(row, column)) for row in range(self.table.rows))
        }

    def _drop_beside(self) -> None:
        """填报单位： in one cell and nothing in the next: the next cell is the blank, not the end of the label."""
        for cell in self.table.cells:
            inline = self.inline[(cell.row, cell.column)]
            right = self.at.get((cell.row, cell.column + cell.columns))
            if (
                len(inline) == 1
                and inline[0][1].open
                and right is not None
                and self.is_empty(right)
                and right.row == cell.row
            ):
                line, blank = inline[0]
                if not line.text[blank.end :].strip() and blank.end - blank.start <= 1:
                    self.inline[(cell.row, cell.column)] = []

    # -- what kind of table

    @cached_property
    def _matrix(self) -> bool:
        return self._looks_like_matrix()

    def is_matrix(self) -> bool:
        """A task matrix or plan: prose under heads that name tasks, levels or responsible bodies, and nothing to fill."""
        return self._matrix

    def _looks_like_matrix(self) -> bool:
        """A task matrix or plan: prose under heads that name tasks, levels or responsible bodies, and nothing to fill."""
        heads = [cell.text for cell in self.table.cells if cell.row < max(1, self.heads)]
        joined = " ".join(heads)
        if any(self.inline.values()):
            return False
        levelled = sum(bool(levels_of(head)) and 2 <= len(head) <= 16 for head in heads)
        named = bool(_MATRIX_HEAD.search(joined)) and (bool(_DUTY_HEAD.search(joined)) or levelled >= 1)
        if not named and not levelled >= 2:
            return False
        data = [cell for cell in self.table.cells if cell.row >= max(1, self.heads) and not self._skipped(cell)]
        filled = [cell for cell in data if cell.text.strip()]
        prose = [cell for cell in filled if len(cell.text.strip()) >= 8]
        return len(filled) >= 0.5 * len(data) and len(prose) >= max(1, 0.2 * len(data))

    @cached_property
    def _form(self) -> bool:
        return self._looks_like_form()

    def is_form(self) -> bool:
        """Whether the table has something to fill and is no list or schedule."""
        return self._form

    def _looks_like_form(self) -> bool:
        """Whether the table has something to fill and is no list or schedule."""
        if any(self.inline.values()):
            return True
        if self.is_matrix():
            return False
        if any(FormGrid(inner).is_form() for cell in self.table.cells for inner in self.grid.inner(cell)):
            return True
        empty = [cell for cell in self.table.cells if self._is_open(cell)]
        if not empty:
            return False
        data = [cell for cell in self.table.cells if cell.row >= self.heads and not self._skipped(cell)]
        filled = [cell for cell in data if cell.text.strip() and cell.column > 0 and not self._is_open(cell)]
        useful = [cell for cell in empty if not self._under(cell, _REMARK)]
        if not useful:
            return False
        if self.heads and any(self._is_to_fill(column) for column in {cell.column for cell in useful}):
            return True
        return len(useful) >= 0.34 * (len(useful) + len(filled)) or (
            self.heads == 0 and len(useful) >= 0.25 * len(data)
        )

    def _is_repeatable(self, cell: Cell) -> bool:
        """Empty, or holding only a choice or date to fill, as every row of a roster prints it."""
        inline = self.inline[(cell.row, cell.column)]
        return self.is_empty(cell) or (
            len(inline) == 1 and inline[0][1].kind != "gap" and self._is_only(cell, inline[0][1])
        )

    def _is_to_fill(self, column: int) -> bool:
        """Whether nearly every cell below the heads of a column is empty."""
        cells = [cell for cell in self.table.cells if cell.column == column and cell.row >= self.heads]
        return len(cells) >= 2 and sum(self._is_open(cell) for cell in cells) >= 0.8 * len(cells)

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
        """Whether a cell is words that name something: not empty, nothing to fill in it."""
        cell = self.at.get((row, column))
        if cell is None or not cell.text.strip() or self.inline[(cell.row, cell.column)]:
            return False
        return not (is_measure(cell.text) and cell.text[:1].isspace())  # 　　人: a blank with its unit

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
        if not any(self._is_open(cell) or self.inline[(cell.row, cell.column)] for cell in below):
            return self._printed_heads()
        return rows

    def _row_cells(self, row: int) -> list[Cell]:
        found = {
            (cell.row, cell.column): cell
            for column in range(self.table.columns)
            if (cell := self.at.get((row, column)))
        }
        return list(found.values())

    def _own_cells(self, row: int) -> list[Cell]:
        """The cells that begin in a row."""
        return [cell for cell in self._row_cells(row) if cell.row == row]

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
        own = self._own_cells(row)
        if own and sum(is_measure(cell.text.strip("（）() ")) for cell in own) >= max(2, 0.5 * len(own)):
            return True  # a row of units under the heads
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
        """The columns under a head of a kind, wherever in the table the head row stands."""
        return {
            cell.column
            for cell in self.table.cells
            if pattern.match(re.sub(r"\s", "", cell.text))
            and (cell.row < max(1, self.heads) or self._heads_below(cell.row))
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
            above = self.at.get((row, column))
            if row >= self.heads and above is not None and above.column != column:
                return ()  # a cell of another cut stands between: the heads above it are not this column's
            row -= 1
        while row >= 0 and self._is_label(row, column) and self._heads_below(row):
            above = self.at[(row, column)]
            key = (above.row, above.column)
            if key not in seen and not (above.columns >= self.table.columns and above.row == 0):
                seen.add(key)
                found.append(flat(above.text))
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
        """The labels to the left of a cell, left to right, number columns left out.

        In a sheet of pairs (姓名 | … | 性别 | …) only those behind the pair before, and one that spans several rows.
        """
        found: list[Cell] = []
        for column in range(cell.column):
            left = self.at.get((cell.row, column))
            if left is None or left in found or column in self.serial:
                continue
            if column in self.units and (is_measure(left.text) or _CODE.fullmatch(left.text.strip())):
                continue
            if self._is_label(left.row, left.column):
                if not (left.row < self.heads <= cell.row) and not _CODE.fullmatch(left.text.strip()):
                    found.append(left)
            elif not self.column_heads(cell):
                found = [label for label in found if label.rows > 1]
        return tuple(flat(left.text) for left in found)

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
        lines, inline = self.lines[key], self.inline[key]
        heads, row_heads = self.column_heads(cell) or self._banner(cell), self.row_heads(cell)
        if cell.row in self.feet:
            heads, row_heads = (), row_heads[-1:] if self._is_label(cell.row, cell.column - 1) else ()
        row_unit = self._unit(cell)

        def blank_of(line: Line, blank: Blank, unit: str | None, *, whole: bool, derived: bool = False) -> CellBlank:
            return CellBlank(cell, line, blank, row_heads, heads, whole, derived, unit, row_unit, rows)

        if inline:
            merged = merged_choices(inline)
            whole = len(merged) == 1 and self._is_only(cell, merged[0][1])
            found = [blank_of(line, blank, None, whole=whole) for line, blank in merged]
            if lines and not lines[0].text.strip() and row_heads and not whole and is_signed(lines, inline):
                found.insert(0, blank_of(lines[0], Blank(0, len(lines[0].text), "gap"), None, whole=True))
            return found
        unit = cell.text.strip() if self._is_unit_cell(cell) else None
        free = self.is_empty(cell) or unit is not None or (bool(row_heads) and is_remark(cell.text))
        if not free or cell.row < self.heads or cell.column in self.serial or not lines:
            return []
        if not heads and (not row_heads or cell.column == 0):
            return []
        line = lines[0]
        end = len(line.text) - len(line.text.lstrip()) if unit else (len(line.text) if not line.text.strip() else 0)
        totals = [head for head in (*row_heads, *heads[-1:]) if _TOTAL.match(re.sub(r"\s", "", head))]
        derived = bool(totals) and not any(_REMARK.search(head) for head in heads)
        return [blank_of(line, Blank(0, end, "gap"), unit, whole=True, derived=derived)]

    @cached_property
    def feet(self) -> frozenset[int]:
        """Rows below the data that say who filled the table (填表人：| … |联系电话：| …): the heads above are not theirs."""
        rows = range(self.heads, self.table.rows) if self.heads else ()
        return frozenset(row for row in rows if is_foot(self._own_cells(row), self.column_heads))

    def _banner(self, cell: Cell) -> tuple[str, ...]:
        """The label over the whole width right above a cell of the whole width."""
        above = self.at.get((cell.row - 1, 0))
        if cell.columns < self.table.columns or above is None or above.columns < self.table.columns:
            return ()
        return (flat(above.text),) if self._is_label(above.row, above.column) else ()

    def _is_open(self, cell: Cell) -> bool:
        """A cell to be filled as a whole: empty, or holding only its unit behind a gap (　　场)."""
        return self.is_empty(cell) or (cell.column > 0 and is_measure(cell.text) and cell.text[:1].isspace())

    def _is_unit_cell(self, cell: Cell) -> bool:
        """A measure word alone in a cell to be filled (　　　人), not one of a column of units or a row of heads."""
        text = cell.text.strip()
        if not is_measure(text) or cell.column in self.units or cell.row < self.heads or cell.column == 0:
            return False
        left = self.at.get((cell.row, cell.column - 1))
        beside = left is not None and self._is_label(left.row, left.column)
        return (beside or len(cell.text) > len(text) + 1) and not self._heads_below(cell.row)

    def _is_only(self, cell: Cell, blank: Blank) -> bool:
        """Whether a blank, or a choice with its boxes, is all that a cell holds."""
        words = "".join(line.text for line in self.lines[(cell.row, cell.column)])
        return blank.end - blank.start >= len(words.strip()) > 0 or not words.strip()

    def _unit(self, cell: Cell) -> str | None:
        """The measure in the row's column of units."""
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
                (self._is_repeatable(cell) and cell.rows == 1)
                or (_ROW_NUMBER.match(cell.text.strip()) and cell.column == 0)
                for cell in free
            )
            crossing = any(cell.row < row < cell.row + cell.rows and cell.text.strip() for cell in self.table.cells)
            filled = [cell for cell in free if self._is_repeatable(cell)]
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
