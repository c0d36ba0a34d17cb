"""One duty, and what either side does to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import can
from anyue.platform.files.kinds import EVIDENCE
from anyue.platform.files.uploads import ticket
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import kept_draft
from anyue.platform.pages.refusals import sentence

from .. import selectors, services
from ..forms import ExtensionForm, ProgressForm, ReasonForm
from ..models import Duty, Evidence, Extension
from ..permissions import CampaignPermission as May
from ..selectors import limit_of, progress
from ..selectors.sources import sources_of
from .acting import BY_OFFICE, BY_UNIT, perform


@requires(May.VIEW)
def duty(request: Request, pk: int) -> HttpResponse:
    """What is owed, how far it is, what shows it, and what can be done now."""
    found = selectors.duty_for(request.actor, pk)
    return render(request, "campaigns/duty.html", _context(request, found))


@requires(May.VIEW)
@require_POST
def duty_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Do one of ``acting``'s acts; refused ones come back with what was typed."""
    found = selectors.duty_for(request.actor, pk)
    try:
        perform(request, request.actor, found, act, BY_UNIT | BY_OFFICE)
    except RefusedError as refusal:
        if refusal.problem.status == 403:
            raise PermissionDenied from refusal
        found.refresh_from_db()
        return render(
            request,
            "campaigns/duty.html",
            _context(request, found, act, sentence(refusal)),
            status=refusal.problem.status,
        )
    messages.success(request, gettext("Done."))
    return redirect(_back(request) or f"/campaigns/duties/{pk}/")


@requires(May.DECIDE)
@require_POST
def extension_answer(request: Request, pk: int) -> HttpResponse:
    """Grant or refuse more time."""
    asked = get_object_or_404(Extension.objects.select_related("duty__campaign__unit"), pk=pk)
    selectors.duty_for(request.actor, asked.duty_id, office=May.DECIDE)
    services.extension_answer(
        by=request.actor,
        extension=asked,
        granted=request.POST.get("answer_is") == "grant",
        answer=request.POST.get("answer", ""),
    )
    messages.success(request, gettext("Answered."))
    return redirect(_back(request) or f"/campaigns/duties/{asked.duty_id}/")


@requires(May.WORK)
@require_POST
def evidence_remove(request: Request, pk: int) -> HttpResponse:
    """Take a piece of evidence away."""
    found = get_object_or_404(Evidence.objects.select_related("file"), pk=pk)
    selectors.duty_for(request.actor, found.duty_id, own=May.WORK)
    services.evidence_remove(by=request.actor, evidence=found)
    return redirect("campaigns:duty", found.duty_id)


def _context(request: Request, found: Duty, act: str = "", wrong: str = "") -> dict[str, Any]:
    actor, place = request.actor, found.unit.path
    typed = request.POST if wrong else None
    may_work = can(actor, May.SIGN if found.kind in ("receipt", "liaison") else May.WORK, place)
    start = {"progress": found.progress, "note": found.note}
    reported = ProgressForm(typed if act in ("progress", "done") else None, initial=start)
    asked = found.task or found.requirement
    return {
        "words": ((asked.evidence if asked else None) or {}).get("text", ""),
        "source": sources_of(actor, found.campaign, [asked]).get(asked.item_key if asked else "", ""),
        "duty": found,
        "campaign": found.campaign,
        "unit": found.unit,
        "wrong": wrong,
        "may_work": may_work,
        "may_decide": can(actor, May.DECIDE, found.campaign.unit.path),
        "evidence": found.evidence.filter(removed_at=None).select_related("file__blob"),
        "extensions": found.extensions.all(),
        "limit": limit_of(found),
        "below": progress.done_below(found.campaign, found.unit).get(found.task_id or 0),
        "progress": reported,
        "kept": kept_draft(request, reported, key=f"campaigns.duty-{found.pk}"),
        "extension": ExtensionForm(typed if act == "extend" else None),
        "reason": ReasonForm(typed if act in ("decline", "send-back", "insist", "reopen", "undo", "drop") else None),
        "ticket": ticket(for_=actor, place=place, kinds=EVIDENCE) if may_work else "",
    }


def _back(request: Request) -> str:
    """The page of this site that the form came from."""
    wanted = request.POST.get("back", "")
    return wanted if wanted.startswith("/campaigns/") else ""
