"""Who owes what to whom by when, told apart from every other date of a notice."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from ..lexicon.clock import DateWord
from ..lexicon.dates import find_dates
from ..spec import Deadline, Evidence, Fuzzy
from ..structure import Grid, Line, close_up
from .dues import due_on, fuzzy_ends, relative_due, that_day_words, week_day
from .duties import ACT, SENDS, things_of, topic_of, what_of, who_of
from .merging import NOWHERE, Found, merge
from .reading import Reading, clauses, sentences
from .telling import SPAN_END, is_deadline, is_duty


def read_deadlines(reading: Reading) -> list[Deadline]:
    """The deadlines in order of the text, the same duty said twice being one with ``evidence.also``."""
    found: list[Found] = []
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
                known = reading.form_grid(grid).lines.values()
                cells = [line for lines_ in known for line in lines_ if line.text.strip()]
                found.extend(_in_lines(reading, cells, strict=True))
    return merge(found)


_TIME_HEAD = re.compile(
    r"^(?:(?:报送|上报|提交|反馈|填报|报名|报告)(?:时限|时间|期限|日期|截止时间)|截止(?:时间|日期)|时限(?:要求)?)$"
)
_THING_HEAD = re.compile(r"报送|上报|提交|反馈|材料|资料|报表|内容|事项|名称")
_TO_HEAD = re.compile(r"(?:报送|上报|提交|反馈|接收|受理)(?:对象|单位|部门|科室|至|地址)|接收人|对口|受理")
_BY_HEAD = re.compile(r"责任(?:单位|部门)|报送单位|填报单位|提交单位|上报单位|责任主体")


def _in_table(reading: Reading, grid: Grid) -> Iterator[Found]:
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
                    yield Found(kept, line, word, True)


def _in_lines(reading: Reading, lines: list[Line], *, strict: bool) -> list[Found]:
    """Deadlines of consecutive lines. ``strict``: outside the body something must be handed in, not merely done.

    Lines without a date are only remembered: who acts in them is asked when a later line of the same section needs it.
    """
    found: list[Found] = []
    passed: list[Line] = []
    heading = ""
    for place, line in enumerate(lines):
        if line.number and line.level and line.level <= 2:
            passed = []
            heading = line.title if len(line.title) <= 24 else re.split("[。：]", line.title)[0]
        if not find_dates(line.text):
            passed.append(line)
            continue
        headed = _headed(lines, place, reading, strict=strict)
        if headed:
            found.extend(headed)
            continue
        before = _last_named(passed) if not line.number or (line.level or 0) > 2 else []
        for low, high in sentences(line.text):
            who = who_of(line.text[low:high])
            topic = "" if strict else heading
            found.extend(_in_sentence(reading, line, low, high, who or before, topic, strict=strict))
            before = who or before
        passed.append(line)
    return found


def _last_named(lines: list[Line]) -> list[str]:
    """Who was named last in the lines of a section: a sentence without a subject goes on with it."""
    for line in reversed(lines):
        for low, high in reversed(sentences(line.text)):
            who = who_of(line.text[low:high])
            if who:
                return who
    return []


def _in_sentence(
    reading: Reading, line: Line, low: int, high: int, who: list[str], heading: str, *, strict: bool
) -> list[Found]:
    found: list[Found] = []
    low = max(low, min(line.body, high)) if line.number else low
    words = list(find_dates(line.text[low:high]))
    words = [_shift(word, low) for word in words]
    last_day: DateWord | None = None
    for place, word in enumerate(words):
        if word.kind == "day":
            if not is_deadline(reading, line, word, low, high, words, place, strict=strict):
                last_day = word
                continue
        elif word.kind == "that_day":
            if not word.bound:
                continue
        elif not is_duty(line, word, low, high, strict=strict):
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


def _deadlines(reading: Reading, line: Line, word: DateWord, about: _About) -> list[Found]:
    """The deadlines of one date: several where it lists days."""
    text, last_day = line.text, about.last_day
    start, end = about.clause
    duty = what_of(text, word, about.sentence, about.clause, about.heading, about.last_end)
    own = (
        who_of(text[start : word.start + 1])
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
    return [Found(deadline, line, word, sends) for deadline in out]


def _evidence(line: Line, start: int, end: int) -> Evidence:
    while start < end and line.text[start] in " \u3000，,；;、\t":
        start += 1
    while end > start and line.text[end - 1] in " \u3000，,；;。\t":
        end -= 1
    return line.evidence(start, end)


def _headed(lines: list[Line], place: int, reading: Reading, *, strict: bool) -> list[Found]:
    """A date that stands alone behind a heading: 报送时间：6月20日; ★ 企业自查报告：5月9日前."""
    line = lines[place]
    match = re.match(
        r"^\s*(?:[★●◆■·•\-—]|\d+[.、．]|[（(]\d+[)）])?\s*(?P<what>[^：:，。；\d]{2,30})\s*[:：]\s*", line.text
    )
    if not match or strict:
        return []
    found: list[Found] = []
    for word in find_dates(line.text):
        spanned = re.match(r"\s*(?:至|到|—|－|-|–|~|～)", line.text[word.end :])
        far = word.start > match.end() + 4 and not SPAN_END.search(line.text[: word.start])
        if far or spanned or word.kind not in ("day", "recurring", "fuzzy"):
            continue
        what = match.group("what").strip()
        closing = re.search("截止|时限|期限|报送时间|报名时间|上报时间|提交时间|反馈时间|完成时间", what)
        if not (word.bound or closing) or (word.kind == "day" and not reading.days_of(word)):
            continue
        if word.kind == "day" and reading.issued and reading.days_of(word)[-1] < reading.issued:
            continue
        bare = re.sub(r"(?:截止|报送|上报|提交|反馈|完成|报名)+(?:时间|时限|期限|日期)$|^(?:时间|时限|期限)$", "", what)
        things = things_of(topic_of(bare) or re.sub(r"(?:截止)?(?:时间|日期)$|时限$|期限$", "", what), None)
        for found_one in _deadlines(reading, line, word, _About(0, (0, len(line.text)), [])):
            one = found_one.deadline
            own = closing and one.deliverables and not re.search(r"\d", one.deliverables[0])
            found.append(Found(one if own else replace(one, deliverables=things), line, word, True))
        reading.deadline_words.add((line.source, line.block, line.evidence(word.start, word.end).start))
        break
    return found
