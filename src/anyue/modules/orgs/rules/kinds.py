"""Kinds of units: which may stand below which, what words and codes say of a kind, which level of a notice a unit is."""

from __future__ import annotations

import re

from gongwen.spec import Level as NoticeLevel

from ..models import ADMINISTRATION, Kind
from . import codes

_K = Kind
_OFFICES = frozenset({_K.DEPARTMENT, _K.INSTITUTION, _K.STATIONED, _K.SCHOOL, _K.ENTERPRISE})
_AREAS_BELOW: dict[Kind, frozenset[Kind]] = {
    _K.NATION: frozenset({_K.PROVINCE, _K.PREFECTURE, _K.ZONE}),
    _K.PROVINCE: frozenset({_K.PREFECTURE, _K.COUNTY, _K.ZONE}),
    # Dongguan has streets and no counties.
    _K.PREFECTURE: frozenset({_K.COUNTY, _K.ZONE, _K.TOWNSHIP}),
    _K.COUNTY: frozenset({_K.ZONE, _K.TOWNSHIP, _K.COMMUNITY}),
    _K.ZONE: frozenset({_K.ZONE, _K.TOWNSHIP, _K.COMMUNITY}),
    _K.TOWNSHIP: frozenset({_K.ZONE, _K.COMMUNITY}),
    _K.COMMUNITY: frozenset(),
}
_BELOW: dict[Kind, frozenset[Kind]] = {kind: areas | _OFFICES for kind, areas in _AREAS_BELOW.items()} | dict.fromkeys(
    _OFFICES, _OFFICES
)


def may_stand_below(kind: Kind, above: Kind | None) -> bool:
    """A unit of ``kind`` may stand right below one of ``above``; None: at the top of the installation, where an area, an office or
    an enterprise may stand.
    """
    return above is None or kind in _BELOW[above]


def kinds_below(above: Kind | None) -> list[Kind]:
    """The kinds that may stand right below one of ``above``, in the order of all kinds."""
    return [kind for kind in Kind if may_stand_below(kind, above)]


def is_area(kind: Kind) -> bool:
    """An area of administration, with a statistical code, and no office, school or enterprise in it."""
    return kind in ADMINISTRATION


def fits_code(kind: Kind, code: str) -> bool:
    """A unit of ``kind`` may bear the 12-digit ``code``. Offices may bear any: it is their own."""
    if not is_area(kind) or kind is _K.NATION:
        return True
    level = codes.level(code)
    if kind is _K.ZONE:
        return level in (codes.Level.PREFECTURE, codes.Level.COUNTY, codes.Level.TOWNSHIP)
    return _BY_LEVEL[level] is kind or (kind is _K.COUNTY and level is codes.Level.PREFECTURE)


_BY_LEVEL = {
    codes.Level.PROVINCE: _K.PROVINCE,
    codes.Level.PREFECTURE: _K.PREFECTURE,
    codes.Level.COUNTY: _K.COUNTY,
    codes.Level.TOWNSHIP: _K.TOWNSHIP,
    codes.Level.COMMUNITY: _K.COMMUNITY,
}

_WORDS: dict[Kind, str] = {
    _K.NATION: "国家 全国 中央",
    _K.PROVINCE: "省 省级 直辖市 自治区 特别行政区 省份",
    _K.PREFECTURE: "地级市 市 市级 地市 地 地区 自治州 州 盟 设区市 设区的市",
    _K.COUNTY: "区 县 区县 县区 区级 县级 县级市 市辖区 自治县 旗 自治旗 林区 县市区",
    _K.ZONE: "开发区 功能区 高新区 经开区 园区 工业园区 新区 经济技术开发区 管委会 开发区园区 产业园区",
    _K.TOWNSHIP: "街道 镇 乡 乡镇 街镇 镇街 街乡镇 乡镇街道 街道办事处 街道乡镇 苏木 民族乡 乡级 街道办 镇级",
    _K.COMMUNITY: "社区 村 居委会 村委会 村居 社区村 村社区 行政村 居民委员会 村民委员会 居 村级 社区居委会",
    _K.DEPARTMENT: "部门 科室 内设机构 内设科室 委办局 局 科 办公室 党政部门 成员单位 职能部门 机关 处室 股室",
    _K.INSTITUTION: "直属事业单位 事业单位 直属单位 直属机构 中心 站所",
    _K.STATIONED: "驻区机构 驻街机构 驻区单位 驻街单位 派驻机构 派出机构 垂管单位 双管单位 驻镇单位 驻地机构 垂直管理",
    _K.SCHOOL: "学校 幼儿园 中小学 小学 中学 高校 大学 教育机构 校",
    _K.ENTERPRISE: "企业 公司 生产经营单位 工厂 商户 个体工商户 经营主体 厂 企事业单位",
}
_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_BY_WORD |= {kind.value: kind for kind in Kind}
_BY_WORD |= {
    "countyordistrict": _K.COUNTY,
    "developmentzone": _K.ZONE,
    "townshiporstreet": _K.TOWNSHIP,
    "communityorvillage": _K.COMMUNITY,
    "institutiondirectlyunder": _K.INSTITUTION,
    "stationedagency": _K.STATIONED,
}


