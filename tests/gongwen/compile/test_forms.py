"""Forms whole: units from wherever they stand, sums, groups, rosters, several tables, several forms, ids that stay."""

from __future__ import annotations

import pytest

from gongwen.compile import compile_documents
from gongwen.spec import Form

from ..docx.word import p, read_xml
from .said import blanks, compiled, form, notice, only_form

# --- units

UNITS = [
    ("behind the blank", "| 宣讲 | 开展宣讲（  ）场 |", "场"),
    ("behind the blank, apart", "| 宣讲 | 开展宣讲（  ） 场 |", "场"),
    ("before the blank, in brackets", "| 宣讲 | 开展宣讲（场）：____ |", "场"),
    ("in the row label", "| 开展宣讲（场） | |\n| 发放资料（份） | |", "场"),
    ("in the row label behind a stroke", "| 开展宣讲/场 | |\n| 发放资料/份 | |", "场"),
    ("in the column head", "| 项目 | 次数（场） |\n| 宣讲 | |\n| 演练 | |", "场"),
    ("in a column of units", "| 项目 | 单位 | 数量 |\n| 宣讲 | 场 | |\n| 发放资料 | 份 | |", "场"),
    ("in a head of two rows", "| 项目 | 宣讲 | < |\n| ^ | 次数（场） | 人数（人次） |\n| 进企业 | | |\n| 进学校 | | |", "场"),
    ("in a head of three rows", "| 项目 | 活动 | < |\n| ^ | 宣讲 | < |\n| ^ | 次数（场） | 人数（人次） |\n| 进企业 | | |\n| 进学校 | | |", "场"),
    ("in the cell itself", "| 项目 | 数量 |\n| 宣讲 | 　　场 |\n| 资料 | 　　份 |", "场"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "unit"), [case[1:] for case in UNITS], ids=[case[0] for case in UNITS])
def test_a_unit_is_found_where_the_form_prints_it(table: str, unit: str) -> None:
    first = form(f"= 活动情况统计表\n{table}").fields[0]
    assert (first.type, first.unit) == ("integer", unit)


def test_a_unit_line_above_the_table_holds_for_its_amounts() -> None:
    fields = form("= 资金投入统计表\n（单位：万元）\n| 项目 | 投入金额 |\n| 宣传教育 | |\n| 应急演练 | |").fields
    assert [(field.type, field.unit) for field in fields] == [("decimal", "万元"), ("decimal", "万元")]


@pytest.mark.parametrize(
    "unit", ["场", "人次", "条", "件", "项", "个", "张", "份", "万人次", "场/次", "起", "支", "块", "家", "户"]
)
def test_every_measure_of_the_contract_is_the_fields_own_word(unit: str) -> None:
    assert [one[2] for one in blanks(f"= 活动情况统计表\n| 宣讲 | 共开展（  ）{unit}，发放资料（  ）份 |")] == [
        unit,
        "份",
    ]


# --- subjects and sections


def test_attendance_belongs_to_the_activity_before_it() -> None:
    fields = form("""
        = 活动情况统计表
        | 宣讲 | 组织开展专题研讨、辅导报告（  ）场，参与（  ）人次；观看警示教育片（  ）场，参与（  ）人次 |
    """).fields
    assert [(field.section, field.subject, field.label) for field in fields] == [
        ("宣讲", "专题研讨、辅导报告", "组织开展专题研讨、辅导报告"),
        ("宣讲", "专题研讨、辅导报告", "参与"),
        ("宣讲", "警示教育片", "观看警示教育片"),
        ("宣讲", "警示教育片", "参与"),
    ]


def test_a_chapter_above_is_the_section_of_what_stands_in_prose() -> None:
    fields = form("= 活动情况报告\n一、宣讲情况\n开展宣讲____场。\n二、演练情况\n开展演练____场。").fields
    assert [field.section for field in fields] == ["宣讲情况", "演练情况"]


def test_a_subject_is_words_and_no_punctuation() -> None:
    fields = form("= 隐患情况统计表\n| 排查隐患总数（项） | |\n| 其中：重大隐患（项） | |").fields
    assert all(field.subject and field.subject[0] not in "：，、（" for field in fields)


# --- sums


GRID = """
    = “五进”活动统计表
    | 类别 | 场次（场） | 人数（人次） |
    | 进企业 | | |
    | 进学校 | | |
    | 合计 | | |
"""


def test_a_total_is_computed_and_not_filled() -> None:
    assert [field.aggregate for field in form(GRID).fields] == ["sum"] * 4 + ["derived"] * 2


@pytest.mark.parametrize("word", ["合计", "合 计", "小计", "总计", "共计"])
def test_every_word_for_a_total_is_known(word: str) -> None:
    assert form(GRID.replace("合计", word)).fields[-1].aggregate == "derived"


def test_a_row_of_totals_makes_numbers_of_its_columns() -> None:
    table = "| 街道 | 一季度 | 二季度 |\n| 松桥街道 | | |\n| 临湖街道 | | |\n| 合计 | | |"
    fields = form(f"= 活动次数统计表\n{table}").fields
    assert [field.type for field in fields] == ["integer"] * 6
    assert [field.aggregate for field in fields] == ["sum"] * 4 + ["derived"] * 2


