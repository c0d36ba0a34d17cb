"""A month as weeks of days, Monday first."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_read(written: str) -> date | None:
    """The first day of a month written as 2026-06; None for anything else."""
    found = _MONTH.fullmatch(written)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if 1900 <= year <= 2999 and 1 <= month <= 12 else None


def weeks(first: date) -> list[list[date]]:
    """The weeks that hold the month of ``first``, with the days of the months beside it that fill them."""
    return calendar.Calendar().monthdatescalendar(first.year, first.month)


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
