"""What happens to a duty. Every change goes through ``_act``: locked, checked against the rules, audited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, ActorKind

from .. import policies, problems
from ..models import Campaign, Duty
from ..permissions import CampaignPermission as May
from ..rules import states
from ..rules.states import Act
from .telling import tell_by_link, tell_not_ours

_NO_ONE: dict[str, Any] = {"done_at": None, "done_by": "", "declined_at": None, "declined_by": ""}
_NOT_ACCEPTED: dict[str, Any] = {"accepted_at": None, "accepted_by": ""}
_NOT_RETURNED: dict[str, Any] = {"returned_at": None, "returned_by": "", "answer": ""}


@transaction.atomic
def duty_progress(*, by: Actor, duty: Duty, progress: int, note: str = "") -> Duty:
    """How far the unit is, in percent, and a word on it. 100 is not yet done: the unit says so itself."""
    if not 0 <= progress <= 100:
        raise RefusedError(problems.PROGRESS_RANGE, fields={"progress": problems.PROGRESS_RANGE})
    return _act(by, duty, Act.PROGRESS, May.WORK, progress=progress, note=note.strip(), by_link=_is_link(by))


@transaction.atomic
def duty_done(*, by: Actor, duty: Duty, note: str | None = None) -> Duty:
    """The unit says that it is done. What was sent back before counts as answered by this."""
    said = {} if note is None else {"note": note.strip()}
    return _act(by, duty, Act.FINISH, _right(duty), **_done(by), **said, **_NOT_RETURNED, progress=100)


@transaction.atomic
def duty_take_back(*, by: Actor, duty: Duty) -> Duty:
    """The unit was too early: not done after all. Not possible once the office has accepted it."""
    return _act(by, duty, Act.TAKE_BACK, _right(duty), **_NO_ONE, by_link=_is_link(by))


@transaction.atomic
def duty_decline(*, by: Actor, duty: Duty, reason: str) -> Duty:
    """The unit says that this is not its business, and why. The office answers."""
    changed = {"declined_at": clock.now(), "declined_by": by.label[:120], "reason": _said(reason)}
    return _act(by, duty, Act.DECLINE, May.WORK, **changed, **_NOT_RETURNED, by_link=_is_link(by))


@transaction.atomic
def duty_accept(*, by: Actor, duty: Duty) -> Duty:
    """The office agrees that it is done."""
    return _act(by, duty, Act.ACCEPT, May.DECIDE, accepted_at=clock.now(), accepted_by=by.label[:120])


@transaction.atomic
def duties_accept(*, by: Actor, duties: Iterable[Duty]) -> int:
    """The office agrees that each of ``duties`` is done; returns how many. One that is no longer to be accepted is left."""
    count = 0
    for duty in duties:
        if states.after(Act.ACCEPT, state=duty.state, kind=duty.kind, accepted=duty.accepted_at is not None):
            duty_accept(by=by, duty=duty)
            count += 1
    return count


@transaction.atomic
def duty_send_back(*, by: Actor, duty: Duty, reason: str) -> Duty:
    """The office is not content and says why: the unit goes on. Its time stays what it was."""
    changed = {"returned_at": clock.now(), "returned_by": by.label[:120], "answer": _said(reason)}
    return _act(by, duty, Act.SEND_BACK, May.DECIDE, **_NO_ONE, **changed)


@transaction.atomic
def duty_agree(*, by: Actor, duty: Duty) -> Duty:
    """The office agrees that this is not the unit's business."""
    return _act(by, duty, Act.AGREE, May.DECIDE, accepted_at=clock.now(), accepted_by=by.label[:120])


@transaction.atomic
def duty_insist(*, by: Actor, duty: Duty, reason: str) -> Duty:
    """The office says that it is the unit's business all the same, and why: it is open again."""
    changed = {"returned_at": clock.now(), "returned_by": by.label[:120], "answer": _said(reason)}
    return _act(by, duty, Act.INSIST, May.DECIDE, **_NO_ONE, **changed)


@transaction.atomic
def duty_reopen(*, by: Actor, duty: Duty, reason: str) -> Duty:
    """The office opens again what was done, agreed to or dropped, and says why."""
    changed = {"returned_at": clock.now(), "returned_by": by.label[:120], "answer": _said(reason)}
    return _act(by, duty, Act.REOPEN, May.DECIDE, **_NO_ONE, **_NOT_ACCEPTED, **changed)


@transaction.atomic
def duty_drop(*, by: Actor, duty: Duty, reason: str) -> Duty:
    """The office no longer asks for it. What is done stays done."""
    return _act(by, duty, Act.DROP, May.MANAGE, reason=_said(reason), **_NO_ONE, **_NOT_ACCEPTED)


