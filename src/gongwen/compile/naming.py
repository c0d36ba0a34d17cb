"""What a blank asks for: its label, subject, unit, type and how it is summed."""

from __future__ import annotations

import re

from ..lexicon.measures import bracketed, is_decimal, is_measure, is_summed, measure_at
from ..spec import Aggregate, FieldType
from ..structure import close_up
from .blanks import Blank

_VERBS = re.compile(
    r"^(?:(?:共|累计|共计|已|均|各级?|全[省市区县]|本(?:单位|地区?|系统|辖区|行业|领域|级|校)[、和及]?|其中(?:包括)?[：:]?|以及|并|同时|积极|认真|广泛|大力|企业|联合|督促企业结合自身实际|聚焦重点行业领域)[，,、]?\s*)*"
    r"(?:(?:组织开展|组织实施|组织观看|组织参加|组织举办|制作推送|制作推出|制作转发|制作发放|开展|组织|举办|召开|制作|推送|发布|发放|参加|参与|观看|举行|设立|设置|建立|形成|梳理|宣传报道|播放|张贴|悬挂|印发|印制|安装|更换|维修|签订|排查|查找|发现|检查|走访|培训|创作|推出|发动|采取)(?:了)?)?\s*"
    r"(?:本(?:单位|系统|地区?|辖区|行业|领域)[、和及]?\s*)*"
)
_PEOPLE = re.compile(
    r"^(?:参与|参加|参训|参演|参学|受众|覆盖|惠及|受教育|听课|观看|参赛|吸引|累计参与|共有|共|接待|组织|受益|其中)?(?:人数|人员|人次|群众|职工|学生|师生|员工|居民|干部|党员|家长|企业|市民)?(?:约|共|达|达到|共计)?$"
)
_PHONE = re.compile(r"电\s*话|手\s*机|座\s*机|传\s*真|联系方式|号码$")
_EMAIL = re.compile(r"邮\s*箱|[Ee]-?mail|电子邮件|邮件地址")
_DATE = re.compile(r"日\s*期|时\s*间|时限|期\s*限|年\s*月|年月日|截止日|到期|有效期|出生")
_PERSON = re.compile(
    r"姓\s*名|联系人|联络员|联络人|负责人|填[表报]人|制\s*表|审\s*[核签批]|经办人|报送人|签\s*[字名]|责任人|组\s*长|校\s*长|院\s*长|站\s*长|主\s*任|主管领导|分管领导|领导$|法人|代表人?$|参会人|检查人员?|记录人|承诺人|监护人|户主|申请人|报名人|参赛人|讲师|带队人?|汇总人|统计人|专家姓名|陪同人员|法定代表人|收款人|科长|局长|书记|复核人?|校对人?|统计员|信息员|安全员|网格员$|经营者|核查人|督查人|整改人|验收人|报告人|举报人|审查人|证人"
)
_UNIT = re.compile(
    r"(?:单\s*位|部\s*门|科\s*室|学\s*校|街\s*道|社\s*区|乡\s*镇|企\s*业|机\s*构|公司|县区|地区|支队|大队|(?:单位|企业|学校|场所|机构)名称)(?:[（(]?(?:盖?章|公章|加盖公章|签章|全称|名称)[)）]?)?$"
)
_COUNT = re.compile(
    r"数量|人数|次数|场次|场数|总数|[个件处家户份项条张]数|数$|额$|面积|金额|资金|支出|收入|投入|费用|时长|长度|重量|产量|总量|得分|分值|分数|评分|数目|合计|小计|人次|累计|本月|当月|本期|上年|去年|今年|今日|当日|年初|年末|率$|总额"
)
_LONG = re.compile(
    r"情\s*况|做\s*法|总\s*结|说\s*明|意\s*见|建\s*议|措\s*施|经\s*验|内\s*容|描述|成效|亮点|原因|字以内|问题$|方案|概述|介绍|简述|评语|体会|感想|结论|过程|流程|要求|事由|摘要|备\s*注|事迹|简介|特色活动$|主要问题"
)
_TEXT = re.compile(
    r"名称|姓名|地[址点]|职务|职称|编号|部位|备\s*注|类别|类型|方式|对象|名单|性质|描述|隐患$|行业|牌号|型号|学历|民族|性别|账号|位置|主题|问题|原因|措施|情况|单位|标题|链接|平台|媒体|做法|内容|品牌|结果|意见|签名|级别|说明|活动项目|状态|区域|归属|牵头"
)


