"""Dates that repeat, as RFC 5545 rules: 每周四12:00前, 每月15日和30日前, 每季度末月25日前."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clock import DateWord, N, after_of, number
from .relative import anchor_start

WEEKDAYS = {"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU", "末": "SU"}
_EVERY_WEEK = re.compile(
    r"(?:每|逢|各)(?P<two>两|2|二|隔)?\s*(?:个)?(?:周|星期|礼拜)(?:的)?\s*(?:周|星期)?(?P<days>[一二三四五六日天末](?:\s*[、和及至到—-]\s*(?:周|星期)?[一二三四五六日天])*)?"
)
_EVERY_MONTH = re.compile(
    rf"(?:(?:每|逢|各)\s*(?:个)?月(?:度)?(?:的)?|(?:次|下)月)\s*(?:(?P<days>{N}\s*[日号]?(?:\s*[、和及,，]\s*{N}\s*[日号]?)*)(?<=[日号])|(?P<work>最后一个工作日)|(?P<last>月?底|月?末|最后一(?:天|日))|(?P<first>月?初)|(?P<third>上旬|中旬|下旬))"
)
_TENS = re.compile(
    rf"(?:每月)?逢\s*(?P<days>{N}(?:\s*日)?(?:\s*[、和及]\s*{N}(?:\s*日)?)*)\s*(?:日|号)?(?=前|之前|以前|上报|报)"
)
_EVERY_QUARTER = re.compile(
    rf"每(?:个)?季度?\s*(?:(?P<where>末月|首月|末|最后一个月|第[一二三]个月|底|结束前)(?:的)?\s*(?:月)?(?:(?P<day>{N})\s*[日号]|(?P<last>底|末))?)?"
)
_EVERY_DAY = re.compile(r"每(?:个)?(?:工作日|日|天)")
_THAT_DAY = re.compile(
    r"(?P<anchor>[^，。；：、！（）()\s\d]{0,8}?)(?P<day>当[日天])(?=\s*(?:上午|中午|下午|晚|\d|前|下班前))"
)


def recurring_dates(text: str) -> Iterator[DateWord]:
    """Dates of every week, month, quarter or day, in no order."""
    yield from _weekly(text)
    yield from _monthly(text)
    yield from _quarterly(text)
    for match in _EVERY_DAY.finditer(text):
        moment, end, bound, bound_end = after_of(text, match.end())
        if moment or bound:
            work = ";BYDAY=MO,TU,WE,TH,FR" if "工作日" in match.group(0) else ""
            yield _recurs(match, end, f"FREQ=DAILY{work}", moment, bound, bound_end)


def _weekly(text: str) -> Iterator[DateWord]:
    for match in _EVERY_WEEK.finditer(text):
        moment, end, bound, bound_end = after_of(text, match.end())
        days = _week_days(match.group("days") or "")
        reported = re.match(r"\s*(?:定期)?(?:向[^，。；]{2,12})?(?:报送|上报|填报|报告)", text[match.end() :])
        if days or bound or moment or reported:
            rule = "FREQ=WEEKLY" + (";INTERVAL=2" if match.group("two") else "")
            yield _recurs(match, end, f"{rule};BYDAY={','.join(days)}" if days else rule, moment, bound, bound_end)


def _monthly(text: str) -> Iterator[DateWord]:
    for match in _EVERY_MONTH.finditer(text):
        moment, end, bound, bound_end = after_of(text, match.end())
        if match.group("days"):
            rule = "FREQ=MONTHLY;BYMONTHDAY=" + _numbers(match.group("days"))
        elif match.group("work"):
            rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        else:
            third = match.group("third") or ("上" if match.group("first") else "下")
            rule = "FREQ=MONTHLY;BYMONTHDAY=" + {"上": "10", "中": "20", "下": "-1"}[third[0]]
        yield _recurs(match, end, rule, moment, bound, bound_end)
    for match in _TENS.finditer(text):
        moment, end, bound, bound_end = after_of(text, match.end())
        yield _recurs(match, end, "FREQ=MONTHLY;BYMONTHDAY=" + _numbers(match.group("days")), moment, bound, bound_end)


def _quarterly(text: str) -> Iterator[DateWord]:
    for match in _EVERY_QUARTER.finditer(text):
        moment, end, bound, bound_end = after_of(text, match.end())
        if not match.group("where") and not bound:
            continue
        where, day = match.group("where") or "末", number(match.group("day") or "")
        months = "1,4,7,10" if where in ("首月", "第一个月") else "2,5,8,11" if where == "第二个月" else "3,6,9,12"
        yield _recurs(match, end, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day or -1}", moment, bound, bound_end)


def _numbers(words: str) -> str:
    """15日和30日 as 15,30."""
    found = (number(re.sub("[日号]", "", part)) for part in re.split("[、和及,，]", words))
    return ",".join(str(value) for value in found if value)


_ACTORS = re.compile(
    r"^(?:请|由)?(?:各|有关|相关)|.*(?:单位|街道|社区|局|办|科|部门|企业|学校|公司|须|应|要|请|于|在)$"
)
"""Words before 当日 that say who acts, not of which act's day it is."""


def that_day_dates(text: str) -> Iterator[DateWord]:
    """当日15时前: of a day named before it, else of the act named (活动当日)."""
    if "当日" not in text and "当天" not in text:
        return
    for match in _THAT_DAY.finditer(text):
        moment, end, bound, bound_end = after_of(text, match.end())
        if moment or bound:
            start = match.start("day")
            anchor = match.group("anchor")
            anchor = anchor[anchor_start(anchor) :]
            anchor = "" if _ACTORS.match(anchor) else anchor
            yield DateWord(
                start,
                end,
                "that_day",
                time=moment,
                bound=bound or bool(moment),
                bounded_end=bound_end,
                anchor=anchor or None,
            )


def _week_days(words: str) -> list[str]:
    order = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    span = re.match(r"([一二三四五六日天])\s*[至到—-]\s*(?:周|星期)?([一二三四五六日天])$", words)
    if span:
        low, high = order.index(WEEKDAYS[span.group(1)]), order.index(WEEKDAYS[span.group(2)])
        return order[low : high + 1]
    return [WEEKDAYS[c] for c in words if c in WEEKDAYS]


def _recurs(match: re.Match[str], end: int, rule: str, moment: str | None, bound: bool, bound_end: int) -> DateWord:
    if moment:
        hour, minute = moment.split(":")
        rule += f";BYHOUR={int(hour)};BYMINUTE={int(minute)}"
    return DateWord(match.start(), end, "recurring", time=moment, bound=bound, bounded_end=bound_end, rule=rule)
