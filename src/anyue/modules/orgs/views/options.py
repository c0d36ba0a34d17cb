"""Suggestions while somebody types the name of a unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from anyue.platform.pages.access import Request, requires

from .. import selectors
from ..forms import unit_label
from ..permissions import UnitPermission

MOST = 20


@requires(UnitPermission.VIEW)
def options(request: Request) -> HttpResponse:
    """The units that she sees and that what she typed may mean, as options of a ``<datalist>``."""
    words = next((request.GET[name] for name in ("q", "parent", "below", "under") if request.GET.get(name)), "")[:100]
    found = (
        list(selectors.search(selectors.units_for(request.actor), words).order_by("path")[:MOST])
        if words.strip()
        else []
    )
    above = selectors.names_above([unit.path for unit in found])
    shown = [(unit_label(unit), above[unit.path]) for unit in found]
    return render(request, "orgs/parts/options.html", {"options": shown})
