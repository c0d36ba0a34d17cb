"""The upstream documents that the notice rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon.bodies import is_body
from ..lexicon.numerals import half_width_keep
from ..spec import Reference
from ..structure import Line, close_up
from .document_number import DOC_NO, join_number
from .reading import Reading, sentences

_RESTS_ON = re.compile(r"根据|按照|依据|遵照|依照|转发|现将|落实|贯彻")
_BOOK = re.compile(r"《((?:[^《》]|《[^《》]*》|〈[^〈〉]*〉)+)》")
_ONLY_ISSUER = re.compile(
    r"(?:根据|按照|依据|遵照)(?:了)?(?P<who>{body})(?:的)?(?:[“\"]?[^，。；“”\"]{0,12}[”\"]?)?(?:统一)?(?:工作)?(?:安排|部署|要求|通知|精神|意见|决策)".replace(
        "{body}",
        r"[^，。；《》“”]{2,30}?(?:办公室|安委办|安委会|委员会|减灾办|应急办|局|厅|部|党委|政府|管委会|[市区县省街镇]委|办|公司|集团)",
    )
)


def read_references(reading: Reading) -> list[Reference]:
    """The documents named in the opening as what the notice rests on; elsewhere those behind 根据, 按照 …"""
    found: list[Reference] = []
    opening = True
    for line in reading.body.items[reading.header_end :]:
        if not isinstance(line, Line) or not line.text.strip():
            continue
        if line.number and line.level == 1:
            opening = False
        for low, high in sentences(line.text):
            found.extend(_books(line, low, high, opening))
            if opening and not _BOOK.search(line.text[low:high]):
                found.extend(_issuers(line, low, high))
    seen: set[tuple[str | None, str | None]] = set()
    unique = []
    for reference in found:
        key = (reference.title, reference.issuer if reference.title is None else None)
        if key not in seen:
            seen.add(key)
            unique.append(reference)
    return unique


def _books(line: Line, low: int, high: int, opening: bool) -> Iterator[Reference]:
    text = line.text
    rests_until = -1
    for match in _BOOK.finditer(text, low, high):
        before = text[max(low, match.start() - 40) : match.start()]
        trigger = re.search(
            r"(?:根据|按照|依据|遵照|依照|转发|现将|现就)[^，。；]*$"
            if not opening
            else r"(?:根据|按照|依据|遵照|依照|转发|现将|落实|贯彻|执行|经)[^。；]*$",
            before,
        )
        chained = rests_until >= 0 and bool(
            re.fullmatch(
                r"[\s、，和及与以等]*(?:[（(][^（()）]*[）)])?[\s、，和及与以等]*[^，。；《》]{0,24}",
                text[rests_until : match.start()],
            )
        )
        if not trigger and not chained:
            continue
        rests_until = match.end()
        after = half_width_keep(text[match.end() : match.end() + 60])
        behind = re.match(
            rf"\s*[（(]\s*(?:[^（()）〔\[]*?以下简称[^（()）]*|{DOC_NO.pattern}[^（()）]*)\s*[）)]", after
        )
        numbered = DOC_NO.search(behind.group(0)) if behind else None
        title = close_up(match.group(1))
        inside = re.search(r"^(?P<who>.{2,50}?)关于", re.sub(r"\s+", " ", match.group(1)).strip())
        issuer = None
        if inside and is_body(inside.group("who").strip().split(" ")[-1]):
            issuer = ";".join(part for part in inside.group("who").split(" ") if part)
        else:
            named = re.search(
                r"(?:根据|按照|依据|转发|贯彻|落实|和|、|及|，)?\s*([^，。；《》、\s]{2,30}?)(?:印发的|发布的|下发的|关于)?$",
                text[low : match.start()],
            )
            candidate = (
                re.sub(r"^.*(?:根据|按照|依据|遵照|转发|贯彻|落实|执行|现将|[）)》]|[和及与])", "", named.group(1))
                if named
                else ""
            )
            if candidate and is_body(candidate):
                issuer = candidate
        end = match.end() + (behind.end() if behind else 0)
        number_ = join_number(numbered) if numbered else None
        yield Reference(title, number_ or None, issuer, line.evidence(match.start(), end))


def _issuers(line: Line, low: int, high: int) -> Iterator[Reference]:
    for match in _ONLY_ISSUER.finditer(line.text, low, high):
        who = match.group("who")
        if not re.search(r"^(?:职责|实际|本|各|分工)", who):
            yield Reference(None, None, close_up(who), line.evidence(match.start(), match.end()))
