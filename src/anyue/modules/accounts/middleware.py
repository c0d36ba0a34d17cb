"""The actor of a request, and the unit she works for."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor

from .models import User
from .selectors import actor_of, actor_of_token, working_unit

WORKING_UNIT = "working_unit"


class ActorMiddleware:
    """``request.actor``: the signed-in person with her grants, or nobody. ``request.unit``: the unit she works for, or None.

    Both are read from the database when first asked for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        request.unit = SimpleLazyObject(lambda: _unit(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    address = get_client_ip(request) or ""
    device = request.headers.get("User-Agent", "")[:240]
    if request.path.startswith(settings.API_PATHS):
        # A program shows its token with each request; cookies count for nothing there, so that no page can borrow them.
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        found = actor_of_token(token, address=address, device=device) if scheme.lower() == "bearer" else None
        return found or Actor.anonymous(address, device)
    if isinstance(request.user, User) or (request.user.is_authenticated):
        return actor_of(request.user, address=address, device=device)
    return Actor.anonymous(address, device)


def _unit(request: HttpRequest) -> Unit | None:
    if not request.user.is_authenticated:
        return None
    return working_unit(request.user, request.session.get(WORKING_UNIT))
