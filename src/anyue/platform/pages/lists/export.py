"""The workbook of a list: exactly what is filtered, in its order, row by row in constant memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext

from anyue.kernel.clock import SHANGHAI, today

from .cells import NOT_APPLICABLE, Column
from .ordering import narrowed, ordered
from .pages import prepared
from .spec import ListSpec, read_state

LONGEST = 32_000  # a cell of Excel holds 32,767 characters
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(request: HttpRequest, spec: ListSpec[Any], rows: QuerySet[Any, Any]) -> FileResponse:
    """All rows that the address of ``request`` asks for, up to ``spec.export_limit``; a last line says if there are more."""
    spec = prepared(spec)
    state = read_state(spec, request.GET)
    chosen = state.columns or tuple(column.key for column in spec.columns if column.shown)
    columns = [column for number, column in enumerate(spec.columns) if not number or column.key in chosen]
    asked = ordered(spec, narrowed(spec, rows, state), state)[: spec.export_limit + 1]
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    try:
        count = write_workbook(file, str(spec.title), columns, asked.iterator(chunk_size=2000), spec.export_limit)
    except BaseException:
        file.close()
        raise
    if spec.exported:
        spec.exported(request, count)
    file.seek(0)
    name = f"{spec.title}_{today():%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KIND)


def write_workbook(file: IO[bytes], title: str, columns: list[Column[Any]], rows: Iterable[Any], limit: int) -> int:
    """Write the table; the number of rows written. Nothing that was typed becomes a formula or a link."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#EEF4FC", "border": 1, "text_wrap": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
            "text": book.add_format({"num_format": "@"}),
            "figure": book.add_format(),
        }
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(columns):
            head = gettext("%(label)s (%(unit)s)") % {"label": column.label, "unit": column.unit}
            head = head if column.unit else str(column.label)
            sheet.set_column(number, number, column.width or max(12, 2 * len(head) + 2))
            sheet.write_string(0, number, head, styles["head"])
        written = 0
        for row in rows:
            if written == limit:
                note = gettext(
                    "Only the first %(limit)s rows are here; there are more. Narrow the list and export again."
                )
                sheet.write_string(written + 1, 0, note % {"limit": limit})
                break
            written += 1
            for number, column in enumerate(columns):
                _write(sheet, written, number, column.exported(row), styles)
        sheet.autofilter(0, 0, max(written, 1), len(columns) - 1)
    return written


def _write(sheet: Any, line: int, number: int, value: Any, styles: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if value is NOT_APPLICABLE:
        sheet.write_string(line, number, gettext("does not apply"))
    elif isinstance(value, bool):
        sheet.write_string(line, number, gettext("yes") if value else gettext("no"))
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(line, number, value, styles["figure"])
    elif isinstance(value, datetime):
        sheet.write_datetime(line, number, value.astimezone(SHANGHAI).replace(tzinfo=None), styles["instant"])
    elif isinstance(value, date):
        sheet.write_datetime(line, number, value, styles["day"])
    else:
        sheet.write_string(line, number, _cut(str(value)), styles["text"])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _sheet_name(title: str) -> str:
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")[:31] or "1"
