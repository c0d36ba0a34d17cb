"""Dates and times as people write them in notices: 6月20日前, 每周四12:00前, 11月中旬前, 活动结束后5个工作日内."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from .numerals import from_chinese

_N = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[二二][〇○零0][〇○零一二三四五六七八九]{2})\s*年|(?P<relyear>今年|本年度?|明年|次年|翌年|去年|上年|前年|来年))"
_PART = r"(?:早上|早晨|上午|中午|下午|晚上?|晚间|凌晨|傍晚|夜间)"
_WEEKDAY = r"(?:[（(]\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[,，、]?\s*(?P<inpart>上午|下午|中午|晚)?\s*[）)]|(?:星期|礼拜)[一二三四五六日天])"
_CLOCK = rf"(?P<part>{_PART})?\s*(?:(?P<hour>[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}}|零)\s*(?:[:：]\s*(?P<minute>[0-9０-９]{{2}})\s*(?:时|点)?|(?:时|点钟?)\s*(?:(?P<min2>[0-9０-９]{{1,2}})\s*分|(?P<half>半)|整)?))"
_BOUND = r"(?P<bound>\s*(?:[（(]\s*含(?:当日|当天)?\s*[）)])?\s*(?:下班)?(?:前|之前|以前|为止|止)(?!后|往|期|款|身|言|列|提|置|端|沿|景|厅|台|任|述))"
TIME = re.compile(_CLOCK)

_DAY = re.compile(
    rf"(?:{_YEAR}\s*)?(?P<month>{_N})\s*月\s*份?的?\s*(?:(?P<days>(?:{_N}\s*日?\s*[、和及]\s*)+{_N}|{_N})\s*[日号](?!\s*[-—~～])"
    rf"|(?P<vague>上旬|中旬|下旬|月?底|月?末|月?初))"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*(?P<sep>[-./])\s*(?P<month>\d{1,2})\s*(?P=sep)\s*(?P<day>\d{1,2})(?!\d|\.\d)"
)
_WEEKDAYS = {"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU", "末": "SU"}
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


def find_dates(text: str) -> list[DateWord]:
    """Every date of a text in order, recurring and relative ones too; none inside another."""
    found: list[DateWord] = []
    taken: list[tuple[int, int]] = []
    for word in (
        *_month_lists(text),
        *_recurring(text),
        *_that_day(text),
        *_relative(text),
        *_days(text),
        *_isos(text),
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


def _after(text: str, end: int) -> tuple[str | None, int, bool, int]:
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


def _year(match: re.Match[str]) -> tuple[int | None, str | None]:
    groups = match.groupdict()
    text = groups.get("year")
    if text:
        return (int(text) if text.isdigit() else from_chinese(text.replace("0", "〇"))), None
    return None, groups.get("relyear")


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
        moment, end, bound, bound_end = _after(text, match.end())
        yield DateWord(match.start(), end, "day", year, word, month, days, moment, bound, bound_end)


def _month_lists(text: str) -> Iterator[DateWord]:
    """6、8、10、12月3日前 and 5月、7月、9月，每月28日前: one day in each of several months."""
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
            moment, end, bound, bound_end = _after(text, match.end())
            yield DateWord(
                match.start(), end, "day", year, word, months[0], (day,), moment, bound, bound_end, months=months
            )


def _vague(text: str, match: re.Match[str], month: int, year: int | None, word: str | None) -> DateWord:
    last = calendar.monthrange(year or 2025, month)[1]
    vague = match.group("vague").removeprefix("月")
    low, high = {
        "上旬": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, last),
        "初": (1, 10),
        "底": (last, last),
        "末": (last, last),
    }[vague]
    moment, end, bound, bound_end = _after(text, match.end())
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
            moment, end, bound, bound_end = _after(text, match.end())
            yield DateWord(
                match.start(), end, "day", int(match.group("year")), None, month, (day,), moment, bound, bound_end
            )


_YEAR_END = re.compile(rf"(?:{_YEAR}\s*)?(?P<word>年底|年末|年终|上半年|第?[一二三四1234]季度末?)")
_BARE_MONTH = re.compile(rf"(?:{_YEAR}\s*)?(?P<month>{_N})\s*月份?(?=前|之前|以前|内)")
_SEVERAL_MONTHS = re.compile(
    rf"(?:{_YEAR}\s*)?(?P<months>(?:{_N}\s*月?\s*[、和及]\s*)+{_N})\s*月份?\s*的?\s*[，,]?\s*(?:每|各|当)月?(?:月\s*)?的?\s*(?P<day>{_N})\s*[日号]"
)
_SEVERAL_MONTHS_2 = re.compile(
    rf"(?:{_YEAR}\s*)?(?P<months>(?:{_N}\s*月?\s*[、和及]\s*)+{_N})\s*月份?\s*的?\s*(?:(?P<day>{_N})\s*[日号]|(?P<vague>底|末))"
)
_WEEK = re.compile(r"(?P<week>本周|这周|下周)(?P<day>[一二三四五六日天末])")


def _others(text: str) -> Iterator[DateWord]:
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
        moment, end, bound, bound_end = _after(text, match.end())
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
        moment, end, bound, bound_end = _after(text, match.end())
        if bound or name.endswith(("底", "末")):
            yield DateWord(match.start(), end, "day", year, word, month, (day,), moment, bound, bound_end)
    for match in _WEEK.finditer(text):
        if re.match(r"\s*[（(]", text[match.end() :]):
            continue  # 本周五（6月7日）: the day itself stands behind
        moment, end, bound, bound_end = _after(text, match.end())
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
            rule=_WEEKDAYS[match.group("day")],
        )


_EVERY_WEEK = re.compile(
    r"(?:每|逢|各)(?P<two>两|2|二|隔)?\s*(?:个)?(?:周|星期|礼拜)(?:的)?\s*(?P<days>[一二三四五六日天末](?:\s*[、和及至到—-]\s*(?:周|星期)?[一二三四五六日天])*)?"
)
_EVERY_MONTH = re.compile(
    rf"(?:(?:每|逢|各)\s*(?:个)?月(?:度)?(?:的)?|(?:次|下)月)\s*(?:(?P<days>{_N}\s*[日号]?(?:\s*[、和及,，]\s*{_N}\s*[日号]?)*)(?<=[日号])|(?P<work>最后一个工作日)|(?P<last>月?底|月?末|最后一(?:天|日))|(?P<first>月?初)|(?P<third>上旬|中旬|下旬))"
)
_TENS = re.compile(
    rf"(?:每月)?逢\s*(?P<days>{_N}(?:\s*日)?(?:\s*[、和及]\s*{_N}(?:\s*日)?)*)\s*(?:日|号)?(?=前|之前|以前|上报|报)"
)
_EVERY_QUARTER = re.compile(
    rf"每(?:个)?季度?\s*(?:(?P<where>末月|首月|末|最后一个月|第[一二三]个月|底|结束前)(?:的)?\s*(?:月)?(?:(?P<day>{_N})\s*[日号]|(?P<last>底|末))?)?"
)
_EVERY_DAY = re.compile(r"每(?:个)?(?:工作日|日|天)")
_THAT_DAY = re.compile(
    r"(?P<anchor>[^，。；：、！（）()\s\d]{0,8}?)(?P<day>当[日天])(?=\s*(?:上午|中午|下午|晚|\d|前|下班前))"
)


def _recurring(text: str) -> Iterator[DateWord]:
    for match in _EVERY_WEEK.finditer(text):
        moment, end, bound, bound_end = _after(text, match.end())
        days = _week_days(match.group("days") or "")
        if not days and not bound and not moment:
            continue
        rule = (
            "FREQ=WEEKLY" + (";INTERVAL=2" if match.group("two") else "") + (";BYDAY=" + ",".join(days) if days else "")
        )
        yield _recurs(match, end, rule, moment, bound, bound_end)
    for match in _EVERY_MONTH.finditer(text):
        moment, end, bound, bound_end = _after(text, match.end())
        if match.group("days"):
            days = [
                d for d in (number(re.sub("[日号]", "", p)) for p in re.split("[、和及,，]", match.group("days"))) if d
            ]
            rule = "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, days))
        elif match.group("work"):
            rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        elif match.group("first") or match.group("third"):
            rule = "FREQ=MONTHLY;BYMONTHDAY=" + {"上": "10", "中": "20", "下": "-1"}.get(
                (match.group("third") or "上")[0], "10"
            )
        else:
            rule = "FREQ=MONTHLY;BYMONTHDAY=-1"
        yield _recurs(match, end, rule, moment, bound, bound_end)
    for match in _TENS.finditer(text):
        days = [d for d in (number(re.sub("日", "", p)) for p in re.split("[、和及]", match.group("days"))) if d]
        moment, end, bound, bound_end = _after(text, match.end())
        yield _recurs(match, end, "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, days)), moment, bound, bound_end)
    for match in _EVERY_QUARTER.finditer(text):
        moment, end, bound, bound_end = _after(text, match.end())
        if not match.group("where") and not bound:
            continue
        where, day = match.group("where") or "末", number(match.group("day") or "")
        months = "1,4,7,10" if where in ("首月", "第一个月") else "2,5,8,11" if where == "第二个月" else "3,6,9,12"
        yield _recurs(match, end, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day or -1}", moment, bound, bound_end)
    for match in _EVERY_DAY.finditer(text):
        moment, end, bound, bound_end = _after(text, match.end())
        if moment or bound:
            work = "工作日" in match.group(0)
            yield _recurs(
                match, end, "FREQ=DAILY" + (";BYDAY=MO,TU,WE,TH,FR" if work else ""), moment, bound, bound_end
            )


def _that_day(text: str) -> Iterator[DateWord]:
    """当日15时前: of a day named before it, else of the act named (活动当日)."""
    for match in _THAT_DAY.finditer(text):
        moment, end, bound, bound_end = _after(text, match.end())
        if moment or bound:
            start = match.start("day")
            anchor = match.group("anchor")
            anchor = anchor[_anchor_start(anchor) :]
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
        low, high = order.index(_WEEKDAYS[span.group(1)]), order.index(_WEEKDAYS[span.group(2)])
        return order[low : high + 1]
    return [_WEEKDAYS[c] for c in words if c in _WEEKDAYS]


def _recurs(match: re.Match[str], end: int, rule: str, moment: str | None, bound: bool, bound_end: int) -> DateWord:
    if moment:
        hour, minute = moment.split(":")
        rule += f";BYHOUR={int(hour)};BYMINUTE={int(minute)}"
    return DateWord(match.start(), end, "recurring", time=moment, bound=bound, bounded_end=bound_end, rule=rule)


_COUNT = r"(?P<count>[0-9０-９]{1,3}|[一二三四五六七八九十两]{1,3}|半)"
_UNIT = r"(?P<unit>个?工作日|个?自然日|日|天|个?小时|分钟|个?月|周|个?星期)"
_RELATIVE = re.compile(
    rf"(?P<anchor>(?:自)?[^，。；：、！（）()\s]{{1,24}}?)(?:之日起|之时起|之日后|之后|以后|后|起)的?\s*(?:第)?{_COUNT}\s*{_UNIT}\s*(?:之内|以内|内|前)"
    rf"|(?P<anchor2>[^，。；：、！（）()\s]{{2,20}}?)(?:的|前|之)?\s*{_COUNT.replace('count', 'count2')}\s*{_UNIT.replace('unit', 'unit2')}\s*(?:之内|以内|内)(?=[^，。；]{{0,30}}(?:报|送|交|反馈|完成|整改|上传|提交))"
)
_WITHIN = re.compile(
    rf"(?:须|应当?|要|请|必须|务必)?(?:在|于)?\s*{_COUNT}\s*{_UNIT}\s*(?:之内|以内|内)(?=[^，。；]{{0,12}}(?:报|送|反馈|上传|续报|通报|提交))"
)
_SAME_DAY = re.compile(
    r"(?P<anchor>[^，。；：、！（）()\s]{0,12}?(?:活动|事发|事件|检查|演练|会议|培训|结束|发生|举办|举行|开展)(?:的)?)(?P<day>次日|翌日|次周[一二三四五]?)\s*"
)
_BEFORE = re.compile(
    rf"(?P<anchor>[^，。；：、！（）()\s]{{2,16}}?)前\s*{_COUNT}\s*{_UNIT}\s*(?:之?内)?(?=[^，。；]{{0,30}}(?:报|送|交|反馈|完成|提交|公布|公告|申请|告知))"
)


def _relative(text: str) -> Iterator[DateWord]:
    for match in _RELATIVE.finditer(text):
        second = match.group("anchor2") is not None
        anchor = match.group("anchor2" if second else "anchor")
        count, unit = match.group("count2" if second else "count"), match.group("unit2" if second else "unit")
        if second and not re.search(r"(结束|完成|发生|收到|接到|印发|下发|发布|收文)$", anchor):
            continue
        shift = _anchor_start(anchor)
        if re.search(r"\d+\s*(?:日|时)$", anchor) or not anchor[shift:]:
            continue
        amount = 0 if count == "半" else number(count) or 0
        yield DateWord(
            match.start() + shift,
            match.end(),
            "relative",
            bound=True,
            bounded_end=match.end(),
            anchor=anchor[shift:],
            count=amount,
            unit=unit.removeprefix("个"),
        )
    for match in _SAME_DAY.finditer(text):
        moment, end, bound, bound_end = _after(text, match.end())
        if bound or moment or text[match.end() :].startswith(("内", "报", "上报", "反馈", "将")):
            shift = _anchor_start(match.group("anchor"))
            yield DateWord(
                match.start() + shift,
                end,
                "relative",
                time=moment,
                bound=True,
                bounded_end=max(end, bound_end),
                anchor=match.group("anchor")[shift:],
                count=1,
                unit="日",
            )
    for match in _WITHIN.finditer(text):
        unit = match.group("unit").removeprefix("个")
        yield DateWord(
            match.start("count"),
            match.end(),
            "relative",
            bound=True,
            bounded_end=match.end(),
            anchor=None,
            count=number(match.group("count")) or 0,
            unit=unit,
        )
    for match in _BEFORE.finditer(text):
        shift = _anchor_start(match.group("anchor"))
        unit = match.group("unit").removeprefix("个")
        yield DateWord(
            match.start() + shift,
            match.end(),
            "relative",
            bound=True,
            bounded_end=match.end(),
            anchor=match.group("anchor")[shift:],
            count=-(number(match.group("count")) or 0),
            unit=unit,
        )


def _anchor_start(anchor: str) -> int:
    """Where the anchoring act begins in the words before 后/起: behind 请, 于, 各单位 …"""
    match = re.match(
        r"^(?:请|应当?|须|要|并|且|务必|需|并请|并应)*(?:各[^于自在将]{1,12}?(?=于|自|在|应|须|要|收))?(?:请|应|须|要)*(?:于|自|在)?",
        anchor,
    )
    return match.end() if match else 0


def resolve(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; the last day of the month where a bound such as 2月底 runs past it."""
    last = calendar.monthrange(year, month)[1]
    if day > 31 or day < 1:
        return None
    return date(year, month, min(day, last)) if day <= last or day in (29, 30, 31) else None
