"""Ruling lines to grids: which lines meet, which of the cells between them are one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ...model import Box
from .page import Rule

Segment = tuple[float, float, float]
"""Where the line stands, and from where to where it goes."""
MAX_CROSSINGS = 1_000_000


@dataclass(slots=True, frozen=True)
class GridCell:
    """A cell at its top-left position, with how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(slots=True)
class Grid:
    """A ruled table: the places of its column and row borders, and its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell that holds a point."""
        if not self.holds(x, y):
            return None
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return next(
            cell
            for cell in self.cells
            if cell.row <= row < cell.row + cell.rows and cell.column <= column < cell.column + cell.columns
        )


def find_grids(rules: list[Rule], tolerance: float, page_area: float) -> tuple[list[Grid], list[Rule]]:
    """The grids that the rules draw, smallest first, and the horizontal rules that belong to none.

    A frame around the whole page and an outline without content of its own are no grid.
    """
    across = _merged([(rule.top, rule.x0, rule.x1) for rule in rules if rule.horizontal], tolerance)
    down = _merged([(rule.x0, rule.top, rule.bottom) for rule in rules if not rule.horizontal], tolerance)
    if len(across) * len(down) > MAX_CROSSINGS:  # a drawing, not a table
        across, down = _longest(across), _longest(down)
    grids: list[Grid] = []
    used: set[Segment] = set()
    for rows, columns in _groups(across, down, tolerance):
        grid = _grid(rows, columns, tolerance)
        if grid is None or (len(grid.cells) == 1 and grid.area > 0.6 * page_area) or _is_stroke(grid):
            continue
        grids.append(grid)
        used.update(rows)
    loose = [Rule(start, place, end, place) for place, start, end in across if (place, start, end) not in used]
    return sorted(grids, key=lambda grid: grid.area), loose


def _longest(segments: list[Segment]) -> list[Segment]:
    return sorted(sorted(segments, key=lambda segment: segment[1] - segment[2])[:500])


def _is_stroke(grid: Grid) -> bool:
    """A large character or a check box looks like a little grid."""
    left, top, right, bottom = grid.box
    return right - left < 90 and bottom - top < 90 and (len(grid.cells) > 1 or right - left < 30)


def _merged(segments: list[Segment], tolerance: float) -> list[Segment]:
    """Pieces of the same line put together."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments):
        if lines and segment[0] - lines[-1][-1][0] <= tolerance / 2:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    merged: list[Segment] = []
    for line in lines:
        place = sum(piece[0] for piece in line) / len(line)
        pieces = sorted((start, end) for _, start, end in line)
        start, end = pieces[0]
        for next_start, next_end in pieces[1:]:
            if next_start > end + 2 * tolerance:
                merged.append((place, start, end))
                start, end = next_start, next_end
            else:
                end = max(end, next_end)
        merged.append((place, start, end))
    return merged


def _groups(across: list[Segment], down: list[Segment], tolerance: float) -> list[tuple[list[Segment], list[Segment]]]:
    """Lines that touch one another, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for i, (y, left, right) in enumerate(across):
        for j, (x, top, bottom) in enumerate(down):
            if left - tolerance <= x <= right + tolerance and top - tolerance <= y <= bottom + tolerance:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for i, segment in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(segment)
    for j, segment in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(segment)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _grid(rows: list[Segment], columns: list[Segment], tolerance: float) -> Grid | None:
    ys = _places([place for place, _, _ in rows], tolerance)
    xs = _places([place for place, _, _ in columns], tolerance)
    left, right = min(start for _, start, _ in rows), max(end for _, _, end in rows)
    xs = ([left] if left < xs[0] - 3 * tolerance else []) + xs + ([right] if right > xs[-1] + 3 * tolerance else [])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > 20_000:
        return None
    return Grid(xs, ys, _cells(xs, ys, rows, columns, tolerance))


def _places(values: list[float], tolerance: float) -> list[float]:
    """Distinct places, those within the tolerance taken as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _covered(segments: list[Segment], place: float, start: float, end: float, tolerance: float) -> bool:
    """Whether lines at a place cover most of the way from start to end."""
    length = sum(
        max(0.0, min(end, segment[2]) - max(start, segment[1]))
        for segment in segments
        if abs(segment[0] - place) <= tolerance
    )
    return length >= 0.6 * (end - start)


def _cells(
    xs: list[float], ys: list[float], rows: list[Segment], columns: list[Segment], tolerance: float
) -> list[GridCell]:
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    last_row, last_column = len(ys) - 2, len(xs) - 2
    for row in range(last_row + 1):
        for column in range(last_column + 1):
            if (row, column) in taken:
                continue
            right = column
            while right < last_column and (row, right + 1) not in taken:
                if _covered(columns, xs[right + 1], ys[row], ys[row + 1], tolerance):
                    break
                right += 1
            low = row
            while low < last_row and not any(
                _covered(rows, ys[low + 1], xs[across], xs[across + 1], tolerance)
                for across in range(column, right + 1)
            ):
                low += 1
            taken |= {(r, c) for r in range(row, low + 1) for c in range(column, right + 1)}
            box = (xs[column], ys[row], xs[right + 1], ys[low + 1])
            cells.append(GridCell(row, column, low - row + 1, right - column + 1, box))
    return cells
