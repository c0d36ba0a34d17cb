"""A draft becomes a running campaign: its units, their links, and every duty in a few statements; and how it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.notices.models import Notice
from anyue.modules.notices.services import notice_issue, notice_recall
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor
from anyue.platform.messaging.working_days import is_working_day

from .. import policies, problems
from ..models import Campaign, Duty, Requirement
from ..permissions import CampaignPermission as May
from ..rules import deadlines, links, naming
from ..selectors import targets_of
from ..selectors.naming import undecided
from .addressing import below, duties_of_units, locked, open_doors
from .limits import check_against_parent
from .telling import tell_published, tell_withdrawn
from .versions import version_make

RECEIPT_DAYS = 2  # working days to sign where the notice gives no time
_BATCH = 500


@transaction.atomic
def campaign_publish(*, by: Actor, campaign: Campaign, units: Iterable[Unit]) -> Campaign:
    """Address ``units`` and open the duties of each: receipt, liaison officer, tasks, returns.

    Refused while a name is undecided, where a unit is not an open one below the office, where a deadline is later than the
    office's own, and where nobody would owe anything. What the office itself owes becomes its own duty without a door.
    """
    campaign = locked(campaign)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    if campaign.state != Campaign.State.DRAFT:
        raise RefusedError(problems.NOT_DRAFT, name=campaign.name)
    chosen = below(campaign, units)
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
    after = {"units": [unit.name for unit in chosen], "duties": count}
    entry = record(by=by, action="campaign.published", subject=campaign, place=campaign.unit.path, after=after)
    version_make(campaign, entry)
    tell_published(by, campaign, chosen)
    return campaign


@transaction.atomic
def campaign_close(*, by: Actor, campaign: Campaign) -> Campaign:
    """The campaign is over: links close, nothing more is reported; what is open stays visible as it was."""
    campaign = locked(campaign)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    policies.require_running(campaign)
    campaign.state, campaign.closed_at, campaign.closed_by = Campaign.State.CLOSED, clock.now(), by.label[:120]
    campaign.save(update_fields=["state", "closed_at", "closed_by"])
    record(by=by, action="campaign.closed", subject=campaign, place=campaign.unit.path)
    return campaign


@transaction.atomic
def campaign_withdraw(*, by: Actor, campaign: Campaign, reason: str) -> Campaign:
    """Take a draft or a running campaign back, with the reason that the units read. Its duties are no longer chased."""
    campaign = locked(campaign)
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
    return duties_of_units(campaign, participants | {campaign.unit_id}, targets_of(campaign, participants))


def _recall(by: Actor, campaign: Campaign) -> None:
    """The notice is issued as long as a campaign that was published from it stands."""
    notice = campaign.notice
    if notice is None or notice.state != Notice.State.ISSUED:
        return
    if not notice.campaigns.filter(state__in=[Campaign.State.RUNNING, Campaign.State.CLOSED]).exists():
        notice_recall(by=by, notice=notice)


def _time_the_receipt(campaign: Campaign, at: datetime) -> None:
    day = deadlines.working_day_after(clock.day_of(at), count=RECEIPT_DAYS, is_working=is_working_day)
    campaign.requirements.filter(kind=Requirement.Kind.RECEIPT, due_at=None, dropped_at=None).update(
        due_at=clock.end_of(day)
    )


def _address(campaign: Campaign, units: list[Unit], *, own: bool) -> int:
    """Rows of participation with their links, and the duties of ``units`` (and the office's ``own``). Returns how many duties."""
    open_doors(campaign, units)
    participants = set(campaign.addressed_now.values_list("unit_id", flat=True))
    owing = {unit.pk for unit in units} | ({campaign.unit_id} if own else set())
    duties = duties_of_units(campaign, owing, targets_of(campaign, participants))
    Duty.objects.bulk_create(duties, batch_size=_BATCH)
    return len(duties)
