"""A form as a workbook to fill in: a plain grid, only the value cells unlocked, every type checked as it is typed.

The first sheet has the columns 序号, 项目, 指标, 计量单位, 填报数 and, hidden, 编码 (the field id, in column F). A group is a
small table of its own below its head. The sheet ``anyue``, very hidden, has one row for each value cell: field id, group,
number of the row in the group from 1, cell (``E7``); and the form's id beside ``form``.
"""

from __future__ import annotations

import io
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from ..spec import Field, Form, NoticeSpec
from .derived import derived_sources
from .docx import groups_of
from .sheets import HINTS, named, sections_of

SHEET, HIDDEN = "填报表", "anyue"
HEADS = ("序号", "项目", "指标", "计量单位", "填报数", "编码")
WIDTHS = (6, 22, 48, 10, 26, 14)
GROUP_ROWS = 5
_LAST = 4
_EVER = "9999-12-31"


class _Cell(NamedTuple):
    field: Field
    row: int
    column: int
    number: int


class _Book:
    """The workbook being written and the row that comes next."""

    def __init__(self, form: Form, spec: NoticeSpec) -> None:
        self.form, self.spec = form, spec
        self.out = io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(
            self.out,
            {
                "in_memory": True,
                "default_date_format": "yyyy-mm-dd",
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
        self.sheet: Any = self.book.add_worksheet(SHEET)
        self.row = 0
        self.count = 0
        self.cells: list[_Cell] = []
        self.lists: dict[str, list[str]] = {}
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        ruled = {**base, "border": 1}
        self.styles = {
            "title": self.book.add_format({**base, "font_name": "黑体", "font_size": 16, "align": "center"}),
            "note": self.book.add_format({**base, "font_size": 10, "font_color": "#595959"}),
            "head": self.book.add_format({**ruled, "bold": True, "align": "center", "bg_color": "#D9E2F3"}),
            "section": self.book.add_format({**ruled, "bold": True, "bg_color": "#EDEDED"}),
            "label": self.book.add_format(ruled),
            "centre": self.book.add_format({**ruled, "align": "center"}),
            "value": self.book.add_format({**ruled, "locked": False, "bg_color": "#FFFBE6"}),
            "words": self.book.add_format({**ruled, "locked": False, "bg_color": "#FFFBE6", "num_format": "@"}),
            "day": self.book.add_format(
                {**ruled, "locked": False, "bg_color": "#FFFBE6", "num_format": "yyyy-mm-dd", "align": "left"}
            ),
            "instant": self.book.add_format(
                {**ruled, "locked": False, "bg_color": "#FFFBE6", "num_format": "yyyy-mm-dd hh:mm", "align": "left"}
            ),
            "sum": self.book.add_format({**ruled, "bg_color": "#F2F2F2"}),
        }


def form_xlsx(form: Form, spec: NoticeSpec) -> bytes:
    """The form as a workbook for units."""
    book = _Book(form, spec)
    _top(book)
    done: set[str] = set()
    groups = groups_of(form)
    for title, fields in sections_of(form):
        begun = book.row
        for field in fields:
            if field.group is None:
                _line(book, field)
            elif field.group not in done:
                done.add(field.group)
                _section(book, title, begun)
                _group(book, title, groups[field.group])
                begun = book.row
        _section(book, title, begun)
    _sums(book)
    _finish(book)
    book.book.close()
    return book.out.getvalue()


def _top(book: _Book) -> None:
    sheet = book.sheet
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, None, {"hidden": column > _LAST})
    title = book.form.title or book.spec.title or "填报表"
    sheet.merge_range(0, 0, 0, _LAST, title, book.styles["title"])
    sheet.set_row(0, 36)
    due = next(
        (
            one.due
            for one in book.spec.deadlines
            if one.due
            and any((book.form.title or "") in item or item in (book.form.title or "") for item in one.deliverables)
        ),
        None,
    )
    note = "填写说明：只需填写浅黄色单元格；没有开展填 0，不涉及填 /，不要留空；不要增删行列。"
    sheet.merge_range(
        1, 0, 1, _LAST, note + (f"请于 {due.replace('T', ' ')} 前报送。" if due else ""), book.styles["note"]
    )
    sheet.set_row(1, 32)
    for column, head in enumerate(HEADS):
        sheet.write_string(2, column, head, book.styles["head"])
    sheet.set_row(2, 22)
    book.row = 3


def _line(book: _Book, field: Field) -> None:
    book.count += 1
    sheet, row = book.sheet, book.row
    label = named(field)
    sheet.write_number(row, 0, book.count, book.styles["centre"])
    sheet.write_string(row, 2, label, book.styles["label"])
    sheet.write_string(row, 3, field.unit or "", book.styles["centre"])
    sheet.write_string(row, 5, field.id)
    lines = max(-(-_wide(label) // 44), 4 if field.type == "longtext" else 1)
    sheet.set_row(row, max(22, 15 * lines + 6))
    _value(book, field, row, _LAST, 0)
    book.row += 1


def _section(book: _Book, title: str, begun: int) -> None:
    """The name of a section beside its lines, one cell for all of them."""
    if book.row - begun > 1:
        book.sheet.merge_range(begun, 1, book.row - 1, 1, title, book.styles["label"])
    elif book.row > begun:
        book.sheet.write_string(begun, 1, title, book.styles["label"])


def _wide(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _group(book: _Book, section: str, fields: list[Field]) -> None:
    """A small table: one column a field, several rows."""
    sheet, rows = book.sheet, max(GROUP_ROWS, fields[0].rows or 0)
    spare = max(0, len(fields) - _LAST)
    if spare:
        sheet.set_column(6, 5 + spare, 20)
    sheet.merge_range(book.row, 0, book.row, _LAST, f"{section}（每行填一项，可填 {rows} 行）", book.styles["section"])
    sheet.set_row(book.row, 22)
    columns = [number if number <= _LAST else number + 1 for number in range(1, len(fields) + 1)]
    sheet.write_string(book.row + 1, 0, "序号", book.styles["head"])
    for column, field in zip(columns, fields, strict=True):
        unit = f"（{field.unit}）" if field.unit else ""
        sheet.write_string(book.row + 1, column, f"{field.label}{unit}", book.styles["head"])
    for column in range(len(fields) + 1, _LAST + 1):
        sheet.write_blank(book.row + 1, column, None, book.styles["head"])
    sheet.set_row(book.row + 1, 32)
    for number in range(1, rows + 1):
        row = book.row + 1 + number
        sheet.write_number(row, 0, number, book.styles["centre"])
        for column, field in zip(columns, fields, strict=True):
            _value(book, field, row, column, number)
        for column in range(len(fields) + 1, _LAST + 1):
            sheet.write_blank(row, column, None, book.styles["label"])
        sheet.set_row(row, 30)
    book.row += rows + 2


# -- value cells


def _value(book: _Book, field: Field, row: int, column: int, number: int) -> None:
    """An empty cell of the field's type, checked as it is typed."""
    book.cells.append(_Cell(field, row, column, number))
    style = {"date": "day", "datetime": "instant", "integer": "value", "decimal": "value"}.get(field.type, "words")
    if field.aggregate == "derived":
        return
    book.sheet.write_blank(row, column, None, book.styles[style])
    rule = _rule(book, field, xl_rowcol_to_cell(row, column))
    if rule is not None:
        prompt = HINTS.get(field.type, "")
        rule |= {"ignore_blank": True, "input_title": (named(field)[:29] or "填写"), "input_message": prompt[:250]}
        rule |= {"error_title": "请核对", "error_message": prompt[:250]}
        book.sheet.data_validation(row, column, row, column, rule)


def _rule(book: _Book, field: Field, cell: str) -> dict[str, object] | None:
    stroke = f'{cell}="/"'
    match field.type:
        case "integer":
            return {
                "validate": "custom",
                "value": f"=OR({stroke},IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),FALSE))",
            }
        case "decimal":
            return {"validate": "custom", "value": f"=OR({stroke},IF(ISNUMBER({cell}),{cell}>=0,FALSE))"}
        case "date" | "datetime":
            return {
                "validate": "custom",
                "value": f"=OR({stroke},IF(ISNUMBER({cell}),AND({cell}>=36526,{cell}<73051),FALSE))",
            }
        case "choice" if field.options:
            return {"validate": "list", "source": _source(book, field)}
        case "longtext":
            return {"validate": "length", "criteria": "<=", "value": 5000}
        case _:
            return {"validate": "length", "criteria": "<=", "value": 500}


def _source(book: _Book, field: Field) -> object:
    """The entries of a list: in the rule itself while they fit, else on the hidden sheet."""
    options = field.options or []
    if len(",".join(options)) <= 250 and not any("," in option for option in options):
        return options
    book.lists[field.id] = options
    column = 5 + len(book.lists)
    first, last = xl_rowcol_to_cell(0, column, True, True), xl_rowcol_to_cell(len(options) - 1, column, True, True)
    return f"={HIDDEN}!{first}:{last}"


def _sums(book: _Book) -> None:
    """合计 cells as formulas over the cells that they sum, locked."""
    sources = derived_sources(book.form)
    at: dict[str, list[str]] = {}
    for cell in book.cells:
        at.setdefault(cell.field.id, []).append(xl_rowcol_to_cell(cell.row, cell.column))
    for cell in book.cells:
        if cell.field.aggregate == "derived":
            parts = [place for key in sources.get(cell.field.id, []) for place in at.get(key, [])]
            if parts:
                sums = "+".join(f"SUM({','.join(parts[low : low + 200])})" for low in range(0, len(parts), 200))
                book.sheet.write_formula(cell.row, cell.column, f"={sums}", book.styles["sum"], 0)
            else:
                book.sheet.write_blank(cell.row, cell.column, None, book.styles["value"])


def _finish(book: _Book) -> None:
    sheet = book.sheet
    sheet.freeze_panes(3, 0)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.center_horizontally()
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "select_locked_cells": True})
    first = next((cell for cell in book.cells if cell.field.aggregate != "derived"), None)
    if first is not None:
        sheet.set_selection(first.row, first.column, first.row, first.column)
    hidden = book.book.add_worksheet(HIDDEN)
    hidden.write_row(0, 0, ("form", book.form.id))
    hidden.write_row(1, 0, ("field", "group", "row", "cell", "sheet"))
    for number, cell in enumerate(book.cells, 2):
        hidden.write_row(
            number,
            0,
            (cell.field.id, cell.field.group or "", cell.number, xl_rowcol_to_cell(cell.row, cell.column), SHEET),
        )
    for number, options in enumerate(book.lists.values(), 6):
        hidden.write_column(0, number, options)
    hidden.very_hidden()
