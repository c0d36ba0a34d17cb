"""Working days and office hours: arithmetic over a question "is this day a working day?", whoever answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .clock import SHANGHAI, at, day_of

IsWorking = Callable[[date], bool]
_LONGEST_REST = 40
"""No table has so many days off in a row; a question that always says no ends here."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when an office is open on its working days (Shanghai time)."""

    opens: time = time(8, 30)
    closes: time = time(18, 0)


def is_open(instant: datetime, hours: Hours, is_working: IsWorking) -> bool:
    """Somebody is there at ``instant``."""
    there = instant.astimezone(SHANGHAI)
    return is_working(there.date()) and hours.opens <= there.time() < hours.closes


def next_open(instant: datetime, hours: Hours, is_working: IsWorking) -> datetime:
    """``instant`` itself while the office is open, else the moment at which it opens next."""
    if is_open(instant, hours, is_working):
        return instant
    day = day_of(instant)
    for ahead in range(_LONGEST_REST):
        candidate = day + timedelta(days=ahead)
        opens = at(candidate, hours.opens.hour, hours.opens.minute)
        if is_working(candidate) and opens >= instant:
            return opens
    return instant


def add_working_days(day: date, count: int, is_working: IsWorking) -> date:
    """The ``count``-th working day after ``day`` (before it for a negative ``count``); ``day`` itself is not counted."""
    step, left = timedelta(days=1 if count >= 0 else -1), abs(count)
    while left:
        day += step
        left -= is_working(day)
    return day
