"""The replies: what each unit did, how it wrote that down, and what a careful reader takes from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Literal

from docx.shared import RGBColor

from . import content, paper
from .form import Blank, Hand, Sheet, blanks

SEED = 20260618
Value = int | Literal["n/a"] | None
Kind = Literal["docx", "notice", "xlsx", "doc", "pdf", "scan", "cut"]
Status = Literal["accepted", "doubtful", "rejected"]

FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
DIGITS = "零一二三四五六七八九"
STORIES = (
    "6月16日上午，联合物业、志愿服务队在小区中心广场设置咨询台，面对面讲解用电用气安全，现场演示灭火器使用。",
    "以“安全敲门”为主题，组织30名志愿者分8组走访独居老人家庭，检查燃气软管和插线板，当场更换老化软管12根。",
    "把安全课搬进纳凉晚会，用快板、情景剧讲述身边隐患故事，居民参与热情高。",
    "",
)
ACTIVITIES = (
    "安全敲门行动",
    "纳凉晚会安全课",
    "楼栋灭火器操作赛",
    "小小安全员寻访",
    "燃气安全体验周",
    "安全知识灯谜会",
)


@dataclass(frozen=True)
class Said:
    """A blank that is not simply a number: its value, and the words on paper."""

    value: Value
    words: str


@dataclass(frozen=True)
class Issue:
    """What must be reported about a reply; ``key`` is the blank's, where there is one."""

    code: str
    found: str
    key: str | None = None


@dataclass(frozen=True)
class Reply:
    """One file that came in."""

    unit: str
    file: str
    day: int
    """Of June: 填报日期."""
    how: str
    """What is untidy about it, for people."""
    kind: Kind = "docx"
    hand: Hand = field(default_factory=Hand)
    spell: Callable[[int, str], str] = lambda number, _unit: str(number)
    said: Mapping[str, Said] = field(default_factory=dict)
    """Short key (安全宣讲#1) to what stands there."""
    heading: Mapping[str, str] = field(default_factory=dict)
    activities: int = 1
    issues: tuple[Issue, ...] = ()
    status: Status = "accepted"
    numbers_of: str | None = None
    """The unit whose numbers it repeats."""


@dataclass(frozen=True)
class Filled:
    """A reply with everything decided: what is drawn, and what it means."""

    reply: Reply
    sheet: Sheet
    values: Mapping[str, Value]
    filled_on: date


def short(key: str) -> str:
    return key.partition(" ")[0]


# --- how numbers are written


def fullwidth(number: int, _unit: str) -> str:
    return str(number).translate(FULLWIDTH)


def with_unit(number: int, unit: str) -> str:
    return f"{number}{unit}"


def with_comma(number: int, _unit: str) -> str:
    return f"{number:,}"


def in_chinese(number: int, _unit: str) -> str:
    """一百二十; 无 for nothing."""
    if number == 0:
        return "无"
    if number >= 10_000:
        return str(number)
    said = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            said += DIGITS[digit] + name
        elif said and number and not said.endswith("零"):
            said += "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def in_ten_thousands(number: int, _unit: str) -> str:
    return f"{number / 10_000:g}万" if number >= 10_000 else str(number)


# --- the numbers themselves


def numbers(dice: Random) -> dict[str, int]:
    """What a unit of usual size did; spread evenly, so that nobody stands out by chance."""
    done: dict[str, int] = {}
    previous = 0
    for blank in blanks():
        if blank.kind == "number":
            previous = _usual(blank, previous, dice)
            done[blank.key] = previous
    return done


