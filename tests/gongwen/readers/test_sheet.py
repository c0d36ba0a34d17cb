"""Workbooks: titles, grids, notes; numbers as they are seen; nothing that bursts."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter

from gongwen.model import Block, Document, Paragraph, Table
from gongwen.readers import read
from gongwen.readers.sheet import show
from gongwen.readers.sheet_scan import column_number
from gongwen.readers.source import Source


def workbook(build: object) -> Document:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    assert callable(build)
    build(book)
    book.close()
    return read(Source("表.xlsx", data=target.getvalue()))


def texts(blocks: tuple[Block, ...]) -> list[object]:
    return [
        block.text
        if isinstance(block, Paragraph)
        else [(c.row, c.column, c.rows, c.columns, c.text) for c in block.cells if c.text]
        for block in blocks
    ]


def test_title_note_and_grid_are_told_apart_and_bordered_empty_cells_stay() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        framed = book.add_format({"border": 1})
        sheet.merge_range("A1:C1", "统计表")
        sheet.write_row("A2", ["填报单位：", "甲街"])
        sheet.write_row("A3", ["项目", "场次", "人次"], framed)
        sheet.write_row("A4", ["演练", 12, 0.5], framed)
        for row in range(4, 8):
            for column in range(3):
                sheet.write_blank(row, column, None, framed)
        sheet.write("A10", "注：请于6月20日前报送")

    document = workbook(build)
    assert texts(document.blocks) == [
        "统计表",
        [(0, 0, 1, 1, "填报单位："), (0, 1, 1, 1, "甲街")],
        [
            (0, 0, 1, 1, "项目"),
            (0, 1, 1, 1, "场次"),
            (0, 2, 1, 1, "人次"),
            (1, 0, 1, 1, "演练"),
            (1, 1, 1, 1, "12"),
            (1, 2, 1, 1, "0.5"),
        ],
        "注：请于6月20日前报送",
    ]
    grid = document.blocks[2]
    assert isinstance(grid, Table)
    assert (grid.rows, grid.columns, len(grid.cells)) == (6, 3, 18)


def test_merged_cells_come_once() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        framed = book.add_format({"border": 1})
        sheet.merge_range("A1:A2", "单位", framed)
        sheet.merge_range("B1:C1", "活动", framed)
        sheet.write_row("B2", ["场次", "人次"], framed)

    assert texts(workbook(build).blocks) == [
        [(0, 0, 2, 1, "单位"), (0, 1, 1, 2, "活动"), (1, 1, 1, 1, "场次"), (1, 2, 1, 1, "人次")]
    ]


def test_a_hidden_sheet_is_left_out_and_said() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("表一").write("A1", "通知")
        hidden = book.add_worksheet("底稿")
        hidden.write("A1", "不要")
        hidden.hide()

    document = workbook(build)
    assert texts(document.blocks) == ["通知"]
    assert [(warning.code, warning.details) for warning in document.warnings] == [("N101", {"sheet": "底稿"})]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (13800138000.0, "13800138000"),
        (0.1 + 0.2, "0.3"),
        (True, "是"),
        (dt.date(2025, 6, 20), "2025-06-20"),
        (dt.datetime(2025, 6, 20), "2025-06-20"),  # noqa: DTZ001 - a sheet's time has no zone
        (dt.datetime(2025, 6, 20, 14, 30), "2025-06-20 14:30"),  # noqa: DTZ001
        (dt.time(9, 5), "09:05"),
        ("甲\r\n乙", "甲\n乙"),
        (None, ""),
    ],
)
def test_values_are_shown_as_a_person_sees_them(value: object, text: str) -> None:
    assert show(value) == text


def test_columns_are_counted_from_their_letters() -> None:
    assert [column_number(letters) for letters in (b"A", b"Z", b"AA", b"XFD")] == [0, 25, 26, 16383]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.8, "0%", "80%"),
        (0.856, "0.00%", "85.6%"),
        (0.29, "0.0%;[Red]-0.0%", "29%"),
        (1, "0%", "100%"),
        (0.8, "General", "0.8"),
        (80, '0"%"', "80"),
    ],
)
def test_a_share_that_is_shown_in_percent_is_read_as_shown(value: float, code: str, text: str) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["项目", "整改率"])
        sheet.write("A2", "消防")
        sheet.write("B2", value, book.add_format({"num_format": code}))

    (table,) = workbook(build).blocks
    assert isinstance(table, Table)
    assert table.cells[-1].text == text
