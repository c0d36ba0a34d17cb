"""A draft becomes a running campaign: its units, their links, and every duty in a few statements; and how it ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.notices.models import Notice
from anyue.modules.notices.services import notice_issue, notice_recall
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor
from anyue.platform.authz.engine import subtree
from gongwen.compile.dues import is_working_day

from .. import policies, problems
from ..models import Campaign, Duty, Participation, Requirement
from ..permissions import CampaignPermission as May
from ..rules import deadlines, links, naming
from ..selectors import targets_of
from ..selectors.naming import undecided
from .keys import fresh_link
from .limits import check_against_parent
from .telling import tell_addressed, tell_published, tell_withdrawn

RECEIPT_DAYS = 2  # working days to sign where the notice gives no time
_BATCH = 500


@transaction.atomic
def campaign_publish(*, by: Actor, campaign: Campaign, units: Iterable[Unit]) -> Campaign:
    """Address ``units`` and open the duties of each: receipt, liaison officer, tasks, returns.

    Refused while a name is undecided, where a unit is not an open one below the office, where a deadline is later than the
    office's own, and where nobody would owe anything. What the office itself owes becomes its own duty without a door.
    """
    campaign = _locked(campaign)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    if campaign.state != Campaign.State.DRAFT:
        raise RefusedError(problems.NOT_DRAFT, name=campaign.name)
    chosen = _below(campaign, units)
    open_names = undecided(campaign)
    if open_names:
        raise RefusedError(
            problems.TARGETS_UNDECIDED, words=open_names[0].words.removeprefix(naming.LEVEL), count=len(open_names)
        )
    check_against_parent(campaign)
    at = clock.now()
    _time_the_receipt(campaign, at)
    campaign.state, campaign.published_at, campaign.published_by = Campaign.State.RUNNING, at, by.label[:120]
    count = _address(campaign, chosen, own=True)
    if not count:
        raise RefusedError(problems.NOTHING_OWED)
    dues = [due for due in campaign.duties.order_by().values_list("due_at", flat=True).distinct() if due]
    campaign.links_until = campaign.links_until or links.last_day(campaign.ends_on, dues)
    campaign.save()
    if campaign.notice is not None and campaign.notice.state == Notice.State.REVIEWED:
        notice_issue(by=by, notice=campaign.notice)
    record(
        by=by,
        action="campaign.published",
        subject=campaign,
        place=campaign.unit.path,
        after={"units": [unit.pk for unit in chosen], "duties": count},
    )
    tell_published(by, campaign, chosen)
    return campaign


@transaction.atomic
def participants_add(*, by: Actor, campaign: Campaign, units: Iterable[Unit]) -> int:
    """Address more ``units`` of a running campaign; returns how many were new. Those that it has are left as they are."""
    campaign = _locked(campaign)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    policies.require_running(campaign)
    known = set(campaign.participations.values_list("unit_id", flat=True))
    fresh = [unit for unit in _below(campaign, units) if unit.pk not in known]
    count = _address(campaign, fresh, own=False) if fresh else 0
    if fresh:
        after = {"units": [unit.pk for unit in fresh], "duties": count}
        record(by=by, action="campaign.units_added", subject=campaign, place=campaign.unit.path, after=after)
        tell_addressed(by, campaign, fresh)
    return len(fresh)


@transaction.atomic
def campaign_close(*, by: Actor, campaign: Campaign) -> Campaign:
    """The campaign is over: links close, nothing more is reported; what is open stays visible as it was."""
    campaign = _locked(campaign)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    policies.require_running(campaign)
    campaign.state, campaign.closed_at, campaign.closed_by = Campaign.State.CLOSED, clock.now(), by.label[:120]
    campaign.save(update_fields=["state", "closed_at", "closed_by"])
    record(by=by, action="campaign.closed", subject=campaign, place=campaign.unit.path)
    return campaign


@transaction.atomic
def campaign_withdraw(*, by: Actor, campaign: Campaign, reason: str) -> Campaign:
    """Take a draft or a running campaign back, with the reason that the units read. Its duties are no longer chased."""
    campaign = _locked(campaign)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    if campaign.state not in (Campaign.State.DRAFT, Campaign.State.RUNNING):
        raise RefusedError(problems.NOT_RUNNING, name=campaign.name)
    if not reason.strip():
        raise RefusedError(problems.REASON_MISSING, fields={"reason": problems.REASON_MISSING})
    before = {"state": campaign.state}
    campaign.state, campaign.withdrawn_at, campaign.withdrawn_by = (
        Campaign.State.WITHDRAWN,
        clock.now(),
        by.label[:120],
    )
    campaign.reason = reason.strip()
    campaign.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "reason"])
    _recall(by, campaign)
    record(
        by=by,
        action="campaign.withdrawn",
        subject=campaign,
        place=campaign.unit.path,
        before=before,
        after={"reason": campaign.reason},
    )
    if before["state"] == Campaign.State.RUNNING:
        tell_withdrawn(by, campaign)
    return campaign


def publish_preview(campaign: Campaign, units: Iterable[Unit]) -> list[Duty]:
    """The duties that publishing to ``units`` would open, unsaved: what the check page counts."""
    participants = {unit.pk for unit in units}
    return _duties(campaign, participants | {campaign.unit_id}, targets_of(campaign, participants))


def _recall(by: Actor, campaign: Campaign) -> None:
    """The notice is issued as long as a campaign that was published from it stands."""
    notice = campaign.notice
    if notice is None or notice.state != Notice.State.ISSUED:
        return
    if not notice.campaigns.filter(state__in=[Campaign.State.RUNNING, Campaign.State.CLOSED]).exists():
        notice_recall(by=by, notice=notice)


def _locked(campaign: Campaign) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("unit", "notice__unit")
    return rows.get(pk=campaign.pk)


def _below(campaign: Campaign, units: Iterable[Unit]) -> list[Unit]:
    """``units`` as they are now, each once; refused if one is not an open unit below the office."""
    wanted = {unit.pk for unit in units}
    if not wanted:
        raise RefusedError(problems.NO_UNITS, fields={"units": problems.NO_UNITS})
    below = Unit.objects.filter(subtree(campaign.unit.path), closed_on=None).exclude(pk=campaign.unit_id)
    found = [unit for unit in below if unit.pk in wanted] if len(wanted) > _BATCH else list(below.filter(pk__in=wanted))
    if len(found) < len(wanted):
        raise RefusedError(problems.UNITS_OUTSIDE, count=len(wanted) - len(found), unit=campaign.unit.name)
    return found


def _time_the_receipt(campaign: Campaign, at: datetime) -> None:
    day = deadlines.working_day_after(clock.day_of(at), count=RECEIPT_DAYS, is_working=is_working_day)
    campaign.requirements.filter(kind=Requirement.Kind.RECEIPT, due_at=None, dropped_at=None).update(
        due_at=clock.end_of(day)
    )


def _address(campaign: Campaign, units: list[Unit], *, own: bool) -> int:
    """Rows of participation with their links, and the duties of ``units`` (and the office's ``own``). Returns how many duties."""
    Participation.objects.bulk_create(
        [Participation(campaign=campaign, unit=unit, **fresh_link()) for unit in units], batch_size=_BATCH
    )
    participants = set(campaign.participations.values_list("unit_id", flat=True))
    owing = {unit.pk for unit in units} | ({campaign.unit_id} if own else set())
    duties = _duties(campaign, owing, targets_of(campaign, participants))
    Duty.objects.bulk_create(duties, batch_size=_BATCH)
    return len(duties)


def _duties(campaign: Campaign, owing: Collection[int], targets: Mapping[str, list[int]]) -> list[Duty]:
    """What ``owing`` units owe. The office owes itself neither receipt nor officer nor returns."""
    found = []
    for one in campaign.requirements.filter(dropped_at=None):
        # Everybody signs; whoever else is asked for something is named.
        named = owing if one.kind == Requirement.Kind.RECEIPT else naming.owers(one.who, targets)
        found += [
            Duty(
                campaign=campaign,
                unit_id=unit,
                kind=one.kind,
                requirement=one,
                subject=f"campaigns.requirement:{one.pk}" if one.kind == Requirement.Kind.RETURN else "",
                title=_title(one, campaign),
                due_at=one.due_at,
            )
            for unit in sorted(set(owing) & set(named) - {campaign.unit_id})
        ]
    for task in campaign.tasks.filter(dropped_at=None, covered_by=None):
        units = naming.owers(naming.words_of(task.responsible, task.levels), targets)
        found += [
            Duty(
                campaign=campaign,
                unit_id=unit,
                kind=Duty.Kind.TASK,
                task=task,
                title=task.text[:300],
                due_at=task.due_at,
            )
            for unit in sorted(set(owing) & units)
        ]
    return found


def _title(one: Requirement, campaign: Campaign) -> str:
    with override(settings.LANGUAGE_CODE):  # it is stored, so it is in the installation's language
        if one.kind == Requirement.Kind.RECEIPT:
            return (gettext("Sign receipt of %(name)s") % {"name": campaign.notice or campaign.name})[:300]
        if one.kind == Requirement.Kind.LIAISON:
            return gettext("Name the liaison officer")
    return one.title[:300]
