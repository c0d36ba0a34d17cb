"""Tables that people changed: heads shortened, renamed, numbered, moved, deleted, values in the label's own cell."""

from __future__ import annotations

import pytest

from gongwen.compile import compile_documents
from gongwen.model import Document
from gongwen.readers.docx import read_docx
from gongwen.replies import Reading, Template, build, read_reply
from gongwen.replies.likeness import likeness, pair
from tests.support.notation import docx_from

GRID = """
    附件1
    = 燃气安全检查情况统计表
    填报单位：　　　　　　填报日期：
    | 场所类型 | 检查家数（家） | 出动人数（人次） | 发现隐患（处） | 罚款金额（万元） |
    | 餐饮单位 | | | | |
    | 其中：农家乐 | | | | |
    | 学校食堂 | | | | |
    | 居民用户 | | | | |
"""
SERIAL = """
    附件1
    = 隐患排查月报表
    填报单位：　　　　　　填报日期：
    | 序号 | 指标 | 计量单位 | 本月 | 累计 |
    | 1 | 检查企业 | 家次 | | |
    | 2 | 发现隐患 | 项 | | |
    | 3 | 其中：重大隐患 | 项 | | |
"""
PAIRS = """
    附件1
    = 安全培训情况反馈表
    | 单位名称 | | 联系人 | |
    | 手机号码 | | 电子邮箱 | |
    | 参训人数（人） | | 其中女性（人） | |
    | 参训日期 | | 意见建议 | |
"""
ROSTER = """
    附件1
    = 值班人员登记表
    填报单位：________
    | 序号 | 姓名 | 职务 | 联系电话 | 备注 |
    | 1 | | | | |
    | 2 | | | | |
    | 3 | | | | |
"""
HEADS = ["场所类型", "检查家数（家）", "出动人数（人次）", "发现隐患（处）", "罚款金额（万元）"]
ROWS = [
    ["餐饮单位", "20", "40", "8", "1.2"],
    ["其中：农家乐", "5", "10", "2", "0"],
    ["学校食堂", "6", "12", "1", "0"],
    ["居民用户", "30", "60", "9", "0.5"],
]


def document(text: str) -> Document:
    return read_docx(docx_from(text), "统计表.docx")


def template(text: str) -> Template:
    empty = document(text)
    (form,) = compile_documents([empty]).forms
    return build(form, [empty], 2026)


def read(form: str, table: list[list[str]], title: str | None = None) -> tuple[Reading, dict[str, object]]:
    known = template(form)
    lines = "\n".join("| " + " | ".join(row) + " |" for row in table)
    head = "填报单位：甲山社区　　填报日期：2026年6月18日\n"
    reading = read_reply(document(f"附件1\n= {title or known.title}\n{head}{lines}"), known)
    names = {one.id: one.label for one in known.form.fields}
    return reading, {names.get(key, key): value for key, value in reading.values.items()}


def numbers(reading: Reading) -> list[list[object]]:
    """The numbers of the grid, a list a row."""
    found = [value for value in reading.values.values() if isinstance(value, int | float)]
    return [list(found[at : at + 4]) for at in range(0, len(found), 4)]


RIGHT = [[float(cell) for cell in row[1:]] for row in ROWS]


def codes(reading: Reading) -> list[str]:
    return [issue.code for issue in reading.issues]


@pytest.mark.parametrize(
    "heads",
    [
        ["场所", "检查家数", "人数", "隐患", "罚款"],
        ["类型", "检查家数（家）", "出动人次", "隐患数", "罚款金额"],
        ["一、场所类型", "1.检查家数", "2.出动人数", "3.发现隐患", "4.罚款金额"],
    ],
)
def test_reworded_column_heads_find_their_columns(heads: list[str]) -> None:
    reading, _ = read(GRID, [heads, *ROWS])
    assert numbers(reading) == RIGHT
    assert codes(reading) == []


@pytest.mark.parametrize(
    "names", [["1.餐饮单位", "2.其中：农家乐", "3.学校食堂", "4.居民用户"], ["餐饮", "农家乐", "学校", "居民"]]
)
def test_numbered_and_shortened_row_heads_find_their_rows(names: list[str]) -> None:
    reading, _ = read(GRID, [HEADS, *([name, *row[1:]] for name, row in zip(names, ROWS, strict=True))])
    assert numbers(reading) == RIGHT
    assert codes(reading) == []


def test_moved_columns_and_rows_are_followed() -> None:
    order = [0, 3, 1, 4, 2]
    table = [[row[place] for place in order] for row in [HEADS, ROWS[2], ROWS[0], ROWS[1], ROWS[3]]]
    reading, _ = read(GRID, table)
    assert numbers(reading) == RIGHT


def test_a_deleted_column_is_said_and_takes_no_other_columns_numbers() -> None:
    table = [[cell for place, cell in enumerate(row) if place != 2] for row in [HEADS, *ROWS]]
    reading, found = read(GRID, table)
    assert found["餐饮单位/出动人数"] is None
    assert (found["餐饮单位/检查家数"], found["餐饮单位/发现隐患"]) == (20, 8)
    assert [(issue.code, issue.details["head"], issue.doubt) for issue in reading.issues] == [
        ("R116", "出动人数（人次）", True)
    ]


