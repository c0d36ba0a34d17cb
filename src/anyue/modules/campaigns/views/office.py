"""The office's page of a campaign: receipts, liaison officers, what waits for an answer, links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from anyue.kernel import clock
from anyue.platform.authz import can
from anyue.platform.files.selectors import link_to
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.keys import keys_of
from anyue.platform.pages.lists import list_answer

from .. import news, selectors, services
from ..codes import qr_image
from ..jobs import roster_starting
from ..lists import receipts_list
from ..models import Campaign, Participation
from ..permissions import CampaignPermission as May
from ..selectors import progress
from ..selectors.rosters import roster_of
from ..services.telling import owed_in
from ..sheets import roster_sheet

_SHEET = 24
_WAITING = 50
_LINK_ACTS = {"renew": services.link_renew, "revoke": services.link_revoke}


@requires(May.DECIDE, May.MANAGE, May.CHASE)
def office(request: Request, pk: int) -> HttpResponse:
    """Receipts and officers of every unit, and what waits for the office's answer."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.DECIDE)
    # Read when the page is drawn: a part of the list asks for none of it.
    figures: Any = SimpleLazyObject(lambda: progress.receipt_figures(campaign))
    context = {
        "campaign": campaign,
        "may_manage": can(request.actor, May.MANAGE, campaign.unit.path),
        "may_decide": campaign.state == Campaign.State.RUNNING and can(request.actor, May.DECIDE, campaign.unit.path),
        "figures": figures,
        "waiting": SimpleLazyObject(lambda: _waiting(campaign, figures)),
    }
    rows, template = progress.with_receipts(campaign), "campaigns/office.html"
    answer: HttpResponse = list_answer(request, receipts_list(campaign), rows, template, context)
    return answer


def _waiting(campaign: Campaign, figures: Mapping[str, int]) -> dict[str, Any]:
    """The first of what waits, and how much waits in all."""
    extensions = list(progress.extensions_waiting(campaign)[:_WAITING])
    declined = list(progress.declined_waiting(campaign)[:_WAITING])
    by_link, done = progress.to_look_at(campaign, _WAITING)
    return {
        "extensions": extensions,
        "declined": declined,
        "to_answer": figures["declined"] + _in_all(extensions, progress.extensions_waiting(campaign)),
        "to_confirm": figures["by_link"],
        "by_link": by_link,
        "done": done,
    }


def _in_all(shown: list[Any], rows: QuerySet[Any]) -> int:
    return len(shown) if len(shown) < _WAITING else rows.count()


@requires(May.DECIDE)
@require_POST
def confirm_all(request: Request, pk: int) -> HttpResponse:
    """Confirm every act by link that the page showed; what came in since waits for another look."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.DECIDE)
    keys = keys_of(request.POST.getlist("duties"))
    count = services.acts_confirm(by=request.actor, duties=progress.by_link_waiting(campaign).filter(pk__in=keys))
    messages.success(request, gettext("%(count)s acts by link confirmed.") % {"count": count})
    return redirect("campaigns:office", pk)


@requires(May.DECIDE)
@require_POST
def accept_all(request: Request, pk: int) -> HttpResponse:
    """Accept the ticked tasks."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.DECIDE)
    keys = keys_of(request.POST.getlist("duties"))
    count = services.duties_accept(by=request.actor, duties=progress.done_waiting(campaign).filter(pk__in=keys))
    messages.success(request, gettext("%(count)s accepted.") % {"count": count})
    return redirect("campaigns:office", pk)


@requires(May.DECIDE, May.MANAGE)
def roster(request: Request, pk: int) -> HttpResponse:
    """The liaison officers as a workbook."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.DECIDE)
    name = f"{campaign.unit.name}_{gettext('liaison officers')}_{clock.today():%Y%m%d}.xlsx"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(roster_sheet(campaign), content_type=kind, headers={"Content-Disposition": disposition})


@requires(May.DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def roster_word(request: Request, pk: int) -> HttpResponse:
    """The roster in the issuer's own form: what was made and how far it is, as a part for htmx; have it made (POST)."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.DECIDE)
    if request.method == "POST":
        services.roster_begin(by=request.actor, campaign=campaign, start=roster_starting(request.actor))
        return redirect("campaigns:roster-word", pk)
    context = {"campaign": campaign, "roster": _roster(request, campaign)}
    if request.htmx:
        return render(request, "campaigns/parts/roster.html", context)
    return render(request, "campaigns/roster.html", context | {"figures": progress.receipt_figures(campaign)})


def _roster(request: Request, campaign: Campaign) -> dict[str, Any]:
    """Empty where the notice has no form for liaison officers."""
    found = roster_of(request.actor, campaign)
    if found is None:
        return {}
    link = link_to(found.file, for_=request.actor) if found.file else ""
    return {"form": found.form, "file": found.file, "link": link, "task": found.task, "trouble": found.trouble}


@requires(May.MANAGE)
@never_cache
def links(request: Request, pk: int) -> HttpResponse:
    """All links with their QR codes, twenty-four on a sheet, to print and to hand out."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    page = Paginator(campaign.addressed_now.select_related("unit"), _SHEET).get_page(request.GET.get("page"))
    owed = owed_in(campaign, [row.unit for row in page])
    with translation.override(settings.LANGUAGE_CODE):  # what is pasted is for others
        rows = [_slip(campaign, row, owed[row.unit_id]) for row in page]
        link = settings.PUBLIC_ADDRESS + reverse("campaigns:show", args=[pk])
        text = news.group_text(campaign, count=page.paginator.count, link=link)
    return render(request, "campaigns/links.html", {"campaign": campaign, "rows": rows, "page": page, "text": text})


def _slip(campaign: Campaign, row: Participation, owed: dict[str, Any]) -> dict[str, Any]:
    address = services.address_of(row)
    text = news.unit_text(campaign, row.unit.name, link=address, **owed) if address else ""
    return {"row": row, "address": address, "code": qr_image(address) if address else "", "text": text}


@requires(May.MANAGE)
@require_POST
def link_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Renew or revoke one link."""
    row = get_object_or_404(Participation.objects.select_related("unit"), pk=pk)
    selectors.campaign_for(request.actor, row.campaign_id, act=May.MANAGE)
    if act not in _LINK_ACTS:
        raise Http404
    _LINK_ACTS[act](by=request.actor, participation=row)
    messages.success(request, gettext("The link of %(unit)s is changed.") % {"unit": row.unit.name})
    return redirect("campaigns:links", row.campaign_id)


@requires(May.MANAGE)
@require_POST
def links_switch(request: Request, pk: int) -> HttpResponse:
    """Switch all links on or off."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    services.links_switch(by=request.actor, campaign=campaign, is_open=request.POST.get("open") == "1")
    return redirect("campaigns:links", pk)
