"""Blanks that are whole cells, found in a reply by the labels of their rows and columns.

A table whose labels stand where the form's do is read place by place. Any other is paired with the form label by label; a
row or column that is not found, or was paired by its place alone, is said and never guessed in silence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..collection import Scalar
from ..lexicon.measures import bracketed, is_measure
from ..lexicon.quantities import bare
from ..model import Cell, Document, Table
from .likeness import Path, is_name, label_key, likeness, pair, plain
from .template import CellSlot, GridTemplate, Template
from .values import Reading, issue_of, value_of

Grid = dict[tuple[int, int], Cell]


class Found(NamedTuple):
    """What a reply has at a blank, and the unit that its own labels give it where that is not the form's."""

    text: str
    unit: str | None = None


def read_grids(reading: Reading, document: Document, template: Template) -> float:
    """Whole-cell blanks by their labels; returns the share of the labels found."""
    if not template.grids:
        return 1.0
    tables = [block for block in document.blocks if isinstance(block, Table)]
    tables += [inner for table in tables for cell in table.cells for inner in cell.tables]
    hits, total = 0.0, 0
    for grid in template.grids:
        table, share = _table_of(grid, tables)
        total += len(grid.labels)
        hits += share * len(grid.labels)
        if table is not None:
            _read_grid(reading, table, grid)
            continue
        for slot in grid.slots:
            reading.values.setdefault(slot.field.group if slot.field.rows and slot.field.group else slot.field.id, None)
        _say_lost(reading, "R116", grid.slots, grid.slots[0].field.section or template.title)
    return hits / max(1, total)


def _table_of(grid: GridTemplate, tables: list[Table]) -> tuple[Table | None, float]:
    """The reply's table with most of the grid's labels, and their share; reworded labels count where few are the same."""
    best: tuple[float, Table | None] = (0.0, None)
    for table in tables:
        keys = {key for cell in table.cells for key in (label_key(cell.text), label_key(_label_of(cell.text)))}
        share = len(keys & grid.labels) / max(1, len(grid.labels))
        if share > best[0]:
            best = (share, table)
    if best[0] >= 0.7:
        return best[1], best[0]
    for table in tables:
        texts = [cell.text for cell in table.cells if 1 < len(label_key(cell.text)) <= 40]
        like = sum(max((likeness(label, text) for text in texts), default=0.0) >= 0.6 for label in grid.labels)
        share = like / max(1, len(grid.labels))
        if share > best[0]:
            best = (share, table)
    return (best[1], best[0]) if best[0] >= 0.4 else (None, best[0])


def _read_grid(reading: Reading, table: Table, grid: GridTemplate) -> None:
    at = table.grid()
    finder = _Finder(reading, table, at, grid)
    for group, members in grid.groups.items():
        reading.values[group] = _roster_rows(reading, table, at, finder, members)
    single = [slot for slot in grid.slots if slot.field.rows is None or slot.field.group not in grid.groups]
    found = _same_places(table, at, grid, single)
    if found is None:
        found = finder.find(single)
    for slot in single:
        text, unit = found.get(slot.spot, Found(""))
        if label_key(text) and label_key(text) in {label_key(one) for one in (*slot.heads.rows, *slot.heads.columns)}:
            text = ""
        if unit is not None and re.search(r"\d\s*$", bare(text)):
            text = f"{bare(text)}{unit}"
        reading.values[slot.field.id] = value_of(reading, slot.field, text, slot.field.evidence.text)


def _same_places(
    table: Table, at: Grid, grid: GridTemplate, slots: list[CellSlot]
) -> dict[tuple[int, int], Found] | None:
    """The cells by place alone, where the reply's table has every label of the form where the form has it."""
    if (table.rows, table.columns) != (grid.rows, grid.width):
        return None
    for spot, key in grid.fixed.items():
        if spot not in at or label_key(at[spot].text) != key:
            return None
    return {slot.spot: Found(at[slot.spot].text) for slot in slots if slot.spot in at}


