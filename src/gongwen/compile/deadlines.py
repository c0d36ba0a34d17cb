"""Who owes what to whom by when, told apart from every other date of a notice."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec import UNSET
from msgspec.structs import replace

from ..lexicon.clock import DateWord
from ..lexicon.dates import find_dates
from ..spec import Deadline, Evidence, Fuzzy
from ..structure import Grid, Line, close_up
from .dues import due_on, fuzzy_ends, relative_due, that_day_words, week_day
from .duties import ACT, SEND, SENDS, things_of, topic_of, what_of, who_of
from .reading import Reading, clauses, sentences

# A bounded date that only describes: buildings put into use before …, figures as of …
_DESCRIBES = re.compile(
    r"^\s*(?:已|曾|投入使用|建成|建设的|竣工|出生|取得|设立的|成立的|开业|登记注册|生产的|购买|颁发|发生的|批准的|签订的|核发|制造)|^[^，。；]{0,12}的(?:企业|单位|建筑|住宅|房屋|产品|人员|事故|项目|车辆)(?!名单|清单|信息|情况)"
)
_PAST = re.compile(r"(?:去年|上年|前年|此前|曾于|自|从)\s*$")
_STATES = re.compile(
    r"^\s*(?:起|开始|以来|通过|修[正订]|公布|印发|施行|实施|发布|生效|召开的|发生|下发的|印发的|受|，(?:全[国省市区县]|我[省市区县]|某|外省))"
)


NOWHERE = Evidence(0, 0, None, None, 0, 0, "")


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
    for part in reading.parts:
        body = part is reading.body
        items = part.items[reading.header_end :] if body else part.items
        lines = [item for item in items if isinstance(item, Line) and item.text.strip()]
        prose = body or sum(len(line.text) for line in lines) > 400
        found.extend(_in_lines(reading, lines, strict=not prose))
        for grid in part.grids():
            scheduled = list(_in_table(reading, grid))
            found.extend(scheduled)
            if not scheduled:
                cells = [line for cell in grid.table.cells for line in grid.lines(cell) if line.text.strip()]
                found.extend(_in_lines(reading, cells, strict=True))
    return _merge(found)


_TIME_HEAD = re.compile(
    r"^(?:(?:报送|上报|提交|反馈|填报|报名|报告)(?:时限|时间|期限|日期|截止时间)|截止(?:时间|日期)|时限(?:要求)?)$"
)
_THING_HEAD = re.compile(r"报送|上报|提交|反馈|材料|资料|报表|内容|事项|名称")
_TO_HEAD = re.compile(r"(?:报送|上报|提交|反馈|接收|受理)(?:对象|单位|部门|科室|至|地址)|接收人|对口|受理")
_BY_HEAD = re.compile(r"责任(?:单位|部门)|报送单位|填报单位|提交单位|上报单位|责任主体")


def _in_table(reading: Reading, grid: Grid) -> Iterator[_Found]:
    """报送事项 | 报送时限 | 报送对象: a row a deadline."""
    at = grid.table.grid()
    heads = {
        column: re.sub(r"\s", "", cell.text) for column in range(grid.table.columns) if (cell := at.get((0, column)))
    }
    times = [column for column, head in heads.items() if _TIME_HEAD.match(head)]
    things = [column for column, head in heads.items() if _THING_HEAD.search(head) and column not in times]
    if not times or not things:
        return

    def text(row: int, pattern: re.Pattern[str]) -> str:
        column = next((column for column, head in heads.items() if pattern.search(head)), None)
        cell = at.get((row, column)) if column is not None else None
        return cell.text if cell is not None else ""

    for row in range(1, grid.table.rows):
        cell, thing = at.get((row, times[0])), at.get((row, things[0]))
        if cell is None or thing is None:
            continue
        bodies = [part for part in re.split(r"[、，,\n]", text(row, _BY_HEAD)) if part.strip()]
        base = Deadline(None, bodies, things_of(thing.text, None), close_up(text(row, _TO_HEAD)) or None, NOWHERE)
        for line in grid.lines(cell):
            about = _About(0, (0, len(line.text)), [])
            for word in find_dates(line.text):
                for one in _deadlines(reading, line, word, about):
                    what = one.deadline
                    kept = replace(
                        what,
                        who=base.who,
                        deliverables=base.deliverables,
                        recipient=base.recipient,
                        evidence=line.whole(),
                    )
                    yield _Found(kept, line, word, True)


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
            who = who_of(line.text[low:high])
            context = who or before
            topic = "" if strict else heading
            found.extend(_in_sentence(reading, line, low, high, context, topic, strict=strict))
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
        deadlines = _deadlines(reading, line, word, _About(low, (start, end), who, heading, last_day, last_end))
        found.extend(deadlines)
        reading.deadline_words.add((line.source, line.block, line.evidence(word.start, word.end).start))
        last_day = word if word.kind == "day" else last_day
    return found


def _shift(word: DateWord, by: int) -> DateWord:
    return dataclasses.replace(word, start=word.start + by, end=word.end + by, bounded_end=word.bounded_end + by)


_CLOSING = re.compile(
    r"(?:截[至止](?:时间|日期)?(?:为|到|于|是|[:：])?|最迟(?:于|在|不晚于|不得晚于|不超过)?|不晚于|不迟于|不得[迟晚]于"
    r"|时限(?:为|是|[:：])?|期限(?:为|是|至|[:：])?|截稿(?:时间|日期)?(?:为|[:：])?|报名时间[^，。]{0,8}"
    r"|(?:报送|上报|反馈|提交|填报|完成|报名|申报)(?:时间|时限|期限|日期)\s*(?:为|是|[:：]))\s*$"
)
_SPAN_END = re.compile(r"(?:日|月|底|旬|起|[（(]|时间|：)\s*(?:起|开始)?\s*(?:至|到|—+|－|-+|–|~|～|―)\s*$")
_SUBMISSION_SPAN = re.compile(
    r"(?:报名|报送|申报|征集|提交|投稿|填报|上报|反馈)(?:时间|日期|期限|截止时间)?\s*(?:为|是|[:：])?\s*[^，。；]{0,24}(?:至|到|—|－|-|~|～)\s*$"
)
_FIGURES = re.compile(r"\s*[，,]?\s*(?:全|我|已|共|累计|的)")


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
    """Whether a day is one by which something is owed, told apart from every other date."""
    text = line.text
    before, after = text[low : word.start], text[word.bounded_end if word.bound else word.end : high]
    days = reading.days_of(word)
    if not days or (reading.issued and days[-1] < reading.issued):
        return False
    if _SUBMISSION_SPAN.search(before) and (not strict or SENDS.search(text[low:high])):
        return True
    if (
        _SPAN_END.search(before)
        and not re.search(r"截[至止]", before[-6:])
        and not (word.bound and re.match(r"\s*[，,]?\s*(?:将|把|报|完成)", after))
    ):
        return False
    if _PAST.search(before) or (not word.bound and _STATES.match(after)):
        return False
    closing = _CLOSING.search(before)
    if word.bound:
        if _DESCRIBES.match(after):
            return False
        near = _nearby(text, low, high, word, words, place)
        if (closing or len(re.split("[，。；]", after)[0].strip()) >= 2) and not strict:
            return True
        return bool((SENDS if strict else ACT).search(near)) or bool(re.search(r"[:：]\s*$", before))
    if closing:
        said = not strict or bool(SENDS.search(before[-30:]) or SENDS.search(after[:30]))
        return said and not _FIGURES.match(after)
    # 请于6月20日将……报送: the day itself, without 前
    itself = re.match(rf"\s*(?:上午|下午|当日|前后)?\s*(?:之内|内)?\s*(?:将|把)[^。；]{{2,60}}?(?:{SEND})", after)
    return not strict and bool(itself) and bool(re.search(r"(?:于|在|请|统一于|定于)\s*$", before))


def _nearby(text: str, low: int, high: int, word: DateWord, words: list[DateWord], place: int) -> str:
    """The words that say what is to be done by a bounded date: behind it, else just before it."""
    until = words[place + 1].start if place + 1 < len(words) else high
    behind = re.split("[；;。]", text[word.bounded_end : until])[0]
    if ACT.search(behind):
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
            and bool((SENDS if strict else ACT).search(behind or ahead[-40:]))
        )
    if word.kind == "recurring":
        if word.bound:
            return bool(SENDS.search(behind) or SENDS.search(ahead[-40:]) or (not strict and ACT.search(behind)))
        return bool(
            re.match(r"\s*(?:内|，)?\s*(?:由)?[^，。；]{0,24}?(?:将|把|上报|报送|报告|填报|向|报)[^。；]{0,60}", behind)
        ) and bool(SENDS.search(behind[:70]))
    if word.kind == "week":
        return word.bound and bool(ACT.search(behind or ahead[-40:]))
    if word.count < 0 and word.unit == "分钟":
        return False
    act = SENDS if strict or (word.unit or "").endswith(("小时", "分钟")) else ACT
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
            if cut > word.end and ACT.search(text[word.bounded_end or word.end : cut]):
                end = cut
                break
    return start, end


def _after_date(text: str, word: DateWord, end: int) -> list[str]:
    """7月5日前，各单位将……: the subject right behind the date."""
    at = word.bounded_end or word.end
    match = re.match(r"\s*[，,]?\s*(?=由?(?:各|有关|相关))", text[at:end])
    return who_of(text[at + match.end() : end]) if match else []


@dataclass(frozen=True, slots=True)
class _About:
    """What surrounds a date: the start of its sentence, its clause, who was named before, the heading above, the duty before."""

    sentence: int
    clause: tuple[int, int]
    who: list[str]
    heading: str = ""
    last_day: DateWord | None = None
    last_end: int = 0


def _deadlines(reading: Reading, line: Line, word: DateWord, about: _About) -> list[_Found]:
    """The deadlines of one date: several where it lists days."""
    text, last_day = line.text, about.last_day
    start, end = about.clause
    duty = what_of(text, word, about.sentence, about.clause, about.heading, about.last_end)
    own = (
        who_of(text[start : word.start])
        or _after_date(text, word, end)
        or (about.who or who_of(text[about.sentence : start]))
    )
    deliverables, recipient, clause_start = duty.deliverables, duty.recipient, duty.begin
    evidence = _evidence(line, clause_start, end)
    sends = bool(SENDS.search(text[start:end]))
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
        day = week_day(reading, word)
        out.append(
            replace(base, due=due_on(day, word.time)) if day else replace(base, relative=text[word.start : word.end])
        )
    elif word.kind == "that_day":
        day = reading.days_of(last_day)[0] if last_day and word.anchor is None and reading.days_of(last_day) else None
        out.append(
            replace(base, due=due_on(day, word.time))
            if day
            else replace(base, relative=that_day_words(text, word, start))
        )
    elif word.kind == "relative":
        due = relative_due(reading, word)
        out.append(replace(base, due=due, relative=text[word.start : word.end]))
    elif word.kind == "fuzzy":
        days = reading.days_of(word)
        if days:
            first, last = fuzzy_ends(reading, word)
            out.append(replace(base, due=due_on(days[0], word.time), fuzzy=Fuzzy(first, last)))
    else:
        out.extend(replace(base, due=due_on(day, word.time)) for day in reading.days_of(word))
    return [_Found(deadline, line, word, sends) for deadline in out]


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
    found: list[_Found] = []
    for word in find_dates(line.text):
        if word.start > match.end() + 4 or word.kind not in ("day", "recurring", "fuzzy"):
            continue
        what = match.group("what").strip()
        closing = re.search("截止|时限|期限|报送时间|报名时间|上报时间|提交时间|反馈时间|完成时间", what)
        if not (word.bound or closing) or (word.kind == "day" and not reading.days_of(word)):
            continue
        if word.kind == "day" and reading.issued and reading.days_of(word)[-1] < reading.issued:
            continue
        bare = re.sub(r"(?:截止|报送|上报|提交|反馈|完成|报名)+(?:时间|时限|期限|日期)$|^(?:时间|时限|期限)$", "", what)
        things = things_of(topic_of(bare) or what, None)
        ones = (one.deadline for one in _deadlines(reading, line, word, _About(0, (0, len(line.text)), [])))
        found.extend(
            _Found(one if closing and one.deliverables else replace(one, deliverables=things), line, word, True)
            for one in ones
        )
        reading.deadline_words.add((line.source, line.block, line.evidence(word.start, word.end).start))
        break
    return found


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
