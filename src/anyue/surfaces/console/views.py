"""Pages of the shell itself: what is said when something is not there, not allowed, not understood or broken."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from anyue.kernel.clock import SHANGHAI, now
from anyue.platform.pages.access import open_to_all


def _plain(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    return render(request, "pages/refused.html", {"status": status, "sentence": sentence}, status=status)


@open_to_all("pages of the sign-in library that this house does not have")
def closed(request: HttpRequest, *args: str) -> HttpResponse:
    """404, always."""
    raise Http404


@open_to_all("says that a request was not understood")
def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _plain(request, 400)


@open_to_all("what is not there looks the same to everyone")
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _plain(request, 404)


@open_to_all("says that a known page is not allowed")
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _plain(request, 403)


@open_to_all("says that a form was open for too long or came from elsewhere")
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form without its token."""
    return _plain(
        request,
        403,
        gettext(
            "The page was open for too long, or you signed in or out in another window. Nothing was changed. Go back, reload "
            "the page and send it again."
        ),
    )


@open_to_all("says that we failed, without a traceback")
def broken(request: HttpRequest) -> HttpResponse:
    """500. Asks neither database nor session, since they may be what failed."""
    at = now().astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    return HttpResponse(render_to_string("console/broken.html", {"at": at, "status": 500}), status=500)