def _usual(blank: Blank, previous: int, dice: Random) -> int:
    in_grid = blank.section == content.GRID_SECTION
    match blank.unit:
        case "人次":
            return previous * dice.randint(20, 45) if in_grid else previous * dice.randint(30, 60)
        case "场":
            return dice.randint(1, 6) if in_grid else dice.randint(2, 8)
        case "份":
            return dice.randint(5, 40) * 10 if in_grid else dice.randint(20, 120) * 10
        case "元":
            return dice.randint(4, 50) * 50
        case "次":
            return dice.randint(40, 180) * 100
        case "条" if "属实" in blank.label:
            return previous * dice.randint(60, 90) // 100
        case "项" if "重大" in blank.label:
            return dice.randint(0, 2)
        case "项" if "整改" in blank.label:
            return dice.randint(9, 12)
        case "条":
            return dice.randint(10, 60)
        case "项":
            return dice.randint(15, 60)
        case _:
            return dice.randint(1, 5) if blank.unit == "支" else dice.randint(2, 12)


def sums(values: Mapping[str, Value]) -> dict[str, int]:
    """The 合计 row."""
    added: dict[str, int] = {}
    for blank in blanks():
        if blank.kind == "derived":
            head = blank.label.removeprefix(content.GRID_SUM)
            parts = [v for k, v in values.items() if k.startswith(content.GRID_SECTION) and head in k]
            added[blank.key] = sum(v for v in parts if isinstance(v, int))
    return added


def filled() -> Iterator[Filled]:
    """Every reply in the order of ``REPLIES``."""
    own: dict[str, dict[str, int]] = {unit[0]: numbers(Random(f"{SEED}/{unit[0]}")) for unit in content.UNITS}
    contacts = {name: (contact, phone) for name, _, contact, phone, _ in content.UNITS}
    for position, reply in enumerate(REPLIES):
        dice = Random(f"{SEED}/{position}")
        values: dict[str, Value] = dict(own[reply.numbers_of or reply.unit])
        values.update({key: reply.said[short(key)].value for key in values if short(key) in reply.said})
        written = {key: _word(value, reply, key) for key, value in values.items()}
        for key, total in sums(values).items():
            said = reply.said.get(short(key))
            values[key] = said.value if said else total
            written[key] = said.words if said else reply.spell(total, "")
        contact, phone = contacts[reply.unit]
        heading = {"填报单位": reply.unit, "联系人": contact, "电话": phone, "填报日期": f"2026年6月{reply.day}日"}
        activities = tuple(
            (name, str(dice.randint(1, 3)), str(dice.randint(4, 18) * 10))
            for name in dice.sample(ACTIVITIES, reply.activities)
        )
        story = STORIES[position % len(STORIES)] if activities else ""
        sheet = Sheet({**heading, **reply.heading}, written, activities, story)
        yield Filled(reply, sheet, values, date(2026, 6, reply.day))


def _word(value: Value, reply: Reply, key: str) -> str:
    if short(key) in reply.said:
        return reply.said[short(key)].words
    assert isinstance(value, int)
    return reply.spell(value, key.rpartition("（")[2].rstrip("）"))


BLUE, RED = RGBColor(0x1F, 0x4E, 0x9E), RGBColor(0xC0, 0x00, 0x00)

