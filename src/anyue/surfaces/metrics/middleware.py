"""Counts requests and their time by the name of their route, where figures are switched on."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class MetricsMiddleware:
    """By route, never by address: an address may hold names and keys, and there are too many of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_ASKED or not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        from .figures import REQUESTS, SECONDS  # noqa: PLC0415 - only where they are wanted

        self.get_response, self.requests, self.seconds = get_response, REQUESTS, SECONDS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        answer = self.get_response(request)
        match = request.resolver_match
        route = (match.view_name or match.route) if match else "none"
        method = request.method if request.method in METHODS else "other"
        self.requests.labels(route, method, str(answer.status_code)).inc()
        self.seconds.labels(route).observe(time.perf_counter() - began)
        return answer
