"""Who owes what to whom by when, told apart from every other date of a notice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import UNSET
from msgspec.structs import replace

from ..lexicon.bodies import BODY_END, is_body
from ..lexicon.dates import DateWord, find_dates
from ..spec import Deadline, Evidence, Fuzzy
from ..structure import Line, close_up
from .reading import Reading, clauses, sentences

# Verbs by which something is handed in, and those by which something is to be done.
SEND = r"(?:报送|上报|填报|呈报|申报|汇报|续报|通报|报备|报告|报至|报到|报给|报|反馈|提交|递交|提供|发送|发至|发到|发给|发|送达|送交|送至|送|交至|交到|上交|交|抄送|寄送|寄至|传至|上传|推送|回复|函告|推荐|登记|备案|录入|填写|填(?!补)|汇总|登录|报名|签订|签署|公示|告知|邮寄)"
DO = r"(?:完成|制定|召开|开展|启动|部署|组织|建立|整改|落实|印发|出台|成立|办理|清[理零查]|整治|销号|消除|达到|拆除|关闭|停止|取消|做好|进行|安装|配备|实现|自查|排查|明确|确定|指定|参加|总结|验收|检查|移送|处置|张贴|发布|公布|更新|到位|结束|申请|报废|改造|迁出|搬离|回复|答复|签到|集合|到达|抵达|缴纳|领取|播放|观看|学习|培训|演练|收听|安排|形成|梳理|转发|传达|搬|清|改|撤|拆|关|停|装)"
_ACT = re.compile(f"{SEND}|{DO}")
_SEND = re.compile(SEND)
# A bounded date that only describes: buildings put into use before …, figures as of …
_DESCRIBES = re.compile(
    r"^\s*(?:已|曾|投入使用|建成|建设的|竣工|出生|取得|设立的|成立的|开业|登记注册|生产的|购买|颁发|发生的|批准的|签订的|核发|制造)|^[^，。；]{0,12}的(?:企业|单位|建筑|住宅|房屋|产品|人员|事故|项目|车辆)(?!名单|清单|信息|情况)"
)
_PAST = re.compile(r"(?:去年|上年|前年|此前|曾于|自|从)\s*$")
_STATES = re.compile(
    r"^\s*(?:起|开始|以来|通过|修[正订]|公布|印发|施行|实施|发布|生效|召开的|发生|下发的|印发的|受|，(?:全[国省市区县]|我[省市区县]|某|外省))"
)
_AS_OF = re.compile(r"截[至止]\s*(?:目前|今|到)?\s*$")
_WHO = re.compile(
    r"(?:请|由|要求|责成|督促)?(?P<who>(?:各|有关|相关|全体|参[赛演训会]|申报|获[奖评]|属地|市直|县直|区直|承办|牵头|责任|成员|施工|建设|监理|企业|学校|基层)[^，。；：:！？“”《》]{0,40}?|[\u4e00-\u9fff（）()]{2,16}(?:局|办|委|科|处|室|部门|支队|大队|中心|街道|社区|公司|站|企业|单位|学校|场所))"
    r"(?=[，,]?\s*(?:要|须|应当?|请|务必|需|将|于|在|按|把|每|根据|结合|明确|确定|指定|收|自|必须|可|负责|完成|填|报|上报|组织|汇总|开展|认真|及时|严格|抓紧|对照|\d|[一二三四五六七八九十]+月|通过|进行|提交|制定|高度|安排|围绕))"
)
_WORDS_WITH_GE = re.compile(r"各(?:类|项|种|自|式|方面|环节|阶段|岗位|领域|行业|时期|期|地活动)")
_TO = re.compile(
    rf"(?:{SEND})\s*(?:一式[^，。；]{{1,3}}份)?(?:至|给|到|于|予|往|向)?(?P<to>[^，。；：:！？（(“”、\s]{{2,40}}?{BODY_END}(?:[（(][^（()）]{{2,20}}[)）])?(?:[^，。；：:！？“”、（(\s]{{0,12}}?{BODY_END})?)(?=[，。；！？\s（(、]|$|[A-Za-z]?\d{2, 4}\s*室|备案|备查|汇总|审核|审定|审批|审查|存档|邮箱|处|统一|综合|（|[A-Za-z]|并|及|和|由|电子|纸质|指定|OA|\u3000)"
)
_TO_BEFORE = re.compile(rf"(?:向|至|到)(?P<to>[^，。；：:！？（(“”、\s]{{2,24}}?{BODY_END})(?=\s*(?:{SEND}))")


@dataclass(slots=True)
class _Found:
    """A deadline with the span of its clause."""

    deadline: Deadline
    line: Line
    word: DateWord
    sends: bool


def read_deadlines(reading: Reading) -> list[Deadline]:
    """The deadlines in order of the text, the same duty said twice being one with ``evidence.also``."""
    found: list[_Found] = []
    for number, part in enumerate(reading.parts):
        lines = [line for line in part.lines() if line.text.strip()]
        if number == 0:
            body = [item for item in part.items[reading.header_end :] if isinstance(item, Line) and item.text.strip()]
            found.extend(_in_lines(reading, body, strict=False))
            for grid in part.grids():
                found.extend(
                    _in_lines(
                        reading,
                        [line for cell in grid.table.cells for line in grid.lines(cell) if line.text.strip()],
                        strict=True,
                    )
                )
            continue
        prose = sum(len(line.text) for line in lines) > 400
        found.extend(_in_lines(reading, lines, strict=not prose))
        for grid in part.grids():
            found.extend(
                _in_lines(
                    reading,
                    [line for cell in grid.table.cells for line in grid.lines(cell) if line.text.strip()],
                    strict=True,
                )
            )
    return _merge(found)


def _in_lines(reading: Reading, lines: list[Line], *, strict: bool) -> list[_Found]:
    """Deadlines of consecutive lines. ``strict``: outside the body something must be handed in, not merely done."""
    found: list[_Found] = []
    who_before: list[str] = []
    heading = ""
    for place, line in enumerate(lines):
        if line.number and line.level and line.level <= 2:
            who_before = []
            heading = line.title if len(line.title) <= 24 else re.split("[。：]", line.title)[0]
        before = who_before if not line.number or (line.level or 0) > 2 else []
        headed = _headed(lines, place, reading, strict=strict)
        if headed:
            found.extend(headed)
            continue
        for low, high in sentences(line.text):
            who = _who(line.text[low:high])
            context = who or before
            found.extend(_in_sentence(reading, line, low, high, context, heading, strict=strict))
            before = who or before
        who_before = before
    return found


def _in_sentence(
    reading: Reading, line: Line, low: int, high: int, who: list[str], heading: str, *, strict: bool
) -> list[_Found]:
    found: list[_Found] = []
    low = max(low, min(line.body, high)) if line.number else low
    words = list(find_dates(line.text[low:high]))
    words = [_shift(word, low) for word in words]
    last_day: DateWord | None = None
    for place, word in enumerate(words):
        if word.kind == "day":
            if not _is_deadline(reading, line, word, low, high, words, place, strict=strict):
                last_day = word
                continue
        elif word.kind == "that_day":
            if not word.bound:
                continue
        elif not _is_duty(line, word, low, high, strict=strict):
            continue
        start, end = _clause(line.text, low, high, word, words, place)
        last_end = found[-1].word.bounded_end or found[-1].word.end if found else low
        deadlines = _deadlines(reading, line, word, start, end, low, who, heading, last_day, last_end)
        found.extend(deadlines)
        reading.deadline_words.add((line.source, line.block, line.evidence(word.start, word.end).start))
        last_day = word if word.kind == "day" else last_day
    return found


def _shift(word: DateWord, by: int) -> DateWord:
    from dataclasses import replace as change

    return change(word, start=word.start + by, end=word.end + by, bounded_end=word.bounded_end + by)


def _is_deadline(
    reading: Reading,
    line: Line,
    word: DateWord,
    low: int,
    high: int,
    words: list[DateWord],
    place: int,
    *,
    strict: bool,
) -> bool:
    text = line.text
    before, after = text[low : word.start], text[word.bounded_end if word.bound else word.end : high]
    days = reading.days_of(word)
    if not days:
        return False
    if reading.issued and days[-1] < reading.issued:
        return False
    if (
        re.search(r"(?:日|月|底|旬|起|[（(]|时间|：)\s*(?:起|开始)?\s*(?:至|到|—+|－|-+|–|~|～|―)\s*$", before)
        and not re.search(r"截[至止]", before[-6:])
        and not (word.bound and re.match(r"\s*[，,]?\s*(?:将|把|报|完成)", after))
    ):
        return False
    if _PAST.search(before) or (not word.bound and _STATES.match(after)):
        return False
    closing = re.search(
        r"(?:截[至止](?:时间|日期)?(?:为|到|于|是|[:：])?|最迟(?:于|在|不晚于|不得晚于|不超过)?|不晚于|不迟于|不得[迟晚]于|时限(?:为|是|[:：])?|期限(?:为|是|至|[:：])?|截稿(?:时间|日期)?(?:为|[:：])?|报名时间[^，。]{0,8}|(?:报送|上报|反馈|提交|填报|完成|报名|申报)(?:时间|时限|期限|日期)\s*(?:为|是|[:：]))\s*$",
        before,
    )
    if word.bound:
        if _DESCRIBES.match(after):
            return False
        if closing:
            return True
        near = _nearby(text, low, high, word, words, place)
        if not strict and len(re.split("[，。；]", after)[0].strip()) >= 4:
            return True
        return bool((_SEND if strict else _ACT).search(near)) or bool(re.search(r"[:：]\s*$", before))
    if closing:
        return not re.match(r"\s*[，,]\s*(?:全|我|已|共|累计)", after) and not (
            _AS_OF.search(before) and re.match(r"\s*[，,]?\s*(?:全|我|已|共|累计|的)", after)
        )
    if re.search(r"截[至止]\s*$", before):
        return bool(_SEND.search(after[:30]))
    # 请于6月20日将……报送: the day itself, without 前
    said = re.search(r"(?:于|在|请|统一于|定于)\s*$", before)
    return (
        bool(said)
        and not strict
        and bool(re.match(rf"\s*(?:上午|下午|当日|前后)?\s*(?:之内|内)?\s*(?:将|把)[^。；]{{2,60}}?(?:{SEND})", after))
    )


def _nearby(text: str, low: int, high: int, word: DateWord, words: list[DateWord], place: int) -> str:
    """The words that say what is to be done by a bounded date: behind it, else just before it."""
    until = words[place + 1].start if place + 1 < len(words) else high
    behind = re.split("[；;。]", text[word.bounded_end : until])[0]
    if _ACT.search(behind):
        return behind
    return text[max(low, word.start - 60) : word.start]


def _is_duty(line: Line, word: DateWord, low: int, high: int, *, strict: bool) -> bool:
    """Whether a recurring, relative or fuzzy date asks for something to be handed in (or, in the body, done)."""
    text = line.text
    behind = re.split("[；;。]", text[word.end : high])[0]
    ahead = text[low : word.start]
    if word.kind == "fuzzy":
        return (
            word.bound
            and not _DESCRIBES.match(text[word.bounded_end : high])
            and bool((_SEND if strict else _ACT).search(behind or ahead[-40:]))
        )
    if word.kind == "recurring":
        if word.bound:
            return bool(_SEND.search(behind) or _SEND.search(ahead[-40:]) or (not strict and _ACT.search(behind)))
        return bool(
            re.match(
                r"\s*(?:内|，)?\s*(?:由)?[^，。；]{0,24}?(?:将|把|上报|报送|报告|填报|向|报)[^。；]{0,60}", behind
            )
        ) and bool(_SEND.search(behind[:70]))
    if word.kind == "week":
        return word.bound and bool(_ACT.search(behind or ahead[-40:]))
    if word.count < 0 and word.unit == "分钟":
        return False
    act = _SEND if strict or (word.unit or "").endswith(("小时", "分钟")) else _ACT
    return bool(act.search(behind[:80]) or re.search(rf"(?:{SEND})[^，。；]{{0,20}}$", ahead))


def _clause(text: str, low: int, high: int, word: DateWord, words: list[DateWord], place: int) -> tuple[int, int]:
    """The span of a duty: its clause between ；and 。, ending before the next dated duty."""
    start, end = low, high
    for first, last in clauses(text, low, high):
        if first <= word.start < last:
            start, end = first, last
    for other in words[place + 1 :]:
        if other.start >= end:
            break
        if other.bound and re.search("[，,、；]", text[word.end : other.start]):
            cut = max(text.rfind(mark, word.end, other.start) for mark in "，,；")
            if cut > word.end and _ACT.search(text[word.bounded_end or word.end : cut]):
                end = cut
                break
    return start, end


def _deadlines(
    reading: Reading,
    line: Line,
    word: DateWord,
    start: int,
    end: int,
    low: int,
    who: list[str],
    heading: str,
    last_day: DateWord | None,
    last_end: int = 0,
) -> list[_Found]:
    text = line.text
    head = text[low:start]
    deliverables, recipient, clause_start = _what(text, word, low, start, end, heading, last_end)
    own = _who(text[start : word.start]) or (who or _who(head))
    evidence = _evidence(line, clause_start, end)
    sends = bool(_SEND.search(text[start:end]))
    base = Deadline(None, own, deliverables, recipient, evidence)
    if re.search(
        r"遇(?:法定)?(?:节假日|节日|周末|双休日|假日|休息日)[^，。；]{0,12}顺延|节假日顺延",
        text[start : min(len(text), end + 40)],
    ):
        base = replace(base, moves="next_working_day")
    out: list[Deadline] = []
    if word.kind == "recurring":
        out.append(replace(base, recurs=word.rule))
    elif word.kind == "week":
        day = _week_day(reading, word)
        out.append(
            replace(base, due=_due(day, word.time)) if day else replace(base, relative=text[word.start : word.end])
        )
    elif word.kind == "that_day":
        day = reading.days_of(last_day)[0] if last_day and word.anchor is None and reading.days_of(last_day) else None
        out.append(
            replace(base, due=_due(day, word.time))
            if day
            else replace(base, relative=_that_day_words(text, word, start))
        )
    elif word.kind == "relative":
        due = _relative_due(reading, word)
        out.append(replace(base, due=due, relative=text[word.start : word.end]))
    elif word.kind == "fuzzy":
        days = reading.days_of(word)
        if days:
            first, last = _fuzzy_ends(reading, word)
            out.append(replace(base, due=_due(days[0], word.time), fuzzy=Fuzzy(first, last)))
    else:
        out.extend(replace(base, due=_due(day, word.time)) for day in reading.days_of(word))
    return [_Found(deadline, line, word, sends) for deadline in out]


def _that_day_words(text: str, word: DateWord, start: int) -> str:
    low = max(start, word.start - len(word.anchor or ""))
    return text[low : word.end]


def _due(day: date, time: str | None) -> str:
    return f"{day.isoformat()}T{time}" if time else day.isoformat()


def _week_day(reading: Reading, word: DateWord) -> date | None:
    if reading.issued is None or word.rule is None:
        return None
    order = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    monday = reading.issued - timedelta(days=reading.issued.weekday())
    return monday + timedelta(days=order.index(word.rule) + (7 if word.year_word == "下周" else 0))


def _fuzzy_ends(reading: Reading, word: DateWord) -> tuple[str, str]:
    assert word.earliest and word.latest
    year = reading.year_of(word) or 0
    return (
        f"{year:04d}-{word.earliest[0]:02d}-{word.earliest[1]:02d}",
        f"{year:04d}-{word.latest[0]:02d}-{word.latest[1]:02d}",
    )


def _relative_due(reading: Reading, word: DateWord) -> str | None:
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
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


# -- the words of a duty


def _who(text: str) -> list[str]:
    """The bodies that the words make responsible, the last said first to be looked at; [] where there are none."""
    found: list[str] = []
    for match in _WHO.finditer(text):
        words = match.group("who").strip()
        words = re.sub(r"^(?:请|由|并|且|同时|要求)+", "", words)
        words = re.sub(
            r"(?:负责人|主要负责同志)?(?:认真|及时|严格|务必|统一|都|均|也|分别|高度重视|进一步)+$", "", words
        )
        if (
            _WORDS_WITH_GE.match(words)
            or len(words) > 40
            or re.search(r"(?:^|[将把对向给为])(?:活动|工作|情况)|报送|进行|开展|组织", words)
            or re.search(r"[将报]", words[:6])
        ):
            continue
        if re.match(r"^(?:上级|安全生产|全国|我国)", words):
            continue
        found = [part for part in re.split(r"、(?=各|有关|相关|[^、]*$)|，|及(?=各)|和(?=各)", words) if part.strip()]
        found = [close_up(part.strip("、和及与")) for part in found]
        if match.end() >= 0:
            break
    return [body for body in found if body]


def _what(
    text: str, word: DateWord, low: int, start: int, end: int, heading: str, last_end: int
) -> tuple[list[str], str | None, int]:
    """What is to be handed in or done, to whom, and where the duty's words begin."""
    at = word.bounded_end if word.bound else word.end
    after = text[at:end]
    if start < last_end < word.start:  # behind another duty of the same clause
        turn = text.find("，", last_end, word.start)
        start = turn + 1 if turn >= 0 else last_end
    before = text[start : word.start]
    begin = start + len(before) - len(before.lstrip(" \u3000，,"))
    recipient = _recipient(after) or _recipient(text[start:end])
    taken = re.search(
        rf"(?:将|把)(?P<what>[^。；]{{1,120}}?)(?:(?:[，,]?\s*(?:加盖公章|签字盖章|盖章|一并|统一|及时|分别|汇总后|同时)|[，,]\s*(?:以|由|经|按|通过|并|填写))[^。；]{{0,40}}?)?(?:后)?[，,]?\s*(?:{SEND})",
        after,
    )
    if taken:
        return _things(taken.group("what"), recipient), recipient, begin
    taken_before = re.search(
        r"(?:将|把)(?P<what>[^。；]{1,120}?)[，,]?\s*(?:于|在|务必于|最迟于|应于|须于|统一于|分别于)?\s*$", before
    )
    if (
        taken_before
        and not re.search(r"(?:报送|上报|发至|发送|提交)", taken_before.group("what"))
        and _SEND.search(after[:24])
    ):
        return _things(taken_before.group("what"), recipient), recipient, begin
    topic = re.search(
        r"(?P<what>[^，。；：:]{2,60}?)\s*(?:[，,]?\s*(?:请|须|务必|应|统一|最迟|由[^，]{2,12}|实行[^，]{2,8}制?[，,]|的?(?:报送|上报|截止|提交|反馈|报名|填报)?(?:时间|时限|期限|截止时间)(?:为|是)?))?\s*[:：]?\s*(?:于|在|请于|务必于|最迟于|应于)?\s*$",
        before,
    )
    topic_words = _topic(topic.group("what")) if topic else ""
    verb = re.search(rf"(?P<verb>{SEND}|完成)(?P<rest>[^。；]*)", after)
    if verb:
        rest = verb.group("rest")
        if recipient and recipient in rest[: len(recipient) + 4]:
            rest = rest[rest.find(recipient) + len(recipient) :] if not topic_words else ""
        things = _things(_object(rest), recipient)
        between = (
            _things(_object(re.sub(r"^\s*[，,]?\s*(?:由|请)?", "", after[: verb.start()])), recipient)
            if verb.start() > 4 and not things
            else []
        )
        if things and not (len(things) == 1 and re.fullmatch(r"备案|备查|汇总|审核|存档|安排", things[0])):
            if verb.group("verb") == "完成":
                more = re.search(
                    rf"(?:将|把)(?P<what>[^。；]{{1,80}}?)(?:{SEND})|(?:填写|提交|上报|报送|形成|填报)(?P<more>[《\u4e00-\u9fff][^，。；]{{1,40}})",
                    rest,
                )
                handed = _things(more.group("what") or more.group("more"), recipient) if more else []
                things = handed or [f"完成{things[0]}", *things[1:]]
            if all(_PLACE.fullmatch(thing) or _PLACE.search(thing) for thing in things):
                things = _earlier_object(text[low : word.start]) or ([heading] if heading else things)
            return things, recipient, begin
        if re.fullmatch(r"第[一二三四五六1-6]+(?:批|阶段|次|轮|期)", topic_words):
            return _earlier_object(text[low : word.start]) or [topic_words], recipient, begin
        if topic_words and len(topic_words) >= 2:
            return _things(topic_words, recipient), recipient, begin
        if between:
            return between, recipient, begin
        earlier = _earlier_object(text[low : word.start])
        if earlier:
            return earlier, recipient, begin
        if things:
            return things, recipient, begin
    if re.fullmatch(r"第[一二三四五六1-6]+(?:批|阶段|次|轮|期)", topic_words):
        return _earlier_object(text[low : word.start]) or [topic_words], recipient, begin
    if topic_words and len(topic_words) >= 2 and (not _ACT.search(re.split("[，；。]", after)[0])):
        return _things(topic_words, recipient), recipient, begin
    done = re.match(rf"\s*[，,]?\s*(?P<act>[^，。；]*?(?:{DO})[^，。；]{{0,40}})", after)
    if done:
        act = re.sub(r"[（(](?:附|含|见)[^（()）]*[)）]", "", done.group("act"))
        whose = _who(act)
        if whose and act.lstrip("，, ").startswith(whose[0]):
            act = re.sub(rf"^[，,\s]*[^，。；]*?(?={DO})", "", act)
        return [close_up(act.lstrip("，, "))], recipient, begin
    earlier = _earlier_object(text[low : word.start])
    return earlier or ([heading] if heading and not _who(heading) else []), recipient, begin


