"""More time: asked by the unit, answered by the office, never beyond what the office owes itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from .. import policies, problems
from ..models import Duty, Extension
from ..permissions import CampaignPermission as May
from ..rules import deadlines
from ..selectors import limit_of
from .limits import said
from .telling import tell_extension

_WAITING = (Duty.State.OPEN, Duty.State.STARTED)


@transaction.atomic
def extension_ask(*, by: Actor, duty: Duty, wanted_at: datetime, reason: str) -> Extension:
    """The unit asks for time until ``wanted_at`` and says why. One request at a time, only for what is not done yet."""
    duty = _locked(duty)
    right = May.SIGN if duty.kind in (Duty.Kind.RECEIPT, Duty.Kind.LIAISON) else May.WORK
    policies.require(by, right, campaign=duty.campaign, unit=duty.unit)
    policies.require_running(duty.campaign)
    if duty.state not in _WAITING:
        raise RefusedError(problems.NOT_POSSIBLE, title=duty.title, state=duty.get_state_display())
    if duty.due_at is None:
        raise RefusedError(problems.EXTENSION_NO_DUE, title=duty.title)
    if duty.extensions.filter(state=Extension.State.ASKED).exists():
        raise RefusedError(problems.EXTENSION_OPEN)
    if wanted_at <= duty.due_at:
        raise RefusedError(
            problems.EXTENSION_LATER, fields={"wanted_at": problems.EXTENSION_LATER}, due=said(duty.due_at)
        )
    if not reason.strip():
        raise RefusedError(problems.REASON_MISSING, fields={"reason": problems.REASON_MISSING})
    asked = Extension.objects.create(
        duty=duty, wanted_at=wanted_at, reason=reason.strip(), asked_at=clock.now(), asked_by=by.label[:120]
    )
    after = {"wanted_at": wanted_at.isoformat(), "reason": asked.reason}
    record(by=by, action="extension.asked", subject=duty, place=duty.unit.path, after=after)
    return asked


@transaction.atomic
def extension_answer(
    *, by: Actor, extension: Extension, granted: bool, until: datetime | None = None, answer: str = ""
) -> Extension:
    """The office grants the wanted time (or ``until``, another one), or refuses with a reason.

    Not beyond the office's own due time for the same task above: that one has to be extended first.
    """
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    duty = _locked(extension.duty)
    policies.require_office(by, May.DECIDE, campaign=duty.campaign)
    policies.require_running(duty.campaign)
    if extension.state != Extension.State.ASKED:
        raise RefusedError(problems.EXTENSION_ANSWERED)
    before = {"due_at": duty.due_at.isoformat() if duty.due_at else None}
    if granted:
        _grant(duty, until or extension.wanted_at)
    elif not answer.strip():
        raise RefusedError(problems.REASON_MISSING, fields={"answer": problems.REASON_MISSING})
    extension.state = Extension.State.GRANTED if granted else Extension.State.REFUSED
    extension.answered_at, extension.answered_by, extension.answer = clock.now(), by.label[:120], answer.strip()
    extension.save()
    after = {"due_at": duty.due_at.isoformat() if duty.due_at else None, "answer": extension.answer}
    record(
        by=by,
        action="extension.granted" if granted else "extension.refused",
        subject=duty,
        place=duty.unit.path,
        before=before,
        after=after,
    )
    extension.duty = duty
    tell_extension(by, extension)
    return extension


def _grant(duty: Duty, until: datetime) -> None:
    if duty.due_at is not None and until <= duty.due_at:
        raise RefusedError(problems.EXTENSION_LATER, fields={"until": problems.EXTENSION_LATER}, due=said(duty.due_at))
    limit = limit_of(duty)
    if not deadlines.is_allowed(until, limit=limit):
        raise RefusedError(problems.EXTENSION_BEYOND, fields={"until": problems.EXTENSION_BEYOND}, limit=said(limit))
    duty.due_at = until
    duty.save(update_fields=["due_at"])


def _locked(duty: Duty) -> Duty:
    return (
        Duty.objects.select_for_update(of=("self",))
        .select_related("campaign__unit", "unit", "task", "requirement")
        .get(pk=duty.pk)
    )
