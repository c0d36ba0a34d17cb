"""Attachments by label and title: as the body lists them, and as they begin."""

from __future__ import annotations

import re

from ..lexicon.numerals import from_chinese, half_width
from .lines import Line, close_up

ATTACHMENT = re.compile(
    r"^\s*附\s*[件表录]\s*(?P<n>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}|[A-ZＡ-Ｚ](?![A-Za-z]))?(?P<sub>[-－—][0-9])?\s*(?P<colon>[:：．.、]?)\s*(?P<rest>.*)$"
)
ENTRY = re.compile(r"^\s*(?:(?:附\s*件\s*)?[0-9０-９]{1,2}\s*[.．、:：]|[（(][0-9]{1,2}[)）])\s*")


def label_text(match: re.Match[str]) -> str:
    """附件 with its number in half-width digits: 附件1, 附件, 附表2."""
    number = half_width(match.group("n") or "")
    if number and not number.isascii():
        number = str(from_chinese(number) or number)
    kind = re.sub(r"\s", "", match.group(0).strip()[:4])[:2]
    return f"{kind}{number}{half_width(match.group('sub') or '').replace('—', '-')}"


def clean_title(text: str) -> str:
    """A title without brackets of a book, trailing stops or blanks between Chinese characters."""
    text = re.sub(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)\s*$", "", text.strip(), flags=re.IGNORECASE)
    text = close_up(text).strip("。；;，,、 ")
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        text = text[1:-1]
    return text


def listed_attachments(lines: list[Line]) -> list[tuple[str, tuple[str, Line]]]:
    """The attachments that the body names in its list: label to (title, line), in order."""
    found: list[tuple[str, tuple[str, Line]]] = []
    for place, line in enumerate(lines):
        text = line.text.strip()
        match = ATTACHMENT.match(text)
        plain = None if match else re.match(r"^\s*附\s*[:：]\s*(?P<rest>.+)$", text)
        if len(text) > 400 or not (match or plain):
            continue
        rest = (match or plain).group("rest").strip()  # type: ignore[union-attr]
        if match and match.group("n"):
            apart = match.group("colon") or " " in text or "\u3000" in text
            if rest and apart and not re.match(r"^[）)》，、；和及的]", rest):
                found.append((label_text(match), (clean_title(rest), line)))
        elif plain or (match and match.group("colon")):
            found.extend(_entries(rest, line, 0))
            _add_following(found, lines[place + 1 : place + 24], line)
    return _unique(found)


def _add_following(found: list[tuple[str, tuple[str, Line]]], lines: list[Line], first: Line) -> None:
    """The entries on the lines below 附件：, each behind its number; a line set in further goes on with the one before."""
    for line in lines:
        entry = line.text.strip()
        if not entry:
            continue
        if (ENTRY.match(entry) and not ATTACHMENT.match(entry)) or (
            line.number and line.level in (3, None) and len(entry) < 60
        ):
            bare = entry if line.paragraph.number else ENTRY.sub("", entry, count=1)
            found.append((f"附件{len(found) + 1}", (clean_title(bare), line)))
        elif found and found[-1][1][1] is not first and len(entry) < 30 and line.paragraph.indent >= 3:
            label, (title, where) = found[-1]
            found[-1] = (label, (title + clean_title(entry), where))
        else:
            return


def _entries(rest: str, line: Line, count: int) -> list[tuple[str, tuple[str, Line]]]:
    """附件：1.A 2.B on one line, or a single title."""
    if not rest:
        return []
    marks = list(re.finditer(r"(?:(?<=[\s；;。　])|^)\s*([0-9０-９]{1,2})\s*[.．、:：]\s*(?=\S)", rest))
    if not marks:
        return [("附件" if count == 0 else f"附件{count + 1}", (clean_title(rest), line))]
    ends = [mark.start() for mark in marks[1:]] + [len(rest)]
    return [
        (f"附件{half_width(mark.group(1))}", (clean_title(rest[mark.end() : end]), line))
        for mark, end in zip(marks, ends, strict=True)
    ]


def _unique(found: list[tuple[str, tuple[str, Line]]]) -> list[tuple[str, tuple[str, Line]]]:
    seen: set[str] = set()
    return [entry for entry in found if entry[1][0] and not (entry[0] in seen or seen.add(entry[0]))]  # type: ignore[func-returns-value]