class _Finder:
    """Pairs the labels of a form's table with those of a reply's table."""

    def __init__(self, reading: Reading, table: Table, at: Grid, grid: GridTemplate) -> None:
        self.reading, self.table, self.at, self.grid = reading, table, at, grid

    def find(self, slots: list[CellSlot]) -> dict[tuple[int, int], Found]:
        """What the reply has at each blank, by the blank's place in the form; what is not found has an issue."""
        found: dict[tuple[int, int], Found] = {}
        for head in dict.fromkeys(slot.heads.head for slot in slots if slot.heads.head >= 0):
            found.update(self._by_row_and_column(head, [slot for slot in slots if slot.heads.head == head]))
        beside = [slot for slot in slots if slot.spot not in found and slot.heads.rows and slot.heads.beside]
        found.update(self._beside(beside))
        return found

    def columns(self, head: int, slots: list[CellSlot]) -> tuple[int, dict[int, int]]:
        """The row of the reply's heads, -1 where there are none, and the reply's column of each column of the form.

        A needed column that is not there, or is taken by its place alone, has an issue.
        """
        form = self.grid.columns[head]
        row, paths = self._head_row(list(form.values()))
        own = list(form)
        theirs = list(paths)
        pairing = pair(list(form.values()), list(paths.values()))
        columns = {own[here]: theirs[there] for here, there in pairing.found.items()}
        for column, path in form.items():
            needed = [slot for slot in slots if slot.spot[1] == column]
            if needed and column not in columns:
                _say_lost(self.reading, "R116", needed, path[-1])
            elif needed and own.index(column) in pairing.by_place:
                _say_lost(self.reading, "R117", needed, path[-1], paths[columns[column]][-1])
        return row, columns

    def _head_row(self, form: list[Path]) -> tuple[int, dict[int, Path]]:
        """The reply's row that is likest the form's column heads, and what is said above each column down to it."""
        leaves = {plain(path[-1]) for path in form}
        best: tuple[float, int] = (0.0, -1)
        for row in range(self.table.rows):
            texts = self._texts(row)
            score = float(len(leaves & {plain(text) for text in texts}))
            if score < len(leaves) / 2:
                score += sum(max((likeness(path[-1], text) for text in texts), default=0.0) >= 0.6 for path in form) / 2
            if score > best[0]:
                best = (score, row)
        depth = max(len(path) for path in form)
        return best[1], self._paths(best[1], depth) if best[1] >= 0 else {}

    def _texts(self, row: int) -> list[str]:
        return [
            cell.text
            for column in range(self.table.columns)
            if (cell := self.at.get((row, column))) is not None and cell.column == column and label_key(cell.text)
        ]

    def _paths(self, bottom: int, depth: int) -> dict[int, Path]:
        """The heads above each column of the reply, ``depth`` rows of them at most."""
        paths: dict[int, Path] = {}
        for column in range(self.table.columns):
            cells: list[Cell] = []
            for row in range(max(0, bottom - depth + 1), bottom + 1):
                cell = self.at.get((row, column))
                if cell is not None and 0 < len(label_key(cell.text)) <= 40 and cell not in cells:
                    cells.append(cell)
            if cells and not (cells[-1].column < column and column - 1 in paths and cells[-1].row <= bottom):
                paths[column] = tuple(cell.text for cell in cells)
        return paths

    def _by_row_and_column(self, head: int, slots: list[CellSlot]) -> dict[tuple[int, int], Found]:
        row, columns = self.columns(head, slots)
        if row < 0:
            return {}
        value_columns = [columns[slot.spot[1]] for slot in slots if slot.spot[1] in columns]
        rows = self._rows(row, min(value_columns, default=0), slots)
        found: dict[tuple[int, int], Found] = {}
        for slot in slots:
            here = rows.get(slot.spot[0]) if slot.heads.rows else row + slot.spot[0] - head
            column = columns.get(slot.spot[1])
            cell = self.at.get((here, column)) if here is not None and column is not None else None
            if cell is not None and here is not None and column is not None:
                said = [*self._texts_left(here, column), *(self._texts_above(row, column))]
                found[slot.spot] = Found(cell.text, _other_unit(slot, said))
            elif slot.heads.columns:
                found[slot.spot] = Found("")
        return found

    def _rows(self, head: int, first: int, slots: list[CellSlot]) -> dict[int, int]:
        """The reply's row of each row of the form; a row that is not there, or is taken by its place, has an issue."""
        form = {slot.spot[0]: slot.heads.rows for slot in slots if slot.heads.rows}
        paths: dict[int, Path] = {}
        for row in range(head + 1, self.table.rows):
            texts = self._texts_left(row, first)
            path = tuple(text for text in texts if is_name(text)) or tuple(texts)
            if path:
                paths[row] = path
        pairing = pair(list(form.values()), list(paths.values()))
        own, theirs = list(form), list(paths)
        rows = {own[here]: theirs[there] for here, there in pairing.found.items()}
        for place, (row, path) in enumerate(form.items()):
            needed = [slot for slot in slots if slot.spot[0] == row]
            if row not in rows and not all(slot.heads.beside for slot in needed):
                _say_lost(self.reading, "R116", needed, path[-1])
            elif place in pairing.by_place:
                _say_lost(self.reading, "R117", needed, path[-1], paths[rows[row]][-1])
        return rows

    def _texts_left(self, row: int, column: int) -> list[str]:
        cells: list[Cell] = []
        for left in range(column):
            cell = self.at.get((row, left))
            if cell is not None and label_key(cell.text) and len(cell.text) <= 60 and cell not in cells[-1:]:
                cells.append(cell)
        return [cell.text for cell in cells]

    def _texts_above(self, row: int, column: int) -> list[str]:
        cell = self.at.get((row, column))
        return [cell.text] if cell is not None else []

    def _beside(self, slots: list[CellSlot]) -> dict[tuple[int, int], Found]:
        """Values right of their labels, or behind a colon in the label's own cell."""
        if not slots:
            return {}
        cells = [cell for cell in self.table.cells if is_name(cell.text) and len(_label_of(cell.text)) <= 40]
        pairing = pair(
            [(slot.heads.rows[-1],) for slot in slots],
            [(_label_of(cell.text),) for cell in cells],
            least=0.6,
            by_place=False,
        )
        labels = {id(cells[there]) for there in pairing.found.values()}
        found: dict[tuple[int, int], Found] = {}
        for place, slot in enumerate(slots):
            if place not in pairing.found:
                _say_lost(self.reading, "R116", [slot], slot.heads.rows[-1])
                continue
            label = cells[pairing.found[place]]
            right = self.at.get((label.row, label.column + label.columns))
            while right is not None and is_measure(right.text) and (right.row, right.column + right.columns) in self.at:
                right = self.at[right.row, right.column + right.columns]
            inside = label.text[len(_label_of(label.text)) :].strip(" :：\t\n\u3000")
            beside = right.text if right is not None and id(right) not in labels else ""
            found[slot.spot] = Found(inside or beside, _other_unit(slot, [_label_of(label.text)]))
        return found


