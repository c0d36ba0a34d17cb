"""How like two labels are, and which label of a reply stands for which label of the form.

People number the rows of a form, shorten its heads, drop the unit in brackets, insert, delete and swap columns. Labels are
therefore paired one to one: first in order, the likest pairs, then those that moved, and at last, where as many are left
between two pairs on either side, by their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from ..lexicon.measures import is_measure

Path = tuple[str, ...]
"""The labels that name a row or column, the outermost first."""


def label_key(text: str) -> str:
    """A label as it is compared: its letters, digits and Chinese characters."""
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9%]", "", text)


_LIKE = 0.5
"""Labels less like than this are not the same label in other words."""

_NUMBERING = re.compile(
    r"^\s*(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[、.．:：)）])\s*"
)
_REMARK = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[)）\]】〕]")


class Pairing(NamedTuple):
    """For each label of the form the index of the reply's, and the form's labels that were paired by place alone."""

    found: dict[int, int]
    by_place: frozenset[int]


def unnumbered(text: str) -> str:
    """A label without its number: 1.餐饮单位, （二）学校."""
    return _NUMBERING.sub("", text)


def plain(text: str) -> str:
    """What a label names: without number, bracketed remarks, 其中 and punctuation."""
    return re.sub(r"^其中", "", label_key(_REMARK.sub("", unnumbered(text)))) or label_key(unnumbered(text))


def is_name(text: str) -> bool:
    """Whether a label tells rows apart: a serial number or a unit does not."""
    key = label_key(text)
    return (
        bool(key) and not re.fullmatch(r"\d+|[一二三四五六七八九十]{1,3}|序号|计量单位", key) and not is_measure(text)
    )


_SAME = (
    (re.compile(r"手机号码|手机号|手机|联系方式|联系电话|电话号码|电话"), "电话"),
    (re.compile(r"时间"), "日期"),
    (re.compile(r"人次"), "人数"),
)
"""Words that forms use for one another."""


def _common(name: str) -> str:
    for pattern, word in _SAME:
        name = pattern.sub(word, name)
    return name


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> float:
    """From 0 to 1: the same words 1, the same name 0.95, one within the other 0.6 to 0.9, in other words 0.8, else by letters."""
    if label_key(one) == label_key(other):
        return 1.0
    here, there = plain(one), plain(other)
    if not here or not there:
        return 0.0
    if here == there:
        return 0.95
    short, long = sorted((here, there), key=len)
    if len(short) > 1 and short in long:
        return 0.6 + 0.3 * len(short) / len(long)
    if _common(here) == _common(there):
        return 0.8
    return 0.9 * Indel.normalized_similarity(here, there)


def path_likeness(one: Path, other: Path) -> float:
    """How like two rows or columns are by all their labels; the innermost counts most."""
    if not one or not other:
        return 0.0
    leaf = likeness(one[-1], other[-1])
    if len(one) == 1 and len(other) == 1:
        return leaf
    joined = likeness("".join(one), "".join(other))
    if len(one) > 1 and len(other) > 1:
        parents = likeness("".join(one[:-1]), "".join(other[:-1]))
        return max(joined, 0.75 * leaf + 0.25 * parents) if leaf >= _LIKE else joined
    return max(joined, 0.95 * leaf)


def pair(form: Sequence[Path], reply: Sequence[Path], *, least: float = _LIKE, by_place: bool = True) -> Pairing:
    """The labels of the form with those of the reply, one to one."""
    like = _told_apart([[path_likeness(one, other) for other in reply] for one in form])
    found = _in_order(like, least)
    taken = set(found.values())
    moved = sorted(
        (
            (like[here][there], -abs(here - there), here, there)
            for here in range(len(form))
            for there in range(len(reply))
        ),
        reverse=True,
    )
    for score, _, here, there in moved:
        if score < max(0.7, least):
            break
        if here not in found and there not in taken:
            found[here] = there
            taken.add(there)
    return Pairing(found, _by_place(found, len(form), len(reply)) if by_place else frozenset())


def _told_apart(like: list[list[float]]) -> list[list[float]]:
    """Likeness a little lower where a label is as like to others (隐患 to 发现隐患 and 整改隐患): the sure pairs come first."""
    columns = [list(column) for column in zip(*like, strict=True)]
    return [
        [
            score - 0.02 * (row.count(score) + columns[there].count(score) - 2) if _LIKE < score < 0.95 else score
            for there, score in enumerate(row)
        ]
        for row in like
    ]


def _in_order(like: list[list[float]], least: float) -> dict[int, int]:
    """The pairs that keep the order and are likest together; one exact pair outweighs several vague ones."""
    rows, columns = len(like), len(like[0]) if like else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for here in range(rows - 1, -1, -1):
        for there in range(columns - 1, -1, -1):
            score = like[here][there]
            worth = (score - least + 0.02) ** 2 if score >= least else -1.0
            best[here][there] = max(best[here + 1][there], best[here][there + 1], worth + best[here + 1][there + 1])
    found: dict[int, int] = {}
    here = there = 0
    while here < rows and there < columns:
        score = like[here][there]
        worth = (score - least + 0.02) ** 2 if score >= least else -1.0
        if worth >= 0 and best[here][there] == worth + best[here + 1][there + 1]:
            found[here] = there
            here, there = here + 1, there + 1
        elif best[here][there] == best[here + 1][there]:
            here += 1
        else:
            there += 1
    return found


def _by_place(found: dict[int, int], rows: int, columns: int) -> frozenset[int]:
    """Pairs what is left between two neighbouring pairs where as many are left on either side; adds to ``found``."""
    added: set[int] = set()
    fixed = [(-1, -1), *sorted(found.items()), (rows, columns)]
    taken = set(found.values())
    for (low, left), (high, right) in pairwise(fixed):
        here = range(low + 1, high)
        there = [place for place in range(left + 1, right) if place not in taken]
        if here and len(here) == len(there):
            found.update(zip(here, there, strict=True))
            added.update(here)
    return frozenset(added)
