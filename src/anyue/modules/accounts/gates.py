"""What stands between signing in and working: idle time, an old password, a missing second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect

from anyue.kernel.clock import now
from anyue.platform.authz import role_named
from anyue.platform.pages.access import to_sign_in

from . import trail
from .models import User

SEEN = "seen_at"
# A page that asks by itself sends this header, so that an open page alone keeps nobody signed in.
BACKGROUND = "X-Anyue-Background"
_NOTED_EVERY = 60
_ALWAYS_OPEN = {
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "people:stay",
    "javascript-catalog",
}
Handler = Callable[[HttpRequest], HttpResponse]


class IdleMiddleware:
    """Signs a person out after ``settings.IDLE_LOGOUT`` seconds without a request of hers, and notes when she was last seen.

    Noted at most once a minute: one write for the session, one for the list of her devices.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            seen, at = request.session.get(SEEN), time.time()
            if seen is not None and at - seen > settings.IDLE_LOGOUT:
                return _gone(request)
            if BACKGROUND not in request.headers and (seen is None or at - seen >= _NOTED_EVERY):
                request.session[SEEN] = at
                UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now())
        return self.get_response(request)


def _gone(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    trail.idle(request, user)
    request.session[trail.IDLE] = True  # her own signing out is not written down a second time
    logout(request)
    messages.info(request, gettext("You were signed out because nothing happened for a while."))
    return to_sign_in(request)


class DueMiddleware:
    """Leads a person to what she must do first: a new password, a second factor. Other pages wait until then."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Only for who is signed in, and never for the pages on which it is done."""
        del view, args, kwargs
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _ALWAYS_OPEN or name.startswith("mfa_") or not request.user.is_authenticated:
            return None
        due = _due(request)
        if due is None:
            return None
        route, sentence = due
        messages.warning(request, sentence)
        answer = redirect(route)
        return HttpResponseClientRedirect(answer.url) if getattr(request, "htmx", False) else answer


def _due(request: HttpRequest) -> tuple[str, str] | None:
    user = request.user
    assert isinstance(user, User)
    if password_expired(user):
        return "account_change_password", gettext("Your password is too old. Choose a new one to go on.")
    if settings.MFA_REQUIRED and _has_system_role(request) and not has_second_factor(user):
        return "mfa_index", gettext("Your role needs a second factor. Set one up to go on.")
    return None


def password_expired(user: User) -> bool:
    """Her password is older than the installation allows."""
    if not settings.PASSWORD_DAYS or user.password_set_at is None:
        return False
    return user.password_set_at < now() - timedelta(days=settings.PASSWORD_DAYS)


def _has_system_role(request: HttpRequest) -> bool:
    held = request.actor.held  # type: ignore[attr-defined]
    return any((role := role_named(one.role)) is not None and role.everywhere for one in held)


def has_second_factor(user: User) -> bool:
    """She has an authenticator app or a passkey; recovery codes alone are none."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())
