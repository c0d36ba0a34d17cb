"""Acts on one duty, the same for the console and the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import Actor
from anyue.platform.files.kinds import EVIDENCE
from anyue.platform.files.uploads import received

from .. import policies, problems, services
from ..forms import ExtensionForm, NoteForm, Plain, ProgressForm, ReasonForm
from ..models import Duty
from ..permissions import CampaignPermission as May

Act = Callable[..., Any]

# What the unit does, also by link; what the office does; what both do to an act by link.
BY_UNIT: dict[str, tuple[Act, type[Plain] | None]] = {
    "progress": (services.duty_progress, ProgressForm),
    "done": (services.duty_done, NoteForm),
    "take-back": (services.duty_take_back, None),
    "decline": (services.duty_decline, ReasonForm),
    "extend": (services.extension_ask, ExtensionForm),
}
BY_OFFICE: dict[str, tuple[Act, type[Plain] | None]] = {
    "accept": (services.duty_accept, None),
    "send-back": (services.duty_send_back, ReasonForm),
    "agree": (services.duty_agree, None),
    "insist": (services.duty_insist, ReasonForm),
    "reopen": (services.duty_reopen, ReasonForm),
    "drop": (services.duty_drop, ReasonForm),
    "confirm": (services.act_confirm, None),
    "undo": (services.act_undo, ReasonForm),
}


def perform(request: Any, by: Actor, duty: Duty, act: str, among: dict[str, tuple[Act, type[Plain] | None]]) -> None:
    """Do ``act`` to ``duty`` with what the form brought, evidence included. 404 for an act that there is not.

    Raises ``RefusedError`` for what the rules, and for what the form does not allow.
    """
    if act not in among:
        raise Http404
    service, form_class = among[act]
    values: dict[str, Any] = {}
    if form_class is not None:
        form = form_class(request.POST)
        if not form.is_valid():
            raise RefusedError(_wrong(form), fields=dict.fromkeys(form.errors, _wrong(form)))
        values = form.cleaned_data
    if request.FILES:  # before a byte of them is kept
        policies.require(by, May.WORK, campaign=duty.campaign, unit=duty.unit)
    brought = received(request, by=by, place=duty.unit.path, kinds=EVIDENCE) if act in ("progress", "done") else None
    if brought and brought.files:
        services.evidence_add(by=by, duty=duty, files=brought.files)
    service(by=by, duty=duty, **values)
    if brought and brought.refusals:
        raise brought.refusals[0]


def _wrong(form: Plain) -> Any:
    if "progress" in form.errors:
        return problems.PROGRESS_RANGE
    return problems.WHEN_MISSING if "wanted_at" in form.errors else problems.REASON_MISSING