_PLACE = re.compile(r"(?:云盘|邮箱|平台|系统|[Qq微][Qq信]?群|网站|网盘|信箱|公众号|小程序|网址|链接|报名处)$")


def _topic(words: str) -> str:
    words = re.sub(r"^(?:请|各[^，将]{1,12}?(?:要|须|应|将|请)|并|同时|其中|另|此外|★|●|[-—·•])+\s*", "", words.strip())
    words = re.sub(r"(?:实行[^，]{1,6}制|的)$", "", words)
    if (
        re.search(r"^(?:于|在|自|从|应|须|要|请|务必|每|各)|要求|如下$|^(?:活动期间|期间|宣传期间|检查期间)$", words)
        or is_body(words)
        or _who(words + "要")
    ):
        return ""
    return words


def _earlier_object(text: str) -> list[str]:
    """The object of the clause before: 明确1名联络员（附件），于5月30日14点前反馈."""
    match = None
    for match in re.finditer(
        r"(?:明确|确定|指定|安排|推荐|选派|出|编写|拍摄|制作|填写|填报|填好|制定|形成|梳理|认真填写|上报|准备|撰写|汇总|统计|报名|完成)(?:好|本单位|一名|[0-9一二两]\s*[名份篇个人])*\s*(?P<what>[^，。；：]{2,40})",
        text,
    ):
        pass
    if match is None:
        return []
    return _things(re.sub(r"^(?:[0-9０-９一二两三]+\s*[名份篇个])", "", match.group("what")), None)


