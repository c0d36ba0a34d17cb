"""A workbook that we made, filled in and sent back: every cell is read, groups and rosters too."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from gongwen.collection import Value
from gongwen.compile import compile_documents
from gongwen.fill import form_xlsx
from gongwen.readers import Source, read
from gongwen.readers.docx import read_docx
from gongwen.replies import build, read_reply
from gongwen.spec import Field, Form, NoticeSpec
from tests.support.notation import docx_from

GROUP = """
    附件2
    = 活动情况统计表
    填报单位：　　　　　　　　填报日期：　　年　　月　　日
    | 活动项目 | 活动情况 |
    | 宣讲 | 组织宣讲（    ）场，参与（    ）人次 |
    | 其他特色活动 | 活动名称（    ），组织（    ）场/次，参与（    ）人次。¶活动简要情况： |
"""
ROSTER = """
    附件3
    = 值班人员登记表
    填报单位：
    | 序号 | 姓名 | 职务 | 手机号码 | 值班日期 | 备注 |
    | 1 | | | | | |
    | 2 | | | | | |
    填表人：　　　　　　　　联系电话：
"""
GRID = """
    附件
    = “五进”活动统计表
    填报单位：　　　　　　　　填报日期：
    | 类别 | 场次（场） | 人数（人次） |
    | 进企业 | | |
    | 进学校 | | |
    | 合计 | | |
"""
FORMS = {"group": GROUP, "roster": ROSTER, "grid": GRID}
Change = Callable[[Workbook], None]


def form_of(text: str) -> tuple[Form, NoticeSpec, bytes]:
    data = docx_from(text)
    spec = compile_documents([read_docx(data, "通知.docx")])
    return spec.forms[0], spec, data


def value_for(field: Field, number: int) -> int | str:
    if field.type in ("integer", "decimal"):
        return 10 * number + len(field.label)
    return f"2026-06-1{number}" if field.type == "date" else f"{field.label}{number}"


def sent_back(text: str, change: Change | None = None, rows: int = 3) -> tuple[dict[str, Value], dict[str, Value]]:
    """What was written and what is read."""
    form, spec, data = form_of(text)
    book = openpyxl.load_workbook(BytesIO(form_xlsx(form, spec)))
    listed = list(book["anyue"].iter_rows(min_row=3, max_col=5, values_only=True))
    fields = {field.id: field for field in form.fields}
    written: dict[str, Value] = {}
    groups: dict[str, dict[int, dict[str, int | float | str | None]]] = {}
    for key, group, number, cell, sheet in listed:
        field, row = fields[str(key)], int(str(number))
        if row > rows or field.aggregate == "derived":
            continue
        value = value_for(field, row)
        book[str(sheet)][str(cell)] = value
        if group:
            groups.setdefault(str(group), {}).setdefault(row, {})[field.id] = value
        else:
            written[field.id] = value
    if change is not None:
        change(book)
    out = BytesIO()
    book.save(out)
    source = Source("表.xlsx", data=out.getvalue())
    template = build(form, [read_docx(data, "通知.docx")], 2026)
    reading = read_reply(read(source), template, source)
    assert reading.matched == 1.0
    assert reading.issues == []
    got = {
        key: value for key, value in reading.values.items() if key not in fields or fields[key].aggregate != "derived"
    }
    return {**written, **{group: list(found.values()) for group, found in groups.items()}}, got


def rows_added_above(book: Workbook) -> None:
    book.worksheets[0].insert_rows(3, 2)


def remark_behind(book: Workbook) -> None:
    book.worksheets[0]["H4"] = "请查收"


def hidden_sheet_lost(book: Workbook) -> None:
    del book["anyue"]


def sheet_renamed(book: Workbook) -> None:
    book.worksheets[0].title = "甲山社区"


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "change", [None, rows_added_above, remark_behind, hidden_sheet_lost, sheet_renamed], ids=lambda c: c and c.__name__
)
def test_everything_that_was_filled_in_is_read_back(name: str, change: Change | None) -> None:
    written, got = sent_back(FORMS[name], change)
    assert got == written


def test_rows_of_a_group_that_were_left_blank_are_no_rows() -> None:
    form, _, _ = form_of(GROUP)
    group = next(field.group for field in form.fields if field.group)
    _, got = sent_back(GROUP, rows=0)
    assert got[group] == []


def test_the_workbook_of_another_form_is_none_of_ours() -> None:
    form, spec, _ = form_of(ROSTER)
    source = Source("表.xlsx", data=form_xlsx(form, spec))
    other, _, data = form_of(GRID)
    template = build(other, [read_docx(data, "通知.docx")], 2026)
    assert read_reply(read(source), template, source).matched < 1.0
