"""The trail, for reading alone: there is no route here that takes a POST."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anyue.platform.authz import fetch
from anyue.platform.pages.access import Request, requires

from . import selectors, sentences
from .differences import differences
from .exports import LIMIT, workbook
from .filters import Filters
from .models import Entry
from .permissions import AuditPermission
from .services import trail_exported


@requires(AuditPermission.VIEW)
@require_safe
def entries(request: Request) -> HttpResponse:
    """The trail, newest first, narrowed as asked."""
    filters = Filters.read(request.GET)
    page = selectors.trail(request.actor, filters, key=request.GET.get("key", ""))
    return render(
        request,
        "audit/entries.html",
        {
            "filters": filters,
            "page": page,
            "is_first": not request.GET.get("key"),
            "places": sentences.places_named(row.place for row in page.rows),
            "actions": _actions(filters.action),
            "unsealed": selectors.unsealed_count(most=1000),
            "limit": LIMIT,
        },
    )


def _actions(chosen: str) -> list[tuple[str, str]]:
    """What can be chosen, the chosen one among it even where no module describes it."""
    known = dict.fromkeys([*sentences.actions(), *([chosen] if chosen else [])])
    return [(action, sentences.action_named(action)) for action in known]


@requires(AuditPermission.VIEW)
@require_safe
def entry(request: Request, pk: int) -> HttpResponse:
    """One entry: what changed, from where, and its link in the chain."""
    row = fetch(request.actor, Entry.objects.all(), see=AuditPermission.VIEW, place="place", pk=pk)
    return render(
        request,
        "audit/entry.html",
        {
            "row": row,
            "differences": differences(row),
            "place": sentences.places_named([row.place]).get(row.place, ""),
            "seal": selectors.seal_of(row),
            "others": selectors.neighbours(request.actor, row),
        },
    )


@requires(AuditPermission.VIEW)
@require_safe
def export(request: Request) -> HttpResponse:
    """The same entries as a workbook; that it was taken is an entry itself."""
    filters = Filters.read(request.GET)
    file = workbook(request.actor, filters)
    trail_exported(by=request.actor, filters=filters)
    return cast("HttpResponse", FileResponse(file, as_attachment=True, filename=file.name or ""))
