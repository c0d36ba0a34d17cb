"""The body and the attachments of one file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .attachments import ATTACHMENT, ENTRY, clean_title, label_text, listed_attachments
from .lines import Grid, Item, Line
from .mending import DATE_LINE


@dataclass(slots=True)
class Part:
    """The body, or one attachment with its label and title."""

    label: str | None
    title: str | None = None
    items: list[Item] = field(default_factory=list)
    source: int = 0
    title_lines: list[Line] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """The lines outside tables."""
        return (item for item in self.items if isinstance(item, Line))

    def grids(self) -> Iterator[Grid]:
        """The tables."""
        return (item for item in self.items if isinstance(item, Grid))


def parts_of(items: list[Item], source: int) -> list[Part]:
    """The body (first, perhaps empty) and the attachments that follow it in one file."""
    body = Part(None, source=source)
    parts = [body]
    listed = {key for key, _ in listed_attachments(body_lines(items))}
    ended = False
    for place, item in enumerate(items):
        if isinstance(item, Line):
            start = _attachment_start(items, place, item, ended, listed, bool(parts[1:]) or not _has_text(body))
            if start is not None:
                label, title = start
                parts.append(Part(label, title or None, source=source, title_lines=[item]))
                continue
            if DATE_LINE.match(item.text) or re.search(r"日\s*印发\s*$", item.text):
                ended = True
        parts[-1].items.append(item)
    for part in parts[1:]:
        if part.title is None:
            _take_title(part)
    kept = [body]
    for part in parts[1:]:
        if any(isinstance(item, Grid) or item.text.strip() for item in part.items):
            kept.append(part)
        else:  # a bare list of names behind the signature
            body.items.extend(part.title_lines)
    return kept


def _has_text(part: Part) -> bool:
    return any(isinstance(item, Grid) or item.text.strip() for item in part.items)


def body_lines(items: Iterable[Item]) -> list[Line]:
    """The lines outside tables."""
    return [item for item in items if isinstance(item, Line)]


def _attachment_start(
    items: list[Item], place: int, line: Line, ended: bool, listed: set[str], in_attachment: bool
) -> tuple[str, str] | None:
    text = line.text.strip()
    match = ATTACHMENT.match(text)
    if not match or len(text) > 70:
        return None
    rest = match.group("rest").strip()
    label = label_text(match)
    following = _next_line(items, place)
    if not rest:
        if (
            match.group("colon")
            and following is not None
            and (ENTRY.match(following.text) or following.number)
            and not line.paragraph.page_break
        ):
            return None
        return label, ""
    if (
        ENTRY.match(rest)
        or "。" in rest
        or (rest.endswith(("）", ")")) and not ended and not line.paragraph.page_break and rest.startswith(("（", "(")))
    ):
        return None
    if re.match(r"^[）)》，,、；;和及]", rest) or (
        not match.group("n") and match.group("colon") and not line.paragraph.page_break
    ):
        return None
    if line.paragraph.page_break or in_attachment or (ended and label in listed) or (ended and match.group("n")):
        return label, clean_title(rest)
    return None


def _next_line(items: list[Item], place: int) -> Line | None:
    for item in items[place + 1 : place + 8]:
        if isinstance(item, Grid):
            return None
        if item.text.strip():
            return item
    return None


_TITLE_END = re.compile(
    r"(?:表|单|书|函|方案|清单|回执|要点|办法|细则|名单|台账|汇总|情况|报告|计划|安排|标准|指南|说明|目录|登记|统计|反馈)(?:[（(][^（()）]*[)）])?$"
)


def _take_title(part: Part) -> None:
    """The title below an attachment's label: one to three short lines without a sentence or a blank in them."""
    taken: list[Line] = []
    rest = list(part.items)
    while rest and isinstance(rest[0], Line):
        line = rest[0]
        text = line.text.strip()
        if not text:
            rest.pop(0)
            continue
        wide = len(text) > 45 or re.search(r"[。；;]|[:：]|_{2,}|[（(]\s*[)）]|\t|年[\s\u3000]+月", text)
        if (
            wide
            or (line.number and line.level and taken)
            or (taken and _TITLE_END.search(taken[-1].text.strip()) and not _continues_title(taken[-1], line))
            or len(taken) == 3
        ):
            break
        if taken and line.paragraph.align != taken[-1].paragraph.align:
            break
        if not taken and line.number and line.level:
            break
        taken.append(line)
        rest.pop(0)
    if not taken:
        return
    if (
        len(taken) > 1
        and not any(_TITLE_END.search(line.text.strip()) for line in taken)
        and taken[0].paragraph.align != "center"
    ):
        rest = [*taken[1:], *rest]
        taken = taken[:1]
    part.title = clean_title("".join(line.text.strip() for line in taken))
    part.title_lines.extend(taken)
    part.items = rest


def _continues_title(last: Line, line: Line) -> bool:
    return (
        last.paragraph.align == "center"
        and line.paragraph.align == "center"
        and bool(re.match(r"^[（(]", line.text.strip()))
    )
