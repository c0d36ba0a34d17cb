"""What the notice is about: name, edition, theme and period of the campaign, its named days, and the documents it rests on."""

from __future__ import annotations

import re

from ..lexicon.clock import number
from ..lexicon.numerals import half_width
from ..spec import Campaign
from ..structure import Line, close_up
from .period import read_period
from .reading import Reading

_OPEN, _CLOSE = '“"「『‘', '”"」』’'
_QUOTED_CAMPAIGN = re.compile(r"[“\"「]\s*([^”\"」]{2,24}?(?:月|周|日|行动|活动|行|年|攻坚|整治|会战|夜))\s*[”\"」]")
_NAMED_CAMPAIGN = re.compile(
    r"(?:第[0-9一二三四五六七八九十百]+[个届次]|全国|全省|全市|全区|全县|我[省市区县])?((?:[\u4e00-\u9fff]{2,12})?(?:宣传月|宣传周|活动月|活动周|安全月|安全生产月|减灾日|减灾周|消防日|宣传日|大检查|大排查|专项整治|专项行动|攻坚行动|百日攻坚|百日行动|集中整治|整治行动|演练月|竞赛|培训班|专项检查))"
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
    start, end = read_period(reading, lines, name)
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
    for where in (close_up(title or ""), close_up(text[:600])):
        quoted = _QUOTED_CAMPAIGN.search(where)
        if quoted:
            after = re.match(r"(?:全国)?(消防宣传[月周]|宣传[月周]|[\u4e00-\u9fff]{0,4}宣传月)", where[quoted.end() :])
            return close_up(quoted.group(1)) if not after else close_up(quoted.group(1)) + after.group(1)
        if where:
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
