"""Lists of units: addressee lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anyue.platform.authz import can, fetch, scopes
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, form_answer

from .. import selectors, services
from ..forms import GroupForm, unit_label
from ..models import Group, Kind, Unit
from ..permissions import UnitPermission

VIEW, KEEP = requires(UnitPermission.VIEW), requires(UnitPermission.GROUP)
SHOWN = 300


@VIEW
def groups(request: Request) -> HttpResponse:
    """The lists that she sees."""
    rows = selectors.groups_for(request.actor).annotate(named=Count("units")).order_by("owner__path", "name")
    keepers = selectors.units_for(request.actor, UnitPermission.GROUP).order_by("path")[:1]
    return render(request, "orgs/groups.html", {"groups": rows[:SHOWN], "keeper": keepers.first()})


@VIEW
def group(request: Request, pk: int) -> HttpResponse:
    """One list with the units that are on it today."""
    row = _group(request, pk)
    members = selectors.members_of(row).order_by("path")
    seen = scopes(request.actor, UnitPermission.VIEW)  # a list may hold units whose own pages she does not open
    given = {
        "group": row,
        "kinds": [Kind(kind).label for kind in row.kinds],
        "count": members.count(),
        "members": [(unit, seen.covers(unit.path)) for unit in members[:SHOWN]],
        "may_keep": can(request.actor, UnitPermission.GROUP, row.owner.path),
    }
    return render(request, "orgs/group.html", given)


def _group(request: Request, pk: int, *, act: UnitPermission | None = None) -> Group:
    rows = Group.objects.select_related("owner", "below")
    return fetch(request.actor, rows, see=UnitPermission.VIEW, act=act, place="owner__path", pk=pk)


def _given(form: GroupForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    units = given.pop("members")
    return given | {"units": units}


@KEEP
def group_add(request: Request, pk: int) -> HttpResponse:
    """A new list kept by a unit."""
    owner = fetch(
        request.actor, Unit.objects.all(), see=UnitPermission.VIEW, act=UnitPermission.GROUP, place="path", pk=pk
    )

    def save(form: GroupForm) -> str:
        row = services.group_add(by=request.actor, owner=owner, **_given(form))
        return reverse("orgs:group", args=[row.pk])

    page = FormPage(
        _("New list kept by %(name)s") % {"name": owner.name}, _("Add the list"), cancel=reverse("orgs:groups")
    )
    among = selectors.units_for(request.actor)
    return form_answer(request, GroupForm, save, page, template="orgs/change.html", among=among)


@KEEP
def group_change(request: Request, pk: int) -> HttpResponse:
    """The list as it is to be."""
    row = _group(request, pk, act=UnitPermission.GROUP)

    def save(form: GroupForm) -> str:
        services.group_change(by=request.actor, group=row, **_given(form))
        return reverse("orgs:group", args=[row.pk])

    units = row.units.order_by("path") if request.method != "POST" else []
    initial = {
        "name": row.name,
        "kinds": row.kinds,
        "below": unit_label(row.below) if row.below else "",
        "members": "\n".join(unit_label(unit) for unit in units),
    }
    page = FormPage(
        _("Change the list %(name)s") % {"name": row.name}, _("Save"), cancel=reverse("orgs:group", args=[pk])
    )
    among = selectors.units_for(request.actor)
    return form_answer(request, GroupForm, save, page, initial=initial, template="orgs/change.html", among=among)


@KEEP
@require_POST
def group_remove(request: Request, pk: int) -> HttpResponse:
    """Take the list away."""
    services.group_remove(by=request.actor, group=_group(request, pk, act=UnitPermission.GROUP))
    return redirect("orgs:groups")
