"""The tree: children come when they are asked for; search and filters give a list."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from anyue.kernel.clock import today
from anyue.platform.authz import can, can_anywhere, fetch
from anyue.platform.pages.access import Request, requires

from .. import selectors
from ..models import Kind, Unit
from ..permissions import UnitPermission

VIEW = requires(UnitPermission.VIEW)


@VIEW
def index(request: Request) -> HttpResponse:
    """The tree as she sees it, or what she looks for in it; now or on a past day."""
    words, day = request.GET.get("q", "").strip()[:100], day_of(request)
    kinds = [kind for kind in request.GET.getlist("kind") if kind in Kind.values]
    looks = bool(words or kinds)
    branches = (
        selectors.found_seen(request.actor, words, kinds, day) if looks else selectors.tops_seen(request.actor, day)
    )
    given = {
        "branches": branches,
        "looks": looks,
        "words": words,
        "kinds": kinds,
        "kind_choices": Kind.choices,
        "day": day,
        "today": today(),
        "may_import": can_anywhere(request.actor, UnitPermission.IMPORT),
        "may_add_top": can(request.actor, UnitPermission.MANAGE, ""),
    }
    return render(request, "orgs/parts/found.html" if request.htmx else "orgs/index.html", given)


@VIEW
def children(request: Request, pk: int) -> HttpResponse:
    """The rows right below a unit, as a part of the tree."""
    day, start = day_of(request), request.GET.get("start", "")
    unit = fetch(request.actor, Unit.objects.all(), see=UnitPermission.VIEW, place="path", pk=pk)
    at = int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 0
    branches = selectors.children_seen(request.actor, unit, day, at)
    return render(request, "orgs/parts/branches.html", {"branches": branches, "day": day, "top": unit})


@VIEW
def top(request: Request) -> HttpResponse:
    """More of the rows with which the tree begins."""
    start = request.GET.get("start", "")
    at = int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 0
    day = day_of(request)
    branches = selectors.tops_seen(request.actor, day, at)
    return render(request, "orgs/parts/branches.html", {"branches": branches, "day": day, "top": None})


def day_of(request: Request) -> date | None:
    """The past day that the address asks for; None for today, for a day to come and for what is no day."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return day if day < today() else None
