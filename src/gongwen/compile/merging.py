"""The same duty said twice is one deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import UNSET
from msgspec.structs import replace

from ..lexicon.clock import DateWord
from ..spec import Deadline, Evidence
from ..structure import Line

NOWHERE = Evidence(0, 0, None, None, 0, 0, "")


@dataclass(slots=True)
class Found:
    """A deadline with the span of its clause."""

    deadline: Deadline
    line: Line
    word: DateWord
    sends: bool


def merge(found: Iterable[Found]) -> list[Deadline]:
    """Each duty once, in the order of the text; what is said again stands in ``evidence.also``."""
    kept: list[Found] = []
    for one in found:
        twin = next((other for other in kept if _same(other, one)), None)
        if twin is None:
            kept.append(one)
            continue
        evidence = twin.deadline.evidence
        also = (
            [*(evidence.also or []), one.deadline.evidence] if evidence.also is not UNSET else [one.deadline.evidence]
        )
        merged = replace(
            twin.deadline,
            who=twin.deadline.who or one.deadline.who,
            deliverables=twin.deadline.deliverables or one.deadline.deliverables,
            recipient=twin.deadline.recipient or one.deadline.recipient,
            evidence=replace(evidence, also=also),
        )
        kept[kept.index(twin)] = Found(merged, twin.line, twin.word, twin.sends)
    return [one.deadline for one in kept]


_PRONOUN = re.compile(r"^(?:此表|本表|该表|上述材料|以上材料|相关材料|有关材料|电子版|此件|表|材料)$|[本此该]表")


def _same(a: Found, b: Found) -> bool:
    one, two = a.deadline, b.deadline
    if (one.recurs or None, one.due) != (two.recurs or None, two.due) or (one.due is None and one.recurs is UNSET):
        return False
    if one.due and two.due is None:
        return False
    if a.line is b.line and a.word is b.word:
        return False
    if (
        one.recipient
        and two.recipient
        and not (
            one.recipient in two.recipient
            or two.recipient in one.recipient
            or _short(one.recipient) == _short(two.recipient)
        )
    ):
        return False
    things = [thing for thing in two.deliverables if not _PRONOUN.search(thing)]
    if not things or not one.deliverables or (a.line is not b.line and not b.sends):
        return True
    return any(_alike(x, y) for x in one.deliverables for y in things)


def _short(name: str) -> str:
    return re.sub(r"[省市区县街镇乡]|安全生产|办公室|管理", "", name)


def _alike(a: str, b: str) -> bool:
    shared = set(a) & set(b)
    return a in b or b in a or len(shared) >= 0.6 * min(len(set(a)), len(set(b)))
