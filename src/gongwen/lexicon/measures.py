"""Measure words that follow a number in statistics forms, and what kind of number each takes."""

from __future__ import annotations

import re

# One character, with the characters that make it another word when they follow (场所 is no 场).
_SINGLE = {
    "场": "所地馆景内面", "人": "员民口数均才工行为力物名大家事", "次": "日月年数序要", "条": "例件款目文", "件": "事的", "项": "目链", "个": "人体别性",
    "张": "贴", "份": "额量", "户": "外籍主", "家": "庭长属用", "处": "理置罚室长于", "名": "称单字额词义录", "篇": "章", "部": "门分位署队", "块": "状",
    "册": "子", "期": "间限望", "天": "然气津", "元": "素旦", "米": "粉", "亩": "", "吨": "位", "台": "账风", "套": "餐", "辆": "", "艘": "", "架": "构空",
    "具": "体备有", "只": "有要", "支": "持队出撑部", "把": "握", "口": "头号", "座": "谈位", "栋": "", "幢": "", "间": "隔接", "所": "属有在需", "幅": "度",
    "面": "积向对临板", "版": "本面块", "本": "级单地次月年辖校区部系街", "起": "来到因点", "宗": "旨", "例": "如会", "批": "准复示评", "班": "子组", "轮": "流换",
    "枚": "", "瓶": "装", "桶": "", "箱": "", "袋": "", "盒": "", "双": "重方", "顶": "层", "盏": "", "根": "据本", "棵": "", "株": "", "组": "织长成建",
    "类": "型别", "种": "类", "岁": "", "度": "", "节": "日点", "页": "码", "集": "中体", "字": "数", "孔": "", "站": "点所", "点": "位击", "层": "级面",
    "副": "", "封": "闭", "则": "", "首": "次", "句": "", "枝": "", "匹": "", "头": "部", "羽": "", "公里": "", "刻": "", "门": "店类", "床": "位", "位": "置于",
    "秒": "", "周": "边围", "年": "度初底", "课": "程堂", "站点": "", "款": "项", "条线": "",
}  # fmt: skip
_LONG = (
    "人次 场次 场/次 场(次) 场（次） 次/场 人/次 人（次） 人(次) 家次 家/次 家（次） 户次 件次 条次 辆次 台次 班次 批次 车次 课次 人天 人日 课时 学时 小时 分钟 "
    "平方米 平方公里 立方米 公里 千米 公顷 公斤 千克 千瓦 千瓦时 吨位 ㎡ m² m2 km kg 毫米 厘米 万人次 元/人 个/处 处/个 项/条 条/项 个（处） 家（个） 项（条） 名/人 户/家 "
    "点位 个次 人份 频次 期次 站次 点次 个小时 台套 台/套 台（套） 套/台 人/户 户（家） 家/户 单位 美元 个月 个工作日 工时 人时 ‰ % ％ 座次 幅（块） 张/份 份/张 册/份 份（册） 册（份） 篇次 篇（条） 条（篇） 部/条 条/部 件/部 部（条）"
).split()
_BIG = "(?:[十百千]?万|亿|[百千])?"
_WORD = re.compile(
    _BIG + "(?:" + "|".join(sorted((re.escape(word) for word in _LONG), key=len, reverse=True)) + ")"
    + "|" + _BIG + "(?:" + "|".join(f"{char}" + (f"(?![{block}])" if block else "") for char, block in sorted(_SINGLE.items(), key=lambda pair: -len(pair[0]))) + ")"
    + "|[十百千]?万(?![\u4e00-\u9fff])|亿(?![\u4e00-\u9fff])"
)  # fmt: skip
_DECIMAL = re.compile(
    r"元|[万亿]|%|％|‰|小时|分钟|课?工时|平方|立方|㎡|m[²2]?$|米|公里|千米|km|亩|公顷|吨|公斤|千克|kg|千瓦|度$"
)
_WHOLE = re.compile(r"课时|学时|人次|^人$")
_NOT_SUMMED = re.compile(r"%|％|‰")


def measure_at(text: str, at: int = 0) -> str | None:
    """The measure word that stands at a place (blanks before it skipped), None where there is none."""
    skipped = re.compile(r"[\s\u3000]*").match(text, at)
    match = _WORD.match(text, skipped.end() if skipped else at)
    return match.group(0).replace("％", "%") if match else None


def is_measure(text: str) -> bool:
    """Whether the text is a measure word and nothing else."""
    return bool(_WORD.fullmatch(text.strip()))


def bracketed(text: str) -> tuple[str | None, str]:
    """The measure that a label names, in brackets or behind a stroke or comma at its end, and the label without it.

    示范田面积（亩） → 亩; 演练/场 → 场; 维修支出，万元 → 万元; （单位：万元） → 万元.
    """
    text = text.strip()
    match = re.search(
        r"[（(\[【]\s*(?:单位\s*[:：]\s*|计量单位\s*[:：]\s*)?(?P<unit>[^（()）\[\]【】]{1,8}?)\s*[)）\]】]", text
    )
    while match:
        unit = match.group("unit").strip()
        if is_measure(unit) or _WORD.fullmatch(unit.replace("/", "")):
            return unit.replace("％", "%"), (text[: match.start()] + text[match.end() :]).strip()
        match = re.compile(r"[（(\[【]\s*(?:单位\s*[:：]\s*)?(?P<unit>[^（()）\[\]【】]{1,8}?)\s*[)）\]】]").search(
            text, match.end()
        )
    tail = re.search(r"(?:[/／，,|]|\s{1,}|单位\s*[:：])\s*(?P<unit>[\u4e00-\u9fff%％/㎡]{1,5})$", text)
    if tail and is_measure(tail.group("unit")) and len(text[: tail.start()].strip()) > 1:
        return tail.group("unit").replace("％", "%"), text[: tail.start()].rstrip("，, /")
    return None, text


def is_decimal(unit: str | None) -> bool:
    """Whether a number of this unit may have decimals."""
    if not unit or (_WHOLE.search(unit) and not re.search("[万亿]", unit)):
        return False
    return bool(_DECIMAL.search(unit))


def is_summed(unit: str | None, label: str) -> bool:
    """Whether numbers of several units add up: shares, rates and averages do not."""
    return not (unit and _NOT_SUMMED.search(unit)) and not re.search(
        r"率$|率[（(]|占比|比例|平均|人均|均值|同比|环比|百分比|排名", label
    )
