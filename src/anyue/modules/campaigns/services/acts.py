"""Acts by link, confirmed or undone by somebody with an account."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, ActorKind, can

from .. import policies, problems
from ..models import Duty, LiaisonOfficer
from ..permissions import CampaignPermission as May
from ..rules import states
from ..rules.states import Act


@transaction.atomic
def act_confirm(*, by: Actor, duty: Duty) -> Duty:
    """An account holder of the unit or of the office stands by what was done by link: it counts like her own act."""
    duty = _ready(by, duty, Act.CONFIRM)
    duty.by_link = False
    duty.save(update_fields=["by_link"])
    if duty.kind == Duty.Kind.LIAISON:
        _officers(duty).filter(until_at=None).update(by_link=False)
    record(by=by, action="duty.confirmed", subject=duty, place=duty.unit.path, after={"done_by": duty.done_by})
    return duty


@transaction.atomic
def acts_confirm(*, by: Actor, duties: Iterable[Duty]) -> int:
    """She stands by each of ``duties`` that was done by link, as by ``act_confirm``; returns how many. One that no longer waits
    is left; one that she may not confirm refuses them all.
    """
    count = 0
    for duty in duties:
        if duty.by_link:
            act_confirm(by=by, duty=duty)
            count += 1
    return count


@transaction.atomic
def act_undo(*, by: Actor, duty: Duty, reason: str) -> Duty:
    """Undo what was done by link, and say why. An officer named by link goes; the one before her is the officer again."""
    if not reason.strip():
        raise RefusedError(problems.REASON_MISSING, fields={"reason": problems.REASON_MISSING})
    duty = _ready(by, duty, Act.UNDO)
    before = {"state": duty.state, "done_by": duty.done_by}
    back = _bring_back_officer(by, duty) if duty.kind == Duty.Kind.LIAISON else None
    duty.by_link, duty.answer = False, reason.strip()
    duty.returned_at, duty.returned_by = clock.now(), by.label[:120]
    duty.declined_at, duty.declined_by = None, ""
    if back is None:
        duty.state = states.after(Act.UNDO, state=duty.state, kind=duty.kind, by_link=True) or states.OPEN
        duty.done_at, duty.done_by, duty.progress = None, "", 0
    else:  # the officer before her still stands
        duty.done_at, duty.done_by = back.named_at, back.named_by
    duty.save()
    after = {"state": duty.state, "reason": duty.answer}
    record(by=by, action="duty.undone", subject=duty, place=duty.unit.path, before=before, after=after)
    return duty


def _ready(by: Actor, duty: Duty, act: Act) -> Duty:
    duty = Duty.objects.select_for_update(of=("self",)).select_related("campaign__unit", "unit").get(pk=duty.pk)
    right = May.SIGN if duty.kind in (Duty.Kind.RECEIPT, Duty.Kind.LIAISON) else May.WORK
    is_person = by.kind is not ActorKind.LINK
    own = is_person and can(by, right, duty.unit.path)
    office = is_person and can(by, May.DECIDE, duty.campaign.unit.path)
    if not (own or office):
        raise RefusedError(problems.NOT_ALLOWED, unit=duty.unit.name)
    policies.require_running(duty.campaign)
    accepted = duty.accepted_at is not None
    possible = states.after(act, state=duty.state, kind=duty.kind, accepted=accepted, by_link=duty.by_link)
    undoes = act is Act.UNDO
    if possible is None or (
        undoes
        and not states.may_undo(
            by_link=duty.by_link, is_own_unit=own, is_office=office, accepted=accepted, open_campaign=True
        )
    ):
        raise RefusedError(problems.NOT_POSSIBLE, title=duty.title, state=duty.get_state_display())
    return duty


def _officers(duty: Duty) -> models.QuerySet[LiaisonOfficer]:
    return LiaisonOfficer.objects.filter(campaign=duty.campaign_id, unit=duty.unit_id)


def _bring_back_officer(by: Actor, duty: Duty) -> LiaisonOfficer | None:
    """End the officers named by link; whoever was named with an account before them is the officer again."""
    _officers(duty).filter(until_at=None, by_link=True).update(until_at=clock.now(), undone_by=by.label[:120])
    before = _officers(duty).filter(by_link=False, undone_by="").order_by("-named_at", "-pk").first()
    if before is not None and before.until_at is not None:
        before.until_at = None
        before.save(update_fields=["until_at"])
    return before
