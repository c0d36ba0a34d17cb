"""Tables drawn with characters: ┌─┬┐ boxes, +---+ grids, and rows of cells between | (Markdown among them)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from ..model import Cell, Paragraph
from .flat_tables import MAX_COLUMNS, FlatTable, Line, make_cell

_VERTICAL = frozenset("|｜│┃║├┤┼┝┥┠┨┣┫╋╂┿╟╢╠╣╬╫╪╞╡")
_CORNER = frozenset("+┌┐└┘┏┓┗┛╔╗╚╝╭╮╰╯┬┴┳┻┯┷┰┸╦╩╤╧╥╨")
_JOINT = (_VERTICAL - frozenset("|｜│┃║")) | _CORNER
_HORIZONTAL = frozenset("-—─━═=┄┅┈┉╌╍ー－")
_BARS = re.compile("[|｜│┃║]")
_RULE = re.compile(r"[\s|｜│┃║:：+\-=—─━═]*[-=—─━═]{2,}[\s|｜│┃║:：+\-=—─━═]*")
_EDGE = _VERTICAL | _CORNER


def find_box_table(lines: list[Line], start: int) -> FlatTable | None:
    """The drawn table that begins at line ``start``, if one does."""
    if not _is_drawn(lines[start]):
        return None
    end = start
    while end < len(lines) and _is_drawn(lines[end]) and _in_ascii(lines[end]) == _in_ascii(lines[start]):
        end += 1
    run = lines[start:end]
    drawn = any(character in _JOINT for line in run for character in line.text)
    return _grid(run) if drawn else _bars(run)


def _is_drawn(line: Line) -> bool:
    text = line.text.strip()
    return len(text) > 2 and text[0] in _EDGE and text[-1] in _EDGE


def _in_ascii(line: Line) -> bool:
    return line.text.strip()[0] in "|+"


def _bars(run: list[Line]) -> FlatTable | None:
    """Every line a row, split at its bars; a line of dashes is left out."""
    rows = [_between_bars(line) for line in run if not _RULE.fullmatch(line.text)]
    columns = len(rows[0]) if rows else 0
    if len(rows) < 2 or not 2 <= columns <= MAX_COLUMNS or any(len(row) != columns for row in rows):
        return None
    cells = tuple(make_cell(r, c, [piece]) for r, row in enumerate(rows) for c, piece in enumerate(row))
    return FlatTable(run[0].number, run[-1].number + 1, len(rows), columns, cells, ruled=True)


def _between_bars(line: Line) -> list[Paragraph]:
    places = [match.start() for match in _BARS.finditer(line.text)]
    return [line.piece(left + 1, right) for left, right in pairwise(places)]


@dataclass(frozen=True, slots=True)
class _Slot:
    """What one line has between two column borders."""

    start: int
    end: int
    rule: bool
    bar: bool  # at its left border


def _grid(run: list[Line]) -> FlatTable | None:
    """A box drawn with corners: borders by where they stand on the screen, merged cells by those that are missing."""
    borders, wide = min((_borders(run, wide) for wide in (1, 2)), key=lambda found: len(found[0]))
    if not 3 <= len(borders) <= MAX_COLUMNS + 1:
        return None
    slots = [_slots(line, borders, wide) for line in run]
    bands = _bands(slots)
    if len(bands) < 2:
        return None
    columns = len(borders) - 1
    cells = tuple(_cells(run, slots, bands, columns))
    return FlatTable(run[0].number, run[-1].number + 1, len(bands), columns, cells, ruled=True)


def _places(text: str, wide: int) -> list[int]:
    """The screen column of every character, box characters counting ``wide``."""
    places: list[int] = []
    column = 0
    for character in text:
        places.append(column)
        if "\u2500" <= character <= "\u257f":
            column += wide
        else:
            column += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return places


def _borders(run: list[Line], wide: int) -> tuple[list[int], int]:
    """The screen columns of the vertical borders, those a column apart taken as one, those of a single line left out."""
    found = Counter(
        place
        for line in run
        for character, place in zip(line.text, _places(line.text, wide), strict=True)
        if character in _EDGE
    )
    borders: list[int] = []
    support = 0
    for place in sorted(found):
        if borders and place - borders[-1] <= 1:
            support += found[place]
            continue
        if borders and support < 2:
            borders.pop()
        borders.append(place)
        support = found[place]
    return borders[:-1] if support < 2 else borders, wide


def _slots(line: Line, borders: list[int], wide: int) -> list[_Slot]:
    """A line cut at its own borders, which may stand a little beside those of the table."""
    places = _places(line.text, wide)
    bars: dict[int, int] = {}  # border to the character that draws it in this line
    for index, place in enumerate(places):
        if line.text[index] in _EDGE:
            nearest = min(range(len(borders)), key=lambda border: abs(borders[border] - place))
            if abs(borders[nearest] - place) <= 2:
                bars[nearest] = index
    cuts = [bars.get(border, bisect_left(places, borders[border])) for border in range(len(borders))]
    slots: list[_Slot] = []
    for column in range(len(borders) - 1):
        start = cuts[column] + (column in bars)
        text = line.text[start : cuts[column + 1]]
        rule = bool(text.strip()) and all(character in _HORIZONTAL or character in _JOINT for character in text.strip())
        slots.append(_Slot(start, max(start, cuts[column + 1]), rule, column in bars))
    return slots


def _bands(slots: list[list[_Slot]]) -> list[tuple[int, int]]:
    """The rows: runs of lines between lines that hold a rule anywhere (first and last line of a band)."""
    bands: list[tuple[int, int]] = []
    start = 0
    for number, line in enumerate(slots):
        if any(slot.rule for slot in line):
            if number > start:
                bands.append((start, number))
            start = number + 1
    if start < len(slots):
        bands.append((start, len(slots)))
    return bands


def _cells(run: list[Line], slots: list[list[_Slot]], bands: list[tuple[int, int]], columns: int) -> list[Cell]:
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row, (start, end) in enumerate(bands):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = 1
            while column + width < columns and not any(line[column + width].bar for line in slots[start:end]):
                width += 1
            height = 1
            while row + height < len(bands) and _open_below(slots, bands, row + height, column):
                height += 1
            taken |= {(row + r, column + c) for r in range(height) for c in range(width)}
            last = bands[row + height - 1][1]
            cells.append(make_cell(row, column, _content(run, slots, (start, last), (column, width)), height, width))
    return cells


def _open_below(slots: list[list[_Slot]], bands: list[tuple[int, int]], row: int, column: int) -> bool:
    """No rule between this row and the one above it, in this column."""
    return not any(line[column].rule for line in slots[bands[row - 1][1] : bands[row][0]])


def _content(
    run: list[Line], slots: list[list[_Slot]], lines: tuple[int, int], columns: tuple[int, int]
) -> list[Paragraph]:
    column, width = columns
    pieces: list[Paragraph] = []
    for number in range(*lines):
        parts = [slot for slot in slots[number][column : column + width] if slot.end > slot.start and not slot.rule]
        if parts:
            pieces.append(run[number].piece(parts[0].start, parts[-1].end))
    return [piece for piece in pieces if piece.text] or pieces[:1] or [run[lines[0]].piece(0, 0)]
