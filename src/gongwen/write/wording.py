"""How dates, document numbers, levels and widths are written in an official document. Pure functions over text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from gongwen.lexicon.numerals import to_chinese

BLANK = "＿"
"""One visible blank: it stays visible as plain text, at the end of a line and on paper."""

ROOM = "\u3000"
"""Room for a number inside a wording that shows by itself that something is missing: 2026年　月　日."""

_BRACKETS = str.maketrans("[]［］()（）【】", "〔〕" * 5)
_DOC_NO = re.compile(r"〔\s*(\d{4})\s*年?\s*〕\s*第?\s*0*(\d+)\s*号?$")


def width(text: str) -> float:
    """The width in characters of the body: 1 for a full-width character, 0.5 for a Latin one, 0 for a combining mark."""
    return sum(
        0.0 if unicodedata.combining(c) else 1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text
    )


def official_date(day: date | None, open_year: int | None = None) -> str:
    """2025年6月9日: Arabic digits, the year in full, no leading zeros (7.3.5.4); blanks where the day is not known."""
    if day is None and open_year is not None:
        return f"{open_year}年{ROOM}月{ROOM}日"
    if day is None:
        return f"{BLANK * 2}年{BLANK}月{BLANK}日"
    return f"{day.year}年{day.month}月{day.day}日"


def document_number(text: str) -> str:
    """The number with the year in 〔〕, without 第 and without leading zeros (7.2.5); other text as it is."""
    text = text.strip()
    mended = re.sub(
        r"[\[［(（【]\s*(\d{4})\s*年?\s*[\]］)）】]", lambda found: found.group().translate(_BRACKETS), text
    )
    return _DOC_NO.sub(lambda found: f"〔{found[1]}〕{found[2]}号", mended)


def blank_document_number() -> str:
    """A number left open: 〔＿＿〕＿＿号."""
    return f"{BLANK * 3}〔{BLANK * 2}〕{BLANK * 2}号"


def open_document_number(prefix: str, year: int) -> str:
    """A number whose last part the issuing office gives: 云安办〔2026〕　号."""
    return f"{prefix.strip() or BLANK * 3}〔{year}〕{ROOM}号"


def heading_number(level: int, count: int) -> str:
    """一、（一）1.（1） for the levels 1 to 4 (7.3.3)."""
    if level == 1:
        return f"{to_chinese(count)}、"
    if level == 2:
        return f"（{to_chinese(count)}）"
    return f"{count}." if level == 3 else f"（{count}）"


class Counter:
    """Counts headings: a heading starts every lower level anew."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        return heading_number(level, self._counts[level - 1])


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends in one or in another closing mark."""
    text = text.strip()
    return text if not text or text[-1] in "。！？；：…" else f"{text}。"