def _object(rest: str) -> str:
    """What stands behind a verb of handing in, up to where the sentence turns to something else."""
    rest = re.sub(r"^(?:了|好|完毕|至|到|给|于)+", "", rest.strip())
    return re.split(
        r"[，,。；：:]|(?:报送|上报|报|反馈|发送|提交)(?:至|给|到)|(?<=[\u4e00-\u9fff）)》])(?:一并|及时|并)(?=[报发送上])|逾期|联系人",
        rest,
    )[0]


_CUT = re.compile(
    r"[（(](?:附件|见附件|附表|格式|样式|含|包括|加盖|盖章|电子|纸质|一式|详见|word|pdf|PDF|WORD|Word|模板|字数|不少于|[0-9一二三四五六七八九十]+字)[^（()）]*[)）]"
)


def _things(words: str, recipient: str | None) -> list[str]:
    """The things named in words, split at 、和及; remarks in brackets left out."""
    words = _CUT.sub("", words)
    words = re.sub(
        r"^\s*(?:本(?:单位|地区?|辖区|部门|系统|级|企业|校|街道|社区)的?|各自的?|其|以下|有关|相关|上述|所有|当[月日周]的?|当月|上周|本周|一周)(?=[\u4e00-\u9fff《])",
        lambda m: m.group(0) if m.group(0).strip() in ("一周", "上周", "当月", "当日") else "",
        words,
    )
    if recipient:
        words = words.replace(recipient, "")
    inner = re.sub(
        r"《[^《》]*》|[（(][^（()）]*[)）]|“[^“”]*”", lambda m: re.sub("[、和及与]", "\x00", m.group(0)), words
    )
    # positions of separators outside brackets; ＊和＊ inside one word such as 典型经验和做法 stay a single thing only in quotes
    cuts = [
        m.span()
        for m in re.finditer(r"、|以及|及其|(?<=[\u4e00-\u9fff》）)”])(?:和|及|与)(?=[\u4e00-\u9fff《“])", inner)
    ]
    parts, low = [], 0
    for first, last in cuts:
        parts.append(words[low:first])
        low = last
    parts.append(words[low:])
    cleaned = []
    for part in parts:
        part = close_up(part).strip("，,。；：:、 ")
        part = re.sub(r"^《([^《》]*)》$", r"\1", part)
        part = re.sub(r"^(?:以|并|将|把|的)", "", part)
        part = (
            re.sub(r"(?:加盖公章|签字盖章|盖章|签字|电子版|纸质版)?(?:后|统一|一并|分别|汇总后)$", "", part)
            if len(part) > 4
            else part
        )
        if part and not re.fullmatch(r"[\W_]+|备案|汇总|审核|盖章|签字", part):
            cleaned.append(part)
    return cleaned


