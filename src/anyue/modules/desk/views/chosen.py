"""The campaign that a page is about: the one its address names, else the one chosen in the shell, else the first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404

from anyue.platform.pages.access import Request

WORKING_CAMPAIGN = "working_campaign"
"""The key of the session in which the shell keeps her choice (``surfaces.console.context``; a test holds them together)."""


def chosen(request: Request, among: Iterable[Any]) -> Any:
    """One of ``among``, or None if there are none. Raises ``Http404`` for a number in the address that is not among them."""
    rows = {str(one.pk): one for one in among}
    asked = request.GET.get("campaign", "")
    if asked:
        if asked not in rows:
            raise Http404
        return rows[asked]
    return rows.get(str(request.session.get(WORKING_CAMPAIGN)), next(iter(rows.values()), None))
