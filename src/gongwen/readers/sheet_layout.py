"""The cells of a sheet to blocks: which rows are a table, which are lines above, between and below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..model import Block, Cell, Paragraph, Table
from .sheet_scan import Position


class Merge(NamedTuple):
    """A merged range, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """Filled cells, merged ranges and bordered cells of one sheet."""

    values: dict[Position, str]
    merges: tuple[Merge, ...]
    bordered: frozenset[Position]


class _Run(NamedTuple):
    """Rows of one kind: ``grid`` in a table with borders, ``loose`` in one without, ``line`` a paragraph each."""

    kind: str
    rows: list[int]


def layout(sheet: SheetGrid, block: int) -> list[Block]:
    """The blocks of a sheet, numbered from ``block``. A sheet without words has none."""
    if not sheet.values:
        return []
    by_row = _by_row(sheet)
    kinds = _bordered_kinds(sheet, by_row) if sheet.bordered else _bare_kinds(by_row)
    blocks: list[Block] = []
    for run in _runs(kinds, bool(sheet.bordered)):
        if run.kind == "line":
            for row in run.rows:
                text = "\u3000".join(text for _, text in by_row[row])
                blocks.append(Paragraph(block + len(blocks), text, page_break=block > 0 and not blocks))
        else:
            blocks.append(_table(sheet, run, block + len(blocks)))
    return blocks


def _by_row(sheet: SheetGrid) -> dict[int, list[tuple[int, str]]]:
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in sorted(sheet.values.items()):
        rows.setdefault(row, []).append((column, text))
    return rows


def _bordered_kinds(sheet: SheetGrid, by_row: dict[int, list[tuple[int, str]]]) -> dict[int, str]:
    """Rows with a border are the grid; a filled row of one cell over all its columns at its top is a title."""
    framed = {row for row, _ in sheet.bordered}
    for merge in sheet.merges:
        if (merge.top, merge.left) in sheet.bordered:
            framed |= set(range(merge.top, merge.bottom + 1))
    kinds: dict[int, str] = {}
    for row in sorted(framed | set(by_row)):
        if row in framed:
            title = len(by_row.get(row, ())) == 1 and kinds.get(row - 1) != "grid" and _spans_all(sheet, row)
            kinds[row] = "line" if title else "grid"
        else:
            kinds[row] = "line" if len(by_row[row]) == 1 else "loose"
    return kinds


def _spans_all(sheet: SheetGrid, row: int) -> bool:
    columns = [column for _, column in sheet.bordered] + [column for _, column in sheet.values]
    return any(
        merge.top == merge.bottom == row and merge.left <= min(columns) and merge.right >= max(columns) > merge.left
        for merge in sheet.merges
    )


def _bare_kinds(by_row: dict[int, list[tuple[int, str]]]) -> dict[int, str]:
    """Without borders: rows of one cell before and after the others are lines, so is a row of labels with colons."""
    wide = [row for row, cells in by_row.items() if len(cells) > 1]
    kinds = dict.fromkeys(by_row, "line")
    for row, cells in by_row.items():
        if wide and wide[0] <= row <= wide[-1]:
            labels = kinds.get(row - 1) != "grid" and any(text.rstrip().endswith(("：", ":")) for _, text in cells)
            kinds[row] = "loose" if labels and row != wide[-1] else "grid"
    return kinds


def _runs(kinds: dict[int, str], bordered: bool) -> Iterator[_Run]:
    """Rows of the same kind together; a grid without borders takes in the empty rows between its own."""
    run: _Run | None = None
    for row in sorted(kinds):
        apart = bordered and run is not None and row - run.rows[-1] > 1
        if run is None or run.kind != kinds[row] or apart:
            if run is not None:
                yield run
            run = _Run(kinds[row], [])
        run.rows.append(row)
    if run is not None:
        yield run


def _table(sheet: SheetGrid, run: _Run, block: int) -> Table:
    top, bottom = run.rows[0], run.rows[-1]
    inside = [position for position in (*sheet.values, *sheet.bordered) if top <= position[0] <= bottom]
    left, right = min(column for _, column in inside), max(column for _, column in inside)
    merges = {
        (merge.top, merge.left): merge
        for merge in sheet.merges
        if top <= merge.top <= bottom and left <= merge.left <= right
    }
    covered: set[Position] = set()
    cells: list[Cell] = []
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            merge = merges.get((row, column), Merge(row, column, row, column))
            rows, columns = min(merge.bottom, bottom) - row + 1, min(merge.right, right) - column + 1
            covered |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            text = sheet.values.get((row, column), "")
            parts = tuple(Paragraph(block, part) for part in text.split("\n"))
            cells.append(Cell(row - top, column - left, text, parts, rows, columns))
    return Table(
        block, bottom - top + 1, right - left + 1, tuple(cells), ruled=run.kind == "grid" and bool(sheet.bordered)
    )