def _recipient(text: str) -> str | None:
    """The body to which something is sent; an address in an e-mail or a group is none."""
    for match in _TO.finditer(text):
        to = match.group("to")
        to = re.sub(r"^.*(?:并|后|再|，)(?:报送|上报|抄送|报|送|交|发)(?:至|给|到)?(?=.{2})", "", to)
        to = re.sub(r"^(?:至|给|到|于|向|送|交|发|往)+", "", to)
        if re.search(
            r"情况|总结|材料|工作|活动|信息|数据|报告|方案|清单|表$|名单|台账|小结|进展|问题|隐患|计划|照片|图片|申请",
            to,
        ) and not re.match(r".*(?:局|办|科|处|室|股|中心|街道|公司|站)$", to):
            continue
        if re.search(r"参会|名单|回执|登记|本单位|申报单位|情况|总结|表[，和及]", to):
            continue
        if is_body(to):
            behind = re.match(r"[（(]([^（()）]{2,20})[)）]", text[match.end("to") :])
            if behind and is_body(behind.group(1)) and not re.search(r"\d\s*室$", behind.group(1)):
                to += behind.group(0)
            return close_up(to)
    before = _TO_BEFORE.search(text)
    return close_up(before.group("to")) if before and not re.search("情况|总结", before.group("to")) else None


