"""Circulars on progress: drafted from the figures of the moment, shown, downloaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anyue.kernel import clock
from anyue.modules.orgs.models import Kind
from anyue.platform.files.selectors import content_of, link_to
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.dues import written
from anyue.platform.pages.forms import FormPage, PageForm, form_answer
from gongwen.outputs.html import document_html
from gongwen.readers import Source, read

from ..forms import MomentField
from ..models import Campaign, DraftDocument
from ..permissions import CampaignPermission as May
from ..selectors.chasing import chasing_for
from ..selectors.circulars import circular_items, usual_items
from ..selectors.completeness import Item
from ..services.circulars import circular_draft


class CircularForm(PageForm):
    """What it reports on, about whom, and what it asks for."""

    items = forms.MultipleChoiceField(
        label=_("What it reports on"), widget=forms.CheckboxSelectMultiple, required=False
    )
    levels = forms.MultipleChoiceField(
        label=_("About which levels"), widget=forms.CheckboxSelectMultiple, required=False, help_text=_("None: all.")
    )
    catch_up = MomentField(label=_("To be made up for by"), required=False)
    requests = forms.CharField(
        label=_("Further requests, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, items: list[Item], levels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["items"]
        chosen.choices = [(item.key, _named(item)) for item in items]
        of_levels: Any = self.fields["levels"]
        of_levels.choices = levels


@requires(May.CHASE)
@require_http_methods(["GET", "HEAD", "POST"])
def circulars(request: Request, pk: int) -> HttpResponse:
    """The drafts so far, and a new one."""
    campaign = chasing_for(request.actor, pk, office=True)
    items = circular_items(request.actor, campaign)
    there = set(campaign.addressed_now.order_by().values_list("unit__kind", flat=True).distinct())
    levels = [(value, str(label)) for value, label in Kind.choices if value in there]

    def save(form: CircularForm) -> str:
        said = {**form.cleaned_data, "requests": form.cleaned_data["requests"].splitlines()}
        made = circular_draft(by=request.actor, campaign=campaign, **said)
        return reverse("campaigns:circular", args=[made.pk])

    return form_answer(
        request,
        CircularForm,
        save,
        FormPage(title=_("Circular on progress"), submit=_("Draft the circular"), draft=f"campaigns.circular-{pk}"),
        initial={"items": usual_items(items, clock.now())},
        template="campaigns/following/circulars.html",
        context={"campaign": campaign, "drafts": campaign.drafts.filter(kind=DraftDocument.Kind.CIRCULAR)},
        items=items,
        levels=levels,
    )


@requires(May.CHASE)
def circular(request: Request, pk: int) -> HttpResponse:
    """One draft as it will be printed, and its files."""
    draft = get_object_or_404(
        DraftDocument.objects.select_related("file__blob", "pdf__blob"), pk=pk, kind=DraftDocument.Kind.CIRCULAR
    )
    campaign: Campaign = chasing_for(request.actor, draft.campaign_id, office=True)
    document = read(Source(draft.file.name, data=content_of(draft.file)))
    context = {
        "campaign": campaign,
        "draft": draft,
        "html": document_html(document, ()),
        "word": link_to(draft.file, for_=request.actor),
        "pdf": link_to(draft.pdf, for_=request.actor) if draft.pdf else "",
    }
    return render(request, "campaigns/following/circular.html", context)


def _named(item: Item) -> str:
    return f"{item.title[:60]}（{written(item.due_at)}）" if item.due_at else item.title[:60]