# --- for higher modules -------------------------------------------------------------------------------------------------


@transaction.atomic
def duty_open(
    *, by: Actor, campaign: Campaign, unit: Unit, kind: str, title: str, due_at: datetime | None, subject: str
) -> Duty:
    """A duty of a higher module, which names its own thing as ``subject`` (``reports.return:17``). Once open, the same again.

    The module has authorised its own act; here only the campaign must run.
    """
    policies.require_running(campaign)
    duty, is_new = Duty.objects.get_or_create(
        campaign=campaign,
        unit=unit,
        kind=kind,
        subject=subject,
        defaults={"title": title[:300], "due_at": due_at},
    )
    if is_new:
        record(by=by, action="duty.opened", subject=duty, place=unit.path, after={"subject": subject})
    return duty


@transaction.atomic
def duty_close(*, by: Actor, duty: Duty, at: datetime | None = None) -> Duty:
    """The thing of a higher module is done (a return was handed in). Done twice is done once."""
    duty.refresh_from_db()
    if duty.state == Duty.State.DONE:
        return duty
    return _act(
        by, duty, Act.FINISH, None, **{**_done(by), "done_at": at or clock.now()}, **_NOT_RETURNED, progress=100
    )


@transaction.atomic
def duty_open_again(*, by: Actor, duty: Duty, reason: str = "") -> Duty:
    """The thing of a higher module is open again (a return was sent back)."""
    duty.refresh_from_db()
    if duty.state in (Duty.State.OPEN, Duty.State.STARTED):
        return duty
    changed = {"returned_at": clock.now(), "returned_by": by.label[:120], "answer": reason.strip()}
    return _act(by, duty, Act.REOPEN, None, **_NO_ONE, **_NOT_ACCEPTED, **changed)


# --- how ------------------------------------------------------------------------------------------------------------------


def _act(by: Actor, duty: Duty, act: Act, right: May | None, **changed: Any) -> Duty:
    """Authorise (``right``; None: the caller has), lock, ask the rules, change, audit."""
    duty = Duty.objects.select_for_update(of=("self",)).select_related("campaign__unit", "unit").get(pk=duty.pk)
    if right is not None and states.SIDE[act] is states.Side.OFFICE:
        policies.require_office(by, right, campaign=duty.campaign)
    elif right is not None:
        policies.require(by, right, campaign=duty.campaign, unit=duty.unit)
    policies.require_running(duty.campaign)
    state = states.after(
        act, state=duty.state, kind=duty.kind, accepted=duty.accepted_at is not None, by_link=duty.by_link
    )
    if state is None:
        raise RefusedError(problems.NOT_POSSIBLE, title=duty.title, state=duty.get_state_display())
    before = {"state": duty.state, "progress": duty.progress}
    duty.state = state
    for name, value in changed.items():
        setattr(duty, name, value)
    duty.save()
    after = {"state": duty.state, "progress": duty.progress} | {
        name: changed[name] for name in ("note", "reason", "answer") if changed.get(name)
    }
    record(by=by, action=f"duty.{_DONE[act]}", subject=duty, place=duty.unit.path, before=before, after=after)
    if act in (Act.AGREE, Act.INSIST):
        tell_not_ours(by, duty)
    elif _is_link(by):
        tell_by_link(by, duty)
    return duty


_DONE = {
    Act.PROGRESS: "progressed",
    Act.FINISH: "done",
    Act.TAKE_BACK: "taken_back",
    Act.DECLINE: "declined",
    Act.ACCEPT: "accepted",
    Act.SEND_BACK: "sent_back",
    Act.AGREE: "agreed_not_theirs",
    Act.INSIST: "insisted",
    Act.REOPEN: "reopened",
    Act.DROP: "dropped",
    Act.CONFIRM: "confirmed",
    Act.UNDO: "undone",
}


def _right(duty: Duty) -> May:
    return May.SIGN if duty.kind in (Duty.Kind.RECEIPT, Duty.Kind.LIAISON) else May.WORK


def _done(by: Actor) -> dict[str, Any]:
    return {"done_at": clock.now(), "done_by": by.label[:120], "by_link": _is_link(by)}


def _is_link(by: Actor) -> bool:
    return by.kind is ActorKind.LINK


def _said(reason: str) -> str:
    if not reason.strip():
        raise RefusedError(problems.REASON_MISSING, fields={"reason": problems.REASON_MISSING})
    return reason.strip()
