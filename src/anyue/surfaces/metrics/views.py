"""``GET /metrics``."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from anyue.platform.pages.access import open_to_all


@open_to_all("answers only to the token of the operator; not there at all unless it is switched on")
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures as Prometheus text. Without ``ANYUE_METRICS=1`` and a token there is no such page."""
    if not settings.METRICS_ASKED or not settings.METRICS_TOKEN:
        raise Http404
    expected = f"Bearer {settings.METRICS_TOKEN}".encode()
    if not secrets.compare_digest(request.headers.get("Authorization", "").encode(), expected):
        answer = HttpResponse("a bearer token is needed\n", status=401, content_type="text/plain")
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    from prometheus_client import CONTENT_TYPE_LATEST  # noqa: PLC0415 - only where they are wanted

    from .figures import exposition  # noqa: PLC0415

    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
