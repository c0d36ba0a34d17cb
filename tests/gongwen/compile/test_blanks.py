"""Every kind of blank of a form, and what only looks like one."""

from __future__ import annotations

import pytest

from .said import blanks, compiled, form

TITLE = "= 活动情况统计表\n"

# what stands in a cell, the words of the blank, its type and unit
KINDS = [
    ("开展（    ）场", "（    ）", "integer", "场"),
    ("开展(    )场", "(    )", "integer", "场"),
    ("开展（）场", "（）", "integer", "场"),
    ("开展（　　）场", "（　　）", "integer", "场"),
    ("开展（{run}  {run}  ）场", "（    ）", "integer", "场"),
    ("开展____场", "____", "integer", "场"),
    ("开展＿＿＿场", "＿＿＿", "integer", "场"),
    ("开展[____]场", "    ", "integer", "场"),
    ("开展{u:{tab}}场".replace("{u:{tab}}", "{u:　　}"), "　　", "integer", "场"),
    ("开展——场", "——", "integer", "场"),
    ("开展XX场", "XX", "integer", "场"),
    ("开展××场", "××", "integer", "场"),
    ("开展{field}场", "\u2002" * 5, "integer", "场"),
    ("开展{text:请填写}场", "请填写", "integer", "场"),
    ("投入{text:请填写}万元", "请填写", "decimal", "万元"),
    ("简要情况{text:请填写简要情况}", "请填写简要情况", "longtext", None),
    ("时间{date:选择日期}", "选择日期", "date", None),
    ("是否开展{choice:是/否}", "选择一项。", "choice", None),
    ("时间：　　年　　月　　日", "　　年　　月　　日", "date", None),
    ("时间：____年____月____日", "____年____月____日", "date", None),
    ("时间：2026年　　月　　日", "2026年　　月　　日", "date", None),
    ("时间：　　年　　月　　日　　时", None, "datetime", None),
    ("活动简要情况：", "", "longtext", None),
    ("联系人：", "", "person", None),
]


@pytest.mark.parametrize(("cell", "words", "kind", "unit"), KINDS, ids=[case[0] for case in KINDS])
def test_a_blank_is_one_field(cell: str, words: str | None, kind: str, unit: str | None) -> None:
    (field,) = form(f"{TITLE}| 宣讲 | {cell} |\n| 演练 | 开展演练（　）次 |").fields[:-1]
    assert (field.type, field.unit) == (kind, unit)
    assert words is None or field.evidence.text == words


CHOICES = [
    ("是否参加：□是　□否", ["是", "否"]),
    ("是否参加：☐是 ☐否", ["是", "否"]),
    ("是否参加：{check}是　{check}否", ["是", "否"]),
    ("□已开展 □未开展 □不涉及", ["已开展", "未开展", "不涉及"]),
    ("类型：□企业¶□学校¶□社区", ["企业", "学校", "社区"]),
    ("是否参加：{choice:是/否}", ["是", "否"]),
]


@pytest.mark.parametrize(("cell", "options"), CHOICES, ids=[case[0] for case in CHOICES])
def test_check_boxes_in_one_run_are_one_choice(cell: str, options: list[str]) -> None:
    (field,) = form(f"{TITLE}| 参加 | {cell} |\n| 演练 | 开展演练（　）次 |").fields[:-1]
    assert (field.type, field.options) == ("choice", options)


def test_several_blanks_in_one_cell_are_fields_in_order() -> None:
    assert blanks(f"{TITLE}| 宣讲 | 开展宣讲（  ）场，参与(  )人次；制作短视频____条，发放资料[____]份。 |") == [
        ("开展宣讲", "integer", "场"),
        ("参与", "integer", "人次"),
        ("制作短视频", "integer", "条"),
        ("发放资料", "integer", "份"),
    ]


def test_blanks_in_prose_are_fields() -> None:
    assert blanks(f"{TITLE}共检查企业____家，发现隐患____项。\n投入资金（　　）万元。") == [
        ("共检查企业", "integer", "家"),
        ("发现隐患", "integer", "项"),
        ("投入资金", "decimal", "万元"),
    ]


HEADING = [
    ("填报单位：　　　　　　联系人：　　　　电话：　　　　填报日期：", ["填报单位", "联系人", "电话", "填报日期"]),
    ("填报单位（盖章）：　　　　　　填报日期：　　年　　月　　日", ["填报单位（盖章）", "填报日期"]),
    ("填报单位：____________　联系人：____________", ["填报单位", "联系人"]),
    ("填报单位：\n联系人：\n电话：\n填报日期：", ["填报单位", "联系人", "电话", "填报日期"]),
    ("填 表 人：　　　　审 核 人：", ["填表人", "审核人"]),
]


