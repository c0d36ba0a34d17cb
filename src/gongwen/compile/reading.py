"""What the stages of compiling share: the parts of the input, the notice's own days, and the warnings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ..lexicon.clock import DateWord
from ..lexicon.dates import resolve
from ..messages import say
from ..model import Document
from ..spec import Campaign, Evidence, Warning_
from ..structure import Grid, Line, Part
from .grids import FormGrid

BODIES = r"[^，。；：、！？\s“”《》（）()]"


@dataclass(slots=True)
class Header:
    """What the head and foot of the notice say."""

    classification: str | None = None
    title: str | None = None
    doc_no: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    addressees: list[str] | None = None


@dataclass(slots=True)
class Reading:
    """A notice being compiled. ``parts[0]`` is the body; ``issued`` and ``year`` are known after the header."""

    documents: list[Document]
    parts: list[Part]
    warnings: list[Warning_] = field(default_factory=list)
    issued: date | None = None
    year: int | None = None
    campaign: Campaign = field(default_factory=Campaign)
    header_end: int = 0
    deadline_words: set[tuple[int, int, int]] = field(default_factory=set)
    signature_start: int = 0
    _grids: dict[int, FormGrid] = field(default_factory=dict)

    @property
    def body(self) -> Part:
        """The part before the first attachment."""
        return self.parts[0]

    def form_grid(self, grid: Grid) -> FormGrid:
        """A table seen as a form, once for all stages that ask."""
        known = self._grids.get(id(grid))
        if known is None:
            known = self._grids[id(grid)] = FormGrid(grid)
        return known

    def warn(self, code: str, evidence: Evidence | None = None, **details: str) -> None:
        """Note something for the person who reviews."""
        self.warnings.append(Warning_(code, say(code, **details), evidence, dict(details)))

    def year_of(self, word: DateWord, month: int | None = None) -> int | None:
        """The year of a date, inferred from the notice where the text has none.

        A month far before the month of issue is taken as next year's (a notice of December that asks for January).
        """
        base = self.issued.year if self.issued else self.year
        if word.year is not None:
            return word.year
        if base is None:
            return None
        shift = {"明年": 1, "次年": 1, "翌年": 1, "来年": 1, "去年": -1, "上年": -1, "前年": -2}.get(
            word.year_word or ""
        )
        if shift is not None:
            return base + shift
        if word.year_word:
            return base
        month = month or word.month
        own = self.year or base
        if self.issued and month is not None:
            if own > self.issued.year:  # a notice of December 2025 for the campaign of 2026
                return own if month < self.issued.month else self.issued.year
            if month < self.issued.month - 4 and self.issued.month >= 9:
                return self.issued.year + 1
            return self.issued.year
        return own

    def days_of(self, word: DateWord) -> list[date]:
        """The days a date word names, [] where the year is unknown."""
        found: list[date] = []
        for month in word.months or (word.month,):
            year = self.year_of(word, month)
            if year is None or month is None:
                continue
            found.extend(day for day in (resolve(year, month, number) for number in word.days) if day is not None)
        return found


_STOPS = re.compile(r"[（(“《【）)”》】。！？\n]")


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of sentences: cut at 。！？ outside brackets and quotes, and at the end. Several stages ask for the same line."""
    spans, start, depth = [], 0, 0
    for match in _STOPS.finditer(text):
        char = match.group(0)
        if char in "（(“《【":
            depth += 1
        elif char in "）)”》】":
            depth = max(0, depth - 1)
        elif depth == 0:
            spans.append((start, match.end()))
            start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return tuple(spans)


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of clauses of a sentence: cut at ；and 。"""
    spans, low = [], start
    for match in re.compile(r"[；;。]").finditer(text, start, end):
        spans.append((low, match.start()))
        low = match.end()
    if low < end:
        spans.append((low, end))
    return spans


def stripped(line: Line) -> str:
    """The line without blanks at its ends."""
    return line.text.strip()
