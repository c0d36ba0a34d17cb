"""Failed sign-ins, counted in the database: over restarts, over processes, for every typed name alike.

A name nobody has is counted and refused like any other, so that being refused tells nothing. ``count`` is raised in one
statement of the database: two guesses at once are two.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from anyue.kernel.clock import now

from .models import FailedSignIns

Of = FailedSignIns.Of


def _digest(of: Of, key: str) -> str:
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, f"sign-in:{of.value}:{key.strip().casefold()}".encode(), hashlib.sha256).hexdigest()


def _limit(of: Of) -> int:
    return settings.SIGN_IN_FAILURES_NAME if of is Of.NAME else settings.SIGN_IN_FAILURES_ADDRESS


def is_locked(username: str, address: str) -> bool:
    """Sign-in under this name or from this address is refused at the moment."""
    digests = [_digest(Of.NAME, username), _digest(Of.ADDRESS, address)]
    return FailedSignIns.objects.filter(digest__in=digests, locked_until__gt=now()).exists()


def sentence() -> str:
    """What a person reads meanwhile; the same whether anybody has that name."""
    minutes = max(1, settings.SIGN_IN_LOCKED_SECONDS // 60)
    text = gettext("Too many failed sign-ins. Wait %(minutes)s minutes, or ask your administrator to unlock you.")
    return text % {"minutes": minutes}


def is_name_locked(username: str) -> bool:
    """Sign-in under this name is refused at the moment."""
    return FailedSignIns.objects.filter(digest=_digest(Of.NAME, username), locked_until__gt=now()).exists()


def failed(username: str, address: str) -> bool:
    """Count a failure. True if the name or the address is locked by it."""
    return any([_count(Of.NAME, username), _count(Of.ADDRESS, address)])


@transaction.atomic
def _count(of: Of, key: str) -> bool:
    at, digest = now(), _digest(of, key)
    window = timedelta(seconds=settings.SIGN_IN_LOCKED_SECONDS)
    FailedSignIns.objects.bulk_create([FailedSignIns(of=of, digest=digest, since=at)], ignore_conflicts=True)
    row = FailedSignIns.objects.select_for_update().filter(of=of, digest=digest)
    row.filter(since__lte=at - window).update(count=0, since=at, locked_until=None)
    row.update(count=F("count") + 1)
    return bool(row.filter(count__gte=_limit(of), locked_until=None).update(locked_until=at + window))


def succeeded(username: str) -> None:
    """Forget the failures under this name. Those of the address stay: one right password must not wash many guesses."""
    unlock(username)


def unlock(username: str) -> bool:
    """Forget the failures under this name. True if there were any."""
    return bool(FailedSignIns.objects.filter(of=Of.NAME, digest=_digest(Of.NAME, username)).delete()[0])


def forget_old() -> int:
    """Delete what no longer counts; for a nightly job."""
    window = timedelta(seconds=settings.SIGN_IN_LOCKED_SECONDS)
    return FailedSignIns.objects.filter(since__lt=now() - 2 * window).delete()[0]
