"""One-time links with which a person sets a password. There is no password that anybody else knows."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.urls import reverse

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, ActorKind

from .. import problems
from ..digests import digest_of
from ..lockout import unlock
from ..models import ApiToken, Invitation, PastPassword, User
from ..permissions import AccountPermission
from . import guards
from .sessions import end_all

VALID_FOR = timedelta(hours=72)


def new_link(user: User | None, route: str) -> str:
    """A fresh link; any earlier one that was not used ends. Inside the caller's transaction."""
    Invitation.objects.filter(user=user, used_at=None, expires_at__gt=now()).update(expires_at=now())
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(user=user, digest=digest_of(token), expires_at=now() + VALID_FOR)
    return f"{settings.PUBLIC_ADDRESS}{reverse(route, args=[token])}"


@transaction.atomic
def invitation_make(*, by: Actor, user: User) -> str:
    """The address with which this person sets her first password or a new one: once, within 72 hours.

    Only for whoever could give her each role that she holds: the link is as good as the account.
    """
    user = guards.locked(user)
    guards.allow_over(by, AccountPermission.UNLOCK, user)
    guards.allow_to_become(by, user)
    if guards.is_herself(by, user):
        raise RefusedError(problems.NOT_ALLOWED)
    if not user.is_active:
        raise RefusedError(problems.SUSPENDED, name=user.name)
    link = new_link(user, "people:invitation")
    record(by=by, action="invitation.made", subject=user, place=guards.home_of(user))
    return link


def invitation_of(token: str, *, lock: bool = False) -> Invitation:
    """The invitation behind a link. Refuses one that was used, has expired or never was; all three alike."""
    rows = Invitation.objects.select_for_update() if lock else Invitation.objects.select_related("user")
    found = rows.filter(digest=digest_of(token), used_at=None, expires_at__gt=now()).first()
    if found is None or (found.user is not None and not found.user.is_active):
        raise RefusedError(problems.LINK_GONE)
    return found


@transaction.atomic
def invitation_take(*, token: str, password: str, address: str = "", device: str = "") -> User:
    """Set a password by the link, which is used up by it; every session and token of the person ends.

    Raises Django's ``ValidationError`` for a password that the rules do not allow; the link can then be used again.
    """
    invitation = invitation_of(token, lock=True)
    if invitation.user is None:
        raise RefusedError(problems.LINK_GONE)
    user = guards.locked(invitation.user)
    by = Actor(ActorKind.LINK, str(invitation.pk), user.name, address=address, device=device)
    _set_password(user, password)
    invitation.used_at = now()
    invitation.save(update_fields=["used_at"])
    end_all(user)
    ApiToken.objects.filter(user=user, ended_at=None).update(ended_at=now())
    unlock(user.username)
    record(by=by, action="password.set", subject=user, place=guards.home_of(user))
    return user


@transaction.atomic
def password_change(*, by: Actor, user: User, password: str, session: str = "") -> None:
    """A person changes her own password; she stays signed in in ``session`` alone. Rules as by the link."""
    user = guards.locked(user)
    if not guards.is_herself(by, user):
        raise RefusedError(problems.NOT_ALLOWED)
    _set_password(user, password)
    end_all(user, besides=session)
    record(by=by, action="password.changed", subject=user, place=guards.home_of(user))


def _set_password(user: User, password: str) -> None:
    validate_password(password, user)
    user.set_password(password)
    user.password_set_at = now()
    user.save(update_fields=["password", "password_set_at"])
    PastPassword.objects.create(user=user, password=user.password)
    kept = user.past_passwords.values_list("pk", flat=True)[: settings.PASSWORDS_REMEMBERED]
    user.past_passwords.exclude(pk__in=list(kept)).delete()
