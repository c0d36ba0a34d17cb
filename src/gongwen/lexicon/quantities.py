"""Numbers as people write them into a form: 12, １２, 1,200, 十二, 1.2万, 3场, 约200, 200余, 无, /, 不涉及."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .conversion import POWERS, in_unit
from .measures import measure_at
from .numerals import CHINESE_NUMBER, from_chinese

NOT_APPLICABLE = "n/a"
_NOTHING = re.compile(r"^(?:无|没有|未开展|未组织|零|〇|未发生|无此类?|暂无|暂未开展|未涉及到?0)$")
_NOT_OURS = re.compile(
    r"^(?:/|／|\\|[-—－–―─]{1,4}|不涉及|不适用|无此项(?:工作|业务)?|无关|N/?A|n/?a|未涉及|本单位不涉及|不属于.{0,10}|[*＊]|×|╱)$"
)
_APPROXIMATE = re.compile(
    r"约|大约|近(?=\s*[\d一二三四五六七八九十百])|余|多(?=[万亿]?\s*(?:[场人次条件项个张份户家名处篇]|$))|左右|上下|大概|以上|不少于|至少|不低于|超(?:过)?|逾|[+＋]\s*$|\+(?=\s*[\u4e00-\u9fff])|[?？]|几(?=[十百千万])|(?<=[十百千])几|将近|接近|大致|估计|预计|[≥≤≈＞＜><]"
)
_ODD_LETTER = re.compile(r"(?<![A-Za-z])[lIoO]\d|\d[kKwWlIoO](?![A-Za-z])|(?<![\d.])每\s*[场次个天人户家]\s*\d")
"""A letter typed for a digit or a power (l2, 3k), or a number for each and not for all (每场50人)."""
_VAGUE = re.compile(
    r"若干|较多|很多|许多|多次|多场|数[十百千]|几[十百千个场次人]|待(?:统计|定|报|核)|统计中|未统计|不详|不清楚|详见|见附件|正在|同上|全部|全体|所有|部分|少量|大量|一些|多人|陆续|进行中|已开展|已完成|是$|有$|√|✓|良好|正常"
)
_NUMBER = re.compile(
    rf"(?:(?<![mM])|(?![23](?!\d)))(?P<arabic>[-−]?\d{{1,3}}(?:[,， ]\d{{3}})+(?!\d)(?:\.\d+)?|[-−]?\d+(?:\.\d+)?)\s*(?P<big>[十百千]?万|亿|千|百)?|(?P<chinese>{CHINESE_NUMBER})"
)
_ORDINAL = re.compile(r"[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793](?=[^\u2460-\u249b]*\d)")
"""①3: a number that counts the items, not a part of the number behind it."""
_RANGE = re.compile(r"\d\s*(?:-|—|–|~|～|至|到)\s*\d")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What was read: ``value`` a number, None (blank or unreadable) or ``"n/a"``.

    ``doubt`` is None, or the code of the issue: ``approximate``, ``words``, ``several``, ``range``, ``unit``,
    ``fraction``, ``negative``.
    """

    value: int | float | str | None
    doubt: str | None = None


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The written value without the blank's own brackets, underscores and the blanks around it."""
    text = _ORDINAL.sub("", text)
    text = unicodedata.normalize("NFKC", text).replace("\u200b", "")
    previous = None
    while previous != text:
        previous = text
        text = text.strip(" \t\r\n_﹍:：;；,，。、|│'\"“”")
        if len(text) >= 2 and text[0] in "([【〔《<" and text[-1] in ")]】〕》>":
            text = text[1:-1]
        text = re.sub(r"^[)\]】]+|[(\[【]+$", "", text.strip())
        if text.count("(") > text.count(")") and text.startswith("("):
            text = text[1:]
        if text.count(")") > text.count("(") and text.endswith(")"):
            text = text[:-1]
    return text


