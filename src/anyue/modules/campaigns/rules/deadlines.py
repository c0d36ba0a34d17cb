"""Deadlines: no later than the one above, working days, repeating ones. Instants are the first that are too late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from anyue.kernel import clock

Working = Callable[[date], bool]
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
# What a notice asks for beyond the month.
_BEYOND = re.compile(r"下半年|全年|年底前|常态化|长期坚持|长效机制|持续推进")


def latest_for(above: Iterable[datetime | None]) -> datetime | None:
    """The latest time that may be set below deadlines ``above``: the earliest of them; None where none has an end."""
    return min((due for due in above if due is not None), default=None)


def is_allowed(due: datetime | None, *, limit: datetime | None) -> bool:
    """``due`` is not later than ``limit``. Earlier is fine; no end at all is later than any."""
    return limit is None or (due is not None and due <= limit)


def earlier(due: datetime | None, *, days: int, is_working: Working) -> datetime | None:
    """``due`` moved ``days`` working days ahead, at the same time of day: what an office proposes to the units below it."""
    if due is None or days <= 0:
        return due
    last = due - timedelta(microseconds=1)  # 24:00 belongs to the day that ends
    day = clock.day_of(last)
    for _ in range(days):
        day -= timedelta(days=1)
        while not is_working(day):
            day -= timedelta(days=1)
    return due - (clock.start_of(clock.day_of(last)) - clock.start_of(day))


def still_to_come(due: datetime | None, *, at: datetime, days: int, is_working: Working) -> datetime | None:
    """What is proposed below for a deadline of ``due`` when it is ``at``: up to ``days`` working days earlier and never past.

    Where the working days are used up, the end of today; on the last day ``due`` itself; None once ``due`` has passed.
    """
    if due is None or due <= at:
        return None
    proposals = [earlier(due, days=fewer, is_working=is_working) for fewer in range(days, 0, -1)]
    proposals.append(clock.end_of(clock.day_of(at)))
    return next((one for one in proposals if one is not None and at < one < due), due)


def working_day_after(day: date, *, count: int, is_working: Working) -> date:
    """The ``count``-th working day after ``day``; with 0 the day itself or the first working day behind it."""
    while count > 0 or not is_working(day):
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def outlives(text: str) -> bool:
    """The words speak of something that goes on after the month (下半年, 常态化): a proposal."""
    return bool(_BEYOND.search(text))


class Occurrence(NamedTuple):
    """One day of a repeating deadline, counted from 1."""

    number: int
    due_at: datetime


def occurrences(rule: str, *, first: date, last: date, is_working: Working, moves: bool = False) -> list[Occurrence]:
    """The deadlines of ``rule`` (RFC 5545 as the compiler writes it) from ``first`` to ``last``, both days included.

    ``moves``: one on a day off falls on the next working day, even behind ``last``. Understood are DAILY, WEEKLY with days and
    interval, MONTHLY by day of the month; for anything else none, and a person enters them.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    found: list[datetime] = []
    day = first
    while day <= last:
        if _falls(day, parts, first):
            moved = working_day_after(day, count=0, is_working=is_working) if moves else day
            found.append(_moment(moved, parts))
        day += timedelta(days=1)
    return [Occurrence(number, due) for number, due in enumerate(sorted(set(found)), 1)]


def _falls(day: date, parts: dict[str, str], first: date) -> bool:
    days = [_DAYS[name] for name in parts.get("BYDAY", "").split(",") if name in _DAYS]
    freq, every = parts.get("FREQ"), int(parts.get("INTERVAL", "1"))
    if "BYSETPOS" in parts or "BYMONTH" in parts:
        return False
    if freq == "DAILY":
        return (day - first).days % every == 0 and (not days or day.weekday() in days)
    if freq == "WEEKLY":
        week = (day - (first - timedelta(days=first.weekday()))).days // 7
        return week % every == 0 and day.weekday() in (days or [4])
    if freq == "MONTHLY" and parts.get("BYMONTHDAY"):
        left = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - day
        return any(number in (day.day, -left.days) for number in map(int, parts["BYMONTHDAY"].split(",")))
    return False


def _moment(day: date, parts: dict[str, str]) -> datetime:
    if "BYHOUR" not in parts:
        return clock.end_of(day)
    hour, minute = int(parts["BYHOUR"]), int(parts.get("BYMINUTE", "0"))
    return clock.end_of(day) if hour == 24 else clock.at(day, hour, minute)
