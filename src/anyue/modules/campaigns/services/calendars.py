"""A person's calendar address: made, renewed, closed, and found again by its secret."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from anyue.kernel import clock
from anyue.modules.accounts.models import User
from anyue.modules.accounts.services.guards import home_of
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, ActorKind

from ..models import CalendarAddress
from ..rules import links


@transaction.atomic
def calendar_open(*, by: Actor, user: User) -> str:
    """A new calendar address of her own, which is shown this once. One that she had before opens nothing any more."""
    _herself(by, user)
    secret = secrets.token_urlsafe(32)
    values = {"digest": links.digest(secret), "made_at": clock.now(), "used_at": None}
    _row, is_new = CalendarAddress.objects.update_or_create(user=user, defaults=values)
    record(by=by, action="calendar.opened", subject=user, place=home_of(user), after={"renewed": not is_new})
    return settings.PUBLIC_ADDRESS + reverse("calendar:file", args=[secret])


@transaction.atomic
def calendar_close(*, by: Actor, user: User) -> None:
    """Her calendar address opens nothing any more. Without one nothing happens."""
    _herself(by, user)
    if CalendarAddress.objects.filter(user=user).delete()[0]:
        record(by=by, action="calendar.closed", subject=user, place=home_of(user))


def calendar_opened_by(secret: str) -> CalendarAddress | None:
    """The address that ``secret`` belongs to; None for a guessed or closed one, and while the person is suspended.

    That it was used is written down at most once an hour.
    """
    rows = CalendarAddress.objects.select_related("user")
    row = rows.filter(digest=links.digest(secret), user__is_active=True).first()
    if row is not None and (row.used_at is None or (clock.now() - row.used_at).total_seconds() > 3600):
        CalendarAddress.objects.filter(pk=row.pk).update(used_at=clock.now())
    return row


def _herself(by: Actor, user: User) -> None:
    if by.kind is not ActorKind.PERSON or by.id != str(user.pk):
        raise PermissionDenied
