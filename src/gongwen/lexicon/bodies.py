"""Who acts: bodies, levels of administration and the words by which notices name them."""

from __future__ import annotations

import re

from ..spec import LEVELS

# Order matters only within the list of a level; a word counts where it stands in the subject of a sentence.
_LEVEL_WORDS: dict[str, str] = {
    "nation": r"国家层?级?|国务院|中央|全国层面|部级",
    "province": r"省级|省直|省(?:安委|应急|厅|政府|有关|各)|自治区(?:级|直|层)|省层面",
    "prefecture": r"市级|市直|地市|(?:各|设区的?)市(?!场|民|政|容)|州级|各(?:市、)?州|盟市|市层面",
    "county": r"区级|县级|区县|县区|[市县]、区|县[（(]市|区[（(]县|各县|各区(?!域)|区直|县直|旗县|开发区|高新区|经开区|管委会|区安委|县安委|区应急|县应急",
    "township": r"街道|乡镇|街镇|镇街|各镇|各乡|镇(?:政府|人民政府|级)|乡(?:政府|级)|[四五六七八九十两]街|镇、|办事处|园区",
    "community": r"社区|居委会|村委会|居\（?村|村（?居|村居|各村|村\“两委\”|村“两委”|行政村|村级|网格|居民小区|物业",
    "department": r"部门|科室|成员单位|直属(?:事业)?单位|事业单位|机关|委办局|局(?!部|面|限)|大队|支队|站所|专班|驻区机构|有关单位|相关单位|派出所|卫生院|中心(?!校|小学|城区)|办公室|委员会|处室|各股|银行|民政|医院|医疗机构|养老机构",
    "enterprise": r"企业|公司|生产经营单位|厂矿|厂区|用人单位|经营主体|商户|商场|施工单位|建设单位|监理单位|工地|矿山|加油站|项目部|运输单位|供气|供电单位|经营者|业主单位",
    "school": r"学校|各校|中小学|幼儿园|高校|中心校|学院|院系|班主任",
    "household": r"家庭|居民(?!委|小区)|住户|户主|家长|村民|群众",
}
_LEVEL_RE = {level: re.compile(words) for level, words in _LEVEL_WORDS.items()}
BODY_END = r"(?:办公室|委员会|人民政府|政府|管委会|办事处|居委会|村委会|安委办|安委会|减灾办|应急办|消安办|防火办|指挥部|领导小组|工作组|专班|工作专班|局|厅|部|委|办|院|司|处|科|股|室|组|队|站|所|会|中心|公司|集团|街道|社区|镇|乡|村|学校|中学|小学|幼儿园|大学|学院|校|企业|工厂|医院|银行|支队|大队|总队|署|部门|单位|专班|机构|馆|园|协会|学会|社|厂|项目部|党委|党组|党工委|工会|团委|妇联)"
_BODY = re.compile(BODY_END + r"(?:[（(][^（()）]{1,20}[)）])?$")


def levels_of(words: str) -> list[str]:
    """The levels named in words such as 街道、部门层面 or 各社区, in the contract's order."""
    return [level for level in LEVELS if _LEVEL_RE.get(level) and _LEVEL_RE[level].search(words)]


def is_body(words: str) -> bool:
    """Whether words name an office, unit or other body by their last word."""
    return bool(_BODY.search(words.strip()))


_RANK = {
    "省": 1,
    "自治区": 1,
    "市": 2,
    "州": 2,
    "盟": 2,
    "地区": 2,
    "县": 3,
    "区": 3,
    "旗": 3,
    "乡": 4,
    "镇": 4,
    "街道": 4,
    "苏木": 4,
    "村": 5,
    "社区": 5,
}
_AREA = "自治区|地区|街道|苏木|社区|省|市|州|盟|县|区|旗|乡|镇|村"
_BARE = re.compile(rf"^(?:{_AREA})(?:人民政府|政府|办事处|管委会|管理委员会|党工委|居委会|村委会)?$")
_GROUP = re.compile(rf"^各(?:有关|直属)?({_AREA})$")
_LED = re.compile(rf"^({_AREA})[^、]*(?:局|委|办|厅|会|政府|办公室|公司|院|队)$")


def split_bodies(words: str) -> list[str]:
    """Addressees split at ，； and at 、 where each part stands alone as a body (各科室、各社区 are two; 各市、州卫生局 one)."""
    found: list[str] = []
    for chunk in _outside_brackets(words, "，,；;\n\t"):
        parts: list[str] = []
        for part in _outside_brackets(chunk, "、"):
            if parts and not _stands_alone(parts[-1], part):
                parts[-1] = f"{parts[-1]}、{part}"
            else:
                parts.append(part)
        found.extend(parts)
    return [part for part in (part.strip(" \u3000：:。") for part in found) if part]


def _stands_alone(before: str, part: str) -> bool:
    if _BARE.match(part):
        return False
    group, led = _GROUP.match(before), _LED.match(part)
    if group and led and _RANK[group.group(1)] == _RANK[led.group(1)]:
        return False
    return not (re.match(r"^(?:和|及|以及|与)", part))


def _outside_brackets(text: str, separators: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth = max(0, depth - 1)
        elif char in separators and not depth:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
