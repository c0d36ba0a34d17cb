"""Pages of the shell itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from anyue.platform.pages.access import open_to_all


def _plain(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "pages/refused.html", {"status": status}, status=status)


@open_to_all("pages of the sign-in library that this house does not have")
def closed(request: HttpRequest, *args: str) -> HttpResponse:
    """404, always."""
    raise Http404


@open_to_all("what is not there looks the same to everyone")
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _plain(request, 404)


@open_to_all("says that a known page is not allowed")
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _plain(request, 403)


@open_to_all("says that we failed, without a traceback")
def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _plain(request, 500)
