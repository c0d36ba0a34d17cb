"""Around every request to an address of ``settings.API_PATHS``: limits, keys of POSTs, refusals as problem+json."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from anyue.platform.authz import Actor

from . import limits, problems
from .keys import answered_once

log = logging.getLogger(__name__)


def is_ours(request: HttpRequest) -> bool:
    """An address of the REST doors."""
    return request.path.startswith(settings.API_PATHS)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the middleware of accounts found out."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


class RestMiddleware:
    """Stands behind the middleware that knows the actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_ours(request):
            return self.get_response(request)
        allowance = limits.spend(actor_of(request))
        if allowance.is_spent:
            response = problems.answer(problems.TOO_MANY, seconds=allowance.seconds)
            response["Retry-After"] = str(allowance.seconds)
        else:
            response = _as_problem(request, self.get_response(request))
        response["RateLimit-Limit"] = str(allowance.limit)
        response["RateLimit-Remaining"] = str(max(0, allowance.left))
        response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A POST of a known caller is done once for its key."""
        if request.method != "POST" or not is_ours(request) or not actor_of(request).is_known:
            return None
        return answered_once(request, actor_of(request), lambda: view(request, *args, **kwargs))


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(problems.CONTENT_TYPE):
        return response
    if response.status_code == 405:
        refused = problems.answer(problems.METHOD, method=request.method)
        refused["Allow"] = response.headers.get("Allow", "")
        return refused
    return problems.from_status(response.status_code)
