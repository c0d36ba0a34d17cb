"""The actor of a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from anyue.platform.authz import Actor

from .models import User
from .selectors import actor_of


class ActorMiddleware:
    """``request.actor``: the signed-in person with her grants, or nobody. Read from the database when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    address = request.META.get("REMOTE_ADDR", "")
    device = request.headers.get("User-Agent", "")[:240]
    if isinstance(request.user, User) or (request.user.is_authenticated):
        return actor_of(request.user, address=address, device=device)
    return Actor.anonymous(address, device)
