"""The measures of GB/T 9704-2012, each with its clause, and what follows from them in the units of Word.

Word counts positions in twips (1/20 pt), type in half-points, rules in eighths of a point. 字 (a character) below is the
advance of one character of the body on the grid of 28 × 22. Where a measure comes from, and whether it was seen in a
public source, is written down in ``docs/notices/writing.md``.
"""

from __future__ import annotations

from math import floor


def twips(millimetres: float) -> int:
    """Millimetres to the nearest twip."""
    return round(millimetres * 1440 / 25.4)


# --- 5.1, 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; the other two margins are what is left
PAGE_WIDTH = 11906
PAGE_HEIGHT = 16838
MARGIN_TOP = twips(37)
MARGIN_LEFT = twips(28)
MARGIN_RIGHT = twips(26)
MARGIN_BOTTOM = twips(35)
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM

# --- 5.2.2: type sizes (字号) in points
SIZE_2 = 22.0
SIZE_3 = 16.0
SIZE_4 = 14.0
SIZE_SMALL_4 = 12.0

# --- 5.2.3: 22 lines of 28 characters fill the 版心. Both roundings go down: one twip more and the 22nd line, or the
# --- 28th character, no longer fits.
LINES = 22
CHARACTERS = 28
PITCH = TEXT_HEIGHT // LINES
ADVANCE = TEXT_WIDTH / CHARACTERS
CHARACTER_SPACE = floor((ADVANCE / 20 - SIZE_3) * 4096)
"""What the grid of the page adds to a character, in 1/4096 pt (``w:charSpace``); negative, as 28 × 16 pt is too wide."""
CONDENSED = floor(ADVANCE - SIZE_3 * 20) - 1
"""The same in whole twips, set on the text itself and one lower so that every program fits 28 characters: they differ in how
they read a grid that is narrower than the type. Full lines are justified to the width of the 版心."""

# --- 7.2: 版头
MARK_TOP = twips(35)
MARK_LARGEST = 48.0
MARK_NARROWEST = 60
"""A long mark is narrowed to 60 % at most before its type is made smaller; the standard leaves the size to the issuer."""
RULE_GAP = twips(4)
RED = "FF0000"
RED_RULE = 12

# --- 7.3.5: the seal is 42 mm across, so that its top stays within one line of the text two lines stay free above it,
# --- and the next signer of a joint document signs clear of it
SEAL_LINES_ABOVE = 2
SEAL_LINES_BETWEEN = 4

# --- 7.4.1: first and last rule of the 版记 0.35 mm, those between 0.25 mm
THICK_RULE = 8
THIN_RULE = 6

# --- 7.5: the dash of the page number 7 mm below the 版心, the number one 字 from the edge
NUMBER_GAP = twips(7)
NUMBER_LINE = 320
"""Height of the number's own line; the dash stands in its middle."""

# --- 8: tables. The standard fixes no type size for them.
TABLE_RULE = 4
TABLE_PADDING = 80
TABLE_LEADING = 1.5


def characters(count: float) -> int:
    """``count`` characters of the body in twips."""
    return round(count * ADVANCE)


def lines(count: float) -> int:
    """``count`` lines of the grid in twips."""
    return round(count * PITCH)
