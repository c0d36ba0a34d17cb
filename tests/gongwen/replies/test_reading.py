"""A filled form against the empty one: the words around a blank find its value, whatever people did to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen.collection import NOT_APPLICABLE, Value
from gongwen.compile import compile_documents
from gongwen.model import Document
from gongwen.readers import Source
from gongwen.readers import read as read_file
from gongwen.readers.docx import read_docx
from gongwen.replies import Reading, Template, build, read_reply
from tests.support.notation import docx_from

FORM = """
    附件2
    = 活动情况统计表
    填报单位：　　　　　　　　填报日期：
    | 活动项目 | 活动情况 |
    | 宣讲 | 组织安全宣讲（    ）场，参与（    ）人次；制作短视频（    ）条。 |
    | 演练 | 开展应急演练（    ）场，参与（    ）人次。 |
    | 其他特色活动 | 活动名称（    ），组织（    ）场/次，参与（    ）人次。¶活动简要情况： |
    注：请于6月20日前报送
"""
HEAD = "附件2\n= 活动情况统计表\n填报单位：甲山社区　　填报日期：2026年6月18日\n"
TALK = "组织安全宣讲（3）场，参与（60）人次；制作短视频（7）条。"
DRILL = "开展应急演练（2）场，参与（45）人次。"
LINE = "活动名称（{}），组织（{}）场/次，参与（{}）人次。"


def document(text: str) -> Document:
    return read_docx(docx_from(text), "统计表.docx")


def template(text: str) -> Template:
    empty = document(text)
    (form,) = compile_documents([empty]).forms
    return build(form, [empty], 2026)


TEMPLATE = template(FORM)
KEYS = ["unit", "day", "talks", "talkers", "videos", "drills", "drillers", "name", "times", "people", "story"]


def named(reading: Reading, known: Template = TEMPLATE) -> dict[str, Value]:
    return {key: reading.values.get(one.id) for key, one in zip(KEYS, known.form.fields, strict=True)}


def read(text: str) -> Reading:
    return read_reply(document(text), TEMPLATE)


def values(
    talk: str = TALK, drill: str = DRILL, head: str = HEAD, more: str = "| 其他特色活动 | |"
) -> dict[str, Value]:
    found = named(read(f"{head}| 活动项目 | 活动情况 |\n| 宣讲 | {talk} |\n| 演练 | {drill} |\n{more}"))
    return {key: found[key] for key in ("talks", "talkers", "videos", "drills", "drillers")}


PLAIN = {"talks": 3, "talkers": 60, "videos": 7, "drills": 2, "drillers": 45}


def test_a_form_filled_as_meant_is_read() -> None:
    more = LINE.format("灯谜会", 1, 60) + "¶活动简要情况：居民反响良好。"
    table = f"| 活动项目 | 活动情况 |\n| 宣讲 | {TALK} |\n| 演练 | {DRILL} |\n| 其他特色活动 | {more} |"
    reading = read(f"{HEAD}{table}\n注：请于6月20日前报送")
    found = named(reading)
    assert {key: found[key] for key in PLAIN} == PLAIN
    assert (found["unit"], found["day"]) == ("甲山社区", "2026-06-18")
    assert reading.issues == []
    assert reading.matched > 0.95


# what became of: 组织安全宣讲（3）场，参与（60）人次；制作短视频（7）条。
UNTIDY = {
    "room in the brackets": "组织安全宣讲（ 3  ）场，参与（　60 ）人次；制作短视频（7   ）条。",
    "other brackets": "组织安全宣讲(3)场，参与(60)人次；制作短视频(7)条。",
    "mismatched brackets": "组织安全宣讲（3)场，参与(60）人次；制作短视频（7)条。",
    "no brackets": "组织安全宣讲3场，参与60人次；制作短视频7条。",
    "underlined for brackets": "组织安全宣讲{u: 3 }场，参与{u: 60 }人次；制作短视频{u:7}条。",
    "values behind the brackets": "组织安全宣讲（  ）3场，参与（  ）60人次；制作短视频（  ）7条。",
    "other punctuation": "组织安全宣讲（3）场、参与（60）人次，制作短视频（7）条；",
    "no punctuation": "组织安全宣讲（3）场参与（60）人次制作短视频（7）条",
    "reworded": "开展安全宣讲（3）场，参加（60）人次；推送短视频（7）条。",
    "blanks between words": "组织安全 宣讲（3）场，参与（60）人次；制作 短视频（7）条。",
    "the unit again": "组织安全宣讲（3场）场，参与（60人次）人次；制作短视频（7条）条。",
    "full width": "组织安全宣讲（３）场，参与（６０）人次；制作短视频（７）条。",
    "in Chinese": "组织安全宣讲（三）场，参与（六十）人次；制作短视频（七）条。",
    "in lines": "组织安全宣讲（3）场，¶参与（60）人次；¶制作短视频（7）条。",
    "broken within the line": "组织安全宣讲（3）场，{br}参与（60）人次；制作短视频（7）条。",
    "in split runs": "组织安全宣讲（{run}3{run}）场，参与（6{run}0）人次；制作短视频（{run}7）条。",
    "with changes tracked": "组织安全宣讲（{del:2}{ins:3}）场，参与（{ins:60}）人次；制作短视频（{ins:7}）条。",
    "clauses swapped": "制作短视频（7）条；组织安全宣讲（3）场，参与（60）人次。",
    "a remark behind": "组织安全宣讲（3）场（含联合开展2场），参与（60）人次；制作短视频（7）条。",
    "a line before": "6月16日上午在小区广场集中宣传，居民反响良好。¶组织安全宣讲（3）场，参与（60）人次；制作短视频（7）条。",
    "a line behind": "组织安全宣讲（3）场，参与（60）人次；制作短视频（7）条。¶悬挂横幅6条，发放资料500余份。",
    "in bold": "组织安全宣讲（{b:3}）场，参与（{b:60}）人次；制作短视频（{b:7}）条。",
}


@pytest.mark.parametrize("talk", UNTIDY.values(), ids=UNTIDY)
def test_the_values_are_read_whatever_people_did(talk: str) -> None:
    assert values(talk) == PLAIN


BLANKS = {
    "left as printed": "组织安全宣讲（    ）场，参与（    ）人次；制作短视频（    ）条。",
    "brackets deleted": "组织安全宣讲场，参与人次；制作短视频条。",
    "narrower": "组织安全宣讲（）场，参与（ ）人次；制作短视频（）条。",
    "one of them left": "组织安全宣讲（    ）场，参与人次；制作短视频（）条。",
}


@pytest.mark.parametrize("talk", BLANKS.values(), ids=BLANKS)
def test_what_was_left_blank_is_nothing(talk: str) -> None:
    assert values(talk) == {**PLAIN, "talks": None, "talkers": None, "videos": None}


def test_nothing_none_and_not_applicable_are_three_things() -> None:
    assert values("组织安全宣讲（    ）场，参与（无）人次；制作短视频（/）条。") == {
        **PLAIN,
        "talks": None,
        "talkers": 0,
        "videos": NOT_APPLICABLE,
    }


@pytest.mark.parametrize(
    ("written", "value", "code"),
    [("约60", 60, "R101"), ("60余", 60, "R101"), ("若干", None, "R102"), ("50-60", 50, "R104"), ("-6", -6, "R107")],
)
def test_what_is_unclear_is_read_and_said(written: str, value: int | None, code: str) -> None:
    reading = read(f"{HEAD}| 活动项目 | 活动情况 |\n| 宣讲 | {TALK.replace('60', written)} |\n| 演练 | {DRILL} |")
    assert named(reading)["talkers"] == value
    assert [(issue.code, issue.found, issue.section) for issue in reading.issues] == [(code, written, "宣讲")]


# --- the heading

HEADS = [
    ("填报单位：甲山社区　　填报日期：2026年6月18日", "甲山社区", "2026-06-18"),
    ("填报单位:甲山社区 填报日期:2026.6.18", "甲山社区", "2026-06-18"),
    ("填报单位：甲山社区\n填报日期：6月18日", "甲山社区", "2026-06-18"),
    ("填报单位：甲山社区（盖章）　　填报日期：2026-06-18", "甲山社区（盖章）", "2026-06-18"),
    ("填报单位：　　　　　　　　填报日期：", None, None),
    ("填报单位：甲山社区　　　　　填报日期：", "甲山社区", None),
    ("{box:填报单位：甲山社区　　填报日期：2026年6月18日}", "甲山社区", "2026-06-18"),
]


@pytest.mark.parametrize(("line", "unit", "day"), HEADS, ids=[case[0] for case in HEADS])
def test_the_heading_is_read_however_it_is_set(line: str, unit: str | None, day: str | None) -> None:
    found = named(
        read(f"附件2\n= 活动情况统计表\n{line}\n| 活动项目 | 活动情况 |\n| 宣讲 | {TALK} |\n| 演练 | {DRILL} |")
    )
    assert (found["unit"], found["day"]) == (unit, day)


# --- what repeats, and the story


def rows(cell: str) -> Value:
    reading = read(f"{HEAD}| 活动项目 | 活动情况 |\n| 宣讲 | {TALK} |\n| 演练 | {DRILL} |\n| 其他特色活动 | {cell} |")
    group = reading.values[TEMPLATE.form.fields[7].group or ""]
    assert isinstance(group, list)
    ids = {one.id: key for key, one in zip(KEYS, TEMPLATE.form.fields, strict=True)}
    return [{ids[key]: value for key, value in row.items()} for row in group]


@pytest.mark.parametrize(
    "cell",
    [
        LINE.format("灯谜会", 1, 60) + "¶" + LINE.format("演练日", 2, 80) + "¶活动简要情况：",
        "1." + LINE.format("灯谜会", 1, 60) + "¶2." + LINE.format("演练日", 2, 80) + "¶活动简要情况：",
        LINE.format("灯谜会", 1, 60) + LINE.format("演练日", 2, 80) + "活动简要情况：",
        "活动名称：灯谜会，组织1场/次，参与60人次。¶活动名称：演练日，组织2场/次，参与80人次。¶活动简要情况：",
    ],
)
def test_a_line_that_was_repeated_is_a_row_each_time(cell: str) -> None:
    assert rows(cell) == [{"name": "灯谜会", "times": 1, "people": 60}, {"name": "演练日", "times": 2, "people": 80}]


def test_a_line_that_was_left_blank_is_no_row() -> None:
    assert rows(LINE.format("    ", "    ", "    ") + "¶活动简要情况：") == []


STORY = "6月16日，联合物业设置咨询台3个；走访商铺45家。\n居民反响良好。"


@pytest.mark.parametrize("story", [STORY, "通过线上线下相结合的方式开展宣传。", "一、组织发动。二、入户宣传。"])
def test_a_story_is_read_to_its_end_word_for_word(story: str) -> None:
    cell = LINE.format("灯谜会", 1, 60) + "¶活动简要情况：" + story.replace("\n", "¶")
    reading = read(
        f"{HEAD}| 活动项目 | 活动情况 |\n| 宣讲 | {TALK} |\n| 演练 | {DRILL} |\n| 其他特色活动 | {cell} |\n注：请于6月20日前报送"
    )
    assert named(reading)["story"] == story


# --- around the form


def test_a_whole_notice_sent_back_is_read_from_its_form() -> None:
    body = "= 关于开展2026年“安全生产月”活动的通知\n各社区：\n请组织安全宣讲，于6月20日前报送活动情况统计表。\n> 2026年5月20日\n---\n"
    assert named(read(f"{body}{HEAD}| 活动项目 | 活动情况 |\n| 宣讲 | {TALK} |\n| 演练 | {DRILL} |"))["talks"] == 3


def test_rows_that_were_added_change_nothing() -> None:
    assert values(more="| 备注 | 组织志愿者30人次上门走访，劝导违规停放15起。 |\n| 其他特色活动 | |") == PLAIN


def test_another_document_is_hardly_matched() -> None:
    assert read("= 联络员回执\n单位：甲山社区　姓名：某某　电话：0000-1234567").matched < 0.35


@pytest.mark.parametrize("extension", ["txt", "html"])
def test_the_form_sent_back_as_text_is_read(extension: str) -> None:
    lines = [
        "活动情况统计表",
        "填报单位：甲山社区  填报日期：2026年6月18日",
        "活动项目\t活动情况",
        f"宣讲\t{TALK}",
        f"演练\t{DRILL}",
    ]
    text = (
        "\n".join(lines)
        if extension == "txt"
        else "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    )
    found = named(read_reply(read_file(Source(f"统计表.{extension}", data=text.encode())), TEMPLATE))
    assert {key: found[key] for key in PLAIN} == PLAIN


# --- forms of cells

GRID = template("""
    附件
    = “五进”活动统计表
    填报单位：　　　　　　　　填报日期：
    | 类别 | 场次（场） | 人数（人次） |
    | 进企业 | | |
    | 进学校 | | |
    | 合计 | | |
