"""What happens at sign-in, for the audit trail: the only receivers of signals in the house, and they only write entries."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.signals import user_logged_in
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor

from . import lockout
from .models import User
from .selectors import actor_of
from .services import guards

IDLE = "signed_out_idle"


def where(request: HttpRequest | None) -> tuple[str, str]:
    """Address and device of a request."""
    if request is None:
        return "", ""
    return get_client_ip(request) or "", request.headers.get("User-Agent", "")[:240]


def _write(request: HttpRequest | None, user: User, action: str, **after: object) -> None:
    address, device = where(request)
    by = actor_of(user, address=address, device=device)
    record(by=by, action=action, subject=user, place=guards.home_of(user), after=after)


def failed(request: HttpRequest, username: str, *, locked: bool) -> None:
    """A sign-in failed. The name is written down only if somebody has it: people type passwords into that field."""
    address, device = where(request)
    user = User.objects.filter(username__iexact=username).first()
    subject = user if user is not None else Subject("accounts.user", "", "")
    place = guards.home_of(user) if user is not None else ""
    nobody = Actor.anonymous(address, device)
    record(by=nobody, action="sign_in.failed", subject=subject, place=place)
    if locked:
        record(by=nobody, action="sign_in.locked", subject=subject, place=place)


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    lockout.succeeded(user.username)
    methods = [one.get("method", "") for one in request.session.get("account_authentication_methods", [])]
    _write(request, user, "sign_in.done", methods=methods)


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None and not request.session.get(IDLE):
        _write(request, user, "sign_out.done")


def idle(request: HttpRequest, user: User) -> None:
    """She was signed out because nothing happened."""
    _write(request, user, "sign_out.idle")


def unknown_sub(request: HttpRequest) -> None:
    """Somebody came by single sign-on whom nobody here is."""
    record(by=Actor.anonymous(*where(request)), action="sign_in.failed", subject=Subject("accounts.user", "", ""))


def tied(request: HttpRequest, user: User, provider: str) -> None:
    """Her account was tied to an account of single sign-on."""
    _write(request, user, "sign_on.tied", provider=provider)


def _factor_failed(request: HttpRequest, user: User, **_: Any) -> None:
    locked = lockout.failed(user.username, get_client_ip(request) or "")
    failed(request, user.username, locked=locked)
    if locked:  # the password she gave before counts no more
        clear_login(request)


def _factor_added(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _write(request, user, "factor.added", type=authenticator.type)


def _factor_removed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _write(request, user, "factor.removed", type=authenticator.type)


def _factor_reset(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _write(request, user, "factor.reset", type=authenticator.type)


def connect() -> None:
    """Called once at start."""
    user_logged_in.connect(_signed_in, dispatch_uid="anyue.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="anyue.signed_out")
    authentication_failed.connect(_factor_failed, dispatch_uid="anyue.factor_failed")
    authenticator_added.connect(_factor_added, dispatch_uid="anyue.factor_added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="anyue.factor_removed")
    authenticator_reset.connect(_factor_reset, dispatch_uid="anyue.factor_reset")
