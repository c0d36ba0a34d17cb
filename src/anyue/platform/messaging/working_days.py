"""China's working days: the library's yearly table, and the operator's own file over it.

``working-days.json`` in the data folder, read again when it changes; the State Council publishes the table each autumn:

    {"2027": {"off": ["2027-01-01"], "work": ["2027-01-09"]}}

``off``: weekdays that are holidays; ``work``: weekend days that are worked (调休). A year that is in the file is taken from it
alone: its other days are Monday to Friday. A year that neither knows is counted Monday to Friday (ADR 0011).
"""

from __future__ import annotations

import json
import logging
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from gongwen.compile.dues import is_working_day as by_library

logger = logging.getLogger(__name__)
Table = dict[int, tuple[frozenset[date], frozenset[date]]]
_read: tuple[tuple[str, float], Table, str] = (("", 0.0), {}, "")


def is_working_day(day: date) -> bool:
    """Offices work on ``day``."""
    year = _table()[0].get(day.year)
    if year is None:
        return by_library(day)
    off, work = year
    return day in work or (day.weekday() < 5 and day not in off)


def fault() -> str:
    """What is wrong with the operator's file, for the page of settings; "" if nothing is. A faulty file counts for nothing."""
    return _table()[1]


def _table() -> tuple[Table, str]:
    global _read  # noqa: PLW0603 - a cache of one file
    path = Path(settings.DATA) / "working-days.json"
    try:
        mark = (str(path), path.stat().st_mtime)
    except OSError:
        return {}, ""
    if _read[0] != mark:
        try:
            _read = (mark, _parsed(json.loads(path.read_text("utf-8"))), "")
        except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
            logger.exception("%s cannot be used", path)
            _read = (mark, {}, f"{path.name}: {error}")
    return _read[1], _read[2]


def _parsed(written: Any) -> Table:
    return {int(year): (_days(year, parts, "off"), _days(year, parts, "work")) for year, parts in written.items()}


def _days(year: str, parts: Any, name: str) -> frozenset[date]:
    days = frozenset(date.fromisoformat(day) for day in parts.get(name, []))
    if any(day.year != int(year) for day in days):
        raise ValueError(f"a day of another year under {year}")
    return days