def _evidence(line: Line, start: int, end: int) -> Evidence:
    while start < end and line.text[start] in " \u3000，,；;、\t":
        start += 1
    while end > start and line.text[end - 1] in " \u3000，,；;。\t":
        end -= 1
    return line.evidence(start, end)


def _headed(lines: list[Line], place: int, reading: Reading, *, strict: bool) -> list[_Found]:
    """A date that stands alone behind a heading: 报送时间：6月20日; ★ 企业自查报告：5月9日前."""
    line = lines[place]
    match = re.match(
        r"^\s*(?:[★●◆■·•\-—]|\d+[.、．]|[（(]\d+[)）])?\s*(?P<what>[^：:，。；\d]{2,30})\s*[:：]\s*", line.text
    )
    if not match or strict:
        return []
    found = []
    for word in find_dates(line.text):
        if word.start > match.end() + 4 or word.kind not in ("day", "recurring", "fuzzy"):
            continue
        what = match.group("what").strip()
        closing = re.search("截止|时限|期限|报送时间|报名时间|上报时间|提交时间|反馈时间|完成时间", what)
        if not (word.bound or closing) or (word.kind == "day" and not reading.days_of(word)):
            continue
        if word.kind == "day" and reading.issued and reading.days_of(word)[-1] < reading.issued:
            continue
        things = _things(
            _topic(
                re.sub(
                    r"(?:截止|报送|上报|提交|反馈|完成|报名)+(?:时间|时限|期限|日期)$|^(?:时间|时限|期限)$", "", what
                )
            )
            or what,
            None,
        )
        for one in _deadlines(reading, line, word, 0, len(line.text), 0, [], "", None):
            found.append(
                _Found(
                    replace(one.deadline, deliverables=things)
                    if not closing or not one.deadline.deliverables
                    else one.deadline,
                    line,
                    word,
                    True,
                )
            )
        reading.deadline_words.add((line.source, line.block, line.evidence(word.start, word.end).start))
        break
    return found