REPLIES: tuple[Reply, ...] = (
    Reply(
        "临湖街道",
        "附件2 临湖街道安全生产月统计表（最终版）.docx",
        18,
        "宋体；表下注明以上数据含所属社区",
        hand=Hand(font="宋体", below=("以上数据含所属社区。",)),
        issues=(Issue("includes_subordinates", "以上数据含所属社区"),),
        status="doubtful",
        activities=2,
    ),
    Reply(
        "松桥街道",
        "云安办〔2026〕17号（松桥街道已填）.docx",
        17,
        "整份通知连同填好的附件2一起发回",
        kind="notice",
        hand=Hand(bold=True),
        activities=3,
    ),
    Reply("望榆街道", "望榆街道.doc", 18, "旧版 Word 文档", kind="doc", hand=Hand(font="楷体"), spell=with_comma),
    Reply("石塘街道", "石塘街道统计表.pdf", 19, "由 Word 另存的 PDF", kind="pdf", hand=Hand(font="宋体", bold=True)),
    Reply(
        "柳岸社区",
        "柳岸社区统计表.docx",
        16,
        "同一单位先后报了两次，这是第一次",
        issues=(Issue("duplicate", "柳岸社区"),),
        status="doubtful",
    ),
    Reply(
        "柳岸社区",
        "柳岸社区统计表(2)修改版.docx",
        19,
        "同一单位先后报了两次，这是第二次，数字有改动",
        said={
            "安全宣讲#1": Said(7, "7"),
            "安全宣讲#2": Said(301, "301"),
            "隐患查找#1": Said(48, "48"),
            "科普传播#3": Said(9600, "9600"),
        },
        issues=(Issue("duplicate", "柳岸社区"),),
        status="doubtful",
    ),
    Reply(
        "荷风社区",
        "荷风社区 安全生产月活动情况统计表.docx",
        18,
        "全角数字，英文括号",
        hand=Hand(font="等线", brackets="()", edits=(("；", "，"),)),
        spell=fullwidth,
    ),
    Reply(
        "湖心社区",
        "统计表（湖心社区）.docx",
        17,
        "中文数字，没有的写“无”",
        spell=in_chinese,
        hand=Hand(font="楷体_GB2312", size=12),
        said={"隐患查找#4": Said(0, "无"), "隐患查找#6": Said(0, "零"), "科普传播#2": Said(0, "０")},
    ),
    Reply(
        "渔歌社区",
        "渔歌社区.docx",
        18,
        "填报单位没有填，只有文件名能看出来；活动一栏空着",
        heading={"填报单位": "　　　　　　"},
        hand=Hand(font="微软雅黑", size=10),
        activities=0,
    ),
    Reply(
        "北堤社区",
        "北堤社区盖章扫描件.pdf",
        17,
        "打印盖章后扫描，略有歪斜",
        kind="scan",
        hand=Hand(font="宋体", size=11.5),
    ),
    Reply(
        "芦汀社区",
        "芦汀社区6.18.xlsx",
        18,
        "在 Excel 里重新打了一遍",
        kind="xlsx",
        said={"隐患查找#7": Said(None, "")},
    ),
    Reply(
        "松涛社区",
        "松涛社区报表.docx",
        18,
        "约数：约200、200余、300+",
        said={
            "安全宣讲#2": Said(200, "约200"),
            "应急演练#2": Said(200, "200余"),
            "安全宣传咨询日#4": Said(300, "300+"),
        },
        issues=(
            Issue("approximate", "约200", "安全宣讲#2"),
            Issue("approximate", "200余", "应急演练#2"),
            Issue("approximate", "300+", "安全宣传咨询日#4"),
        ),
        status="doubtful",
    ),
    Reply(
        "桥西社区",
        "附件2桥西社区.docx",
        15,
        "括号里又写了单位（3场），标点换成英文",
        spell=with_unit,
        hand=Hand(font="Calibri", edits=(("，", ","), ("；", ";"))),
        said={"科普传播#3": Said(1200, "1,200")},
    ),
    Reply(
        "古槐社区",
        "古槐社区统计表 - 副本.docx",
        18,
        "括号删了，数字写在横线上",
        hand=Hand(font="宋体", size=12, brackets="underline", colour=BLUE),
        activities=2,
    ),
    Reply(
        "长亭社区",
        "长亭社区.docx",
        19,
        "有人次没有场次；数字加粗",
        hand=Hand(bold=True, brackets="none"),
        said={"应急演练#3": Said(0, "0"), "应急演练#4": Said(160, "160")},
        issues=(Issue("attendance_without_session", "160", "应急演练#4"),),
        status="doubtful",
    ),
    Reply(
        "杏坊社区",
        "新建 Microsoft Word 文档 (3).docx",
        18,
        "有场次没有人次；数字写在括号后面",
        hand=Hand(font="宋体", brackets="behind"),
        said={"志愿服务#2": Said(4, "4"), "志愿服务#3": Said(None, "")},
        issues=(Issue("session_without_attendance", "4", "志愿服务#2"),),
        status="doubtful",
    ),
    Reply(
        "榆荫社区",
        "榆荫社区统计表.docx",
        18,
        "合计与各行之和不符",
        said={f"{content.GRID_SECTION}#17": Said(999, "999")},
        issues=(Issue("total_mismatch", "999", f"{content.GRID_SECTION}#17"),),
        status="doubtful",
    ),
    Reply(
        "磨坊社区",
        "磨坊社区附件2.docx",
        16,
        "加了行、加了话",
        hand=Hand(
            above=("区安委会办公室：现将我社区活动开展情况报送如下。",),
            below=("审核人：　　　　　　　填表人：（签字）", "附：活动照片6张。"),
            extra_rows=(
                ("其他工作", "张贴海报40张，劝导电动自行车违规停放25起。"),
                ("存在问题", "部分居民参与积极性不高。"),
            ),
            cell_note=("隐患查找", "（以上为截至6月15日的数据，另有3处正在整改。）"),
        ),
    ),
    Reply(
        "铁炉社区",
        "铁炉社区安全生产月.docx",
        18,
        "一个数字比别的单位大出许多",
        said={"安全宣传咨询日#2": Said(36_000, "36000")},
        issues=(Issue("outlier", "36000", "安全宣传咨询日#2"),),
        status="doubtful",
    ),
    Reply(
        "新桃社区",
        "新桃社区统计表.docx",
        18,
        "数字与云门社区完全一样",
        numbers_of="云门社区",
        issues=(Issue("same_numbers", "云门社区"),),
        status="doubtful",
        activities=0,
    ),
    Reply(
        "石塘口社区",
        "石塘口社区.docx",
        17,
        "“若干”“较多”；不涉及的写法各不相同",
        said={
            "隐患查找#2": Said(None, "若干"),
            "安全宣传咨询日#4": Said(None, "较多"),
            "隐患查找#7": Said("n/a", "不涉及"),
            "科普传播#2": Said("n/a", "/"),
            f"{content.GRID_SECTION}#4": Said("n/a", "—"),
            f"{content.GRID_SECTION}#5": Said("n/a", "—"),
            f"{content.GRID_SECTION}#6": Said("n/a", "/"),
        },
        issues=(Issue("words", "若干", "隐患查找#2"), Issue("words", "较多", "安全宣传咨询日#4")),
        status="doubtful",
    ),
    Reply(
        "竹里社区",
        "竹里社区安全月报表.docx",
        18,
        "词句换了位置，几段并成一段，标点也改了",
        hand=Hand(
            swap=("安全宣讲", "应急演练"),
            one_paragraph=True,
            edits=(("组织开展", "开展"), ("参与", "参加"), ("。", "；"), ("“随手拍”", "随手拍")),
        ),
    ),
    Reply(
        "清泉社区",
        "清泉社区统计表（修订）.docx",
        19,
        "修订状态下填写，红色加粗；1.2万；填报单位、联系人各占一行",
        spell=in_ten_thousands,
        hand=Hand(tracked=True, bold=True, colour=RED, heading_in_lines=True),
        said={"科普传播#3": Said(12_000, "1.2万"), "隐患查找#7": Said(1200, "1 200")},
        heading={"填报日期": "2026.6.19"},
    ),
    Reply(
        "云门社区",
        "云门社区活动统计表.docx",
        16,
        "数字与新桃社区完全一样",
        hand=Hand(font=paper.SONG, underline=True),
        issues=(Issue("same_numbers", "新桃社区"),),
        status="doubtful",
        activities=0,
    ),
    Reply(
        "采石社区",
        "采石社区统计表.docx",
        18,
        "文件没有传完整，打不开",
        kind="cut",
        issues=(Issue("unreadable", "采石社区统计表.docx"),),
        status="rejected",
    ),
)
MISSING = tuple(name for name, *_ in content.UNITS if name not in {reply.unit for reply in REPLIES})
