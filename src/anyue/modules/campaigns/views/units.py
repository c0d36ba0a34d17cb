"""A unit's own page of a campaign: what it owes, signing, its liaison officer."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import can
from anyue.platform.files.selectors import link_to
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import kept_draft
from anyue.platform.pages.refusals import into_form, sentence

from .. import selectors, services
from ..forms import OfficerForm, SlipForm
from ..models import Campaign, Duty, LiaisonOfficer
from ..permissions import CampaignPermission as May
from ..rules.slips import Officer
from ..selectors import progress


@requires(May.VIEW)
def mine(request: Request, pk: int, unit: int) -> HttpResponse:
    """What the unit owes this campaign."""
    campaign, found = selectors.place_for(request.actor, pk, unit)
    duties = list(selectors.duties_of(found, campaign))
    below = progress.done_below(campaign, found)
    files = campaign.notice.files.select_related("file") if campaign.notice else []
    context = {
        "campaign": campaign,
        "unit": found,
        "receipt": next((duty for duty in duties if duty.kind == Duty.Kind.RECEIPT), None),
        "liaison": next((duty for duty in duties if duty.kind == Duty.Kind.LIAISON), None),
        "tasks": [(duty, below.get(duty.task_id or 0)) for duty in duties if duty.kind in ("task", "return")],
        "officer": LiaisonOfficer.objects.filter(campaign=campaign, unit=found, until_at=None).first(),
        "files": [(one.file, link_to(one.file, for_=request.actor)) for one in files],
        "may_sign": can(request.actor, May.SIGN, found.path),
        "may_reissue": can(request.actor, May.REISSUE, found.path) and campaign.unit_id != found.pk,
        "child": campaign.children.filter(unit=found).exclude(state=Campaign.State.WITHDRAWN).first(),
    }
    return render(request, "campaigns/mine.html", context)


@requires(May.SIGN)
@require_POST
def sign(request: Request, pk: int, unit: int) -> HttpResponse:
    """Sign the receipt."""
    campaign, found = selectors.place_for(request.actor, pk, unit, act=May.SIGN)
    services.receipt_sign(by=request.actor, campaign=campaign, unit=found)
    messages.success(request, gettext("The receipt is signed."))
    return redirect("campaigns:mine", pk, unit)


@requires(May.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def liaison(request: Request, pk: int, unit: int) -> HttpResponse:
    """Name the liaison officer: typed, or read from the slip first and then confirmed."""
    campaign, found = selectors.place_for(request.actor, pk, unit, act=May.SIGN)
    if request.method == "POST" and request.FILES:
        return _slip(request, campaign, found)
    named = LiaisonOfficer.objects.filter(campaign=campaign, unit=found, until_at=None).first()
    initial = {name: getattr(named, name) for name in OfficerForm.base_fields} if named else {}
    form = OfficerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.liaison_name(by=request.actor, campaign=campaign, unit=found, officer=form.officer())
            messages.success(request, gettext("The liaison officer is named."))
            return redirect("campaigns:mine", pk, unit)
        except RefusedError as refusal:
            into_form(refusal, form)
    return _liaison_page(request, campaign, found, form, status=422 if form.errors else 200)


def _slip(request: Request, campaign: Campaign, unit: Unit) -> HttpResponse:
    """Show what the slip says; nothing is kept before somebody confirms it."""
    upload = SlipForm(request.POST, request.FILES)
    wrong, form = "", OfficerForm()
    try:
        if upload.is_valid():
            form = OfficerForm(initial=_first(_read(upload), unit))
    except RefusedError as refusal:
        wrong = sentence(refusal)
    return _liaison_page(request, campaign, unit, form, wrong=wrong, status=422 if wrong else 200)


def _read(upload: SlipForm) -> list[Officer]:
    file = upload.cleaned_data["slip"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"slip{Path(file.name).suffix.lower()[:6]}"
        path.write_bytes(file.read())
        return services.liaison_slip_read(path, name=file.name)


def _first(officers: list[Officer], unit: Unit) -> dict[str, str]:
    """The officer of this unit where the slip names units, else the first."""
    own = next((one for one in officers if one.unit and one.unit in (unit.name, unit.short_name)), officers[0])
    return {name: getattr(own, name) for name in OfficerForm.base_fields}


def _liaison_page(
    request: Request, campaign: Campaign, unit: Unit, form: OfficerForm, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    read = bool(form.initial) and request.method == "POST"
    context = {
        "campaign": campaign,
        "unit": unit,
        "form": form,
        "kept": kept_draft(request, form),
        "slip": SlipForm(),
        "wrong": wrong,
        "read": read,
    }
    return render(request, "campaigns/liaison.html", context, status=status)
