"""Characters to lines of text: order, the spaces that are meant, blanks that are drawn as rules under nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import Box
from .page import CLOSING, OPENING, Glyph, Rule, is_wide


@dataclass(slots=True)
class Line:
    """A line of text with its place; ``underlined`` are spans of its text that stand on a rule."""

    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    glyphs: list[Glyph] = field(repr=False)
    underlined: list[tuple[int, int]] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1)


def lines_of(page: int, glyphs: list[Glyph], rules: list[Rule]) -> list[Line]:
    """The lines of a page or a cell from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((glyph for glyph in glyphs if glyph.size > 0), key=lambda glyph: (glyph.middle[1], glyph.x0)):
        row = rows[-1] if rows else []
        if row and _same_row(row, glyph):
            row.append(glyph)
        else:
            rows.append([glyph])
    lines = (_line(page, _once(sorted(row, key=lambda glyph: glyph.x0)), rules) for row in rows)
    return [line for line in lines if line is not None]


def _same_row(row: list[Glyph], glyph: Glyph) -> bool:
    """Middles closer than half a character of the larger one."""
    middle = sum(other.middle[1] for other in row[-8:]) / len(row[-8:])
    size = max(other.size for other in (glyph, *row[-8:]))
    return abs(glyph.middle[1] - middle) < 0.45 * size


def _once(row: list[Glyph]) -> list[Glyph]:
    """Without the second print that some programs make bold by."""
    kept: list[Glyph] = []
    for glyph in row:
        double = any(
            other.text == glyph.text and not other.space and abs(other.x0 - glyph.x0) < 0.2 * (glyph.x1 - glyph.x0)
            for other in kept[-2:]
        )
        if not double:
            kept.append(glyph)
    return kept


def _line(page: int, row: list[Glyph], rules: list[Rule]) -> Line | None:
    inked = [glyph for glyph in row if not glyph.space]
    if not inked:
        return None
    size = _size(inked)
    top, bottom = min(glyph.top for glyph in inked), max(glyph.bottom for glyph in inked)
    near = [rule for rule in rules if abs(rule.top - bottom) < 0.45 * size and _belongs(rule, inked, size)]
    row = row[row.index(inked[0]) : _last(row, inked[-1], near) + 1]
    pieces = [*row, *(blank for rule in near for blank in _blanks(rule, row, size)), *_dashes(row, rules, size)]
    pieces.sort(key=lambda glyph: glyph.x0)
    text, places = compose(pieces, size)
    line = Line(page, text, pieces[0].x0, top, max(pieces[-1].x1, inked[-1].x1), bottom, size, pieces)
    line.underlined = _underlined(pieces, places, near)
    return line


def _size(inked: list[Glyph]) -> float:
    """The side of a full character: the width of Chinese ones, else the height of the others."""
    widths = sorted(glyph.x1 - glyph.x0 for glyph in inked if "\u4e00" <= glyph.text <= "\u9fff")
    if widths:
        return widths[len(widths) // 2]
    heights = sorted(glyph.size for glyph in inked)
    return heights[len(heights) // 2]


def _last(row: list[Glyph], ink: Glyph, near: list[Rule]) -> int:
    """The last character that counts: ink, or a space on a rule."""
    last = row.index(ink)
    for index in range(last + 1, len(row)):
        if any(rule.x0 <= row[index].middle[0] <= rule.x1 for rule in near):
            last = index
    return last


def _belongs(rule: Rule, inked: list[Glyph], size: float) -> bool:
    """A rule in the line rather than one that divides the page: it begins or ends within the text, or beside it."""
    left, right = inked[0].x0, inked[-1].x1
    if rule.x0 < left - 2 * size and rule.x1 > right + 2 * size:
        return False
    if inked[0].loose and rule.x1 - rule.x0 < 2.5 * size:
        return False  # the stroke of a character
    return rule.x0 < right + 4 * size and rule.x1 > left - 4 * size


def _blanks(rule: Rule, row: list[Glyph], size: float) -> list[Glyph]:
    """Underscores for the parts of a rule that carry neither ink nor spaces."""
    free: list[tuple[float, float]] = []
    start = rule.x0
    for glyph in row:
        if glyph.x1 > start and glyph.x0 < rule.x1:
            if glyph.x0 - start > 0.9 * size:
                free.append((start, glyph.x0))
            start = max(start, glyph.x1)
    if rule.x1 - start > 0.9 * size:
        free.append((start, rule.x1))
    blanks = []
    for left, right in free:
        count = max(2, round((right - left) / (size / 2)))
        step = (right - left) / count
        top, bottom = row[0].top, row[0].top + size
        blanks += [Glyph("_", left + i * step, top, left + (i + 1) * step, bottom) for i in range(count)]
    return blanks


def _dashes(row: list[Glyph], rules: list[Rule], size: float) -> list[Glyph]:
    """The long dashes (——) of a scan that were seen as a rule at half height and not as characters."""
    if not row[0].loose:
        return []
    middle = (row[0].top + row[0].bottom) / 2
    free = [
        rule
        for rule in rules
        if abs(rule.top - middle) < 0.25 * size
        and 1.3 * size < rule.x1 - rule.x0 < 2.8 * size
        and row[0].x0 < rule.x0 < row[-1].x1
        and not any(glyph.x0 < rule.x1 - 0.3 * size and glyph.x1 > rule.x0 + 0.3 * size for glyph in row)
    ]
    return [Glyph("——", rule.x0, row[0].top, rule.x1, row[0].bottom, loose=True) for rule in free]


def compose(row: list[Glyph], size: float) -> tuple[str, list[int]]:
    """The text of characters in a row, and where each of them begins in it. Gaps become the spaces they stand for."""
    parts: list[str] = []
    places: list[int] = []
    length = 0
    previous: Glyph | None = None
    for glyph in row:
        if previous is not None:
            spaces = " " * _spaces(previous, glyph, size)
            parts.append(spaces)
            length += len(spaces)
        places.append(length)
        parts.append(glyph.text)
        length += len(glyph.text)
        previous = glyph
    return "".join(parts), places


def _spaces(left: Glyph, right: Glyph, size: float) -> int:
    """How many spaces the gap between two characters stands for."""
    gap = right.x0 - left.x1
    for space in (left, right):
        width = space.x1 - space.x0
        if space.text == " " and width > 0.1 * size:
            return max(0, round(gap / width)) if gap > 0.6 * width else 0
    if left.space or right.space:
        return round(gap / (size / 2)) if gap > 0.9 * size else int(right.spaced and gap > 0.25 * size)
    if right.loose and not right.spaced and gap < 1.2 * size and not (left.text in OPENING and right.text in CLOSING):
        return 0
    if gap > 0.9 * size:
        return max(1, round(gap / (size / 2)))
    wide = is_wide(left.text) + is_wide(right.text)
    least = {2: 0.28, 1: 0.45, 0: 0.15}[wide]
    return int(gap > least * size and (right.spaced or gap > 0.6 * size))


def _underlined(row: list[Glyph], places: list[int], rules: list[Rule]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for rule in rules:
        on = [i for i, glyph in enumerate(row) if rule.x0 - 1 <= glyph.middle[0] <= rule.x1 + 1 and glyph.text != "_"]
        if on:
            spans.append((places[on[0]], places[on[-1]] + len(row[on[-1]].text)))
    return spans
