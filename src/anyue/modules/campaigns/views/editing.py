"""Tasks and what is handed in, changed one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from anyue.kernel.errors import RefusedError
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import kept_draft
from anyue.platform.pages.refusals import into_form

from .. import selectors, services
from ..forms import NewRequirementForm, Plain, RequirementForm, TaskForm
from ..models import Campaign, Requirement, Task
from ..permissions import CampaignPermission as May

_MODELS: dict[str, type[Task] | type[Requirement]] = {"task": Task, "requirement": Requirement}


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def asked_edit(request: Request, what: str, pk: int) -> HttpResponse:
    """Change a task or a requirement."""
    asked, campaign = _asked(request, what, pk)
    form_class: type[Plain] = TaskForm if isinstance(asked, Task) else RequirementForm
    form = form_class(request.POST or None, initial={name: getattr(asked, name) for name in form_class.base_fields})
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            if isinstance(asked, Task):
                services.task_edit(by=request.actor, task=asked, **changed)
            else:
                services.requirement_edit(by=request.actor, requirement=asked, **changed)
            return redirect("campaigns:show", campaign.pk)
        except RefusedError as refusal:
            into_form(refusal, form)
    return _page(request, campaign, form, gettext("Edit"), evidence=asked.evidence)


@requires(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def asked_add(request: Request, pk: int, what: str) -> HttpResponse:
    """One more task or requirement of a draft."""
    campaign = selectors.campaign_for(request.actor, pk, act=May.MANAGE)
    if what not in _MODELS:
        raise Http404
    form: Plain = TaskForm(request.POST or None) if what == "task" else NewRequirementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add = services.task_add if what == "task" else services.requirement_add
            add(by=request.actor, campaign=campaign, **form.cleaned_data)
            return redirect("campaigns:show", pk)
        except RefusedError as refusal:
            into_form(refusal, form)
    return _page(request, campaign, form, gettext("Add"))


@requires(May.MANAGE)
@require_POST
def asked_drop(request: Request, what: str, pk: int) -> HttpResponse:
    """No longer ask for it."""
    asked, campaign = _asked(request, what, pk)
    services.asked_drop(by=request.actor, asked=asked)
    messages.success(request, gettext("It is no longer asked for."))
    return redirect("campaigns:show", campaign.pk)


def _asked(request: Request, what: str, pk: int) -> tuple[Task | Requirement, Campaign]:
    if what not in _MODELS:
        raise Http404
    asked: Any = get_object_or_404(_MODELS[what].objects.select_related("campaign"), pk=pk)
    return asked, selectors.campaign_for(request.actor, asked.campaign_id, act=May.MANAGE)


def _page(
    request: Request, campaign: Campaign, form: Plain, title: str, evidence: dict[str, Any] | None = None
) -> HttpResponse:
    context = {
        "campaign": campaign,
        "form": form,
        "kept": kept_draft(request, form),
        "title": title,
        "evidence": evidence,
    }
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)
