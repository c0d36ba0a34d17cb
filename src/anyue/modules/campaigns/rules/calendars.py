"""Days and deadlines as a calendar file (RFC 5545). The library escapes, folds at 75 octets and ends lines as calendar programs want it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vDuration

from anyue.kernel import clock

PRODUCT = "-//Anyue//Work Safety Month//ZH"
REFRESH = timedelta(hours=6)
# What may not stand in a calendar; a line break may, and is escaped.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A day, or a deadline with its time (``at``, the first instant that is too late). ``key`` stays the same as long as it is the
    same thing; ``stamp`` is when it came into the world.
    """

    key: str
    on: date
    title: str
    stamp: datetime
    at: datetime | None = None
    text: str = ""
    url: str = ""


def written(name: str, entries: Iterable[Entry]) -> bytes:
    """The calendar called ``name``. The same entries give the same bytes, so that a program which knows them fetches nothing.

    What ends at 24:00 is a whole day; what ends in the middle of one is an instant, in UTC.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical(sorted=False))


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, entry.key)}@anyue")
    event.add("dtstamp", entry.stamp.astimezone(UTC).replace(microsecond=0))
    if entry.at is None or entry.at.astimezone(clock.SHANGHAI).time() == time():
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
    else:
        event.add("dtstart", entry.at.astimezone(UTC))
    event.add("summary", _clean(entry.title))
    if entry.text:
        event.add("description", _clean(entry.text))
    if entry.url:
        event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody from meeting others
    return event


def _clean(words: str) -> str:
    return _CONTROL.sub("", words.replace("\r\n", "\n"))
