"""Keys with which programs act for a person."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, ActorKind, can_anywhere, permission_named

from .. import problems
from ..digests import digest_of
from ..models import ApiToken, User
from . import guards

PREFIX = "anyue_"


@transaction.atomic
def token_make(*, by: Actor, user: User, name: str, scopes: Collection[str], days: int) -> tuple[ApiToken, str]:
    """A token of one's own and its text, which is shown this once: only permissions that she holds, for ``days`` days."""
    if not guards.is_herself(by, user) or by.kind is not ActorKind.PERSON:
        raise RefusedError(problems.NOT_ALLOWED)
    return _make(by, user, name, scopes, days, held=by)


@transaction.atomic
def token_make_for(*, by: Actor, user: User, name: str, scopes: Collection[str], days: int) -> tuple[ApiToken, str]:
    """The same by the program itself for somebody, for demonstration data alone."""
    if not by.may_everything:
        raise RefusedError(problems.NOT_ALLOWED)
    return _make(by, user, name, scopes, days, held=by)


def _make(by: Actor, user: User, name: str, scopes: Collection[str], days: int, *, held: Actor) -> tuple[ApiToken, str]:
    if not scopes:
        raise RefusedError(problems.TOKEN_NOTHING, fields={"scopes": problems.TOKEN_NOTHING})
    if not 1 <= days <= settings.TOKEN_DAYS:
        raise RefusedError(problems.TOKEN_DAYS, days=settings.TOKEN_DAYS, fields={"days": problems.TOKEN_DAYS})
    for scope in scopes:
        if not _holds(held, scope):
            raise RefusedError(problems.TOKEN_SCOPE, scope=scope, fields={"scopes": problems.TOKEN_SCOPE})
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name.strip(),
        prefix=text[len(PREFIX) : len(PREFIX) + 6],
        digest=digest_of(text),
        scopes=sorted(set(scopes)),
        expires_at=now() + timedelta(days=days),
    )
    after = {"name": token.name, "scopes": token.scopes, "expires": token.expires_at.isoformat()}
    record(by=by, action="token.made", subject=user, place=guards.home_of(user), after=after)
    return token, text


def _holds(actor: Actor, scope: str) -> bool:
    try:
        return can_anywhere(actor, permission_named(scope))
    except KeyError:
        return False


@transaction.atomic
def token_end(*, by: Actor, token: ApiToken) -> ApiToken:
    """End one of one's own tokens; an ended one stays listed."""
    if not guards.is_herself(by, token.user):
        raise RefusedError(problems.NOT_ALLOWED)
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.ended_at is None:
        token.ended_at = now()
        token.save(update_fields=["ended_at"])
        place = guards.home_of(token.user)
        record(by=by, action="token.ended", subject=token.user, place=place, before={"name": token.name})
    return token
