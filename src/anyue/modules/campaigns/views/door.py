"""The door: what a unit without an account sees and does by its link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from anyue.platform.pages.access import open_to_all


@open_to_all("a unit without an account acts by the link in its chase text")
def door_open(request: HttpRequest, token: str) -> HttpResponse:
    """The unit's duties."""
    raise Http404
