"""From when to when the campaign runs, told apart from the days of its stages."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from ..lexicon.clock import DateWord, number
from ..lexicon.dates import resolve
from ..lexicon.numerals import half_width
from ..structure import Line
from .reading import Reading

_SPAN = re.compile(
    r"(?P<lead>(?:自|从|定于|于|时间为|时间[:：]|为期|在)?\s*)(?P<first>(?:(?:20\d\d|今|明|本)\s*年\s*)?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月(?:\s*份)?(?:\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*日|上旬|中旬|下旬|初|底)?)"
    r"\s*(?:[（(][^（()）]{1,8}[）)])?\s*(?:起|开始|启动)?[,，]?\s*(?:至|到|—+|－+|-+|–|~+|～|―)\s*(?P<last>(?:(?:20\d\d|次|明|当|今)\s*年\s*)?(?:(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月(?:\s*份)?)?\s*(?:(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*日|月?底|上旬|中旬|下旬|末)?)"
)
_SINCE = re.compile(
    r"(?:即日起|自即日起|即日)\s*(?:开始)?[,，]?\s*(?:至|到|—|-|～)\s*(?P<last>(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*(?:\d{1,2}\s*日|底|末)?)"
)
_PERIOD_WORDS = re.compile(r"假期|活动|行动|整治|宣传[月周]|大检查|大排查|攻坚|时间|期间|开展|集中|检查|会战")


def read_period(reading: Reading, lines: list[Line], name: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of the campaign, None where the text has none."""
    best: tuple[int, date | None, date | None] = (0, None, None)
    heading = ""
    rank = 0
    for line in lines:
        if line.level == 1 or (line.number and not heading):
            heading = line.title
        title_heading = bool(re.search(r"时间", heading)) and not re.search("步骤|节点|报送", heading)
        for match in _SPAN.finditer(line.text):
            span = _span(reading, match)
            if span is None:
                continue
            rank += 1
            score = _score(line, match.start(), match.end(), name, title_heading) - min(rank, 6) + (0 if heading else 3)
            if (span[1] - span[0]).days < 2:
                score -= 3
            if score > best[0]:
                best = (score, span[0], span[1])
        for since in _SINCE.finditer(line.text):
            end = _side(reading, since.group("last"), None, last=True)
            rank += 1
            score = _score(line, since.start(), since.end(), name, title_heading) - min(rank, 6)
            if end and score > best[0]:
                best = (score, None, end)
    if best[0] >= 5:
        return best[1], best[2]
    whole = _month_long(reading, lines, name)
    return whole if whole[0] or best[0] <= 0 else (best[1], best[2])


def _score(line: Line, start: int, end: int, name: str | None, title_heading: bool) -> int:
    low = max(line.text.rfind("。", 0, start), line.text.rfind("；", 0, start)) + 1
    high = min((at for at in (line.text.find("。", end), line.text.find("；", end)) if at >= 0), default=len(line.text))
    sentence = line.text[low:high]
    score = 6
    score += 5 if name and name[:4] in sentence else 0
    score += (
        4
        if re.search(
            r"活动时间|时间(?:为|[:：])|行动时间|整治时间|定于|宣传[月周]|活动(?:自|从|于)|决定(?:自|从|于)|在全|组织开展|集中开展",
            sentence,
        )
        else 0
    )
    score += 4 if title_heading else 0
    score += 1 if _PERIOD_WORDS.search(sentence) else -4
    if re.search(
        r"阶段|第[一二三四]步|(?:部署|动员|自查|排查|督查|检查|总结|巩固)(?:阶段|动员|自纠|整改|提升)?[（(]", sentence
    ) and not re.search("三个阶段|四个阶段|分.{0,10}阶段", sentence):
        score -= 8
    if line.level and line.level >= 2:
        score -= 3
    if line.level and re.match(r"^[^，。]{0,16}[（(]", line.title) and end - low < 40 and not title_heading:
        score -= 4
    return score


def _span(reading: Reading, match: re.Match[str]) -> tuple[date, date] | None:
    last_text = match.group("last")
    if not last_text.strip():
        return None
    first_month = re.search(r"([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月", match.group("first"))
    month = number(first_month.group(1)) if first_month else None
    first = _side(reading, match.group("first"), month, last=False)
    last = _side(reading, last_text, month, last=True)
    if first is None or last is None:
        return None
    if last < first and not re.search(r"20\d\d", last_text):
        last = last.replace(year=last.year + 1) if (last.month, last.day) != (2, 29) else last
    return (first, last) if first <= last and (last - first).days < 1500 else None


def _side(reading: Reading, text: str, month: int | None, *, last: bool) -> date | None:
    text = half_width(re.sub(r"\s", "", text))
    year = re.search(r"(20\d\d)年", text)
    named = re.search(r"(?:^|年|[^\d一二三四五六七八九十])(\d{1,2}|[一二三四五六七八九十]{1,3})月", text)
    if named:
        month = number(named.group(1))
    if month is None or not 1 <= month <= 12:
        return None
    word = DateWord(
        0,
        0,
        "day",
        int(year.group(1)) if year else None,
        "次年" if text.startswith("次年") else "明年" if text.startswith("明年") else None,
        month,
    )
    base = reading.year_of(word)
    if base is None:
        return None
    day = re.search(r"(\d{1,2}|[一二三四五六七八九十]{1,3})日", text)
    if day:
        value = number(day.group(1))
        return resolve(base, month, value) if value else None
    end = monthrange(base, month)[1]
    vague = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, end), "初": (1, 10), "底": (end, end), "末": (end, end)}
    for word_, (low, high) in vague.items():
        if word_ in text:
            return date(base, month, high if last else low)
    return date(base, month, end if last else 1)


def _month_long(reading: Reading, lines: list[Line], name: str | None) -> tuple[date | None, date | None]:
    """今年6月是第24个全国“安全生产月”: the whole month."""
    for line in lines[:30]:
        match = re.search(
            r"(?:今年|(20\d\d)\s*年)?\s*(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份)?\s*(?:是|为|是我国|在全|开展|组织开展|定为)[^。；]{0,24}?(?:月|宣传月)[”\"」]?",
            line.text,
        )
        if match and (name is None or name[:3] in match.group(0) or "月" in (name or "")):
            month = number(match.group(2))
            year = int(match.group(1)) if match.group(1) else (reading.year or 0)
            if month and 1 <= month <= 12 and year:
                evidence = line.evidence(match.start(), match.end())
                reading.warn("N204", evidence, month=f"{year}年{month}月")
                return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return None, None
