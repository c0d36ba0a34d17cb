"""Dates that hang on another day: 活动结束后5个工作日内, 收文后3日内, 24小时内."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clock import DateWord, after_of, number

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


_AMOUNT = re.compile(
    r"[0-9０-９一二三四五六七八九十两半]\s*(?:个?(?:工作日|自然日|小时|月|星期)|日|天|分钟|周)\s*(?:之内|以内|内|前)|前\s*[0-9０-９一二三四五六七八九十两半]"
)
_NEXT_DAY = re.compile("次日|翌日|次周")
# Both are cheap looks: the patterns above begin with any words and are slow where nothing is to be found.


def relative_dates(text: str) -> Iterator[DateWord]:
    """Dates that hang on another day or act, in no order; ``count`` below zero for days before it."""
    if not _AMOUNT.search(text) and not _NEXT_DAY.search(text):
        return
    for match in _RELATIVE.finditer(text):
        second = match.group("anchor2") is not None
        anchor = match.group("anchor2" if second else "anchor")
        count, unit = match.group("count2" if second else "count"), match.group("unit2" if second else "unit")
        if second and not re.search(r"(结束|完成|发生|收到|接到|印发|下发|发布|收文)$", anchor):
            continue
        shift = anchor_start(anchor)
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
        moment, end, bound, bound_end = after_of(text, match.end())
        if bound or moment or text[match.end() :].startswith(("内", "报", "上报", "反馈", "将")):
            shift = anchor_start(match.group("anchor"))
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
        shift = anchor_start(match.group("anchor"))
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


def anchor_start(anchor: str) -> int:
    """Where the anchoring act begins in the words before 后/起: behind 请, 于, 各单位 …"""
    said = re.search(r"^.{0,16}(?:于|自|在)(?=[^于自在]{2,}$)", anchor)
    if said:
        return said.end()
    match = re.match(
        r"^(?:请|应当?|须|要|并|且|务必|需|并请|并应)*(?:各[^于自在将]{1,12}?(?=于|自|在|应|须|要|收))?(?:请|应|须|要)*(?:于|自|在)?",
        anchor,
    )
    return match.end() if match else 0
