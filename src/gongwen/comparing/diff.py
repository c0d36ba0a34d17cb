"""Two wordings of one thing as runs that a page can show: what stayed, what went, what came.

Numbers stay whole with their measure (20日, 3场), Latin words too. Chinese is compared by characters; a single one that
happens to stand between two changes goes with them, so that 查找 and 排查 are two words, not a puzzle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from msgspec import Struct
from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\d+(?:\.\d+)?(?:人次|[年月日时点分号个场次名项户家件期%％])?|[A-Za-z]+|\s+|.", re.DOTALL)
_ISLAND = 1
"""Letters of a run that is no more than chance between two changes."""


class DiffRun(Struct, frozen=True):
    """Words that stand in both (``same``), in the old text alone (``gone``) or in the new one alone (``new``)."""

    kind: Literal["same", "gone", "new"]
    text: str


_Piece = tuple[str, str]
"""What stood there and what stands there now; equal where nothing changed."""


def diff(old: str, new: str) -> tuple[DiffRun, ...]:
    """The runs from one text to the other. Those that are not ``new`` make the old text, those not ``gone`` the new one."""
    here, there = _TOKEN.findall(old), _TOKEN.findall(new)
    return tuple(_runs(_without_islands(_pieces(here, there))))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[_Piece]:
    """Equal stretches and changed ones by turns."""
    steps = Indel.opcodes(old, new)
    for _, group in groupby(steps, key=lambda step: step.tag == "equal"):
        several = list(group)
        low, high = several[0], several[-1]
        yield (
            "".join(old[low.src_start : high.src_end]),
            "".join(new[low.dest_start : high.dest_end]),
        )


def _without_islands(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Equal stretches that are short, and stand between two changes, are part of one change."""
    kept: list[_Piece] = []
    listed = list(pieces)
    for place, (old, new) in enumerate(listed):
        inner = 0 < place < len(listed) - 1
        island = inner and old == new and len(old) <= _ISLAND and old.isalnum()
        if kept and (island or (old != new and kept[-1][0] != kept[-1][1])):
            kept[-1] = (kept[-1][0] + old, kept[-1][1] + new)
        else:
            kept.append((old, new))
    return kept


def _runs(pieces: Iterable[_Piece]) -> Iterator[DiffRun]:
    for old, new in pieces:
        if old == new:
            yield DiffRun("same", old)
            continue
        if old:
            yield DiffRun("gone", old)
        if new:
            yield DiffRun("new", new)
