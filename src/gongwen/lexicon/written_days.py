"""The day that stands in a date blank: 2026年_6_月_18_日, 6.18, 6/18, 20260618."""

from __future__ import annotations

import re
from datetime import date

from .dates import find_dates
from .numerals import half_width

_LINE = r"[\s_﹍﹎▁\u200b]+"
_SEPARATOR = r"[./．·\-–—月]"
_TIME = r"(?:T?(?P<hour>[01]?\d|2[0-3])[:：时点](?P<minute>[0-5]\d)?分?(?:[:：]\d\d)?)?"
_TAIL = r"(?:\((?:周|星期|礼拜).\)|(?:周|星期|礼拜)[一二三四五六日天])?"
_PLAIN = re.compile(
    rf"(?:(?P<year>(?:20)?\d\d){_SEPARATOR})?(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})[日号]?{_TAIL}{_TIME}"
    rf"(?:[-~～至到—–]+\d{{1,2}}(?:{_SEPARATOR}\d{{1,2}})?[日号]?)?[.。]?"
)
_CLOSED = re.compile(r"(20\d\d)(\d{2})(\d{2})")


def read_day(text: str, year: int | None = None) -> str | None:
    """An ISO day or instant; ``year`` where the text has none (6月13日, 6.13). None where it is no day.

    Of several days the first. What is drawn or printed for the blank (underscores, brackets round a number) is no part
    of it.
    """
    closed = re.sub(r"(?<=\d)(?:[\s_]+|T)(?=\d{1,2}[:：]\d)", "日", half_width(text))  # the day ends before a time
    closed = re.sub(_LINE, "", closed)
    closed = re.sub(r"[(\[【]([\d〇零一二三四五六七八九十]{1,4})[)\]】](?=[年月日号时分点])", r"\1", closed)
    plain = _plain(closed, year)
    if plain is not None:
        return plain
    for word in find_dates(closed):
        if word.kind == "day" and (word.year or year) and word.month and word.days:
            day = _iso(word.year or year, word.month, word.days[0])
            if day:
                return f"{day}T{word.time}" if word.time else day
    match = _CLOSED.fullmatch(closed)
    return _iso(*(int(part) for part in match.groups())) if match else None


def _plain(text: str, year: int | None) -> str | None:
    """2026-06-18, and in the year given 6.18, 6/18 and 6-18; 26.6.18 where that is a year about it."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    own = int(match["year"] or year or 0)
    if own < 100 and year is not None and abs(2000 + own - year) <= 1:
        own += 2000
    day = _iso(own, int(match["month"]), int(match["day"])) if own > 1900 else None
    if day is None or match["hour"] is None:
        return day
    return f"{day}T{int(match['hour']):02d}:{match['minute'] or '00'}"


def _iso(year: int | None, month: int, day: int) -> str | None:
    """A day of the calendar: 2月30日 is none, whatever was meant."""
    try:
        return date(year or 0, month, day).isoformat()
    except ValueError:
        return None
