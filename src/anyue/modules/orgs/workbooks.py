"""The template for an import, and the tree as a workbook that can be imported again."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from .models import Kind, Unit
from .services.importing.heads import TITLES
from .services.importing.rows import MARK

AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Nothing that somebody typed becomes a formula, a link or a number."""
_WIDTHS = {"name": 32, "above": 28, "uscc": 22, "address": 36}
_ORDER = ("code", "name", "parent", "above", "kind", "area_code", "uscc", "short_name", "phone", "address")


def template() -> bytes:
    """Headings, a choice of kinds, and a second sheet that says what each column wants."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **AS_TYPED}) as book:
        _sheet(book)
        notes = book.add_worksheet("填写说明")
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        notes.set_column(0, 0, 20)
        notes.set_column(1, 1, 80, wrap)
        for number, (field, sentence) in enumerate(_explanations()):
            notes.write_row(number, 0, [TITLES[field], sentence])
    return target.getvalue()


def exported(units: Iterable[Unit]) -> bytes:
    """``units`` with the columns of the template."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, **AS_TYPED}) as book:
        sheet = _sheet(book)
        for number, unit in enumerate(units, 1):
            above = unit.parent
            cells = {
                "code": _code(unit),
                "name": unit.name,
                "parent": _code(above) if above else "",
                "above": above.name if above else "",
                "kind": str(Kind(unit.kind).label),
                "area_code": unit.area_code,
                "uscc": unit.uscc or "",
                "short_name": unit.short_name,
                "phone": unit.phone,
                "address": unit.address,
            }
            for column, field in enumerate(_ORDER):
                if cells[field]:
                    sheet.write_string(number, column, cells[field])
    return target.getvalue()


def _code(unit: Unit) -> str:
    """The code, or a mark by which an import finds a unit without one again."""
    return unit.code or f"{MARK}{unit.pk}"


def _sheet(book: xlsxwriter.Workbook) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet("单位")
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    text = book.add_format({"num_format": "@"})
    for column, field in enumerate(_ORDER):
        # As text, so that Excel does not turn codes of 12 digits into numbers.
        sheet.set_column(column, column, _WIDTHS.get(field, 16), text)
        sheet.write_string(0, column, TITLES[field], head)
    sheet.freeze_panes(1, 2)
    kinds = [str(kind.label) for kind in Kind]
    sheet.data_validation(
        1, 4, 100_000, 4, {"validate": "list", "source": kinds, "ignore_blank": True, "error_type": "warning"}
    )
    return sheet


def _explanations() -> list[tuple[str, str]]:
    return [
        (
            "code",
            _(
                "The 12-digit statistical code of an area. An office, school or enterprise may have a code of its own or none."
            ),
        ),
        ("name", _("The full official name. It is the only column that must be filled in.")),
        ("parent", _("The code of the unit right above. Empty for an area with a statistical code: the code says it.")),
        ("above", _("The name of the unit right above, where that has no code.")),
        ("kind", _("The kind. Empty: it is told from the code or the name.")),
        ("area_code", _("The code of the area in which an enterprise or a school lies.")),
        ("uscc", _("The unified social credit code of 18 characters.")),
        ("short_name", _("The short name that lists show.")),
        ("phone", _("The duty phone.")),
        ("address", _("The address.")),
    ]
