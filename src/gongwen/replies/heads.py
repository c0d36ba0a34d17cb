"""Which labels of a form's table name a blank cell: those of its row and those of its column."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Cell, Table
from .likeness import Path, is_name, label_key

Spot = tuple[int, int]


class Heads(NamedTuple):
    """What names a blank cell. ``head`` is the lowest row of the column heads, -1 where there are none.

    ``beside`` says that the label stands immediately left of the blank, so that the value is looked for beside it.
    """

    rows: Path
    columns: Path
    head: int
    beside: bool


class TableHeads:
    """The label cells of a form's table, its blank cells being known."""

    def __init__(self, table: Table, blanks: set[Spot]) -> None:
        self.table, self.blanks, self.at = table, blanks, table.grid()
        self.filled = {
            row
            for cell in table.cells
            if (cell.row, cell.column) in blanks
            for row in range(cell.row, cell.row + cell.rows)
        }
        self.pairs = {row for row in self.filled if self._is_row_of_pairs(row)}

    def fixed(self) -> dict[Spot, str]:
        """Every label cell's place and key."""
        return {
            (cell.row, cell.column): label_key(cell.text)
            for cell in self.table.cells
            if (cell.row, cell.column) not in self.blanks and label_key(cell.text)
        }

    def of(self, cell: Cell) -> Heads:
        """What names one blank cell."""
        rows = self._row_path(cell)
        beside = self._is_label(self.at.get((cell.row, cell.column - 1)))
        head = -1 if cell.row in self.pairs else self._head_above(cell.row)
        return Heads(rows, self.column_path(head, cell.column), head, beside)

    def column_path(self, head: int, column: int) -> Path:
        """The heads of a column whose lowest head row is ``head``."""
        top = head
        while top > 0 and self._is_head(top - 1):
            top -= 1
        found: list[Cell] = []
        for row in range(top, head + 1):
            cell = self.at.get((row, column))
            if cell is not None and 0 < len(label_key(cell.text)) <= 40 and cell not in found[-1:]:
                found.append(cell)
        return tuple(cell.text for cell in found)

    def _is_label(self, cell: Cell | None) -> bool:
        return cell is not None and (cell.row, cell.column) not in self.blanks and bool(label_key(cell.text))

    def _is_row_of_pairs(self, row: int) -> bool:
        """Label, blank, label, blank: two blanks at least, each with its own label on its left."""
        own = {self.at[row, column].column: column for column in range(self.table.columns) if (row, column) in self.at}
        blanks = [column for column in own if (self.at[row, column].row, column) in self.blanks]
        return len(blanks) > 1 and all(self._is_label(self.at.get((row, column - 1))) for column in blanks)

    def _is_head(self, row: int) -> bool:
        """A row without blanks in which two cells at least say something; one alone is a title or a section."""
        if row in self.filled:
            return False
        said = {
            (cell.row, cell.column)
            for column in range(self.table.columns)
            if (cell := self.at.get((row, column))) is not None and label_key(cell.text)
        }
        return len(said) > 1

    def _head_above(self, row: int) -> int:
        return next((above for above in range(row - 1, -1, -1) if self._is_head(above)), -1)

    def _row_path(self, cell: Cell) -> Path:
        """The labels left of a blank, up to the blank before them; serial numbers and units only where nothing else is."""
        found: list[Cell] = []
        for column in range(cell.column - 1, -1, -1):
            left = self.at.get((cell.row, column))
            if left is None or not self._is_label(left):
                if any(is_name(one.text) for one in found):
                    break
                continue
            if left not in found[-1:]:
                found.append(left)
        texts = [one.text for one in reversed(found)]
        return tuple(text for text in texts if is_name(text)) or tuple(texts)
