"""Due times in words: the day, and how long it is until then or since then, always together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

from anyue.kernel.clock import SHANGHAI, now

SOON = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Due:
    """``at`` is the first instant that is too late; ``state`` one of ``ahead soon late done``."""

    at: datetime
    state: str
    written: str
    left: str


def due_words(at: datetime, *, done_at: datetime | None = None, current: datetime | None = None) -> Due:
    """What a page says of the deadline ``at``: written out in Shanghai time, and the time left at ``current`` (now).

    Something that is done is in time or late for good: the clock then stands still.
    """
    moment = done_at or current or now()
    late = moment >= at
    if done_at is not None:
        return Due(at, "late" if late else "done", written(at), _done(moment - at) if late else gettext("done in time"))
    if late:
        over = span(moment - at)
        left = gettext("overdue by %(span)s") % {"span": over} if over else gettext("overdue by less than a minute")
        return Due(at, "late", written(at), left)
    state = "soon" if at - moment <= SOON else "ahead"
    ahead = span(at - moment)
    left = gettext("%(span)s left") % {"span": ahead} if ahead else gettext("less than a minute left")
    return Due(at, state, written(at), left)


def _done(after: timedelta) -> str:
    over = span(after)
    return gettext("done %(span)s late") % {"span": over} if over else gettext("done less than a minute late")


def written(at: datetime) -> str:
    """As in "6月20日（周五）18:00"; midnight is 24:00 of the day before, as notices write it. The year only if it is another."""
    local = at.astimezone(SHANGHAI)
    midnight = local.hour == local.minute == 0
    day = local - timedelta(days=1) if midnight else local
    words = {
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "weekday": _weekday(day),
        "time": "24:00" if midnight else f"{local:%H:%M}",
    }
    if day.year != now().astimezone(SHANGHAI).year:
        return gettext("%(weekday)s %(day)s/%(month)s/%(year)s %(time)s") % words
    return gettext("%(weekday)s %(day)s/%(month)s %(time)s") % words


def _weekday(day: datetime) -> str:
    names = (
        gettext("Mon"),
        gettext("Tue"),
        gettext("Wed"),
        gettext("Thu"),
        gettext("Fri"),
        gettext("Sat"),
        gettext("Sun"),
    )
    return names[day.weekday()]


def span(length: timedelta) -> str:
    """A length of time in its two greatest units: "2 days 3 hours"; "" for less than a minute."""
    minutes = int(length.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = []
    if days:
        parts.append(ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
    if hours and days < 10:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if rest and not days:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)
