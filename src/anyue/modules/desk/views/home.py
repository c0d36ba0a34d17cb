"""Home: one address, the right page for the person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from anyue.modules.orgs.models import Unit
from anyue.platform.pages.access import Request, signed_in

from ..rules import faces as rules
from ..rules.faces import Face
from ..selectors import owed, waiting
from ..selectors.told import told
from . import faces

NAMES = {
    Face.SYSTEM: _("The installation"),
    Face.AUDIT: _("The trail"),
    Face.BUSINESS: _("Units and people"),
    Face.OFFICE: _("Our office's work"),
    Face.LEADER: _("For the leader"),
    Face.UNIT: _("What our unit owes"),
    Face.WATCHER: _("Campaigns"),
    Face.NOBODY: _("Not yet a role"),
}


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """Where a person begins; ``?face=`` shows another of her home pages."""
    unit = request.unit or None
    face, offered, context = _shown(request, unit)
    context |= {
        "unit": unit,
        "face": face,
        "name": NAMES[face],
        "told": told(request.actor) if face in faces.AT_UNIT else [],
        "faces": [(one, NAMES[one], one == face) for one in offered] if len(offered) > 1 else [],
    }
    return render(request, f"desk/home_{face.value}.html", context)


def _shown(request: Request, unit: Unit | None) -> tuple[Face, list[Face], faces.Context]:
    offered = rules.faces(request.actor, unit.path if unit else None)
    asked = request.GET.get("face", "")
    if unit is None or (offered[0] in faces.ROOMS and not asked):
        face = rules.first(offered, asked=asked)
        return face, offered, faces.ROOMS[face](request) if face in faces.ROOMS else faces.nobody(request, unit)
    campaigns = list(waiting.offices(unit)) if Face.OFFICE in offered else []
    face = rules.first(
        offered,
        asked=asked,
        leads=Face.LEADER in offered and asked not in offered and faces.leads(request, unit),
        runs=bool(campaigns),
        owes=not campaigns and Face.UNIT in offered and asked not in offered and owed.owes_anything(unit),
    )
    if face is Face.OFFICE:
        return face, offered, faces.office(request, unit, campaigns)
    if face in faces.AT_UNIT:
        return face, offered, faces.AT_UNIT[face](request, unit)
    return face, offered, faces.ROOMS[face](request) if face in faces.ROOMS else faces.nobody(request, unit)