@pytest.mark.parametrize(("lines", "labels"), HEADING, ids=[case[0] for case in HEADING])
def test_a_label_that_ends_in_a_colon_with_nothing_behind_is_a_heading_field(lines: str, labels: list[str]) -> None:
    fields = form(f"{TITLE}{lines}\n| 宣讲 | 开展宣讲（  ）场 |").fields[:-1]
    assert [field.label for field in fields] == labels
    assert {field.aggregate for field in fields} == {"none"}


def test_the_type_of_a_heading_field_comes_from_its_label() -> None:
    line = "填报单位：　　　　联系人：　　　　电话：　　　　邮箱：　　　　填报日期："
    assert [field.type for field in form(f"{TITLE}{line}\n| 宣讲 | 开展宣讲（  ）场 |").fields[:-1]] == [
        *("unit", "person", "phone", "email", "date")
    ]


def test_each_end_of_a_time_span_is_a_field_of_its_own() -> None:
    span = "起止时间：　　年　　月　　日至　　年　　月　　日"
    assert [field.type for field in form(f"{TITLE}{span}\n| 宣讲 | 开展宣讲（  ）场 |").fields[:-1]] == ["date", "date"]


# --- empty cells


def test_an_empty_cell_is_named_by_its_row_heading() -> None:
    assert blanks(f"{TITLE}| 排查隐患总数（项） | |\n| 整改率（%） | |\n| 主要做法 | |") == [
        ("排查隐患总数", "integer", "项"),
        ("整改率", "decimal", "%"),
        ("主要做法", "longtext", None),
    ]


def test_an_empty_cell_is_named_by_its_row_and_column_heading() -> None:
    assert blanks(f"{TITLE}| 活动 | 场次（场） | 人数（人次） |\n| 进企业 | | |\n| 进学校 | | |") == [
        ("进企业/场次", "integer", "场"),
        ("进企业/人数", "integer", "人次"),
        ("进学校/场次", "integer", "场"),
        ("进学校/人数", "integer", "人次"),
    ]


def test_an_empty_cell_below_a_heading_over_the_whole_width_is_named_by_it() -> None:
    fields = form("""
        = 活动情况反馈表
        | 单位名称 | | 联系电话 | |
        | 主要做法（500字以内） | < | < | < |
        | | < | < | < |
    """).fields
    assert [(field.label, field.type) for field in fields] == [
        ("单位名称", "unit"),
        ("联系电话", "phone"),
        ("主要做法（500字以内）", "longtext"),
    ]


def test_a_slip_of_labels_and_empty_cells() -> None:
    fields = form("""
        = 联络员回执
        | 单位名称 | | 填报时间 | |
        | 联络员姓名 | | 联系电话 | |
        | 职务 | | 电子邮箱 | |
    """).fields
    assert [(field.label, field.type) for field in fields] == [
        ("单位名称", "unit"),
        ("填报时间", "date"),
        ("联络员姓名", "person"),
        ("联系电话", "phone"),
        ("职务", "text"),
        ("电子邮箱", "email"),
    ]


# --- what is none

DECOYS = [
    "开展（含线上）宣讲",
    "见附件（2）",
    "云应急〔2026〕17号",
    "（一）组织宣讲",
    "（1）组织宣讲",
    "演练（3）",
    "时间（6月）",
    "表1-2",
    "填写说明（略）",
    "TEL：0000-1234567",
    "2026年6月20日",
    "A4——B5",
    "iPhone XX",
    "—— 完 ——",
]


@pytest.mark.parametrize("cell", DECOYS)
def test_what_only_looks_like_a_blank_is_left_alone(cell: str) -> None:
    assert blanks(f"{TITLE}| 宣讲 | {cell} |\n| 演练 | 开展演练（　）次 |") == [("开展演练", "integer", "次")]


def test_a_bracket_that_holds_a_remark_stands_beside_a_blank_that_counts() -> None:
    fields = form(f"{TITLE}| 宣讲 | 开展宣讲（含线上）（    ）场，（表1）参与（    ）人次 |").fields
    assert [field.unit for field in fields] == ["场", "人次"]


def test_the_form_number_and_the_year_of_the_title_are_no_blanks() -> None:
    assert blanks("= 活动情况统计表（2026年）\n表号：安月1表\n| 宣讲 | 开展宣讲（  ）场 |") == [
        ("开展宣讲", "integer", "场")
    ]


def test_numbers_and_remarks_columns_are_no_blanks_of_a_list() -> None:
    assert compiled("= 成员单位名单\n| 序号 | 单位 | 备注 |\n| 1 | 区应急管理局 | |\n| 2 | 区教育局 | |").forms == []


def test_a_schedule_is_no_form() -> None:
    schedule = (
        "= 活动日程安排\n| 时间 | 活动 | 地点 |\n| 6月16日 | 宣传咨询日 | 文化广场 |\n| 6月20日 | 应急演练 | 云汀公园 |"
    )
    assert compiled(schedule).forms == []
