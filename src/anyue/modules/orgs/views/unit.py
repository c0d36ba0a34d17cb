"""One unit: what it is, what it was, who and what hangs on it."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from anyue.platform.authz import can, fetch, scopes
from anyue.platform.pages.access import Request, requires

from .. import selectors
from ..models import Kind, Unit
from ..panels import panels_of
from ..permissions import UnitPermission

SHOWN = 60


@requires(UnitPermission.VIEW)
def unit(request: Request, pk: int) -> HttpResponse:
    """A unit's page."""
    row = fetch(request.actor, Unit.objects.select_related("parent"), see=UnitPermission.VIEW, place="path", pk=pk)
    seen = selectors.units_for(request.actor)
    below = selectors.below(row).filter(scopes(request.actor, UnitPermission.VIEW).q())
    counts = below.order_by().values("kind").annotate(n=Count("pk"))
    given = {
        "unit": row,
        "ancestors": seen.filter(path__in=selectors.paths_above(row)).order_by("path"),
        "counts": [(Kind(each["kind"]).label, each["n"]) for each in counts.order_by("kind")],
        "branches": selectors.children_seen(request.actor, row),
        "history": selectors.history_of(row)[:SHOWN],
        "past": row.past.order_by("-from_on")[:SHOWN],
        "groups": selectors.groups_for(request.actor).filter(units=row),
        "panels": panels_of(request.actor, row),
        "may_change": row.is_open and can(request.actor, UnitPermission.MANAGE, row.path),
        "may_move": row.is_open and can(request.actor, UnitPermission.MANAGE, row.parent.path if row.parent else ""),
        "may_import": row.is_open and can(request.actor, UnitPermission.IMPORT, row.path),
    }
    return render(request, "orgs/unit.html", given)
