"""Blanks that are whole cells, found in a reply by the labels of their rows and columns."""

from __future__ import annotations

import re

from ..collection import Scalar
from ..model import Cell, Document, Table
from .template import CellSlot, GridTemplate, Template, label_key
from .values import Reading, value_of


def read_grids(reading: Reading, document: Document, template: Template) -> float:
    """Whole-cell blanks by their labels; returns the share of the labels found."""
    if not template.grids:
        return 1.0
    tables = [block for block in document.blocks if isinstance(block, Table)]
    tables += [inner for table in tables for cell in table.cells for inner in cell.tables]
    keyed = [({label_key(cell.text) for cell in table.cells}, table) for table in tables]
    hits = total = 0
    for grid in template.grids:
        best = max(keyed, key=lambda pair: len(pair[0] & grid.labels), default=None)
        total += len(grid.labels)
        if best is None or len(best[0] & grid.labels) < 0.4 * len(grid.labels):
            for slot in grid.slots:
                reading.values.setdefault(
                    slot.field.group if slot.field.rows and slot.field.group else slot.field.id, None
                )
            continue
        hits += len(best[0] & grid.labels)
        _read_grid(reading, best[1], grid)
    return hits / max(1, total)


def _read_grid(reading: Reading, table: Table, grid: GridTemplate) -> None:
    at = table.grid()
    where: dict[str, list[Cell]] = {}
    for cell in table.cells:
        where.setdefault(label_key(cell.text), []).append(cell)
    for group, members in grid.groups.items():
        reading.values[group] = _roster_rows(reading, table, at, where, members)
    for slot in grid.slots:
        if slot.field.rows is not None and slot.field.group in grid.groups:
            continue
        found = _find_cell(at, where, slot)
        written = found.text if found is not None else ""
        if label_key(written) in {label_key(label) for label in (*slot.row_labels[-1:], *slot.column_labels[-1:])}:
            written = ""
        reading.values[slot.field.id] = value_of(reading, slot.field, written, slot.field.evidence.text)


def _find_cell(at: dict[tuple[int, int], Cell], where: dict[str, list[Cell]], slot: CellSlot) -> Cell | None:
    """The cell where a row's label and a column's label meet, else the one right of its label."""
    rows = [where.get(label_key(label), []) for label in slot.row_labels]
    columns = [where.get(label_key(label), []) for label in slot.column_labels]
    row_cells = next((cells for cells in reversed(rows) if cells), [])
    column_cells = next((cells for cells in reversed(columns) if cells), [])
    if len(slot.row_labels) > 1 and rows[0] and row_cells is not rows[0] and len(row_cells) > 1:
        span = rows[0][0]
        row_cells = [cell for cell in row_cells if span.row <= cell.row < span.row + span.rows] or row_cells
    for row_cell in row_cells:
        for column_cell in column_cells:
            if (
                column_cell.row < row_cell.row
                and column_cell.column + column_cell.columns > row_cell.column + row_cell.columns - 1
            ):
                met = at.get((row_cell.row, column_cell.column))
                if met is not None and met is not row_cell:
                    return met
    for row_cell in row_cells:
        right = at.get((row_cell.row, row_cell.column + row_cell.columns))
        if right is not None:
            return right
    if not slot.row_labels:
        for column_cell in column_cells:
            below = at.get((column_cell.row + column_cell.rows, column_cell.column))
            if below is not None:
                return below
    return None


_STOP_ROW = re.compile(r"^(?:合计|小计|总计|注|备注|说明|填表|填报|审核|负责人)")


def _roster_rows(
    reading: Reading, table: Table, at: dict[tuple[int, int], Cell], where: dict[str, list[Cell]], slots: list[CellSlot]
) -> list[dict[str, Scalar]]:
    """Every row below the heads that says something, one object a row."""
    columns: dict[str, int] = {}
    head = -1
    for slot in slots:
        cells = where.get(label_key(slot.column_labels[-1]), []) if slot.column_labels else []
        if cells:
            columns[slot.field.id] = cells[0].column
            head = max(head, cells[0].row + cells[0].rows - 1)
    rows: list[dict[str, Scalar]] = []
    for row in range(head + 1, table.rows):
        first = at.get((row, 0))
        if first is not None and _STOP_ROW.match(re.sub(r"\s", "", first.text)) and first.row == row:
            continue
        values: dict[str, Scalar] = {}
        for slot in slots:
            column = columns.get(slot.field.id)
            cell = at.get((row, column)) if column is not None else None
            own = cell is not None and cell.row == row
            values[slot.field.id] = value_of(reading, slot.field, cell.text, "") if own and cell is not None else None
        if any(value is not None for value in values.values()):
            rows.append(values)
    return rows


def by_field_id(document: Document, template: Template) -> dict[str, list[str]] | None:
    """Values beside field ids, where the reply is a workbook that ``anyue forms`` made."""
    if document.reader != "sheet":
        return None
    ids = {one.id for one in template.form.fields}
    found: dict[str, list[str]] = {}
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        for cell in block.cells:
            key = cell.text.strip()
            if key in ids:
                row = sorted(
                    (other for other in block.cells if other.row == cell.row and other is not cell),
                    key=lambda c: c.column,
                )
                found.setdefault(key, [other.text for other in row])
    return found if len(found) >= max(1, len(ids) // 2) else None


def take_cells(reading: Reading, template: Template, rows: dict[str, list[str]]) -> None:
    """The values beside the field ids of a workbook that ``anyue forms`` made."""
    for one in template.form.fields:
        written = rows.get(one.id, [""])[-1] if rows.get(one.id) else ""
        reading.values[one.id] = value_of(reading, one, written, "")
