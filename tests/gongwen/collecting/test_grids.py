"""其中 and totals where the form is a grid of cells."""

from __future__ import annotations

import pytest

from gongwen.collecting.checks import check_parts, check_sums, parts_of, sums_of
from gongwen.collection import Value
from gongwen.compile import compile_documents
from gongwen.readers.docx import read_docx
from gongwen.spec import Form
from tests.support.notation import docx_from

Row = list[int | float | None]


def form_of(table: str) -> Form:
    (form,) = compile_documents([read_docx(docx_from(f"附件\n= 检查情况统计表\n填报单位：\n{table}"), "表.docx")]).forms
    return form


ROWS = form_of("""
    | 类别 | 检查家数（家） | 发现隐患（处） | 罚款金额（万元） |
    | 餐饮单位 | | | |
    | 其中：农家乐 | | | |
    | 含夜市摊点 | | | |
    | 学校食堂 | | | |
    | 小计 | | | |
    | 居民用户 | | | |
    | 其中：租户 | | | |
    | 小计 | | | |
    | 合计 | | | |
""")
COLUMNS = form_of("""
    | 类别 | 企业（家） | 其中：规上企业（家） | 学校（家） | 合计（家） |
    | 东片 | | | | |
    | 西片 | | | | |
    | 合计 | | | | |
""")
STROKES = form_of("""
    | 指标 | 计量单位 | 本月 | 累计 |
    | 发现隐患 | 项 | | |
    | 其中：重大隐患 | 项 | | |
    | 罚款 | 万元 | | |
""")


def filled(form: Form, rows: list[Row]) -> dict[str, Value]:
    """Values by the rows of the grid as they stand."""
    cells = [one for one in form.fields if one.evidence.row is not None]
    cells.sort(key=lambda one: (one.evidence.row, one.evidence.column))
    numbers = [number for row in rows for number in row]
    return {one.id: number for one, number in zip(cells, numbers, strict=True)}


GOOD: list[Row] = [
    [20, 8, 1.2],
    [6, 3, 0.2],
    [2, 1, 0],
    [6, 1, 0],
    [26, 9, 1.2],
    [30, 9, 0.5],
    [4, 2, 0.5],
    [30, 9, 0.5],
    [56, 18, 1.7],
]


def found(form: Form, rows: list[Row]) -> list[tuple[str, str, str | None]]:
    values, labels = filled(form, rows), {one.id: one.label for one in form.fields}
    return [
        (issue.code, labels[issue.field or ""], issue.found)
        for issue in (*check_parts(parts_of(form), values), *check_sums(sums_of(form), values))
    ]


def test_a_right_table_has_no_issue() -> None:
    assert found(ROWS, GOOD) == []


def test_parts_are_not_added_up_and_a_subtotal_is_none_of_the_total() -> None:
    labels = {one.id: one.label for one in ROWS.fields}
    sums = {total.label: [labels[one.id] for one in parts] for total, parts in sums_of(ROWS)}
    assert sums["合计/检查家数"] == ["餐饮单位/检查家数", "学校食堂/检查家数", "居民用户/检查家数"]


def test_a_wrong_total_is_said_with_the_right_one() -> None:
    assert found(ROWS, [*GOOD[:-1], [57, 18, 1.7]]) == [("R114", "合计/检查家数", "57")]


@pytest.mark.parametrize(("row", "label"), [(1, "其中：农家乐"), (2, "含夜市摊点"), (6, "其中：租户")])
def test_a_part_row_that_exceeds_the_row_it_is_a_part_of(row: int, label: str) -> None:
    rows: list[Row] = [list(one) for one in GOOD]
    rows[row][1] = 80
    assert found(ROWS, rows) == [("R113", f"{label}/发现隐患", "80")]


def test_a_part_column_that_exceeds_the_column_before_it() -> None:
    assert found(COLUMNS, [[5, 2, 3, 8], [4, 1, 2, 6], [9, 3, 5, 14]]) == []
    assert found(COLUMNS, [[5, 6, 3, 8], [4, 1, 2, 6], [9, 7, 5, 14]]) == [("R113", "东片/其中：规上企业", "6")]


def test_a_total_at_the_end_of_a_row_is_checked_too() -> None:
    assert [code for code, _, _ in found(COLUMNS, [[5, 2, 3, 9], [4, 1, 2, 6], [9, 3, 5, 15]])] == ["R114"]


def test_this_month_is_compared_with_this_month() -> None:
    assert found(STROKES, [[5, 15], [5, 6], [0.5, 1]]) == []
    assert found(STROKES, [[5, 15], [6, 6], [0.5, 1]]) == [("R113", "其中：重大隐患/本月", "6")]


def test_a_blank_part_or_whole_is_no_issue() -> None:
    assert found(STROKES, [[None, 15], [6, None], [None, None]]) == []