def read_quantity(written: str, unit: str | None = None, *, decimal: bool = False) -> Quantity:
    """The number that a person meant. What is approximate or unclear is read where it can be and says so in ``doubt``."""
    text = bare(written)
    if not text:
        return (
            Quantity(NOT_APPLICABLE)
            if re.fullmatch(r"[\s(（]*[/／\-—－–]+[\s)）]*", written or " ") and written.strip()
            else Quantity(None)
        )
    if _NOT_OURS.match(text):
        return Quantity(NOT_APPLICABLE)
    if _NOTHING.match(re.sub(r"[。.!！]|人次$|场次?$|次$", "", text)) or (
        unit and _NOTHING.match(text.removesuffix(unit))
    ):
        return Quantity(0)
    numbers = list(_numbers(text))
    if not numbers:
        return Quantity(None, "words")
    value, match_end, big = numbers[0]
    rest = text[match_end:]
    if _RANGE.search(text):
        return Quantity(in_unit(value, big, rest, unit)[0], "range")
    doubt: str | None = None
    plus = re.fullmatch(r"\s*(\d+)(?:\s*[+＋]\s*(\d+))+\s*(?:=\s*(\d+))?\s*[\u4e00-\u9fff]*", text)
    if plus:
        total = plus.group(3)
        return Quantity(int(total) if total else sum(int(part) for part in re.findall(r"\d+", text)), "several")
    if re.match(r"[,，]\s?\d", rest) or re.search(r"\d[,，]\d{1,2}(?!\d)|\d{4,}[,，]\d", text):
        doubt = "several"  # a comma in an odd place: two numbers, or one mistyped
    elif len(numbers) > 1 and (
        not re.match(r"\s*[\u4e00-\u9fff/]{0,4}\s*[(（,，;；。]", rest) or _has_equal(text, numbers)
    ):
        doubt = "several"
    if _APPROXIMATE.search(text):
        doubt = "approximate"
    elif (_ODD_LETTER.search(text) and not (unit and measure_at(rest))) or (
        _VAGUE.search(rest[:8]) and not measure_at(rest)
    ):
        doubt = doubt or "words"
    value, unit_doubt = in_unit(value, big, rest, unit)
    doubt = doubt or unit_doubt
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, float) and not decimal:
        doubt = doubt or "fraction"
    if value < 0:
        doubt = doubt or "negative"
    return Quantity(value, doubt)


def _has_equal(text: str, numbers: list[tuple[int | float, int, str | None]]) -> bool:
    """Whether a second number stands beside the first in the same measure and is no part of it: 男70人，女50人."""
    (_, first, _), (_, second, _) = numbers[:2]
    measure, between = measure_at(text[first:]), text[first:second]
    return bool(
        measure
        and measure == measure_at(text[second:])
        and re.match(r"\s*[\u4e00-\u9fff]{1,4}\s*[,，、;；]", between)
        and not re.search(r"[其含包括另里中]", between)
    )


def _numbers(text: str) -> list[tuple[int | float, int, str | None]]:
    """Every number of the text: (value, where it ends, the 万 or 亿 behind it, counted in)."""
    found: list[tuple[int | float, int, str | None]] = []
    for match in _NUMBER.finditer(text):
        if match.group("chinese"):
            word = match.group("chinese")
            spelled = from_chinese(word)
            before, after = text[: match.start()], text[match.end() :]
            ends = not after.strip() or bool(measure_at(after)) or bool(re.match(r"[余多几]|左右|以上|上下", after))
            alone = not before.strip("约近共计合大() ") and ends
            if spelled is not None and (alone or (word not in "一二两" and measure_at(after))):
                found.append((spelled, match.end(), None))
            continue
        digits = re.sub(r"[,， ]", "", match.group("arabic")).replace("−", "-")
        number: int | float = float(digits) if "." in digits else int(digits)
        big = match.group("big")
        end = match.end()
        more = re.compile(r"\s*[余多]\s*(万|亿)").match(text, end)
        if big is None and more:
            big, end = more.group(1), more.end()
        value = number * POWERS.get(big or "", 1)
        value = round(value, 6) if isinstance(value, float) else value
        if found and big and found[-1][1] == match.start() and POWERS.get(found[-1][2] or "", 0) > value >= 0:
            value, big = value + found[-1][0], None  # 1万5千: one number in two steps
            found.pop()
        found.append((value, end, big))
    return found
