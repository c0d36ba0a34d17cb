"""Check boxes drawn as little squares: characters of their own in the text, ticked or not."""

from __future__ import annotations

from ...model import Box
from .page import Glyph

SIDES = (5.0, 20.0)
"""Shortest and longest side of a check box in points."""
_TICKS = frozenset("√✓✔☑×✗✘xXvV/／丶")


def is_square(box: Box) -> bool:
    """Whether a shape has the form and size of a check box."""
    width, height = box[2] - box[0], box[3] - box[1]
    return (
        SIDES[0] <= min(width, height)
        and max(width, height) <= SIDES[1]
        and abs(width - height) < 0.2 * max(width, height)
    )


def with_boxes(glyphs: list[Glyph], squares: list[tuple[Box, bool]]) -> list[Glyph]:
    """The characters and a box for every square that holds no other character than a tick; bool says it is ticked."""
    for box, ticked in squares:
        inside = [
            glyph
            for glyph in glyphs
            if box[0] <= glyph.middle[0] <= box[2] and box[1] <= glyph.middle[1] <= box[3] and not glyph.space
        ]
        if any(glyph.text not in _TICKS and glyph.text not in "口□☐" for glyph in inside):
            continue
        if any(glyph.text in "□☐" for glyph in inside):
            continue
        marked = ticked or any(glyph.text in _TICKS for glyph in inside)
        glyphs = [glyph for glyph in glyphs if glyph not in inside]
        glyphs.append(Glyph("☑" if marked else "□", *box))
    return glyphs
