"""Named days and the days of events."""

from __future__ import annotations

import re

from ..lexicon.clock import DateWord
from ..lexicon.dates import find_dates
from ..spec import KeyDate
from ..structure import Line, close_up
from .reading import Reading

_NAMED_DAY = re.compile(
    r"(?:第[0-9一二三四五六七八九十]+个)?(?:全国|世界|国际|我国|国家)?[“\"「]?([^“”\"「」，。；：、\s是为]{2,20}?(?:日|周))[”\"」]?(?=$|[，。；、）)活主当宣（(]|现场)"
)
_DAY_VERB = re.compile(
    r"举行|举办|召开|启动|开展|组织|集中|开幕|演练|宣传|咨询|会议|培训|观摩|播出|播放|开班|考试|竞赛|比赛"
)


def read_key_dates(reading: Reading) -> list[KeyDate]:
    """Named days and days of events in the body; what is a deadline is none."""
    found: dict[tuple[str, str], KeyDate] = {}
    lines = list(reading.body.lines())
    for line in lines:
        text = line.text
        for word in find_dates(text):
            if word.kind != "day" or len(word.days) != 1 or not line.text.strip():
                continue
            evidence = line.evidence(word.start, word.end)
            if (evidence.source, evidence.block, evidence.start) in reading.deadline_words or word.bound:
                continue
            days = reading.days_of(word)
            if not days or (reading.issued and days[0] < reading.issued) or _in_span(text, word):
                continue
            low, high = _around(text, word.start)
            name = _day_name(text, word, low, high, line)
            if name:
                start, end = low, high
                span = line.evidence(start, end)
                key = (days[0].isoformat(), name)
                if not any(date_ == key[0] and (name in other or other in name) for date_, other in found):
                    found[key] = KeyDate(key[0], name, span)
    named = {date_ for date_, name in found if re.search("[日周]$", name)}
    return [one for (date_, name), one in found.items() if date_ not in named or re.search("[日周]$", name)]


def _in_span(text: str, word: DateWord) -> bool:
    after, before = text[word.end :], text[: word.start]
    return (
        bool(
            re.match(
                r"\s*(?:起|开始)?[,，]?\s*(?:至|到|—|－|-|–|~|～)\s*(?:\d|20|次|[一二三四五六七八九十]|全部|结束|活动结束)",
                after,
            )
        )
        or bool(re.search(r"[日月底旬起](?:\s*起)?[,，]?\s*(?:至|到|—|－|-|–|~|～)\s*$", before))
        or bool(re.match(r"\s*(?:起|以来|通过|修[正订]|公布|发布|印发|施行|实施|前后)", after))
    )


def _around(text: str, at: int) -> tuple[int, int]:
    low = max(text.rfind(mark, 0, at) for mark in "。；;，！") + 1
    high = min((place for place in (text.find(mark, at) for mark in "。；;，！") if place >= 0), default=len(text))
    return low, high


def _day_name(text: str, word: DateWord, low: int, high: int, line: Line) -> str | None:
    clause = text[low:high]
    after = text[word.end : high]
    named = re.match(
        r"\s*[（(）)]?\s*(?:当[天日])?\s*(?:定|设|确定|作|是|为|系)?(?:为|是)?\s*(?:我国)?(.{0,30})", after
    )
    quoted = re.search(r"[“\"「]([^”\"」]{2,24})[”\"」]", after) or re.search(
        r"[“\"「]([^”\"」]{2,24}[日周])[”\"」](?:\s*[（(]|，)?\s*$", text[low : word.start]
    )
    if quoted and re.search(r"[日周]$", quoted.group(1)):
        return quoted.group(1)
    if named:
        match = re.search(
            r"((?:第[0-9一二三四五六七八九十]+个)?(?:全国|世界|国际)?[\u4e00-\u9fff0-9·]{2,16}?[日周])(?=活动|主场|$|[，。；）)主现])",
            named.group(1),
        )
        if match and re.match(r"^\s*(?:当[天日])?(?:定|设|是|为|系)", after):
            return re.sub(r"^(?:定|设|确定|作|是|为|系|我国)+", "", match.group(1))
    bare = re.search(r"(?:^|[，。；、：])([\u4e00-\u9fff“”]{2,12})(?:时间)?[:：]?\s*$", text[: word.start])
    if (
        bare
        and re.match(r"\s*(?:$|[，。；（(])", after)
        and re.search(r"赛|会|仪式|式$|活动|演练|日$|考试|开幕|闭幕|颁奖|培训|启动", bare.group(1))
    ):
        return bare.group(1)
    before = re.search(r"([\u4e00-\u9fff]{2,12}[日周])[”\"」]?\s*[（(]\s*$", text[: word.start])
    if before:
        return before.group(1)
    sentence_end = text.find("。", word.end)
    sentence = text[word.end : sentence_end if sentence_end >= 0 else len(text)]
    if _DAY_VERB.search(sentence[:40]) or _DAY_VERB.search(clause):
        if (
            line.level
            and line.level >= 2
            and "。" in line.title
            and len(line.title.split("。")[0]) <= 20
            and word.start > line.body
        ):
            return close_up(line.title.split("。")[0])
        rest = close_up(re.sub(r"^[（(）)\s，,]*(?:上午|下午|当天|当日)?", "", sentence)).split("，")[0]
        rest = re.sub(r"^(?:在|于)[^，]{2,20}?(?=举行|举办|召开|开展)", "", rest)
        return rest[:24] or None
    return None
