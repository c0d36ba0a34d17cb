"""A date as found in a text, and the time and bound written behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .numerals import from_chinese

N = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_PART = r"(?:早上|早晨|上午|中午|下午|晚上?|晚间|凌晨|傍晚|夜间)"
_WEEKDAY = r"(?:[（(]\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[,，、]?\s*(?P<inpart>上午|下午|中午|晚)?\s*[）)]|(?:星期|礼拜)[一二三四五六日天])"
_CLOCK = rf"(?P<part>{_PART})?\s*(?:(?P<hour>[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}}|零)\s*(?:[:：]\s*(?P<minute>[0-9０-９]{{2}})\s*(?:时|点)?|(?:时|点钟?)\s*(?:(?P<min2>[0-9０-９]{{1,2}})\s*分|(?P<half>半)|整)?))"
_BOUND = r"(?P<bound>\s*(?:[（(]\s*含(?:当日|当天)?\s*[）)])?\s*(?:下班)?(?:前|之前|以前|为止|止)(?!后|往|期|款|身|言|列|提(?![交出供报请])|置|端|沿|景|厅|台|任|述))"
TIME = re.compile(_CLOCK)


@dataclass(frozen=True, slots=True)
class DateWord:
    """A date in a text, as written: ``start``/``end`` are its characters, unknown parts None.

    ``kind``: ``day`` (days of a month, ``days`` may hold several), ``fuzzy`` (``earliest``/``latest`` day numbers or whole
    months), ``recurring`` (``rule`` is an RRULE), ``relative`` (``count``/``unit``/``anchor``). ``bound`` says that 前, 止 … follows.
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    year_word: str | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    time: str | None = None
    bound: bool = False
    bounded_end: int = 0
    rule: str | None = None
    anchor: str | None = None
    count: int = 0
    unit: str | None = None
    earliest: tuple[int, int] | None = None
    latest: tuple[int, int] | None = None
    months: tuple[int, ...] = field(default=())


def number(text: str) -> int | None:
    """A number of one or two digits, Arabic of either width or Chinese."""
    text = re.sub(r"\s", "", text)
    if not text:
        return None
    return int(text) if text.isdigit() else from_chinese(text)


def clock(match: re.Match[str], part: str | None = None) -> str | None:
    """``HH:MM`` of a clock match; 24:00 stands for the end of the day and gives None."""
    hour = number(match.group("hour")) if match.group("hour") != "零" else 0
    if hour is None:
        return None
    minute = 30 if match.group("half") else number(match.group("minute") or match.group("min2") or "0") or 0
    part = match.group("part") or part or ""
    if part.startswith(("下午", "晚", "傍晚", "夜")) and hour < 12:
        hour += 12
    if part == "中午" and hour < 3:
        hour += 12
    if hour > 24 or minute > 59 or (hour == 24 and minute == 0):
        return None
    return f"{hour:02d}:{minute:02d}"


def after_of(text: str, end: int) -> tuple[str | None, int, bool, int]:
    """Time and bound written behind a date: (time, end of the time, bounded, end of the bound)."""
    part, at = None, end
    if text[at : at + 1] in ("）", ")") and re.compile(r"[（(]\s*(?:即)?[^（(）)]*$").search(text, 0, end):
        at += 1
    weekday = re.compile(r"\s*" + _WEEKDAY).match(text, at)
    if weekday:
        at = weekday.end()
        part = weekday.group("inpart")
    glue = re.compile(r"\s*(?:当天|当日)?\s*").match(text, at)
    spot = glue.end() if glue else at
    when = TIME.match(text, spot)
    moment = None
    if when:
        moment, at = clock(when, part), when.end()
    else:
        vague = re.compile(rf"\s*{_PART}(?!\s*\d)").match(text, at)
        if vague:
            at = vague.end()
    bound = re.compile(_BOUND).match(text, at)
    return moment, at, bool(bound), bound.end() if bound else at
