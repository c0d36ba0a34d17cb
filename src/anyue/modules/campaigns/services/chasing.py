"""Chasing (催办): by itself in office hours, or by hand. One message a unit that names all it owes; each chase is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, can

from .. import problems
from ..models import Campaign, Chase, ChasedStep, Duty
from ..permissions import CampaignPermission as May
from ..policies import require_running
from ..rules import chasing as rules
from ..rules.chasing import Rule
from ..selectors.chasing import calendar_at, past_of, rules_of
from ..selectors.contacts import Contacts, contacts_of
from ..selectors.lateness import SOON, LateUnit, late_by_unit
from .sending import Sent, send, text_for

_ACTIONS = {
    (Chase.Channel.SYSTEM, Chase.Step.REMIND): "chase.reminded",
    (Chase.Channel.SYSTEM, Chase.Step.LATE): "chase.sent",
    (Chase.Channel.SYSTEM, Chase.Step.LEADER): "chase.escalated",
}
_BY_CHANNEL = {
    Chase.Channel.CHAT: "chase.by_chat",
    Chase.Channel.PHONE: "chase.by_phone",
    Chase.Channel.NONE: "chase.unreached",
}
Marks = Sequence[tuple[Duty, str]]


@transaction.atomic
def chase_due(*, by: Actor, campaign: Campaign) -> list[Chase]:
    """Chase what is due to be chased now by the campaign's rules: each unit once, each duty once for a step and once a day.

    Nothing outside the office hours of the campaign's office, and nothing where automatic chasing is off. For jobs.
    """
    campaign = _locked(campaign)
    if not campaign.chases_itself or campaign.state != Campaign.State.RUNNING:
        return []
    calendar, at = calendar_at(campaign.unit.path), clock.now()
    if not calendar.is_open(at):
        return []
    own = rules_of(campaign)
    late = late_by_unit(by, campaign, within=_ahead(own))
    past = past_of([duty for one in late for duty in one.duties])
    made: list[Chase] = []
    contacts = contacts_of(campaign, [one.unit for one in late])
    for one in late:
        choices = {}
        for duty in one.duties:
            for_it = rules.rules_for(own, kind=duty.kind, level=one.unit.kind)
            choice = duty.due_at and rules.choose(
                for_it,
                due=duty.due_at,
                at=at,
                since=campaign.published_at or campaign.created_at,
                past=past[duty.pk],
                calendar=calendar,
            )
            if choice:
                choices[duty] = choice
        for is_leader in (False, True):
            chosen = {duty: one for duty, one in choices.items() if (one.step == rules.LEADER) == is_leader}
            if chosen:
                step = rules.LEADER if is_leader else rules.hardest(one.step for one in chosen.values())
                marks = [(duty, mark) for duty, one in chosen.items() for mark in one.marks]
                named = _named(one, chosen)
                # What is late stands in the message too, and is not called due soon.
                step = rules.LATE if step == rules.REMIND and named.late else step
                made.append(_sent(by, campaign, named, contacts[one.unit.pk], step, marks))
    return made


@transaction.atomic
def chase_send(*, by: Actor, campaign: Campaign, units: Iterable[Unit]) -> list[Chase]:
    """Chase ``units`` now by the channels, each with all that it owes. Those that owe nothing any more are left out."""
    campaign, late = _ready(by, campaign, units)
    contacts = contacts_of(campaign, [one.unit for one in late])
    return [
        _sent(
            by, campaign, one, contacts[one.unit.pk], rules.LATE if one.late else rules.REMIND, _settled(campaign, one)
        )
        for one in late
    ]


@transaction.atomic
def chase_escalate(*, by: Actor, campaign: Campaign, units: Iterable[Unit]) -> list[Chase]:
    """Tell the leaders of ``units`` now what is overdue. Units that are late with nothing are left out."""
    campaign, late = _ready(by, campaign, units)
    late = [one for one in late if one.late]
    contacts = contacts_of(campaign, [one.unit for one in late])
    return [
        _sent(by, campaign, one, contacts[one.unit.pk], rules.LEADER, _settled(campaign, one, leader=True))
        for one in late
    ]


@transaction.atomic
def chase_note(*, by: Actor, campaign: Campaign, units: Iterable[Unit], channel: str, note: str = "") -> list[Chase]:
    """Record that ``units`` were chased by telephone or in a chat group: today nothing else chases them for the same."""
    campaign, late = _ready(by, campaign, units)
    contacts = contacts_of(campaign, [one.unit for one in late])
    return [
        _kept(
            by,
            campaign,
            one,
            step=rules.LATE if one.late else rules.REMIND,
            channel=Chase.Channel(channel),
            sent=Sent((contacts[one.unit.pk].name,) if contacts[one.unit.pk].name else (), 0),
            marks=_settled(campaign, one),
            note=note,
        )
        for one in late
    ]


def _ready(by: Actor, campaign: Campaign, units: Iterable[Unit]) -> tuple[Campaign, list[LateUnit]]:
    """The campaign, locked, and what each of ``units`` owes. Refused for a unit that ``by`` may not chase, and where none owes."""
    campaign = _locked(campaign)
    require_running(campaign)
    wanted = {unit.pk: unit for unit in units}
    if not wanted:
        raise RefusedError(problems.NO_UNITS_TO_CHASE)
    for unit in wanted.values():
        if not can(by, May.CHASE, unit.path):
            raise RefusedError(problems.NOT_ALLOWED, unit=unit.name)
    late = [one for one in late_by_unit(Actor.system("chasing"), campaign) if one.unit.pk in wanted]
    if not late:
        raise RefusedError(problems.NOTHING_TO_CHASE)
    return campaign, late


def _locked(campaign: Campaign) -> Campaign:
    """Who chases a campaign does so alone: two jobs, or a job and a person, never chase the same at once."""
    return Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)


def _named(late: LateUnit, chosen: Iterable[Duty]) -> LateUnit:
    """What a message names: all that is late or due shortly, and what it is sent for."""
    soon, at = set(chosen), clock.now()
    return LateUnit(
        late.unit,
        late.late,
        tuple(duty for duty in late.soon if duty in soon or (duty.due_at and duty.due_at - at <= SOON)),
    )


def _settled(campaign: Campaign, late: LateUnit, *, leader: bool = False) -> Marks:
    """The steps that a chase by hand settles."""
    own, calendar, at = rules_of(campaign), calendar_at(campaign.unit.path), clock.now()
    past = past_of(late.duties)
    found: list[tuple[Duty, str]] = []
    for duty in late.duties:
        if duty.due_at is None:
            continue
        for_it = rules.rules_for(own, kind=duty.kind, level=late.unit.kind)
        marks = past[duty.pk].marks
        found += [(duty, one) for one in rules.settled(for_it, due=duty.due_at, at=at, marks=marks, calendar=calendar)]
        if leader and duty.due_at <= at:
            found += [(duty, one.mark) for one in for_it if one.step == rules.LEADER and one.mark not in marks]
    return found


def _sent(by: Actor, campaign: Campaign, late: LateUnit, contacts: Contacts, step: str, marks: Marks) -> Chase:
    sent = send(by=by, campaign=campaign, late=late, contacts=contacts, step=step)
    channel = Chase.Channel.SYSTEM if sent.reached else Chase.Channel.NONE
    return _kept(by, campaign, late, step=step, channel=channel, sent=sent, marks=marks)


def _kept(
    by: Actor,
    campaign: Campaign,
    late: LateUnit,
    *,
    step: str,
    channel: Chase.Channel,
    sent: Sent,
    marks: Marks,
    note: str = "",
) -> Chase:
    """The row, what it was about, the steps it settles, and the audit."""
    duties = late.late if step == rules.LEADER else late.duties
    at = clock.now()
    chase = Chase.objects.create(
        campaign=campaign,
        unit=late.unit,
        step=step,
        channel=channel,
        recipient="、".join(sent.names)[:120],
        reached=sent.reached,
        note=note.strip()[:200],
        text=text_for(campaign, late, step=step),
        at=at,
        by=by.label[:120],
        on=clock.day_of(at),
    )
    chase.duties.set(duties)
    ChasedStep.objects.bulk_create(
        ChasedStep(chase=chase, duty=duty, mark=mark, due_at=duty.due_at) for duty, mark in marks if duty.due_at
    )
    action = _ACTIONS.get((channel, Chase.Step(step))) or _BY_CHANNEL[channel]
    after = {"duties": [duty.title for duty in duties], "recipient": chase.recipient, "reached": chase.reached}
    record(by=by, action=action, subject=Subject.of(chase, late.unit.name), place=late.unit.path, after=after)
    return chase


def _ahead(own: Iterable[Rule]) -> timedelta:
    """How far ahead the earliest reminder looks, the longest holidays included."""
    days = max((-rule.working_days for rule in own), default=0)
    hours = max((-rule.hours for rule in own), default=0)
    far = timedelta(days=2 * days + 12 if days > 0 else 2, hours=max(hours, 0))
    return max(SOON, far)
