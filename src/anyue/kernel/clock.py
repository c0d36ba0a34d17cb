"""Days and instants: days are those of Asia/Shanghai, instants are UTC-aware.

A day that is given without a time ends at 24:00 (house rule 9), so what is due on 20 June is late from 21 June 00:00 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


_held: ContextVar[datetime | None] = ContextVar("held", default=None)


_FIRST, _LAST = date(1, 1, 2), date(9999, 12, 30)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _held.get() or datetime.now(UTC)


@contextmanager
def held_at(instant: datetime) -> Iterator[None]:
    """Inside, it is ``instant``: for tests, and for the demonstration, whose history happened at some time."""
    token = _held.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)


def today() -> date:
    """The day it is in Shanghai."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The Shanghai day that holds ``instant``."""
    return instant.astimezone(SHANGHAI).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of ``day`` in Shanghai, as an instant. The first day of the calendar, which began before there are instants, counts as
    the second.
    """
    return datetime.combine(max(day, _FIRST), time(hour, minute), tzinfo=SHANGHAI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """24:00 of ``day``: the first instant that is too late; of the last day of the calendar, its beginning."""
    return at(min(day, _LAST) + timedelta(days=1), 0)


def start_of(day: date) -> datetime:
    """00:00 of ``day``."""
    return at(day, 0)


def due_instant(written: str) -> datetime:
    """A deadline as a notice gives it (``2026-06-20`` or ``2026-06-20T18:00``) as the first instant that is too late.

    Raises ``ValueError`` for anything else.
    """
    if len(written) == 10:
        return end_of(date.fromisoformat(written))
    read = datetime.fromisoformat(written)
    return read.replace(tzinfo=SHANGHAI).astimezone(UTC) if read.tzinfo is None else read.astimezone(UTC)