""")
ROWS = ["| 类别 | 场次（场） | 人数（人次） |", "| 进企业 | 3 | 60 |", "| 进学校 | 2 | １４０ |", "| 合计 | 5 | 200 |"]
WAYS = {
    "as printed": ROWS,
    "rows swapped": [ROWS[0], ROWS[2], ROWS[1], ROWS[3]],
    "a row added": [*ROWS[:3], "| 进家庭 | 9 | 9 |", ROWS[3]],
    "a column added": [
        "| 序号 | 类别 | 场次（场） | 人数（人次） |",
        *(f"| {n} {row}" for n, row in enumerate(ROWS[1:], 1)),
    ],
    "labels spread": [row.replace("合计", "合 计").replace("进企业", "进 企 业") for row in ROWS],
    "columns swapped": [
        "| 类别 | 人数（人次） | 场次（场） |",
        "| 进企业 | 60 | 3 |",
        "| 进学校 | 140 | 2 |",
        "| 合计 | 200 | 5 |",
    ],
}


@pytest.mark.parametrize("table", WAYS.values(), ids=WAYS)
def test_cells_are_found_by_their_labels(table: list[str]) -> None:
    filled = "附件\n= “五进”活动统计表\n填报单位：甲山社区　　填报日期：2026年6月18日\n" + "\n".join(table)
    reading = read_reply(document(filled), GRID)
    assert [reading.values[one.id] for one in GRID.form.fields] == ["甲山社区", "2026-06-18", 3, 60, 2, 140, 5, 200]


ROSTER = template("附件\n= 联络员名单\n| 序号 | 单位 | 姓名 | 联系电话 |\n| 1 | | | |\n| 2 | | | |")


def test_a_roster_is_a_list_of_its_rows_however_many() -> None:
    filled = "附件\n= 联络员名单\n| 序号 | 单位 | 姓名 | 联系电话 |\n" + "\n".join(
        f"| {n} | {unit} | 安小{n} | 0000-123456{n} |" for n, unit in enumerate(("甲山社区", "乙山社区", "丙山社区"), 1)
    )
    reading = read_reply(document(filled + "\n| 4 | | | |"), ROSTER)
    found = reading.values[ROSTER.form.fields[0].group or ""]
    assert isinstance(found, list)
    assert [[row[one.id] for one in ROSTER.form.fields] for row in found] == [
        ["甲山社区", "安小1", "0000-1234561"],
        ["乙山社区", "安小2", "0000-1234562"],
        ["丙山社区", "安小3", "0000-1234563"],
    ]


# --- a property


@settings(max_examples=60)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 99_999)), min_size=5, max_size=5),
    st.sampled_from(["（{}）", "({})", "（ {} ）", "（{run}{}{run}）", "（{ins:{}}）"]),
)
def test_whatever_is_filled_in_is_read_back(numbers: list[int | None], bracket: str) -> None:
    written = [bracket.replace("{}", "    " if one is None else str(one)) for one in numbers]
    talk = "组织安全宣讲{}场，参与{}人次；制作短视频{}条。".format(*written[:3])
    drill = "开展应急演练{}场，参与{}人次。".format(*written[3:])
    assert values(talk, drill) == dict(zip(PLAIN, numbers, strict=True))


def test_a_value_that_begins_like_the_next_words_is_kept() -> None:
    form = """
        附件1
        = 情况反馈表
        填报单位：　　　　　　联系人：
        安全宣讲（    ）场，安全检查（    ）家。
    """
    known = template(form)
    reply = "附件1\n= 情况反馈表\n填报单位：安山社区　　联系人：安小宁\n安全宣讲（3）场，安全检查（12）家。"
    reading = read_reply(document(reply), known)
    assert list(reading.values.values()) == ["安山社区", "安小宁", 3, 12]


def test_two_units_in_one_file_are_said() -> None:
    one = f"{HEAD}| 活动项目 | 活动情况 |\n| 宣讲 | {TALK} |\n| 演练 | {DRILL} |\n| 其他特色活动 | |"
    assert [issue.code for issue in read(one).issues] == []
    both = read(f"{one}\n{one.replace('甲山社区', '乙山社区')}")
    assert [(issue.code, issue.found) for issue in both.issues if issue.code == "R119"] == [
        ("R119", "甲山社区、乙山社区")
    ]
