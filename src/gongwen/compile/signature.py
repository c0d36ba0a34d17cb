"""Who signed and when: the lines below the body (GB/T 9704-2012, 7.3.5)."""

from __future__ import annotations

import re
from datetime import date

from ..lexicon.bodies import BODY_END, is_body
from ..lexicon.dates import find_dates, resolve
from ..lexicon.numerals import half_width_keep
from ..structure import DATE_LINE, Line, close_up
from .reading import Header, Reading, stripped

_PRINTED = re.compile(
    r"(?P<who>[\u4e00-\u9fff（）()、\s\u3000]{2,60}?)?[\s\u3000]*(?P<date>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印(?:发|制)?\s*$"
)
_SEALED = re.compile(r"^[（(](?:.*代章|盖章|公章|印章|此[件页].*|公开.*|主动公开.*|依申请.*|共印.*|联系.*)[）)]?$")


_YEARLY = re.compile("[年〇○零]")


def read_foot(reading: Reading, header: Header) -> None:
    """Signature and date behind the body; where there is none the line 印发机关 … 印发."""
    items = reading.body.items
    lines = [(place, item) for place, item in enumerate(items) if isinstance(item, Line) and item.text.strip()]
    printed: tuple[int, str | None, date] | None = None
    for order in range(len(lines) - 1, -1, -1):
        place, line = lines[order]
        if len(line.text) > 160 or not _YEARLY.search(line.text):
            continue  # a signature's date and the printing line are short and name a year
        text = close_date(stripped(line))
        match = _PRINTED.search(text) if "印" in text else None
        if match and printed is None:
            day = day_of(match.group("date"))
            if day:
                who = (match.group("who") or "").strip()
                printed = (order, who or None, day)
            continue
        tail = re.match(
            r"^(?P<who>[\u4e00-\u9fff\s\u3000（）()]{4,60}?)[\s\u3000]+(?P<date>\d{4}年\d{1,2}月\d{1,2}日)$", text
        )
        if not DATE_LINE.match(text) and not (tail and len(text) < 60):
            continue
        day = day_of(tail.group("date") if tail else text)
        if day is None:
            continue
        if place < reading.header_end:
            break
        signers, first = _signers(lines, order)
        if tail:
            signers = [*signers, *names_of(tail.group("who"))]
        if signers or order >= len(lines) - 14:
            header.issued_on = day
            header.issuer = ";".join(signers) or None
            _mark_signature(reading, lines, first)
            return
    if printed is not None:
        order, who, day = printed
        header.issued_on = day
        names = names_of(who) if who else []
        if not names and order:
            names, first = _signers(lines, order)
            _mark_signature(reading, lines, first)
        header.issuer = ";".join(names) or None
        return
    signers = _unsigned(lines)
    if signers:
        header.issuer = ";".join(signers)


def _mark_signature(reading: Reading, lines: list[tuple[int, Line]], first: int) -> None:
    """The signature ends the body, but for a plan that is issued with it and follows without a label."""
    if sum(len(line.text) for _, line in lines[first:]) < 300:
        reading.signature_start = lines[first][0]


def close_date(text: str) -> str:
    """Blanks inside a date removed."""
    return re.sub(
        r"(?<=[\d年月〇○零一二三四五六七八九十])[\s\u3000]+(?=[\d年月日〇○零一二三四五六七八九十])",
        "",
        half_width_keep(text),
    )


def day_of(text: str) -> date | None:
    """The first whole date of a text."""
    for word in find_dates(close_date(text).replace("○", "〇").replace("O", "〇")):
        if word.kind == "day" and word.year and word.month and word.days:
            return resolve(word.year, word.month, word.days[0])
    return None


def names_of(text: str) -> list[str]:
    """The bodies of a signature line; [] where it is none."""
    parts = [part for part in re.split(r"[\s\u3000\t]+", text.strip()) if part]
    if len(parts) > 1 and not all(is_body(part) for part in parts):
        return [close_up(text)] if is_body(close_up(text)) else []
    return [part for part in parts if len(part) >= 3 or is_body(part)]


def _signers(lines: list[tuple[int, Line]], order: int) -> tuple[list[str], int]:
    """The signing bodies above a date: short lines that are names of bodies."""
    found: list[str] = []
    first = order
    for back in range(order - 1, max(-1, order - 7), -1):
        line = lines[back][1]
        text = stripped(line)
        if _SEALED.match(text):
            first = back
            continue
        bare = re.sub(r"[（(](?:代章|盖章|公章|印章|章)[）)]", "", text)
        if len(bare) > 60 or re.search(r"[。；：:，！？]|附件|联系|电话|^\d", bare) or line.number or not bare:
            break
        names = names_of(bare)
        if not names or not (is_body(names[-1]) or line.paragraph.align == "right" or len(bare) < 26):
            break
        if not all(is_body(name) for name in names) and found:
            break
        found = names + found
        first = back
    return found, first


def _unsigned(lines: list[tuple[int, Line]]) -> list[str]:
    """A signature without a date: the last right-set or short line that names a body."""
    for _, line in reversed(lines[-4:]):
        text = stripped(line)
        if (
            len(lines) > 6
            and 4 <= len(text) <= 40
            and is_body(text)
            and not re.search(r"[，。；：:、《》]", text)
            and not line.number
            and re.search(rf"(?:{BODY_END})$", text)
            and (line.paragraph.align == "right" or line.text.startswith(("　　　", "     ")))
        ):
            return names_of(text)
    return []