_PARTS = re.compile(r"[（()）/、,，；;\s]+")


def read(written: str) -> Kind | None:
    """The kind that a word in a table means (科室, 街道, enterprise), our own labels among them (乡镇（街道）). None for a word that means
    none, and for several that mean different ones.
    """
    whole = _kind_of(re.sub(r"[\s（()）/、,，·._-]+", "", written).lower())
    if whole is not None:
        return whole
    found = {_kind_of(part.lower()) for part in _PARTS.split(written) if part}
    return found.pop() if len(found) == 1 else None


def _kind_of(word: str) -> Kind | None:
    return _BY_WORD.get(word) or _BY_WORD.get(word.removesuffix("类").removesuffix("单位"))


_ZONE_NAME = re.compile(
    r"开发区|高新区|园区|产业园|工业园|科技园|示范区|管委会|新区$|保税区|合作区|经济区|工业区|基地$"
)
_BY_NAME: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (_K.SCHOOL, r"学校$|小学|中学|幼儿园|大学$|学院$|职业.*校$|党校$"),
        (_K.ENTERPRISE, r"公司|集团$|厂$|商场$|超市$|酒店$|宾馆$|饭店$|加油站$|商店$|餐厅$|企业$|市场$|合作社$"),
        (_K.STATIONED, r"派出所$|税务所$|税务分局$|司法所$|市场监督管理所$|市场监管所$|消防救援[站队]|供电所$|自然资源所$|工商所$"),
        (_K.COMMUNITY, r"社区$|居委会$|村委会$|居民委员会$|村民委员会$|村$|嘎查$"),
        (_K.TOWNSHIP, r"街道$|街道办事处$|街道办$|镇$|镇人民政府$|乡$|乡人民政府$|苏木$"),
        (_K.INSTITUTION, r"中心$|服务站$|工作站$|医院$|卫生院$|图书馆$|文化馆$|博物馆$|体育馆$|研究院$|研究所$|事务所$|大队$|总站$"),
        (_K.DEPARTMENT, r"[科局委办处股部署室组队]$|委员会$|办公室$|工会$|团委$|妇联$|工委$|武装部$"),
        (_K.ZONE, _ZONE_NAME.pattern),
        (_K.COUNTY, r"[区县旗]$"),
    )
)  # fmt: skip


def guess(*, code: str, name: str, uscc: str = "") -> Kind | None:
    """The kind when a table does not say it: from the statistical code, else from the credit code and the name; None if neither tells."""
    if codes.is_code(code):
        if codes.is_functional(code) and (codes.level(code) is codes.Level.COUNTY or _ZONE_NAME.search(name)):
            return _K.ZONE
        return _BY_LEVEL[codes.level(code)]
    named = next((kind for kind, pattern in _BY_NAME if pattern.search(name)), None)
    if named is None and uscc[:1] == "9":
        return _K.ENTERPRISE
    return named


def notice_level(kind: Kind, code: str = "", above: Kind | None = None) -> NoticeLevel:
    """The level of a notice's tasks that speaks to a unit. A zone counts as a county, unless its code or the county above it
    makes it one like a township.
    """
    if kind in (_K.INSTITUTION, _K.STATIONED, _K.DEPARTMENT):
        return "department"
    if kind is not _K.ZONE:
        return _LEVELS[kind]
    if codes.is_code(code):
        return "township" if codes.level(code) is codes.Level.TOWNSHIP else "county"
    return "township" if above in (_K.COUNTY, _K.ZONE, _K.TOWNSHIP) else "county"


_LEVELS: dict[Kind, NoticeLevel] = {
    _K.NATION: "nation",
    _K.PROVINCE: "province",
    _K.PREFECTURE: "prefecture",
    _K.COUNTY: "county",
    _K.TOWNSHIP: "township",
    _K.COMMUNITY: "community",
    _K.SCHOOL: "school",
    _K.ENTERPRISE: "enterprise",
}
