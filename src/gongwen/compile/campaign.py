"""What the notice is about: name, edition, theme and period of the campaign, its named days, and the documents it rests on."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from ..lexicon.bodies import is_body
from ..lexicon.dates import DateWord, find_dates, number, resolve
from ..lexicon.numerals import half_width
from ..spec import Campaign, Heading, KeyDate, Reference
from ..structure import Line, close_up
from .header import DOC_NO, half_width_keep, join_number
from .reading import Reading, sentences

_OPEN, _CLOSE = '“"「『‘', '”"」』’'
_QUOTED_CAMPAIGN = re.compile(r"[“\"「]\s*([^”\"」]{2,24}?(?:月|周|日|行动|活动|行|年|攻坚|整治|会战|夜))\s*[”\"」]")
_NAMED_CAMPAIGN = re.compile(
    r"(?:第[0-9一二三四五六七八九十百]+[个届次]|全国|全省|全市|全区|全县|我[省市区县])?((?:[\u4e00-\u9fff]{2,12})?(?:宣传月|宣传周|活动月|活动周|安全月|安全生产月|减灾日|减灾周|消防日|宣传日|大检查|大排查|专项整治|专项行动|攻坚行动|百日攻坚|百日行动|集中整治|整治行动|演练月|竞赛|培训班|专项检查|检查|工作))"
)
_THEMES = (
    re.compile(r"主\s*题[^。；“”\"]{0,12}?(?:是|为|[:：])\s*[“\"「]([^”\"」]{4,80})[”\"」]"),
    re.compile(r"以\s*[“\"「]([^”\"」]{4,80})[”\"」]\s*为(?:活动|宣传)?主题"),
    re.compile(r"(?:围绕|紧扣|聚焦)[^。；“”\"]{0,10}[“\"「]([^”\"」]{4,80})[”\"」][^。；，]{0,6}主题"),
    re.compile(r"主\s*题\s*[“\"「]([^”\"」]{4,80})[”\"」]"),
    re.compile(r"[“\"「]([^”\"」]{4,80})[”\"」]\s*(?:的|这一)?(?:活动|宣传)?主题"),
    re.compile(r"主\s*题(?:是|为|[:：])\s*([^“”\"。；，\s][^“”\"。；\n]{3,60})"),
)


def read_campaign(reading: Reading, title: str | None) -> Campaign:
    """The campaign; sets ``reading.campaign``."""
    lines = [line for line in reading.body.lines() if line.text.strip()]
    text = "\n".join(line.text for line in lines)
    for part in reading.parts[1:]:
        if sum(len(line.text) for line in part.lines()) > 400:
            text += "\n" + "\n".join(line.text for line in part.lines())
    name = _name(title, text)
    start, end = _period(reading, lines, name)
    reading.campaign = Campaign(
        name,
        reading.year,
        _edition(text, name),
        _theme(lines, text),
        start.isoformat() if start else None,
        end.isoformat() if end else None,
    )
    return reading.campaign


def _name(title: str | None, text: str) -> str | None:
    for where in (title or "", text[:600]):
        where = close_up(where)
        quoted = _QUOTED_CAMPAIGN.search(where)
        if quoted:
            after = re.match(r"(?:全国)?(消防宣传[月周]|宣传[月周]|[\u4e00-\u9fff]{0,4}宣传月)", where[quoted.end() :])
            return close_up(quoted.group(1)) if not after else close_up(quoted.group(1)) + after.group(1)
        if where is not text:
            named = re.search(
                r"(?:开展|组织|举办|做好|参加|深化|加强|推进|印发)(?:好)?(?:20\d\d年)?(?:度)?(?:第[0-9一二三四五六七八九十]+[个届])?(?:全[国省市区县镇]|我[省市区县])?([\u4e00-\u9fff（）]{2,24}?(?:月|周|日|行动|大检查|大排查|整治|攻坚|竞赛|活动|演练))(?:活动|工作|有关工作|的)",
                where,
            )
            if named:
                return named.group(1)
    named = _NAMED_CAMPAIGN.search(title or "")
    return named.group(1) if named and len(named.group(1)) > 3 else None


def _edition(text: str, name: str | None) -> int | None:
    for match in re.finditer(
        r"第\s*([0-9０-９]{1,3}|[一二三四五六七八九十百]{1,5})\s*[个届次]\s*(?:全国|世界|全省|全市|全区|国家|国际)?\s*[“\"「]?([^，。；”\"]{0,16})",
        text,
    ):
        if re.search("月|周|日|年", match.group(2)) or (name and name[:3] in match.group(2)):
            return number(half_width(match.group(1)))
    return None


def _theme(lines: list[Line], text: str) -> str | None:
    for pattern in _THEMES[:4]:
        match = pattern.search(text)
        if match:
            return _strip_quotes(match.group(1))
    for place, line in enumerate(lines):  # 一、活动主题 / and the theme on the line below, or behind a colon
        heading = re.sub(r"^第[一二三四五六七八九十]+(?:部分|章)\s*", "", line.title).rstrip("：:。 ")
        if re.fullmatch(r"(?:活动|宣传|年度|本次活动|今年)?\s*主题", heading) and place + 1 < len(lines):
            below = lines[place + 1]
            if not below.number and len(below.text) <= 80:
                return _strip_quotes(below.text.strip().rstrip("。"))
        match = re.match(r"(?:活动|宣传)?\s*主题\s*[:：]\s*(.{4,60})$", line.title)
        if match:
            return _strip_quotes(match.group(1).rstrip("。；"))
        match = re.match(r"(?:活动|宣传)主题[。\s]\s*(.{4,60}?)[。]?$", line.title)
        if match:
            return _strip_quotes(match.group(1))
    for pattern in _THEMES[4:]:
        match = pattern.search(text)
        if match:
            return _strip_quotes(match.group(1))
    return None


def _strip_quotes(text: str) -> str:
    text = close_up(text.replace("\n", ""))
    inner = re.match(r"^[“\"「](.*)[”\"」]", text)
    return inner.group(1) if inner else text.strip('“”"')


_SPAN = re.compile(
    r"(?P<lead>(?:自|从|定于|于|时间为|时间[:：]|为期|在)?\s*)(?P<first>(?:(?:20\d\d|今|明|本)\s*年\s*)?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月(?:\s*份)?(?:\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*日|上旬|中旬|下旬|初|底)?)"
    r"\s*(?:[（(][^（()）]{1,8}[）)])?\s*(?:起|开始|启动)?[,，]?\s*(?:至|到|—+|－+|-+|–|~+|～|―)\s*(?P<last>(?:(?:20\d\d|次|明|当|今)\s*年\s*)?(?:(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月(?:\s*份)?)?\s*(?:(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*日|月?底|上旬|中旬|下旬|末)?)"
)
_SINCE = re.compile(
    r"(?:即日起|自即日起|即日)\s*(?:开始)?[,，]?\s*(?:至|到|—|-|～)\s*(?P<last>(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*(?:\d{1,2}\s*日|底|末)?)"
)
_PERIOD_WORDS = re.compile(r"假期|活动|行动|整治|宣传[月周]|大检查|大排查|攻坚|时间|期间|开展|集中|检查|会战")


def _period(reading: Reading, lines: list[Line], name: str | None) -> tuple[date | None, date | None]:
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


# -- key dates

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
    return list(found.values())


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


# -- references

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
                re.sub(r"^.*(?:根据|按照|依据|遵照|转发|贯彻|落实|执行|现将)", "", named.group(1)) if named else ""
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


# -- outline


def read_outline(reading: Reading) -> list[Heading]:
    """Headings of the body by their numbers; of the attachments in prose where the body has none (a plan that is issued)."""
    lines = [item for item in reading.body.items[reading.header_end :] if isinstance(item, Line)]
    stop = reading.signature_start - reading.header_end if reading.signature_start > reading.header_end else None
    headings = list(_headings(lines[:stop] if stop else lines))
    if not headings:
        for part in reading.parts[1:]:
            own = list(part.lines())
            if sum(len(line.text) for line in own) > 300:
                headings.extend(_headings(own))
    return _tree(headings)


_LIST_HEAD = re.compile(r"^\s*附\s*件?\s*[:：]")


def _headings(lines: list[Line]) -> Iterator[Heading]:
    in_list = False
    for line in lines:
        text = line.text.strip()
        if _LIST_HEAD.match(text):
            in_list = True
            continue
        if in_list and line.level == 3 and len(text) < 60:
            continue
        if text and not line.number:
            in_list = False
        chapter = re.match(r"^(第[一二三四五六七八九十]{1,3}(?:部分|章|节))[\s\u3000：:]*([^。；，]{2,30})$", text)
        if chapter:
            yield Heading(chapter.group(1), 1, close_up(chapter.group(2)), [])
            continue
        boxed = re.fullmatch(r"【([^【】]{2,20})】", text)
        if boxed:
            yield Heading("", 1, boxed.group(1), [])
        if not line.number or not line.level or not line.title:
            continue
        title = re.split(r"。|(?<=[^\d])：(?=.{25,})", line.title, maxsplit=1)[0].rstrip("；;：:，, ")
        yield Heading(line.number, line.level, close_up(title), [])


def _tree(flat: list[Heading]) -> list[Heading]:
    roots: list[Heading] = []
    stack: list[Heading] = []
    for heading in flat:
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        (stack[-1].children if stack else roots).append(heading)
        stack.append(heading)
    return roots
