"""Where a wide sheet breaks into printed pages: between sections where it can, at a size that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

A4, A3 = 9, 8
"""The numbers of the paper sizes in a workbook."""
_ROOM = {A4: 777.0, A3: 1125.0}
"""Points across a page on its side, without its margins."""
_SMALLEST = {A4: 0.78, A3: 0.62}
"""How far a page may be shrunk: ten-point text stays above six points."""
_SLACK = 0.84
"""Where the font that widths are measured in is missing, its stand-in makes every column wider by a sixth."""


@dataclass(frozen=True, slots=True)
class Paper:
    """``breaks`` are the columns with which further pages begin; ``scale`` is in per cent, 0 for as wide as the page."""

    size: int
    scale: int = 0
    breaks: tuple[int, ...] = ()


def paper_for(widths: Sequence[float], blocks: Sequence[int], repeated: int) -> Paper:
    """The paper for columns of these widths (in characters).

    ``blocks`` are the columns with which a section begins: there a page may end. The first ``repeated`` columns are
    printed on every page.
    """
    points = [6.0 * width + 4.3 for width in widths]
    total = sum(points)
    for size in (A4, A3):
        if total * _SMALLEST[size] <= _ROOM[size]:
            return Paper(size)
    room = _ROOM[A3] * _SLACK / _SMALLEST[A3]
    starts = _breaks(points, blocks, repeated, room)
    # The same number of pages, filled as evenly as they can be.
    while True:
        narrower = _breaks(points, blocks, repeated, room * 0.97)
        if len(narrower) > len(starts) or room < _ROOM[A3]:
            break
        room, starts = room * 0.97, narrower
    return Paper(A3, _scale(max(_page_widths(points, starts, repeated))), tuple(starts))


def _breaks(points: Sequence[float], blocks: Sequence[int], repeated: int, room: float) -> list[int]:
    edges = [*blocks, len(points)]
    used = sum(points[: blocks[0]] if blocks else points)
    again = sum(points[:repeated])
    found: list[int] = []
    for start, end in pairwise(edges):
        width = sum(points[start:end])
        if used + width > room and start > repeated and width + again <= room:
            found.append(start)
            used = again
        for column in range(start, end):
            if used + points[column] > room and column > repeated:
                found.append(column)
                used = again
            used += points[column]
    return found


def _page_widths(points: Sequence[float], starts: Sequence[int], repeated: int) -> list[float]:
    edges = [0, *starts, len(points)]
    again = sum(points[:repeated])
    return [sum(points[start:end]) + (again if start else 0) for start, end in pairwise(edges)]


def _scale(width: float) -> int:
    return max(10, min(100, int(100 * _ROOM[A3] * _SLACK / width)))
