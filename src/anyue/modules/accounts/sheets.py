"""Tables of people: the one that comes in, and the one with links that goes out to be printed and cut."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext
from python_calamine import CalamineError, load_workbook

from anyue.kernel.errors import RefusedError

from . import problems

MOST_ROWS = 1000
# What each column may be called; the first is what the template says.
HEADS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "name"),
    "username": ("用户名", "账号", "登录名", "username"),
    "unit": ("单位", "单位名称", "单位代码", "所在单位", "unit"),
    "title": ("职务", "岗位", "title"),
    "is_leader": ("是否负责人", "负责人", "leader"),
    "phone": ("手机", "手机号", "手机号码", "mobile"),
    "office_phone": ("办公电话", "座机", "office phone"),
    "email": ("邮箱", "电子邮箱", "email"),
    "role": ("角色", "role"),
}
NEEDED = ("name", "username", "unit")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row as it was typed; ``number`` is its line in the table."""

    number: int
    name: str = ""
    username: str = ""
    unit: str = ""
    title: str = ""
    is_leader: str = ""
    phone: str = ""
    office_phone: str = ""
    email: str = ""
    role: str = ""


def read_people(data: bytes) -> list[PersonRow]:
    """The rows of the first sheet that has the columns of a name, a user name and a unit.

    Refuses what is no workbook, has no such sheet, or is longer than ``MOST_ROWS``.
    """
    try:
        book = load_workbook(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except (CalamineError, ValueError, OSError) as unreadable:
        raise RefusedError(problems.SHEET_UNREADABLE, fields={"file": problems.SHEET_UNREADABLE}) from unreadable
    for lines in sheets:
        for at, line in enumerate(lines[:10]):
            columns = _columns([_text(cell) for cell in line])
            if all(name in columns for name in NEEDED):
                return _rows(lines[at + 1 :], columns, at + 2)
    raise RefusedError(problems.SHEET_HEADS, fields={"file": problems.SHEET_HEADS})


def _columns(line: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, text in enumerate(line):
        plain = text.strip(" *＊").casefold()
        name = next((name for name, heads in HEADS.items() if plain in heads), None)
        if name is not None:
            found.setdefault(name, number)
    return found


def _rows(lines: Sequence[Sequence[object]], columns: dict[str, int], first: int) -> list[PersonRow]:
    rows = []
    for number, line in enumerate(lines, first):
        values = {name: _text(line[column]) if column < len(line) else "" for name, column in columns.items()}
        if any(values.values()):
            rows.append(PersonRow(number, **values))
    if not rows:
        raise RefusedError(problems.SHEET_EMPTY, fields={"file": problems.SHEET_EMPTY})
    if len(rows) > MOST_ROWS:
        raise RefusedError(problems.SHEET_LONG, most=MOST_ROWS, fields={"file": problems.SHEET_LONG})
    return rows


def _text(cell: object) -> str:
    # A phone number that Excel took for a figure comes as 13800001234.0.
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("\0", "").split())


def template() -> bytes:
    """An empty table with its heads, to be filled in."""
    return _workbook([[heads[0] for heads in HEADS.values()]])


def links_sheet(people: Iterable[Sequence[str]]) -> bytes:
    """Name, user name, unit and link of each person, to be printed and handed out."""
    heads = [gettext("full name"), gettext("user name"), gettext("unit"), gettext("Link, once, within 72 hours")]
    return _workbook([heads, *people])


def _workbook(lines: Iterable[Sequence[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        head, text = book.add_format({"bold": True, "border": 1}), book.add_format({"num_format": "@", "border": 1})
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_column(0, 8, 18, text)
        for number, line in enumerate(lines):
            for column, value in enumerate(line):
                sheet.write_string(number, column, str(value), text if number else head)
        sheet.freeze_panes(1, 0)
    return file.getvalue()
