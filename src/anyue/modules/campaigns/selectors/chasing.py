"""Rules of chasing, office hours, what was chased before, and whom somebody may chase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, scopes
from anyue.platform.messaging.settings_of import hours_at
from anyue.platform.messaging.working_days import is_working_day

from ..models import Campaign, Chase, ChasedStep, Duty, Participation
from ..permissions import CampaignPermission as May
from ..rules.chasing import DEFAULTS, Calendar, Past, Rule
from .campaigns import campaign_for


def rules_of(campaign: Campaign) -> tuple[Rule, ...]:
    """The rules of ``campaign``: its own, or the usual ones. One query."""
    rows = campaign.chase_rules.all()
    own = tuple(Rule(row.working_days, row.hours, row.step, row.kind, row.level) for row in rows)
    return own or DEFAULTS


def calendar_at(place: str) -> Calendar:
    """When the office at ``place`` works: its hours, and China's yearly table of working days. One query."""
    return Calendar(hours_at(place), is_working_day)


def past_of(duties: Iterable[Duty]) -> Mapping[int, Past]:
    """For each duty what was done about its present deadline. Two queries."""
    known = {duty.pk: duty for duty in duties}
    marks: dict[int, set[str]] = {}
    for step in ChasedStep.objects.filter(duty__in=known):
        if step.due_at == known[step.duty_id].due_at:
            marks.setdefault(step.duty_id, set()).add(step.mark)
    last: dict[int, date] = {}
    told: set[int] = set()
    through = Chase.duties.through.objects.filter(duty__in=known).values_list("duty_id", "chase__at", "chase__on")
    for pk, at, on in through:
        last[pk] = max(on, last.get(pk, on))
        due = known[pk].due_at
        if due is not None and at >= due:
            told.add(pk)
    return {pk: Past(frozenset(marks.get(pk, ())), last.get(pk), pk in told) for pk in known}


def chasing_for(actor: Actor, pk: int, *, office: bool = False) -> Campaign:
    """The campaign ``pk`` for whoever chases its units: 404 if she does not see it, 403 if she may chase none of them
    (``office``: if she may not chase all).
    """
    campaign = campaign_for(actor, pk)
    may = scopes(actor, May.CHASE)
    if may.covers(campaign.unit.path):
        return campaign
    if office or not campaign.participations.filter(may.q("unit__path")).exists():
        raise PermissionDenied
    return campaign


def units_to_chase(actor: Actor, campaign: Campaign) -> QuerySet[Unit]:
    """The addressed units that ``actor`` may chase."""
    addressed = campaign.addressed_now.values("unit")
    return Unit.objects.filter(scopes(actor, May.CHASE).q("path"), pk__in=addressed)


def campaigns_to_chase(actor: Actor) -> QuerySet[Campaign]:
    """The running campaigns in which ``actor`` may chase somebody."""
    may = scopes(actor, May.CHASE)
    below = Participation.objects.filter(may.q("unit__path")).values("campaign")
    rows = Campaign.objects.filter(state=Campaign.State.RUNNING).select_related("unit")
    return rows.filter(may.q("unit__path") | Q(pk__in=below))


def chases_of(campaign: Campaign, unit: Unit) -> QuerySet[Chase]:
    """What was done to make ``unit`` do its part, the latest first."""
    return Chase.objects.filter(campaign=campaign, unit=unit).prefetch_related("duties")
