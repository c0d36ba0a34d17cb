"""What may she do, and why; who may do something at a unit; what the roles are."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from anyue.modules.orgs.selectors.units import units_for
from anyue.platform.authz import Reach, permission_named, registered
from anyue.platform.authz import roles as all_roles
from anyue.platform.pages.access import Request, requires, signed_in

from ..forms import WhoForm
from ..permissions import AccountPermission
from ..selectors import person_seen, rights_of, who_may

VIEW = AccountPermission.VIEW


def _module(name: str) -> str:
    return name.split(":", 1)[0]


@requires(VIEW)
def rights(request: Request, pk: int) -> HttpResponse:
    """Every permission with the role that gives it, where, since when, until when, by whom."""
    user = person_seen(request.actor, pk)
    found = rights_of(user)
    groups = [(name, list(rows)) for name, rows in groupby(found, key=lambda right: _module(right.permission.value))]
    allowed = sum(1 for right in found if right.reasons)
    return render(request, "accounts/rights.html", {"person": user, "groups": groups, "allowed": allowed})


@requires(VIEW)
def who(request: Request) -> HttpResponse:
    """Everybody who may do something at a unit, among those whom she sees."""
    asked = request.GET if "permission" in request.GET else None
    form = WhoForm(asked, units=units_for(request.actor, VIEW), permissions=registered())
    found = None
    if form.is_valid():
        reasons = list(who_may(permission_named(form.cleaned_data["permission"]), form.cleaned_data["unit"]))
        found = [(reason, reason.grant.user) for reason in reasons]
    return render(request, "accounts/who.html", {"form": form, "found": found}, status=422 if form.errors else 200)


@signed_in
def roles(request: Request) -> HttpResponse:
    """The table of roles, as a person can read it."""
    table = [
        (
            role,
            [permission for permission, reach in role.permissions.items() if reach is Reach.SUBTREE],
            [permission for permission, reach in role.permissions.items() if reach is Reach.UNIT],
        )
        for role in all_roles()
    ]
    return render(request, "accounts/roles.html", {"table": table})
