"""Issuing a campaign further down, and its draft notice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import fetch
from anyue.platform.files.kinds import DOCUMENTS, PICTURES
from anyue.platform.files.receiving import file_receive
from anyue.platform.files.selectors import link_to
from anyue.platform.messaging.working_days import is_working_day
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import kept_draft
from anyue.platform.pages.keys import keys_of
from anyue.platform.pages.refusals import into_form, sentence

from .. import selectors, services
from ..forms import Lines, Moment, MomentField, SignedForm
from ..models import Campaign, DraftDocument, Requirement
from ..permissions import CampaignPermission as May
from ..rules import deadlines
from ..selectors import limits_above

Typed = MultiValueDict[str, str]
_EARLIER = 2  # working days: a proposal
_NAMES = {
    "community": "各社区",
    "township": "各街道",
    "department": "各科室",
    "enterprise": "辖区企业",
    "school": "各学校",
}


@requires(May.REISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
def reissue(request: Request, pk: int, unit: int) -> HttpResponse:
    """Choose tasks, returns and earlier deadlines for the units below."""
    parent = selectors.campaign_for(request.actor, pk)
    own = fetch(request.actor, Unit.objects.all(), see=May.VIEW, act=May.REISSUE, place="path", pk=unit)
    wrong = ""
    if request.method == "POST":
        try:
            child = services.campaign_reissue(by=request.actor, parent=parent, unit=own, **_wanted(request.POST))
            return redirect("campaigns:names", child.pk)
        except RefusedError as refusal:
            wrong = sentence(refusal)
    kept = kept_draft(request)
    typed = request.POST if request.method == "POST" else kept.typed
    context = {"parent": parent, "unit": own, "wrong": wrong, "kept": kept, **_offer(typed, parent, own)}
    return render(request, "campaigns/reissue.html", context, status=422 if wrong else 200)


def _wanted(typed: Typed) -> dict[str, Any]:
    return {
        "addressed": Lines().to_python(typed.get("addressed", "")),
        "tasks": {key: _moment(typed, f"t{key}") for key in _keys(typed, "tasks")},
        "requirements": {key: _moment(typed, f"r{key}") for key in _keys(typed, "requirements")},
        "liaison_due_at": _moment(typed, "liaison"),
        "name": typed.get("name", ""),
    }


def _keys(typed: Typed, name: str) -> list[int]:
    return keys_of(typed.getlist(name))


def _moment(typed: Typed, name: str) -> datetime | None:
    try:
        found = MomentField(required=False).clean([typed.get(f"{name}_day"), typed.get(f"{name}_time")])
    except ValidationError:
        return None
    return found if isinstance(found, datetime) else None


def _offer(given: Typed | None, parent: Campaign, own: Unit) -> dict[str, Any]:
    """What can be passed on, each with its limit and an earlier time as proposal; what was typed before goes first."""
    limits = limits_above(Campaign(parent=parent, unit=own))
    mine = parent.duties.filter(unit=own)
    owed = set(mine.values_list("task_id", flat=True)), set(mine.values_list("requirement_id", flat=True))
    at, said = clock.now(), MultiValueDict[str, str]() if given is None else given
    chosen_before = set(_keys(said, "tasks")), set(_keys(said, "requirements"))

    def row(one: Any, letter: str, due: datetime | None, usual: bool, chosen: set[int]) -> dict[str, Any]:
        shown = (
            _moment(said, f"{letter}{one.pk}")
            if given is not None
            else deadlines.still_to_come(due, at=at, days=_EARLIER, is_working=is_working_day)
        )
        field = Moment().render(f"{letter}{one.pk}", shown, {"id": f"id_{letter}{one.pk}"})
        passed = due is not None and due <= at
        ticked = one.pk in chosen if given is not None else usual and not passed
        return {"row": one, "limit": due, "field": field, "chosen": ticked, "passed": passed}

    tasks = parent.tasks.filter(dropped_at=None, covered_by=None)
    returns = parent.requirements.filter(dropped_at=None, kind=Requirement.Kind.RETURN)
    kinds = {name.kind for name in selectors.names_below(own) if name.is_child}
    return {
        "tasks": [row(one, "t", limits.tasks.get(one.pk), one.pk in owed[0], chosen_before[0]) for one in tasks],
        "returns": [
            row(one, "r", limits.requirements.get(one.pk), one.pk in owed[1], chosen_before[1]) for one in returns
        ],
        "addressed": said.get("addressed") or "\n".join(name for kind, name in _NAMES.items() if kind in kinds),
        "name": said.get("name") or parent.name,
        "liaison": Moment().render("liaison", _moment(said, "liaison"), {"id": "id_liaison"}),
    }


@requires(May.MANAGE)
@require_POST
def draft_make(request: Request, pk: int) -> HttpResponse:
    """Draft the notice for signature."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    services.notice_draft(by=request.actor, campaign=campaign)
    messages.success(request, gettext("The draft for signature is ready to download."))
    return redirect("campaigns:show", pk)


@requires(May.VIEW)
def draft_file(request: Request, pk: int) -> HttpResponse:
    """Download a draft."""
    found = get_object_or_404(DraftDocument.objects.select_related("file"), pk=pk)
    selectors.campaign_for(request.actor, found.campaign_id, act=May.VIEW)
    return redirect(link_to(found.file, for_=request.actor))


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_signed(request: Request, pk: int) -> HttpResponse:
    """Enter number, signer and day, with the signed copy."""
    found = get_object_or_404(DraftDocument.objects.select_related("campaign__unit"), pk=pk)
    campaign = selectors.campaign_for(request.actor, found.campaign_id, act=May.MANAGE)
    initial = {"doc_no": found.doc_no, "signer": found.signer, "signed_on": found.signed_on}
    form = SignedForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _signed(request, found, form)
            return redirect("campaigns:show", campaign.pk)
        except RefusedError as refusal:
            into_form(refusal, form)
    kept = kept_draft(request, form)
    context = {"campaign": campaign, "form": form, "kept": kept, "title": gettext("The signed copy"), "files": True}
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)


def _signed(request: Request, draft: DraftDocument, form: SignedForm) -> None:
    values = dict(form.cleaned_data)
    upload = values.pop("signed_copy")
    copy = None
    if upload:
        copy = file_receive(
            by=request.actor,
            upload=upload,
            name=upload.name or "",
            place=draft.campaign.unit.path,
            kinds=DOCUMENTS | PICTURES,
        )
    services.draft_signed(by=request.actor, draft=draft, signed_copy=copy, **values)
