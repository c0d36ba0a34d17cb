"""How allauth signs people in here: nobody registers alone, accounts come from an administrator.

allauth's hooks and signals are used only to pass on what happens to the lock-out, the services and the audit.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from . import lockout, trail
from .models import User
from .selectors import actor_of
from .services import password_change


def display(user: User) -> str:
    """How allauth's pages call a person."""
    return user.name or user.username


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in with a user name and password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse while the name or the address is locked, in the same words for a name that nobody has."""
        if lockout.is_locked(credentials.get("username", ""), get_client_ip(request) or ""):
            raise ValidationError(lockout.sentence(), code="too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it and write it down."""
        username = credentials.get("username", "")
        locked = lockout.failed(username, get_client_ip(request) or "")
        trail.failed(request, username, locked=locked)

    def set_password(self, user: User, password: str) -> None:
        """From allauth's page for changing one's password: through our service, as everything."""
        request = self.request
        by = actor_of(user, address=get_client_ip(request) or "", device=request.headers.get("User-Agent", "")[:240])
        password_change(by=by, user=user, password=password, session=request.session.session_key or "")
        user.refresh_from_db()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing by mail: e-mail is one of our channels, and off until an operator sets it."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on: only for accounts that exist."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False