def _label_of(text: str) -> str:
    """A label without what is written behind its colon in the same cell."""
    match = re.match(r"[^:：]{2,30}[:：](?=\s*\S)", text)
    return match.group(0)[:-1] if match and not re.match(r"\s*其中[:：]", text) else text


def _other_unit(slot: CellSlot, said: list[str]) -> str | None:
    """The unit that the reply's labels name, where it is neither the field's nor that of the form's labels."""
    if slot.field.unit is None:
        return None
    own = {slot.field.unit, *(_units(slot.heads.rows)), *(_units(slot.heads.columns))}
    theirs = _units(tuple(said))
    return next((unit for unit in reversed(theirs) if unit not in own), None) if not own & set(theirs) else None


def _units(labels: Path) -> list[str]:
    return [unit for label in labels if (unit := bracketed(label)[0] or (label.strip() if is_measure(label) else None))]


def _say_lost(reading: Reading, code: str, slots: list[CellSlot], label: str, found: str | None = None) -> None:
    """Says that a row, column or table of the form was not found (R116), or was taken by its place (R117)."""
    kept = [slot for slot in slots if slot.field.aggregate != "derived"]
    if not kept:
        return
    doubt = any(slot.field.aggregate == "sum" for slot in kept)
    name = re.sub(r"\s+", "", label)
    reading.issues.append(issue_of(code, kept[0].field, None, found or name, doubt=doubt, head=name))


_STOP_ROW = re.compile(
    r"^(?:合计|小计|总计|共计)|^(?:注|备注|说明|填表说明|填表人|填报人|审核人|负责人|填表单位|填报单位)[:：]"
    r"|^(?:注|备注|说明|填表说明|填表人|填报人|审核人)$"
)


def _roster_rows(
    reading: Reading, table: Table, at: Grid, finder: _Finder, slots: list[CellSlot]
) -> list[dict[str, Scalar]]:
    """Every row below the heads that says something, one object a row; a cell merged downwards serves all its rows."""
    heads = slots[0].heads.head
    head, columns = finder.columns(heads, slots) if heads >= 0 else (-1, {})
    if head < 0:
        _say_lost(reading, "R116", slots, slots[0].field.label)
        return []
    fields = {slot.field.id: columns[slot.spot[1]] for slot in slots if slot.spot[1] in columns}
    rows: list[dict[str, Scalar]] = []
    for row in range(head + 1, table.rows):
        if _is_stop(at, row, table.columns):
            continue
        own = {key: at.get((row, column)) for key, column in fields.items()}
        if not any(cell is not None and cell.row == row and _said(cell.text) for cell in own.values()):
            continue
        values: dict[str, Scalar] = {}
        for slot in slots:
            cell = own.get(slot.field.id)
            values[slot.field.id] = (
                value_of(reading, slot.field, cell.text, "") if cell is not None and cell.row > head else None
            )
        if any(value is not None for value in values.values()):
            rows.append(values)
    return rows


def _is_stop(at: Grid, row: int, columns: int) -> bool:
    """Whether a row is a sum or a remark: its first words say so, and a remark runs over the row."""
    firsts = [cell for column in range(columns) if (cell := at.get((row, column))) is not None and bare(cell.text)]
    if not firsts or firsts[0].row != row:
        return False
    text = re.sub(r"\s", "", firsts[0].text)
    if label_key(text).isdigit() and len(firsts) > 1:
        text = re.sub(r"\s", "", firsts[1].text)
    return bool(_STOP_ROW.match(text) or re.match(r"^共\d+[项人条个次场]$", text))


def _said(text: str) -> str:
    """A cell's text without blanks and brackets, by which a row is known to say something."""
    return re.sub(r"[\s_()（）\u3000\xa0]", "", text)
