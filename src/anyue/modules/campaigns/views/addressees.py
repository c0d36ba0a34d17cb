"""Whom a running campaign addresses, changed while it runs; and what has changed since it was published, version by version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.differences import differences
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, form_answer, form_key, kept_draft
from anyue.platform.pages.keys import key_of, keys_of
from anyue.platform.pages.refusals import sentence

from .. import problems, selectors, services
from ..forms import KeyDaysForm
from ..models import Campaign
from ..permissions import CampaignPermission as May
from .publishing import chosen_units, units_to_choose


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def addressees(request: Request, pk: int) -> HttpResponse:
    """Choose the units anew (GET), see who would come and go (POST ``check``), change it (POST ``save``)."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    if campaign.state != Campaign.State.RUNNING:
        return redirect("campaigns:show", pk)
    if request.method != "POST":
        return _choose(request, campaign)
    units = chosen_units(request, campaign)
    if request.POST.get("step") == "again":
        return _choose(request, campaign, units)
    if not units:
        return _choose(request, campaign, units, gettext(problems.NO_UNITS.text))
    if request.POST.get("step") != "save":
        return _check(request, campaign, units)
    try:
        done = services.addressees_set(
            by=request.actor,
            campaign=campaign,
            units=units,
            reason=request.POST.get("reason", ""),
            version=key_of(request.POST.get("version", "")),
        )
    except RefusedError as refusal:
        return _check(request, campaign, units, sentence(refusal), refusal.problem.status)
    messages.success(request, _said(done))
    return redirect("campaigns:show", pk)


def _choose(request: Request, campaign: Campaign, units: list[Unit] | None = None, wrong: str = "") -> HttpResponse:
    kept = kept_draft(request)
    chosen = {unit.pk for unit in units} if units is not None else set(_now(campaign))
    if kept.typed is not None:
        chosen = set(keys_of(kept.typed.getlist("units")))
    context = units_to_choose(campaign, chosen) | {
        "kept": kept,
        "wrong": wrong,
        "version": campaign.version,
        "left": campaign.participations.exclude(dropped_at=None).select_related("unit"),
    }
    return render(request, "campaigns/addressees.html", context, status=422 if wrong else 200)


def _check(request: Request, campaign: Campaign, units: list[Unit], wrong: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "campaign": campaign,
        "units": units,
        "planned": services.addressees_preview(campaign, units),
        "version": request.POST.get("version", ""),
        "reason": request.POST.get("reason", ""),
        "wrong": wrong,
        "draft_key": form_key(request),
    }
    return render(request, "campaigns/addressees_check.html", context, status=status)


def _now(campaign: Campaign) -> list[int]:
    return list(campaign.addressed_now.values_list("unit_id", flat=True))


def _said(done: services.Addressed) -> str:
    return gettext("%(added)s units added, %(dropped)s no longer addressed.") % {
        "added": len(done.added),
        "dropped": len(done.dropped),
    }


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def key_days(request: Request, pk: int) -> HttpResponse:
    """The named days of a draft or a running campaign."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    if campaign.state not in (Campaign.State.DRAFT, Campaign.State.RUNNING):
        return redirect("campaigns:show", pk)

    def save(form: KeyDaysForm) -> str:
        said = form.cleaned_data
        services.key_days_set(by=request.actor, campaign=campaign, days=form.days(), version=said["version"])
        messages.success(request, gettext("The key days are saved."))
        return reverse("campaigns:show", args=[pk])

    page = FormPage(
        _("Key days"),
        _("Save"),
        _("Everybody whom the campaign addresses sees them in the calendar. Clear a row to take its day away."),
        reverse("campaigns:show", args=[pk]),
    )
    days = [(day.on, day.name) for day in campaign.key_days.all()]
    initial: dict[str, Any] = {f"day_{number}": day for number, day in enumerate(days)} | {"version": campaign.version}
    context = {"campaign": campaign}
    return form_answer(
        request,
        KeyDaysForm,
        save,
        page,
        initial=initial,
        template="campaigns/key_days.html",
        context=context,
        rows=len(days),
    )


@requires(May.VIEW)
def versions(request: Request, pk: int) -> HttpResponse:
    """What was changed since it was published: by whom, when, from what to what."""
    campaign = selectors.campaign_for(request.actor, pk)
    rows = list(campaign.versions.select_related("entry"))
    shown = [(row, differences(row.entry) if row.number > 1 else []) for row in rows]
    return render(request, "campaigns/versions.html", {"campaign": campaign, "shown": shown})
