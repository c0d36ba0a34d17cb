"""From a draft to a running campaign: whom each name means, which units are addressed, check, publish."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Kind, Unit
from anyue.modules.orgs.selectors import members_of
from anyue.platform.authz.engine import subtree
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import kept_draft
from anyue.platform.pages.keys import key_of, keys_of
from anyue.platform.pages.refusals import sentence

from .. import problems, selectors, services
from ..models import Campaign, Duty, Target
from ..permissions import CampaignPermission as May
from ..selectors.naming import addressed_by, undecided

_LISTS = 6


@requires(May.MANAGE)
def names(request: Request, pk: int) -> HttpResponse:
    """Each name of the notice with the units that it seems to mean; unsure ones first."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    used = {*selectors.words_used(campaign), *campaign.addressed}
    targets = sorted(
        (target for target in campaign.targets.all() if target.words in used),
        key=lambda target: (target.decided_at is not None, target.is_sure, target.pk),
    )
    known = dict(Unit.objects.filter(pk__in={pk for one in targets for pk in one.units}).values_list("pk", "name"))
    rows = [(target, [known[pk] for pk in target.units if pk in known]) for target in targets]
    left = sum(target.decided_at is None for target in targets)
    sure = sum(one.is_sure and one.decided_at is None for one in targets)
    context = {"campaign": campaign, "rows": rows, "left": left, "sure": sure}
    return render(request, "campaigns/names.html", context)


@requires(May.MANAGE)
@require_POST
def names_confirm(request: Request, pk: int) -> HttpResponse:
    """Take the sure proposals, or one (``target``), as they are."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    one = request.POST.get("target", "")
    targets = campaign.targets.filter(pk=key_of(one) or 0) if one else None
    services.targets_confirm(by=request.actor, campaign=campaign, targets=targets)
    return redirect("campaigns:names", pk)


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def name_choose(request: Request, pk: int, target: int) -> HttpResponse:
    """Choose the units that a name means."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    found = get_object_or_404(Target.objects.select_related("campaign__unit"), pk=target, campaign=campaign)
    if request.method == "POST":
        services.target_decide(by=request.actor, target=found, units=chosen_units(request, campaign))
        return redirect("campaigns:names", pk)
    kept = kept_draft(request)
    chosen = set(found.units) if kept.typed is None else set(keys_of(kept.typed.getlist("units")))
    context = units_to_choose(campaign, chosen, own=True) | {"target": found, "kept": kept}
    return render(request, "campaigns/name_choose.html", context)


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Request, pk: int) -> HttpResponse:
    """Choose the units (GET), check what it means (POST ``check``), publish (POST ``publish``)."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    if campaign.state != Campaign.State.DRAFT:  # pressed twice, or the back button: it is published already
        return redirect("campaigns:show", pk)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step not in ("check", "publish"):
        return _choose(request, campaign, None if request.method != "POST" else chosen_units(request, campaign))
    units = chosen_units(request, campaign)
    if not units:
        return _choose(request, campaign, units, gettext(problems.NO_UNITS.text))
    try:
        if step == "publish":
            services.campaign_publish(by=request.actor, campaign=campaign, units=units)
            messages.success(request, gettext("Published to %(count)s units.") % {"count": len(units)})
            return redirect("campaigns:office", pk)
    except RefusedError as refusal:
        return render(request, "campaigns/check.html", _check(campaign, units, sentence(refusal)), status=422)
    return render(request, "campaigns/check.html", _check(campaign, units))


def _choose(request: Request, campaign: Campaign, units: list[Unit] | None, wrong: str = "") -> HttpResponse:
    chosen = addressed_by(campaign) if units is None else {unit.pk for unit in units}
    kept = kept_draft(request)
    if kept.typed is not None:
        chosen = set(keys_of(kept.typed.getlist("units")))
    context = units_to_choose(campaign, chosen) | {"open_names": undecided(campaign), "wrong": wrong, "kept": kept}
    return render(request, "campaigns/publish.html", context, status=422 if wrong else 200)


def _check(campaign: Campaign, units: list[Unit], wrong: str = "") -> dict[str, Any]:
    planned = services.publish_preview(campaign, units)
    at = clock.now()
    owing = {duty.unit_id for duty in planned}
    return {
        "campaign": campaign,
        "units": units,
        "wrong": wrong,
        "total": len(planned),
        "by_kind": sorted(Counter(str(duty.get_kind_display()) for duty in planned).items()),
        "by_due": sorted(Counter(duty.due_at for duty in planned if duty.due_at).items(), key=lambda pair: pair[0]),
        "receipts": sum(duty.due_at is None and duty.kind == Duty.Kind.RECEIPT for duty in planned),
        "without_due": sum(duty.due_at is None and duty.kind != Duty.Kind.RECEIPT for duty in planned),
        "late": sum(duty.due_at is not None and duty.due_at <= at for duty in planned),
        "idle": [unit for unit in units if unit.pk not in owing],
        "open_names": undecided(campaign),
        "draft_key": f"campaigns.publish-{campaign.pk}",
    }


def chosen_units(request: Request, campaign: Campaign) -> list[Unit]:
    """The ticked units below the office."""
    keys = keys_of(request.POST.getlist("units"))
    return list(Unit.objects.filter(subtree(campaign.unit.path), closed_on=None, pk__in=keys))


def units_to_choose(campaign: Campaign, chosen: set[int], *, own: bool = False) -> dict[str, Any]:
    """What the page for choosing draws: the units below by kind, the office's lists, and who is ticked."""
    rows = Unit.objects.filter(subtree(campaign.unit.path), closed_on=None)
    if not own:
        rows = rows.exclude(pk=campaign.unit_id)
    found: dict[str, list[tuple[int, str]]] = {}
    for pk, name, kind in rows.order_by("path").values_list("pk", "name", "kind"):
        found.setdefault(kind, []).append((pk, name))
    kinds = [{"label": Kind(kind).label, "units": found[kind]} for kind in Kind.values if kind in found]
    known = {pk for group in found.values() for pk, _name in group}
    lists = [
        {"name": group.name, "keys": ",".join(map(str, keys)), "count": len(keys)}
        for group in campaign.unit.groups.select_related("below")[:_LISTS]
        if (keys := [pk for pk in members_of(group).values_list("pk", flat=True) if pk in known])
    ]
    return {"campaign": campaign, "kinds": kinds, "lists": lists, "chosen": chosen}
