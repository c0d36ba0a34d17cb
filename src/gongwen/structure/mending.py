"""Page-break damage mended: cut paragraphs joined, repeated fragments dropped, each with what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model import Mark
from .lines import Grid, Item, Line

DATE_LINE = re.compile(
    r"^\s*(?:[12]\d{3}|二[〇○零Oo0][〇○零一二三四五六七八九]{2})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*$"
)
TERMINAL = "。！？!?；;：:…"


@dataclass(frozen=True, slots=True)
class Mend:
    """What was mended: ``N201`` a paragraph joined, ``N202`` a repeated fragment dropped."""

    code: str
    text: str
    line: Line


def mend(items: Iterable[Item]) -> tuple[list[Item], list[Mend]]:
    """Join paragraphs cut in mid-sentence, drop fragments that a page break repeated; say what was done."""
    mended: list[Item] = []
    mends: list[Mend] = []
    previous: int | None = None
    for item in items:
        if isinstance(item, Grid):
            mended.append(item)
            previous = None
            continue
        if not item.text.strip():
            mended.append(item)
            continue
        before = mended[previous] if previous is not None else None
        if isinstance(before, Line) and previous is not None:
            fragment = item.text.strip()
            if (
                len(fragment) <= 8
                and fragment[-1] in TERMINAL
                and not item.number
                and len(before.text) > 30
                and before.text.rstrip().endswith(fragment)
            ):
                mends.append(Mend("N202", fragment, item))
                continue
            if (before.paragraph.cut and before.paragraph is not item.paragraph) or is_cut(before, item):
                joined, dropped = _join(before, item)
                mended[previous] = joined
                mends.append(Mend("N202" if dropped else "N201", dropped or _around(joined, len(before.text)), joined))
                continue
        mended.append(item)
        previous = len(mended) - 1
    return mended, mends


_STARTS_ANEW = re.compile(
    r"^\s*(?:附\s*[件表]|联\s*系\s*(?:人|电话|方式)|电\s*话|邮\s*箱|抄\s*送|主\s*送|注\s*[:：]|备\s*注|填\s*[表报]|说明\s*[:：]|[-—–]\s*\d+\s*[-—–])"
)


def is_cut(before: Line, after: Line) -> bool:
    """Whether ``after`` continues the sentence in which ``before`` was cut by a page break."""
    text, tail = before.text.rstrip(), after.text.strip()
    if before.paragraph is after.paragraph or len(text) < 30 or text[-1] in TERMINAL or text[-1] in "”》）)」":
        return False
    if (
        not re.search("[，。；]" if before.number else "[，。；、]", before.title)
        or before.paragraph.align in ("center", "right")
        or after.paragraph.align in ("center", "right")
    ):
        return False
    if (
        after.number
        or after.paragraph.heading
        or before.paragraph.heading
        or _STARTS_ANEW.match(tail)
        or DATE_LINE.match(tail)
    ):
        return False
    if (
        "\t" in text
        or "\t" in tail
        or re.search(r"[:：]\s*$|_{2,}|[（(][\s]*[)）]", tail)
        or not re.search("[。，；、]", tail)
    ):
        return False
    return not re.search(r"[（(][\s]*[)）]|_{2,}", text)


def _join(before: Line, after: Line) -> tuple[Line, str]:
    """Two lines as one, a fragment that stands on both sides of the cut dropped once."""
    text = before.text.rstrip()
    skip = len(after.text) - len(after.text.lstrip())
    dropped = ""
    for length in range(min(12, len(text), len(after.text) - skip), 0, -1):
        overlap = after.text[skip : skip + length]
        if text.endswith(overlap) and overlap.strip():
            dropped = overlap
            break
    skip += len(dropped)
    shift = len(text) - skip
    pieces = before.pieces + tuple(
        replace(piece, at=len(text) + max(0, piece.at - skip), start=piece.start + max(0, skip - piece.at))
        for piece in after.pieces
    )
    marks = before.marks + tuple(
        Mark(m.kind, m.start + shift, m.end + shift, m.options, m.empty, m.title)
        for m in after.marks
        if m.start >= skip
    )
    return replace(before, text=text + after.text[skip:], pieces=pieces, marks=marks, mended=True), dropped


def _around(line: Line, at: int) -> str:
    return line.text[max(0, at - 8) : at + 8]
