"""What is on a page: characters and straight lines, in points from the top-left corner."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from ...model import Box

SENTENCE_END = "。；！？!?;：:"
CLOSING = frozenset("，。、；：！？）》〉”’」』】〕…—％%!),.:;?]}")
OPENING = frozenset("（《〈“‘「『【〔([{")


@dataclass(slots=True)
class Glyph:
    """A character in its box; ``spaced`` says that the file means a space before it, ``loose`` that its sides are
    only estimated.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool = False
    loose: bool = False

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def space(self) -> bool:
        return not self.text.strip()


@dataclass(slots=True, frozen=True)
class Rule:
    """A straight line: horizontal where ``top == bottom``, else vertical (``x0 == x1``)."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(slots=True)
class Page:
    """A page from 1. ``tolerance`` is how far, in points, ends of lines that meet may be apart; ``seen`` says that the
    characters were recognised from a picture.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    tolerance: float = 2.5
    seen: bool = False
    images: list[str] = field(default_factory=list)

    @property
    def play(self) -> float:
        """How far, in characters, the ends of lines may be off."""
        return 0.45 if self.seen else 0.0


@lru_cache(maxsize=8192)
def is_wide(character: str) -> bool:
    """Whether a character takes a full square."""
    return unicodedata.east_asian_width(character[:1]) in "WF" or character in "“”‘’—…·"


def around(boxes: list[Box]) -> Box:
    """The smallest box around others."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
