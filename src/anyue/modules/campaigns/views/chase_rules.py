"""When a campaign is chased."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Kind
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import kept_draft
from anyue.platform.pages.refusals import sentence

from ..models import Campaign, Chase, Duty
from ..permissions import CampaignPermission as May
from ..rules.chasing import Rule
from ..selectors.chasing import chasing_for, rules_of
from ..services.chase_rules import chase_rules_set

_WHEN = (
    ("-d", _("working days before")),
    ("-h", _("hours before")),
    ("+d", _("working days after")),
    ("+h", _("hours after")),
)


class RuleForm(forms.Form):
    """One line: how long, before or after, how, of what, of whom."""

    amount = forms.IntegerField(label=_("How long"), min_value=0, max_value=72)
    when = forms.ChoiceField(label=_("Before or after the deadline"), choices=_WHEN)
    step = forms.ChoiceField(label=_("What is done then"), choices=Chase.Step.choices)
    kind = forms.ChoiceField(
        label=_("What is missing"), choices=[("", _("anything")), *Duty.Kind.choices], required=False
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("every level")), *Kind.choices], required=False)

    @property
    def rule(self) -> Rule:
        """The rule that the line says. Of a valid line alone."""
        said = self.cleaned_data
        amount = said["amount"] * (-1 if said["when"][0] == "-" else 1)
        days, hours = (amount, 0) if said["when"][1] == "d" else (0, amount)
        return Rule(days, hours, said["step"], said["kind"], said["level"])


class SwitchForm(forms.Form):
    """On or off."""

    chases_itself = forms.BooleanField(label=_("Chase automatically in office hours"), required=False)


_Lines = forms.formset_factory(RuleForm, extra=2, can_delete=True, max_num=24)


@requires(May.CHASE)
@require_http_methods(["GET", "HEAD", "POST"])
def chase_rules(request: Request, pk: int) -> HttpResponse:
    """See and change the rules."""
    campaign = chasing_for(request.actor, pk, office=True)
    data = request.POST if request.method == "POST" else None
    kept = kept_draft(request)
    shown: Any = kept.typed if data is None else data
    switch = SwitchForm(shown, initial={"chases_itself": campaign.chases_itself})
    lines: Any = _Lines(shown, prefix="rules", initial=[] if shown else [_typed(rule) for rule in rules_of(campaign)])
    wrong = ""
    if data is not None and switch.is_valid() and lines.is_valid():
        try:
            _save(request, campaign, switch, lines)
            return redirect("campaigns:chase", pk)
        except RefusedError as refusal:
            wrong = sentence(refusal)
    refused = data is not None
    context = {"campaign": campaign, "switch": switch, "lines": lines, "wrong": wrong, "refused": refused, "kept": kept}
    return render(request, "campaigns/chasing/rules.html", context, status=422 if refused else 200)


def _save(request: Request, campaign: Campaign, switch: SwitchForm, lines: Any) -> None:
    typed = [line for line in lines.forms if line.has_changed()]
    kept = [line.rule for line in typed if not line.cleaned_data.get("DELETE")]
    usual = "usual" in request.POST
    chases_itself = switch.cleaned_data["chases_itself"]
    chase_rules_set(by=request.actor, campaign=campaign, chases_itself=chases_itself, rules=() if usual else kept)
    messages.success(request, gettext("Saved."))


def _typed(rule: Rule) -> dict[str, Any]:
    is_hours = rule.hours != 0
    amount = rule.hours if is_hours else rule.working_days
    when = ("-" if amount < 0 else "+") + ("h" if is_hours else "d")
    return {"amount": abs(amount), "when": when, "step": rule.step, "kind": rule.kind, "level": rule.level}