def test_a_column_of_totals_is_derived_too() -> None:
    table = "| 类别 | 上旬（场） | 下旬（场） | 合计（场） |\n| 进企业 | | | |\n| 进学校 | | | |"
    assert [field.aggregate for field in form(f"= 活动统计表\n{table}").fields] == ["sum", "sum", "derived"] * 2


def test_a_line_of_which_is_a_field_of_its_own_that_is_summed() -> None:
    fields = form("= 隐患情况统计表\n| 隐患排查 | 排查发现隐患（  ）项，其中重大隐患（  ）项 |").fields
    assert [(field.subject, field.label, field.aggregate) for field in fields] == [
        ("隐患", "排查发现隐患", "sum"),
        ("隐患", "其中重大隐患", "sum"),
    ]


def test_shares_are_not_summed() -> None:
    assert [field.aggregate for field in form("= 统计报表\n| 排查隐患（项） | |\n| 整改率（%） | |").fields] == [
        "sum",
        "none",
    ]


# --- groups and rosters


def test_a_line_that_repeats_is_one_group() -> None:
    fields = form("""
        = 活动情况统计表
        | 宣讲 | 开展宣讲（  ）场 |
        | 其他特色活动 | 活动名称（  ），组织（  ）场/次，参与（  ）人次。¶活动简要情况： |
    """).fields
    assert [field.group for field in fields] == [None, "g1", "g1", "g1", None]
    assert [(field.label, field.type, field.aggregate) for field in fields[1:]] == [
        ("活动名称", "text", "list"),
        ("组织", "integer", "sum"),
        ("参与", "integer", "sum"),
        ("活动简要情况", "longtext", "list"),
    ]


def test_printed_empty_rows_of_one_kind_are_one_field_a_column() -> None:
    roster = form("""
        = 联络员名单
        | 序号 | 单位 | 姓名 | 联系电话 |
        | 1 | | | |
        | 2 | | | |
        | 3 | | | |
    """)
    assert roster.kind == "roster"
    assert [(field.label, field.group, field.rows, field.evidence.row) for field in roster.fields] == [
        ("单位", "g1", 3, 1),
        ("姓名", "g1", 3, 1),
        ("联系电话", "g1", 3, 1),
    ]


def test_row_headings_make_the_cells_of_a_grid_fields_of_their_own() -> None:
    fields = form("""
        = 各街道联络员登记表
        | 单位 | 姓名 | 联系电话 |
        | 松桥街道 | | |
        | 临湖街道 | | |
    """).fields
    assert [(field.label, field.rows) for field in fields] == [
        ("松桥街道/姓名", None),
        ("松桥街道/联系电话", None),
        ("临湖街道/姓名", None),
        ("临湖街道/联系电话", None),
    ]


# --- kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("= 活动情况统计表\n| 宣讲 | 开展宣讲（  ）场，参与（  ）人次 |", "statistics"),
        ("= 联络员名单\n| 单位 | 姓名 | 电话 |\n| | | |\n| | | |", "roster"),
        ("= 参会回执\n单位：　　　　姓名：　　　　电话：", "feedback"),
        ("= 活动情况表\n单位：\n| 主要做法 | |\n| 经验成效 | |", "narrative"),
    ],
)
def test_the_kind_of_a_form_is_what_it_asks_for(text: str, kind: str) -> None:
    assert form(text).kind == kind


# --- several


TWO_TABLES = """
    附件2
    = 活动情况统计表
    填报单位：　　　　填报日期：
    一、活动情况
    | 宣讲 | 开展宣讲（  ）场 |
    二、“五进”情况
    | 类别 | 场次（场） |
    | 进企业 | |
    | 进学校 | |
"""


def test_a_form_over_two_tables_is_one_form() -> None:
    found = form(TWO_TABLES)
    assert [(field.label, field.evidence.block) for field in found.fields] == [
        ("填报单位", 2),
        ("填报日期", 2),
        ("开展宣讲", 4),
        ("进企业/场次", 6),
        ("进学校/场次", 6),
    ]


def test_several_forms_of_one_file_stand_apart() -> None:
    behind = """
        ---
        附件1
        = 活动情况统计表
        | 宣讲 | 开展宣讲（  ）场，参与（  ）人次 |
        ---
        附件2
        = 联络员回执
        单位：　　　　姓名：　　　　电话：
    """
    spec = notice("请认真组织。\n附件：1.活动情况统计表\n2.联络员回执", behind)
    assert [(one.attachment, one.title, one.kind, len(one.fields)) for one in spec.forms] == [
        ("附件1", "活动情况统计表", "statistics", 2),
        ("附件2", "联络员回执", "feedback", 3),
    ]


def test_two_forms_in_one_attachment_stand_apart_under_their_titles() -> None:
    spec = compiled("""
        附件
        = 活动情况统计表
        | 宣讲 | 开展宣讲（  ）场，参与（  ）人次 |
        = 隐患排查统计表
        | 排查 | 发现隐患（  ）项，整改（  ）项 |
    """)
    assert [one.title for one in spec.forms] == ["活动情况统计表", "隐患排查统计表"]


