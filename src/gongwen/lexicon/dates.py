"""Dates and times as people write them in notices: 6月20日前, 每周四12:00前, 11月中旬前, 活动结束后5个工作日内."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .clock import DateWord, N, after_of, number
from .numerals import from_chinese
from .recurring import WEEKDAYS, recurring_dates, that_day_dates
from .relative import relative_dates

_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[二二][〇○零0][〇○零一二三四五六七八九]{2})\s*年|(?P<relyear>今年|本年度?|明年|次年|翌年|去年|上年|前年|来年))"
_DAY = re.compile(
    rf"(?:{_YEAR}\s*)?(?P<month>{N})\s*月\s*份?的?\s*(?:(?P<days>(?:{N}\s*日?\s*[、和及]\s*)+{N}|{N})\s*(?:[日号](?!\s*[-—~～]\s*[前后])|(?=\s*(?:之前|以前|前(?!后))))"
    rf"|(?P<vague>上旬|中旬|下旬|月?底|月?末|月?初))"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*(?P<sep>[-./])\s*(?P<month>\d{1,2})\s*(?P=sep)\s*(?P<day>\d{1,2})(?!\d|\.\d)"
)
_QUARTER_END = {
    "一": (3, 31),
    "1": (3, 31),
    "二": (6, 30),
    "2": (6, 30),
    "三": (9, 30),
    "3": (9, 30),
    "四": (12, 31),
    "4": (12, 31),
}


# Most sentences hold no date: a cheap look spares them the patterns below.
_HINT = re.compile(
    r"[0-9０-９〇零○一二三四五六七八九十两半]\s*(?:[月日号天周年点时]|个?(?:工作日|自然日|小时|月|星期)|分钟)|[每逢各次当翌][个月周日天季]"
    r"|[每逢各](?:两|隔|2)|逢|[本这下]周|年[底末终]|半年|季度|\d\s*[-./]\s*\d|[月]?[底末初]前|[上中下]旬"
)
_LIST_HINT = re.compile(r"[0-9０-９一二三四五六七八九十]\s*月?\s*[、和及]\s*[0-9０-９一二三四五六七八九十]")


def find_dates(text: str) -> list[DateWord]:
    """Every date of a text in order, recurring and relative ones too; none inside another."""
    if not _HINT.search(text):
        return []
    found: list[DateWord] = []
    taken: list[tuple[int, int]] = []
    for word in (
        *_month_lists(text),
        *recurring_dates(text),
        *relative_dates(text),
        *_days(text),
        *_isos(text),
        *that_day_dates(text),
        *_others(text),
    ):
        if not any(low < word.end and word.start < high for low, high in taken):
            found.append(word)
            taken.append((word.start, word.end))
    return _share_bounds(text, sorted(found, key=lambda word: word.start))


def _share_bounds(text: str, words: list[DateWord]) -> list[DateWord]:
    """5月30日、6月15日前: the bound behind the last day of a list holds for all."""
    for place in range(len(words) - 2, -1, -1):
        word, following = words[place], words[place + 1]
        if (
            word.kind == following.kind == "day"
            and following.bound
            and not word.bound
            and re.fullmatch(r"\s*[、和及]\s*", text[word.end : following.start])
        ):
            words[place] = replace(
                word, bound=True, bounded_end=following.bounded_end, time=word.time or following.time
            )
    return words


def _year(match: re.Match[str]) -> tuple[int | None, str | None]:
    groups = match.groupdict()
    text = groups.get("year")
    if text:
        return (int(text) if text.isdigit() else from_chinese(text.replace("0", "〇"))), None
    return None, groups.get("relyear")


_SPAN_TAIL = re.compile(rf"\s*(?:[（(][^（()）]{{1,8}}[)）])?\s*(?:至|到|—+|－|-+|–|~|～)\s*(?P<day>{N})\s*日")


def _days(text: str) -> Iterator[DateWord]:
    for match in _DAY.finditer(text):
        month = number(match.group("month"))
        if (
            month is None
            or not 1 <= month <= 12
            or (match.start() > 0 and text[match.start() - 1].isdigit() and match.group("month")[0].isdigit())
        ):
            continue
        year, word = _year(match)
        if match.group("vague"):
            yield _vague(text, match, month, year, word)
            continue
        days = tuple(
            d
            for d in (number(re.sub("日", "", part)) for part in re.split("[、和及]", match.group("days")))
            if d is not None and 1 <= d <= 31
        )
        if not days:
            continue
        moment, end, bound, bound_end = after_of(text, match.end())
        yield DateWord(match.start(), end, "day", year, word, month, days, moment, bound, bound_end)
        tail = _SPAN_TAIL.match(text, match.end())
        last = number(tail.group("day")) if tail else None
        if tail and last is not None and days[0] < last <= 31:  # 6月10日至12日: the last day too
            moment, end, bound, bound_end = after_of(text, tail.end())
            yield DateWord(tail.start("day"), end, "day", year, word, month, (last,), moment, bound, bound_end)


def _month_lists(text: str) -> Iterator[DateWord]:
    """6、8、10、12月3日前 and 5月、7月、9月，每月28日前: one day in each of several months."""
    if "月" not in text or not _LIST_HINT.search(text):
        return
    for pattern in (_SEVERAL_MONTHS, _SEVERAL_MONTHS_2):
        for match in pattern.finditer(text):
            months = tuple(
                m
                for m in (number(re.sub("月", "", part)) for part in re.split("[、和及]", match.group("months")))
                if m is not None and 1 <= m <= 12
            )
            vague = match.groupdict().get("vague")
            day = 31 if vague else number(match.group("day"))
            if len(months) < 2 or day is None or not 1 <= day <= 31:
                continue
            year, word = _year(match)
            moment, end, bound, bound_end = after_of(text, match.end())
            yield DateWord(
                match.start(), end, "day", year, word, months[0], (day,), moment, bound, bound_end, months=months
            )


def _vague(text: str, match: re.Match[str], month: int, year: int | None, word: str | None) -> DateWord:
    last = 29 if month == 2 and year is None else calendar.monthrange(year or 2025, month)[1]
    vague = match.group("vague").removeprefix("月")
    low, high = {
        "上旬": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, last),
        "初": (1, 10),
        "底": (last, last),
        "末": (last, last),
    }[vague]
    moment, end, bound, bound_end = after_of(text, match.end())
    if vague in ("底", "末"):
        return DateWord(match.start(), end, "day", year, word, month, (last,), moment, bound, bound_end)
    return DateWord(
        match.start(),
        end,
        "fuzzy",
        year,
        word,
        month,
        (high,),
        moment,
        bound,
        bound_end,
        earliest=(month, low),
        latest=(month, high),
    )


def _isos(text: str) -> Iterator[DateWord]:
    for match in _ISO.finditer(text):
        month, day = int(match.group("month")), int(match.group("day"))
        if 1 <= month <= 12 and 1 <= day <= 31:
            moment, end, bound, bound_end = after_of(text, match.end())
            yield DateWord(
                match.start(), end, "day", int(match.group("year")), None, month, (day,), moment, bound, bound_end
            )


_YEAR_END = re.compile(rf"(?:{_YEAR}\s*)?(?P<word>年底|年末|年终|上半年|第?[一二三四1234]季度末?)")
_BARE_MONTH = re.compile(rf"(?:{_YEAR}\s*)?(?P<month>{N})\s*月份?(?=前|之前|以前|内)")
_SEVERAL_MONTHS = re.compile(
    rf"(?:{_YEAR}\s*)?(?P<months>(?:{N}\s*月?\s*[、和及]\s*)+{N})\s*月份?\s*的?\s*[，,]?\s*(?:每|各|当)月?(?:月\s*)?的?\s*(?P<day>{N})\s*[日号]"
)
_SEVERAL_MONTHS_2 = re.compile(
    rf"(?:{_YEAR}\s*)?(?P<months>(?:{N}\s*月?\s*[、和及]\s*)+{N})\s*月份?\s*的?\s*(?:(?P<day>{N})\s*[日号]|(?P<vague>底|末))"
)
_WEEK = re.compile(r"(?P<week>本周|这周|下周)(?P<day>[一二三四五六日天末])")


def _bare_months(text: str) -> Iterator[DateWord]:
    for match in _BARE_MONTH.finditer(text):
        month = number(match.group("month"))
        if month is None or not 1 <= month <= 12 or (match.start() and text[match.start() - 1].isdigit()):
            continue
        year, word = _year(match)
        inside = text[match.end() : match.end() + 1] == "内"
        last = calendar.monthrange(year or 2025, month)[1]
        if inside:
            yield DateWord(
                match.start(),
                match.end(),
                "fuzzy",
                year,
                word,
                month,
                (last,),
                None,
                True,
                match.end() + 1,
                earliest=(month, 1),
                latest=(month, last),
            )
            continue
        before = (month - 1, calendar.monthrange(year or 2025, month - 1)[1]) if month > 1 else (month, 1)
        moment, end, bound, bound_end = after_of(text, match.end())
        yield DateWord(
            match.start(),
            end,
            "fuzzy",
            year,
            word,
            before[0],
            (before[1],),
            moment,
            bound,
            bound_end,
            earliest=before,
            latest=(month, last),
        )


def _year_ends(text: str) -> Iterator[DateWord]:
    for match in _YEAR_END.finditer(text):
        year, word = _year(match)
        name = match.group("word")
        month, day = (
            (6, 30)
            if name == "上半年"
            else (12, 31)
            if name.startswith("年")
            else _QUARTER_END[re.sub("[第季度末]", "", name)]
        )
        moment, end, bound, bound_end = after_of(text, match.end())
        if bound or name.endswith(("底", "末")):
            yield DateWord(match.start(), end, "day", year, word, month, (day,), moment, bound, bound_end)


def _weeks(text: str) -> Iterator[DateWord]:
    for match in _WEEK.finditer(text):
        if re.match(r"\s*[（(]", text[match.end() :]):
            continue  # 本周五（6月7日）: the day itself stands behind
        moment, end, bound, bound_end = after_of(text, match.end())
        yield DateWord(
            match.start(),
            end,
            "week",
            None,
            match.group("week"),
            None,
            (),
            moment,
            bound,
            bound_end,
            rule=WEEKDAYS[match.group("day")],
        )


def _others(text: str) -> Iterator[DateWord]:
    """Bare months, ends of years and quarters, days of this week: each looked for where its word stands."""
    if "月" in text and ("前" in text or "内" in text):
        yield from _bare_months(text)
    if "年" in text or "季度" in text:
        yield from _year_ends(text)
    if "周" in text:
        yield from _weeks(text)


def resolve(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; the last day of the month where a bound such as 2月底 runs past it."""
    last = calendar.monthrange(year, month)[1]
    if day > 31 or day < 1:
        return None
    return date(year, month, min(day, last)) if day <= last or day in (29, 30, 31) else None