def test_a_deleted_row_is_said_once() -> None:
    reading, found = read(GRID, [HEADS, ROWS[0], ROWS[1], ROWS[3]])
    assert found["学校食堂/检查家数"] is None
    assert found["居民用户/检查家数"] == 30
    assert [(issue.code, issue.details["head"]) for issue in reading.issues] == [("R116", "学校食堂")]


def test_a_head_known_by_its_place_alone_is_said() -> None:
    heads = [*HEADS[:3], "查出问题", HEADS[4]]
    reading, _ = read(GRID, [heads, *ROWS])
    assert numbers(reading) == RIGHT
    assert [(issue.code, issue.found, issue.details["head"]) for issue in reading.issues] == [
        ("R117", "查出问题", "发现隐患（处）")
    ]


def test_another_unit_in_the_head_is_converted_and_said() -> None:
    heads = [*HEADS[:4], "罚款金额（元）"]
    table = [heads, *([*row[:4], str(int(float(row[4]) * 10000))] for row in ROWS)]
    reading, found = read(GRID, table)
    assert found["餐饮单位/罚款金额"] == 1.2
    assert set(codes(reading)) == {"R105"}


def test_a_value_like_a_serial_number_is_no_label() -> None:
    heads = ["序号", "指标", "计量单位", "本月", "累计", "去年"]
    rows = [
        ["1", "检查企业", "家次", "3", "30", "1"],
        ["2", "发现隐患", "项", "5", "15", "2"],
        ["3", "其中：重大隐患", "项", "1", "2", "3"],
    ]
    reading, found = read(SERIAL, [heads, *rows])
    assert [found[f"{name}/累计"] for name in ("检查企业", "发现隐患", "其中：重大隐患")] == [30, 15, 2]
    assert codes(reading) == []


def test_without_serial_numbers_the_name_tells_rows_apart_not_the_unit() -> None:
    heads = ["指标", "计量单位", "本月", "累计"]
    rows = [["检查企业", "家次", "10", "30"], ["发现隐患", "项", "5", "15"], ["其中：重大隐患", "项", "1", "2"]]
    _, found = read(SERIAL, [heads, *rows])
    assert [found[f"{name}/本月"] for name in ("检查企业", "发现隐患", "其中：重大隐患")] == [10, 5, 1]


def test_labels_of_pairs_are_compared_without_their_remarks() -> None:
    table = [
        ["单位 名称：", "甲山社区", "联 系 人", "张三"],
        ["手机", "138 0000 1234", "电子邮箱（E-mail）", "a@example.com"],
        ["参训人数", "12", "其中：女性", "5"],
        ["参训时间", "2026年9月15日", "意见和建议", "时间再长些"],
    ]
    reading, found = read(PAIRS, table)
    assert [found[key] for key in ("电子邮箱", "参训日期", "意见建议")] == ["a@example.com", "2026-09-15", "时间再长些"]
    assert [value for value in found.values() if isinstance(value, int)] == [12, 5]
    assert codes(reading) == []


def test_a_value_behind_the_colon_in_its_labels_own_cell_is_read() -> None:
    table = [
        ["单位名称：甲山社区", "", "联系人：张三", ""],
        ["手机号码", "13800001234", "电子邮箱", ""],
        ["参训人数（人）", "12", "其中女性（人）", "5"],
        ["参训日期", "", "意见建议", ""],
    ]
    _, found = read(PAIRS, table)
    assert (found["单位名称"], found["联系人"]) == ("甲山社区", "张三")


def test_reworded_heads_of_a_roster_and_its_sum_row() -> None:
    table = [
        ["序号", "姓  名", "职务（职称）", "手机", "备  注"],
        ["1", "注某", "主任", "13800001234", ""],
        ["2", "李四", "科员", "13900001234", "夜班"],
        ["", "合计", "2人", "", ""],
        ["填表说明：如实填写", "", "", "", ""],
    ]
    reading, _ = read(ROSTER, table)
    (rows,) = [value for value in reading.values.values() if isinstance(value, list)]
    assert [list(row.values()) for row in rows] == [
        ["注某", "主任", "13800001234", None],
        ["李四", "科员", "13900001234", "夜班"],
    ]


def test_a_title_printed_again_in_the_table_cuts_nothing_off() -> None:
    title = "燃气安全检查情况统计表"
    reading, found = read(GRID, [[title, "", "", "", ""], HEADS, *ROWS], title)
    assert (found["填报单位"], found["填报日期"]) == ("甲山社区", "2026-06-18")
    assert numbers(reading) == RIGHT


def test_a_lost_table_is_said() -> None:
    reading, _ = read(GRID, [["甲", "乙"], ["丙", "丁"]])
    assert "R116" in codes(reading)


def test_pairs_are_one_to_one_and_exact_ones_come_first() -> None:
    form = [("发现隐患",), ("其中：重大隐患",), ("整改隐患",)]
    assert pair(form, [("重大隐患",), ("隐患",), ("整改",)]).found == {0: 1, 1: 0, 2: 2}
    assert likeness("参训人数（人）", "参训人数") > likeness("参训人数", "参训人次") > likeness("参训人数", "培训场次")


def test_same_heads_under_two_heads_are_told_apart_by_them() -> None:
    form = [("一般隐患", "发现"), ("一般隐患", "整改"), ("重大隐患", "发现"), ("重大隐患", "整改")]
    reply = [("一般", "发现"), ("重大", "发现"), ("一般", "整改"), ("重大", "整改")]
    assert pair(form, reply).found == {0: 0, 1: 2, 2: 1, 3: 3}
