"""The headings of the body as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..spec import Heading
from ..structure import Line, close_up
from .reading import Reading


def read_outline(reading: Reading) -> list[Heading]:
    """Headings of the body by their numbers; of the attachments in prose where the body has none (a plan that is issued)."""
    lines = [item for item in reading.body.items[reading.header_end :] if isinstance(item, Line)]
    stop = reading.signature_start - reading.header_end if reading.signature_start > reading.header_end else None
    headings = list(_headings(lines[:stop] if stop else lines))
    if not headings:
        for part in reading.parts[1:]:
            own = list(part.lines())
            if sum(len(line.text) for line in own) > 300:
                headings.extend(_headings(own))
    return _tree(headings)


_LIST_HEAD = re.compile(r"^\s*附\s*件?\s*[:：]")


def _headings(lines: list[Line]) -> Iterator[Heading]:
    in_list = False
    for line in lines:
        text = line.text.strip()
        if _LIST_HEAD.match(text):
            in_list = True
            continue
        if in_list and line.level == 3 and len(text) < 60:
            continue
        if text and not line.number:
            in_list = False
        chapter = re.match(r"^(第[一二三四五六七八九十]{1,3}(?:部分|章|节))[\s\u3000：:]*([^。；，]{2,30})$", text)
        if chapter:
            yield Heading(chapter.group(1), 1, close_up(chapter.group(2)), [])
            continue
        boxed = re.fullmatch(r"【([^【】]{2,20})】", text)
        if boxed:
            yield Heading("", 1, boxed.group(1), [])
        if not line.number or not line.level or not line.title:
            continue
        title = re.split(r"。|(?<=[^\d])：(?=.{25,})", line.title, maxsplit=1)[0].rstrip("；;：:，, ")
        yield Heading(line.number, line.level, close_up(title), [])


def _tree(flat: list[Heading]) -> list[Heading]:
    roots: list[Heading] = []
    stack: list[Heading] = []
    for heading in flat:
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        (stack[-1].children if stack else roots).append(heading)
        stack.append(heading)
    return roots
