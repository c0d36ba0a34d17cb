"""Workbooks of campaigns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext

from anyue.kernel.clock import SHANGHAI

from .models import Campaign, LiaisonOfficer
from .selectors import progress
from .selectors.progress import Row


def roster_sheet(campaign: Campaign) -> bytes:
    """Every addressed unit with its liaison officer: post, numbers, named when and by whom; empty where nobody is named."""
    rows = progress.receipts_of(campaign.addressed_now.select_related("unit"), campaign)
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(gettext("Liaison officers")), book.add_format({"bold": True})
        sheet.write_row(0, 0, _heads(), bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(_values(row)):
                if value:  # as text: a number keeps its zeros, and nothing becomes a formula
                    sheet.write_string(number, column, value)
        sheet.set_column(0, len(_heads()) - 1, 18)
        sheet.autofilter(0, 0, max(len(rows), 1), len(_heads()) - 1)
        sheet.freeze_panes(1, 1)
    return data.getvalue()


def _heads() -> list[str]:
    return [
        gettext("Unit"),
        gettext("Liaison officer"),
        gettext("Post of the officer"),
        gettext("Office phone"),
        gettext("Mobile"),
        gettext("E-mail of the officer"),
        gettext("Named at"),
        gettext("Named by"),
    ]


def _values(row: Row) -> Iterable[str]:
    one = row.officer
    return [row.participation.unit.name, *(_officer(one) if one else ())]


def _officer(one: LiaisonOfficer) -> list[str]:
    by = gettext("%(name)s (by link, not confirmed)") % {"name": one.named_by} if one.by_link else one.named_by
    return [one.name, one.post, one.office_phone, one.mobile, one.email, _moment(one.named_at), by]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