# -- the same duty said twice


def _merge(found: Iterable[_Found]) -> list[Deadline]:
    kept: list[_Found] = []
    for one in found:
        twin = next((other for other in kept if _same(other, one)), None)
        if twin is None:
            kept.append(one)
            continue
        evidence = twin.deadline.evidence
        also = (
            [*(evidence.also or []), one.deadline.evidence] if evidence.also is not UNSET else [one.deadline.evidence]
        )
        merged = replace(
            twin.deadline,
            who=twin.deadline.who or one.deadline.who,
            deliverables=twin.deadline.deliverables or one.deadline.deliverables,
            recipient=twin.deadline.recipient or one.deadline.recipient,
            evidence=replace(evidence, also=also),
        )
        kept[kept.index(twin)] = _Found(merged, twin.line, twin.word, twin.sends)
    return [one.deadline for one in kept]


_PRONOUN = re.compile(r"^(?:此表|本表|该表|上述材料|以上材料|相关材料|有关材料|电子版|此件|表|材料)$|[本此该]表")


def _same(a: _Found, b: _Found) -> bool:
    one, two = a.deadline, b.deadline
    if (one.recurs or None, one.due) != (two.recurs or None, two.due) or (one.due is None and one.recurs is UNSET):
        return False
    if one.due and two.due is None:
        return False
    if a.line is b.line and a.word is b.word:
        return False
    if (
        one.recipient
        and two.recipient
        and not (
            one.recipient in two.recipient
            or two.recipient in one.recipient
            or _short(one.recipient) == _short(two.recipient)
        )
    ):
        return False
    things = [thing for thing in two.deliverables if not _PRONOUN.search(thing)]
    if not things or not one.deliverables or (a.line is not b.line and not b.sends):
        return True
    return any(_alike(x, y) for x in one.deliverables for y in things)


def _short(name: str) -> str:
    return re.sub(r"[省市区县街镇乡]|安全生产|办公室|管理", "", name)


def _alike(a: str, b: str) -> bool:
    shared = set(a) & set(b)
    return a in b or b in a or len(shared) >= 0.6 * min(len(set(a)), len(set(b)))
