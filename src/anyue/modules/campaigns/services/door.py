"""The door's own side: which unit a link opens, and how often somebody may knock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from anyue.kernel import clock

from ..models import Knock, Participation
from ..policies import is_open_door
from ..rules import links
from .keys import token_of

WINDOW = timedelta(minutes=10)
# In one window: requests from one address (a whole office may share one), wrong tokens from one address, requests by one link,
# requests for one calendar.
LIMITS = {"address": 600, "miss": 60, "link": 200, "calendar": 60}
_COUNT = (
    'INSERT INTO campaigns_knock ("key", "window", "count") VALUES (%s, %s, 1) '
    'ON CONFLICT ("key", "window") DO UPDATE SET "count" = campaigns_knock."count" + 1 RETURNING "count"'
)


def knock(kind: str, who: str) -> bool:
    """Count one request of ``kind`` (a key of ``LIMITS``) by ``who``; False if that was one too many.

    Counted in the database, so that all processes count together; windows of the day before are forgotten on the way.
    """
    at = _window()
    with connection.cursor() as cursor:  # one statement, so that two processes never count the same number
        cursor.execute(_COUNT, [f"{kind}:{who}"[:80], connection.ops.adapt_datetimefield_value(at)])
        count: int = cursor.fetchone()[0]
    if count == 1 and kind == "address":
        Knock.objects.filter(window__lt=at - timedelta(days=1)).delete()
    return count <= LIMITS[kind]


def has_missed_too_often(who: str) -> bool:
    """``who`` tried too many tokens that open nothing in this window."""
    key = f"miss:{who}"[:80]
    return Knock.objects.filter(key=key, window=_window(), count__gt=LIMITS["miss"]).exists()


def opened_by(token: str) -> Participation | None:
    """The participation that ``token`` opens now. None for a guessed, expired, revoked or switched-off one: nobody can tell which.

    Always one look by the digest of whatever was typed, so that each answer takes as long.
    """
    row = (
        Participation.objects.select_related("campaign__unit", "campaign__notice", "unit")
        .filter(link_digest=links.digest(token))
        .first()
    )
    if row is None or token_of(row) != token:  # it was made with a key that this installation no longer keeps
        return None
    return row if is_open_door(row, row.campaign) and row.unit.is_open else None


def _window() -> datetime:
    seconds = int(WINDOW.total_seconds())
    at = int(clock.now().timestamp()) // seconds * seconds
    return datetime.fromtimestamp(at, clock.now().tzinfo)
