"""The leader's overview on one screen and one sheet of paper, and the wall display."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anyue.kernel import clock
from anyue.modules.campaigns.permissions import CampaignPermission
from anyue.platform.authz import can
from anyue.platform.pages.access import Request, requires

from .. import links
from ..permissions import DeskPermission
from ..selectors import month as months
from .chosen import chosen

BRANCHES, ON_THE_WALL = 8, 10


def _month(request: Request) -> tuple[months.Month | None, list[Any]]:
    campaigns: list[Any] = list(months.months_for(request.actor))
    current = chosen(request, campaigns)
    if current is None:
        return None, []
    is_whole = can(request.actor, CampaignPermission.VIEW, current.unit.path)
    unit = None if is_whole or not request.unit else request.unit
    return months.month_seen(request.actor, current, unit=unit), campaigns


@requires(DeskPermission.OVERVIEW)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Five numbers, completeness by kind and by unit, the timeline, who is late, what happened last."""
    month, campaigns = _month(request)
    if month is None:
        return render(request, "desk/overview_empty.html", {})
    figures, branches = months.figures(month.duties), months.branches(month)
    context = {
        "month": month,
        "campaigns": campaigns,
        "figures": figures,
        "units": months.units(month.duties),
        "branches": branches,
        "kinds_chart": kinds_chart(figures),
        "branches_chart": branches_chart(branches[:BRANCHES]),
        "days": months.due_days(month.duties),
        "late": months.late_units(month.duties, 8),
        "happened": months.latest(month.duties, 8),
        "at": clock.now(),
        "all_units": links.duties(campaign=month.campaign.pk),
    }
    return render(request, "desk/overview.html", context)


@requires(DeskPermission.OVERVIEW)
@require_safe
def wall(request: Request) -> HttpResponse:
    """The same for a screen on the wall; htmx asks for its inside every 30 seconds."""
    month, _campaigns = _month(request)
    context: dict[str, Any] = {"month": month, "at": clock.now(), "appearance": "dark", "elderly": False}
    if month is not None:
        branches = months.branches(month)
        context |= {
            "figures": months.figures(month.duties),
            "units": months.units(month.duties),
            "branches": branches[:ON_THE_WALL],
            "others": max(len(branches) - ON_THE_WALL, 0),
            "days": months.due_days(month.duties, 5),
            "late": months.late_units(month.duties, 7),
            "happened": months.latest(month.duties, 4),
        }
    return render(request, "desk/wall_inside.html" if request.htmx else "desk/wall.html", context)


def kinds_chart(figures: list[months.Figure]) -> dict[str, Any]:
    """Done, late and open of each kind, in the order of the month."""
    return {
        "kind": "stack",
        "horizontal": True,
        "unit": _("duties"),
        "labels": [one.label for one in figures],
        "series": [
            {"name": _("Done"), "values": [one.done for one in figures]},
            {"name": _("Overdue"), "values": [one.late for one in figures]},
            {"name": _("Not yet done"), "values": [one.open for one in figures]},
        ],
    }


def branches_chart(branches: list[months.Branch]) -> dict[str, Any]:
    """The same for each branch, those behind first."""
    return {
        "kind": "stack",
        "horizontal": True,
        "unit": _("duties"),
        "labels": [one.unit.label for one in branches],
        "series": [
            {"name": _("Done"), "values": [one.done for one in branches]},
            {"name": _("Overdue"), "values": [one.late for one in branches]},
            {"name": _("Not yet done"), "values": [one.open for one in branches]},
        ],
    }
