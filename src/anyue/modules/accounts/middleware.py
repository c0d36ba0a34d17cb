"""The actor of a request, and the unit she works for."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor

from .models import User
from .selectors import actor_of, working_unit

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
    if isinstance(request.user, User) or (request.user.is_authenticated):
        return actor_of(request.user, address=address, device=device)
    return Actor.anonymous(address, device)


def _unit(request: HttpRequest) -> Unit | None:
    if not request.user.is_authenticated:
        return None
    return working_unit(request.user, request.session.get(WORKING_UNIT))
