"""A deadline told apart from every other date: events, laws, accidents, validity, figures as of a day."""

from __future__ import annotations

import re

from ..lexicon.clock import DateWord
from ..structure import Line
from .duties import ACT, SEND, SENDS
from .reading import Reading

# A bounded date that only describes: buildings put into use before …, figures as of …
_DESCRIBES = re.compile(
    r"^\s*(?:已|曾|投入使用|建成|建设的|竣工|出生|取得|设立的|成立的|开业|登记注册|生产的|购买|颁发|发生的|批准的|签订的|核发|制造)|^[^，。；]{0,12}的(?:企业|单位|建筑|住宅|房屋|产品|人员|事故|项目|车辆)(?!名单|清单|信息|情况)"
)
_PAST = re.compile(r"(?:去年|上年|前年|此前|曾于|自|从)\s*$")
_STATES = re.compile(
    r"^\s*(?:起|开始|以来|通过|修[正订]|公布|印发|施行|实施|发布|生效|召开的|发生|下发的|印发的|受|，(?:全[国省市区县]|我[省市区县]|某|外省))"
)
_CLOSING = re.compile(
    r"(?:截[至止](?:时间|日期)?(?:为|到|于|是|[:：])?|最迟(?:于|在|不晚于|不得晚于|不超过)?|不晚于|不迟于|不得[迟晚]于"
    r"|时限(?:为|是|[:：])?|期限(?:为|是|至|[:：])?|截稿(?:时间|日期)?(?:为|[:：])?|报名时间[^，。]{0,8}"
    r"|(?:报送|上报|反馈|提交|填报|完成|报名|申报)(?:时间|时限|期限|日期)\s*(?:为|是|[:：]))\s*$"
)
SPAN_END = re.compile(r"(?:日|月|底|旬|起|[（(]|时间|：)\s*(?:起|开始)?\s*(?:至|到|—+|－|-+|–|~|～|―)\s*$")
_SUBMISSION_SPAN = re.compile(
    r"(?:报名|报送|申报|征集|提交|投稿|填报|上报|反馈)(?:时间|日期|期限|截止时间)?\s*(?:为|是|[:：])?\s*[^，。；]{0,24}(?:至|到|—|－|-|~|～)\s*$"
)
_FIGURES = re.compile(r"\s*[，,]?\s*(?:全|我|已|共|累计|的)")


def is_deadline(
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
    if SPAN_END.search(before) and re.match(rf"\s*[，,]?\s*(?:期间)?(?:集中|统一)?(?:{SEND})", after):
        return not strict
    if (
        SPAN_END.search(before)
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


def is_duty(line: Line, word: DateWord, low: int, high: int, *, strict: bool) -> bool:
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