def strip_label(text: str) -> str:
    """A label without colon, numbering, seal remarks or stray punctuation."""
    text = close_up(text.replace("\n", ""))
    text = re.sub(
        r"^(?:[（(]?[0-9一二三四五六七八九十]{1,2}[)）]|[0-9]{1,2}[.．、]|[一二三四五六七八九十]{1,2}、|[①-⑳]|[•·●★])\s*",
        "",
        text,
    )
    text = re.sub(r"[:：]\s*$", "", text)
    return text.strip(" ，,。；;、:：\t\u3000")


def split_context(text: str, low: int, at: int) -> str:
    """The words right before a blank: from the last stop outside quotes and brackets."""
    depth = 0
    for place in range(at - 1, low - 1, -1):
        char = text[place]
        if char in "”）)》】":
            depth += 1
        elif char in "“（(《【":
            if depth == 0 and char in "（(":
                return text[place + 1 : at]
            depth = max(0, depth - 1)
        elif char in "，。；;,！？\n" and depth == 0:
            return text[place + 1 : at]
    return text[low:at]


def unit_after(text: str, at: int, until: int) -> str | None:
    """The unit behind a blank: a measure word, else an unknown word of up to three characters before a stop."""
    if re.match(r"[ \t\xa0]{2,}|[\u3000\u2002\n]", text[at:]):
        return None  # the unit stands close behind its blank
    known = measure_at(text, at)
    if known is not None and text.find(known.rstrip("%"), at) < until + len(known):
        return known
    match = re.compile(r"\s*([\u4e00-\u9fff]{1,3})(?=[，,。；;、）)\s]|$)").match(text, at)
    if (
        match
        and match.end() <= max(until, at + 4)
        and not re.search(
            r"[人]?[员名]?单位|部门|街道?|社区|学校|企业|以上|左右|其中|等|号|年|月|日|时|分$|和|及|盖章|签字|公章|章$|签名|填写|后|前|的|至|到",
            match.group(1),
        )
    ):
        return match.group(1)
    return None


def subject_of(label: str) -> str:
    """The activity that a label counts: the label without the verbs and qualifiers before it."""
    label = re.sub(r"[（(][^（()）]*[)）]", "", label) or label
    bare = re.sub(r"^采取[^，]*?方式(?:开展|组织|进行)?", "", label)
    bare = _VERBS.sub("", _VERBS.sub("", bare, count=1), count=1).strip("，,、 ")
    return bare or label


def is_people_word(label: str) -> bool:
    """Whether a label only says who took part (参与, 参加群众), so that its subject is the clause before."""
    return bool(_PEOPLE.match(label))


def type_of(blank: Blank, label: str, unit: str | None, *, numeric: bool = False, wide: bool = False) -> FieldType:
    """The type of a field from its blank, label and unit; ``numeric`` where its neighbours are numbers."""
    if blank.kind == "choice":
        return "choice"
    if blank.kind in ("date", "datetime"):
        return "datetime" if blank.kind == "datetime" else "date"
    if unit and (is_measure(unit) or not _TEXT.search(label)):
        return "decimal" if is_decimal(unit) else "integer"
    bare = re.sub(r"[（(][^（()）]*[)）]", "", label).strip()
    if _EMAIL.search(label):
        return "email"
    if _PHONE.search(bare) and not re.search(r"数$|次数", bare):
        return "phone"
    if _COUNT.search(bare) and not _LONG.search(bare) and not re.search(r"(?:名称|编号|时间|日期|单位)$", bare):
        return "decimal" if re.search(r"率$|面积|金额|资金|支出|费用|时长|平均|占比|比例|额$", bare) else "integer"
    if re.search(r"日\s*期$|时\s*间$|有效期至?$", bare):
        return "date"
    if _PERSON.search(bare) and not re.search("单位$|职务|电话|情况|意见", bare):
        return "person"
    if _DATE.search(bare) and not re.search(r"情况|[长段]$|次数|数$", bare):
        return "date"
    if _UNIT.search(label) and len(bare) <= 14:
        return "unit"
    if re.search(r"字以内|不超过\d+字|字左右|\d+字", label):
        return "longtext"
    if _LONG.search(bare):
        return "text" if re.search(r"备\s*注", bare) and not wide else "longtext"
    if _TEXT.search(bare):
        return "text"
    if numeric:
        return "integer"
    return "longtext" if wide else "text"


def aggregate_of(kind: FieldType, unit: str | None, label: str, *, derived: bool, head: bool) -> Aggregate:
    """How values of several units make one."""
    if derived:
        return "derived"
    if kind in ("integer", "decimal"):
        return "sum" if is_summed(unit, label) else "none"
    if head:
        return "none"
    return "list"


__all__ = [
    "aggregate_of",
    "bracketed",
    "is_people_word",
    "split_context",
    "strip_label",
    "subject_of",
    "type_of",
    "unit_after",
]