def test_a_form_may_stand_in_a_table_inside_a_table() -> None:
    cell = "<w:tc>{}</w:tc>"
    inner = f"<w:tbl><w:tr>{cell.format(p('开展宣讲（场）'))}{cell.format(p(''))}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr>{cell.format(p('宣讲'))}{cell.format(inner + p(''))}</w:tr></w:tbl>"
    found = only_form(compile_documents([read_xml(p("活动情况统计表", '<w:jc w:val="center"/>') + outer)]))
    assert [(field.label, field.unit, field.evidence.nested) for field in found.fields] == [("开展宣讲", "场", [0, 1])]


def test_a_notice_without_a_form_has_none() -> None:
    assert notice("各街道要组织宣讲（含线上）活动，于6月20日前报送总结。").forms == []


# --- ids


def ids(found: Form) -> dict[str, str]:
    return {field.id: f"{field.section}/{field.label}" for field in found.fields}


BASE = """
    = 活动情况统计表
    填报单位：　　　　填报日期：
    | 宣讲 | 开展宣讲（  ）场，参与（  ）人次 |
    | 演练 | 开展演练（  ）场，参与（  ）人次 |
"""


def test_ids_differ_within_a_form() -> None:
    assert len(ids(form(BASE))) == 6


def test_the_same_text_gives_the_same_ids() -> None:
    assert form(BASE) == form(BASE)


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(
            BASE.replace("    填报单位", "    .\n    为便于统计，请如实填写。\n    填报单位"), id="lines above"
        ),
        pytest.param(BASE + "    注：请于6月20日前报送。\n", id="a note below"),
        pytest.param(BASE + "    | 科普 | 发放资料（  ）份 |\n", id="a new row below"),
        pytest.param(BASE.replace("    | 宣讲", "    | 科普 | 发放资料（  ）份 |\n    | 宣讲"), id="a new row above"),
        pytest.param(BASE.replace("（  ）", "（        ）"), id="wider brackets"),
        pytest.param(BASE.replace("（  ）", "(  )"), id="other brackets"),
        pytest.param(BASE.replace("（  ）", "____"), id="underscores"),
        pytest.param(BASE.replace("活动情况统计表", "{b:活动情况统计表}"), id="other dress"),
        pytest.param(BASE.replace("，", "；"), id="other punctuation"),
    ],
)
def test_ids_stay_whatever_moves_around(moved: str) -> None:
    before, after = form(BASE), form(moved)
    assert before.id == after.id
    assert ids(before).items() <= ids(after).items()


def test_ids_stay_where_rows_change_places() -> None:
    lines = BASE.rstrip().split("\n")
    assert ids(form("\n".join([*lines[:3], lines[4], lines[3]]))) == ids(form(BASE))


def test_the_form_alone_has_the_ids_it_has_in_the_notice() -> None:
    inside = only_form(notice("请认真组织。", "---\n    附件\n" + BASE.replace("    = ", "= ", 1)))
    assert ids(inside) == ids(form(BASE))
    assert inside.id == form(BASE).id


def test_other_words_give_another_id() -> None:
    before, after = ids(form(BASE)), ids(form(BASE.replace("开展演练", "组织疏散")))
    assert len(set(before) & set(after)) == len(before) - 2


# --- rows below a table


FOOT = "= 安全检查统计表\n| 类别 | 检查次数（次） | 隐患数量（处） | 投入资金（万元） |\n| 消防 | | | |\n| 合计 | | | |\n{}"


@pytest.mark.parametrize(
    "row", ["| 填表人： | | 联系电话： | |", "| 填表人 | | 联系电话 | |", "| 填 表 人： | | 电话： | |"]
)
def test_who_filled_a_table_is_no_number_of_it(row: str) -> None:
    fields = form(FOOT.format(row)).fields[-2:]
    assert [(one.type, one.unit, one.aggregate, one.section) for one in fields] == [
        ("person", None, "none", None),
        ("phone", None, "none", None),
    ]


def test_one_signature_alone_below_numbers_is_one_field() -> None:
    fields = form(FOOT.format("| 填表人： | | | |")).fields
    assert [(one.label, one.type) for one in fields[6:]] == [("填表人", "person")]


def test_a_row_of_persons_in_a_table_of_numbers_keeps_its_columns() -> None:
    fields = form("= 培训统计表\n| 对象 | 人数（人） | 学时（小时） |\n| 负责人 | | |\n| 安全员 | | |").fields
    assert [(one.section or one.subject, one.unit) for one in fields] == [
        ("负责人", "人"),
        ("负责人", "小时"),
        ("安全员", "人"),
        ("安全员", "小时"),
    ]


def test_a_person_under_name_and_phone_keeps_them() -> None:
    fields = form("= 联络员登记表\n| 职责 | 姓名 | 联系电话 |\n| 负责人： | | |\n| 联络员： | | |").fields
    assert [one.type for one in fields] == ["person", "phone", "person", "phone"]
