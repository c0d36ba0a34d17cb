"""The list of campaigns, one campaign, and its head."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from anyue.kernel.errors import RefusedError
from anyue.modules.notices.models import Notice
from anyue.modules.notices.permissions import NoticePermission
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import can, fetch
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, form_answer, kept_draft
from anyue.platform.pages.lists import Choice, Column, Empty, ListSpec, list_answer
from anyue.platform.pages.refusals import into_form

from .. import problems, selectors, services
from ..forms import CampaignForm, ReasonForm, StartForm
from ..models import Campaign
from ..permissions import CampaignPermission as May
from ..selectors import progress
from ..selectors.sources import sources_of

CAMPAIGNS: ListSpec[Campaign] = ListSpec(
    key="campaigns.campaigns",
    title=_("All campaigns"),
    columns=(
        Column("name", _("Campaign"), lambda row: row.name, sort="name", link=lambda row: reverse("campaigns:show", args=[row.pk])),
        Column("unit", _("Office"), lambda row: row.unit.name, sort="unit__path"),
        Column("state", _("State"), lambda row: str(row.get_state_display()), sort="state", part="campaigns/parts/state_cell.html"),
        Column("starts_on", _("from"), lambda row: row.starts_on, sort="starts_on"),
        Column("ends_on", _("until"), lambda row: row.ends_on, sort="ends_on"),
    ),
    filters=(
        Choice("state", _("State"), field="state", choices=tuple(Campaign.State.choices)),
    ),
    search=("name", "unit__name", "theme"),
    order=("-starts_on",),
    empty=Empty(_("No campaigns yet"), hint=_("A campaign begins with a reviewed notice.")),
)  # fmt: skip


@requires(May.VIEW)
def index(request: Request) -> HttpResponse:
    """The campaigns that she sees."""
    answer: HttpResponse = list_answer(request, CAMPAIGNS, selectors.campaigns_for(request.actor))
    return answer


@requires(May.VIEW)
def show(request: Request, pk: int) -> HttpResponse:
    """One campaign: period, key days, what is asked for, how far it is."""
    campaign = selectors.campaign_for(request.actor, pk)
    is_office = can(request.actor, May.VIEW, campaign.unit.path)
    may_manage = can(request.actor, May.MANAGE, campaign.unit.path)
    tasks = list(progress.tasks_with_standing(campaign))
    mine = selectors.owed_by(request.actor, campaign) if campaign.state != Campaign.State.DRAFT else []
    requirements = list(campaign.requirements.filter(dropped_at=None))
    sources = sources_of(request.actor, campaign, [*tasks, *requirements])
    for one in [*tasks, *requirements]:
        one.source = sources.get(one.item_key, "")
    context = {
        "campaign": campaign,
        "is_office": is_office,
        "may_manage": may_manage,
        "may_change": may_manage and campaign.state in (Campaign.State.DRAFT, Campaign.State.RUNNING),
        "may_decide": can(request.actor, May.DECIDE, campaign.unit.path),
        "sections": [(name, list(rows)) for name, rows in groupby(tasks, key=lambda task: task.section)],
        "requirements": requirements,
        "standings": progress.standings(campaign) if is_office else {},
        "mine": mine,
        "own": None if is_office else _own(mine),
        "drafts": campaign.drafts.select_related("file") if is_office else [],
        "reason": ReasonForm(),
    }
    return render(request, "campaigns/show.html", context)


def _own(mine: list[Unit]) -> Unit | None:
    """The unit that stands above all the others she may act for: her own, if the campaign addresses it."""
    return mine[0] if mine and all(unit.path.startswith(mine[0].path) for unit in mine) else None


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, notice: int) -> HttpResponse:
    """A draft out of a reviewed notice."""
    found = fetch(
        request.actor, Notice.objects.select_related("unit"), see=NoticePermission.VIEW, act=May.MANAGE, pk=notice
    )
    before = found.campaigns.exclude(state=Campaign.State.WITHDRAWN).first()
    if before is not None:
        return redirect("campaigns:names" if before.state == Campaign.State.DRAFT else "campaigns:show", before.pk)

    def save(form: StartForm) -> str:
        try:
            campaign = services.campaign_draft_from_notice(by=request.actor, notice=found, **form.cleaned_data)
        except RefusedError as refusal:
            # The button was pressed twice at once: the draft of the first is the draft.
            first = found.campaigns.filter(state=Campaign.State.DRAFT).first()
            if refusal.problem is not problems.ALREADY_STARTED or first is None:
                raise
            campaign = first
        return reverse("campaigns:names", args=[campaign.pk])

    page = FormPage(
        title=gettext("Start a campaign"),
        lead=gettext(
            "Period, key days, tasks and deadlines are taken over as the review decided them. You check whom each name means before anything is published."
        ),
        submit=gettext("Make the draft"),
        cancel=reverse("notices:one", args=[found.pk]),
    )
    return form_answer(
        request,
        StartForm,
        save,
        page,
        initial=services.head_of(found),
        template="campaigns/start.html",
        context={"notice": found},
    )


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Name, theme, days, contact, links."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    initial = {name: getattr(campaign, name) for name in CampaignForm.base_fields}
    form = CampaignForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.campaign_edit(by=request.actor, campaign=campaign, **form.cleaned_data)
            messages.success(request, gettext("Saved."))
            return redirect("campaigns:show", pk)
        except RefusedError as refusal:
            into_form(refusal, form)
    kept = kept_draft(request, form)
    context: dict[str, Any] = {"campaign": campaign, "form": form, "kept": kept, "title": gettext("Edit the campaign")}
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)


@requires(May.MANAGE)
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """It is over."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    services.campaign_close(by=request.actor, campaign=campaign)
    messages.success(request, gettext("The campaign is closed."))
    return redirect("campaigns:show", pk)


@requires(May.MANAGE)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take it back."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    services.campaign_withdraw(by=request.actor, campaign=campaign, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("The campaign is withdrawn."))
    return redirect("campaigns:show", pk)
