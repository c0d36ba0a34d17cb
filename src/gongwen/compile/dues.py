"""The day on which a deadline falls: fuzzy, relative and weekly ones too, working days by China's yearly table."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..lexicon.clock import DateWord
from .reading import Reading


def that_day_words(text: str, word: DateWord, start: int) -> str:
    """当日15时 with the act it hangs on, where no day is named before it."""
    low = max(start, word.start - len(word.anchor or ""))
    return text[low : word.end]


def due_on(day: date, time: str | None) -> str:
    """A day, or an instant where the text has a time, as the contract writes it."""
    return f"{day.isoformat()}T{time}" if time else day.isoformat()


def week_day(reading: Reading, word: DateWord) -> date | None:
    """本周五, 下周三: counted from the week of issue."""
    if reading.issued is None or word.rule is None:
        return None
    order = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    monday = reading.issued - timedelta(days=reading.issued.weekday())
    return monday + timedelta(days=order.index(word.rule) + (7 if word.year_word == "下周" else 0))


def fuzzy_ends(reading: Reading, word: DateWord) -> tuple[str, str]:
    """The first and the last day that a fuzzy date may mean."""
    assert word.earliest is not None
    assert word.latest is not None
    year = reading.year_of(word) or 0
    return (
        f"{year:04d}-{word.earliest[0]:02d}-{word.earliest[1]:02d}",
        f"{year:04d}-{word.latest[0]:02d}-{word.latest[1]:02d}",
    )


def relative_due(reading: Reading, word: DateWord) -> str | None:
    """The day that a relative deadline falls on where the notice itself says when the anchor is."""
    end = date.fromisoformat(reading.campaign.end) if reading.campaign.end else None
    start = date.fromisoformat(reading.campaign.start) if reading.campaign.start else None
    anchor = word.anchor or ""
    if word.unit in ("小时", "分钟") or re.search("事故|事件|发现|每|隐患|收到|收文|接到|检查|培训|演练", anchor):
        return None
    day = None
    if re.search(r"(?:活动|行动|整治|宣传[月周]|攻坚|检查月|安全生产月|月|大检查)(?:全部)?(?:结束|完成)$", anchor):
        day = end
    elif re.search(r"(?:活动|行动|宣传[月周])(?:开始|启动)$", anchor):
        day = start
    elif re.search(r"(?:印发|发文|本通知[印下]发|通知印发|本通知发布)$", anchor):
        day = reading.issued
    if day is None:
        return None
    return _add(day, word.count, word.unit or "日").isoformat()


def _add(day: date, count: int, unit: str) -> date:
    if unit == "工作日":
        step = 1 if count > 0 else -1
        left = abs(count)
        while left:
            day += timedelta(days=step)
            left -= is_working_day(day)
        return day
    if unit in ("周", "星期"):
        return day + timedelta(weeks=count)
    if unit == "月":
        month = day.month - 1 + count
        year, month = day.year + month // 12, month % 12 + 1
        for last in (day.day, 30, 29, 28):
            try:
                return date(year, month, last)
            except ValueError:
                continue
    return day + timedelta(days=count)


def is_working_day(day: date) -> bool:
    """A working day by China's yearly table; Monday to Friday for a year that the table does not hold yet."""
    import chinese_calendar  # noqa: PLC0415

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
