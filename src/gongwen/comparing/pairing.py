"""Which item of the old notice is which of the new one: one to one, the likest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from ..lexicon.numerals import to_chinese

LEAST = 0.55
"""Words less like than this are another thing."""

_LONG = 10
"""From so many letters on, a text that stands whole within the other is that one, shortened or lengthened."""

_BESIDE = 0.1


Pairs = dict[int, tuple[int, float]]
"""For each paired item of the new list its place in the old one, and how like they are."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An item as it is compared. ``words`` decide what it is paired with, ``beside`` only between equals.

    ``facts`` are what must be equal for nothing to have changed. ``id`` is that of a field: equal ids are a pair.
    """

    pointer: str
    shown: str
    words: str
    facts: tuple[object, ...]
    beside: str = ""
    id: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """The year and edition of a notice's campaign, which its texts name and next year's do not."""

    year: int | None = None
    edition: int | None = None

    def plain(self, text: str) -> str:
        """The text as it is compared: letters and digits alone, the notice's own year and edition without their number."""
        if self.year is not None:
            text = text.replace(str(self.year), "本年")
        if self.edition is not None:
            for number in (str(self.edition), to_chinese(self.edition)):
                text = re.sub(rf"第\s*{number}\s*(?=[个届次])", "第本", text)
        return re.sub(r"[\W_]", "", text.replace("今年", "本年").replace("本年年", "本年"))


def likeness(one: str, other: str) -> float:
    """From 0 to 1, by letters; a long text within a longer one is as like as 0.6 to 0.9."""
    if not one or not other:
        return 0.0
    whole = Indel.normalized_similarity(one, other)
    short = min(len(one), len(other))
    if short < _LONG or whole >= LEAST:
        return whole
    part = fuzz.partial_ratio(one, other) / 100
    return max(whole, part * (0.6 + 0.3 * whole)) if part >= 0.9 else whole


def pairs(old: Sequence[Subject], new: Sequence[Subject], least: float = LEAST) -> Pairs:
    """The items that are one thing in both lists, the likest first; between equals those that kept their place."""
    found = _by_id(old, new)
    taken = {here for here, _ in found.values()}
    candidates = []
    for there, now in enumerate(new):
        for here, before in enumerate(old):
            if there in found or here in taken:
                continue
            like = likeness(before.words, now.words)
            if like >= least:
                worth = like + _BESIDE * likeness(before.beside, now.beside)
                candidates.append((-worth, abs(here - there), there, here, like))
    for _, _, there, here, like in sorted(candidates):
        if there not in found and here not in taken:
            found[there] = (here, like)
            taken.add(here)
    return found


def _by_id(old: Sequence[Subject], new: Sequence[Subject]) -> Pairs:
    known = {one.id: here for here, one in reversed(list(enumerate(old))) if one.id}
    found: Pairs = {}
    for there, one in enumerate(new):
        here = known.pop(one.id, None) if one.id else None
        if here is not None:
            found[there] = (here, 1.0)
    return found
