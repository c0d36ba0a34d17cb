"""How allauth signs people in here: nobody registers alone, accounts come from an administrator.

allauth's hooks and signals are used only to pass on what happens to the lock-out, the services and the audit.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.http import HttpRequest

from anyue.kernel.errors import RefusedError

from . import lockout, problems, trail
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

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not again within ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` after she signed in with a password or a factor."""
        request = self.request
        records = get_authentication_records(request, request.user)
        latest = max((one["at"] for one in records if one["method"] in {"password", "mfa"}), default=0)
        return bool(time.time() - latest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing by mail: e-mail is one of our channels, and off until an operator sets it."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on: only for accounts that exist, never a new one.

    The first time, the account whose user name the provider gives (claim ``ANYUE_OIDC_USERNAME``, else ``sub``) is tied to the
    provider's ``sub``; from then on ``sub`` alone counts. An account that is tied already is not tied to another ``sub``.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account; refuse without one."""
        if sociallogin.is_existing:
            return
        sub = sociallogin.account.uid
        given = claims_of(sociallogin.account.extra_data).get(settings.OIDC_USERNAME)
        names = [str(name) for name in (given, sub) if name]
        users = {
            user.username.casefold(): user
            for user in User.objects.annotate(u=Lower("username")).filter(u__in=[name.lower() for name in names])
        }
        user = next((users[name.casefold()] for name in names if name.casefold() in users), None)
        provider = sociallogin.account.provider
        if user is None or SocialAccount.objects.filter(user=user, provider=provider).exists():
            trail.unknown_sub(request)
            raise RefusedError(problems.NO_ACCOUNT)
        sociallogin.connect(request, user)
        trail.tied(request, user, provider)


def claims_of(data: dict[str, Any]) -> dict[str, Any]:
    """What the provider says of a person: by its user-info address, else in the ID token."""
    found: dict[str, Any] = data.get("userinfo") or data.get("id_token") or data
    return found
