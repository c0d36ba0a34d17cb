"""Where a person is signed in, and ending that."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction

from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from ..models import User
from . import guards


def end_all(user: User, *, besides: str = "") -> int:
    """Sign a person out everywhere except in the session ``besides``; inside the caller's transaction. How many ended."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=besides)
    ended = 0
    for row in rows:
        row.end()
        ended += 1
    return ended


@transaction.atomic
def session_end(*, by: Actor, session: UserSession) -> None:
    """End one of one's own sessions: a device that was lost or left signed in."""
    user = session.user
    if guards.is_herself(by, user):
        device = session.user_agent[:120]
        record(by=by, action="session.ended", subject=user, place=guards.home_of(user), before={"device": device})
        session.end()
