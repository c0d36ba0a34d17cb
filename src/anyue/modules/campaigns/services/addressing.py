"""The units that a campaign addresses, their links and their duties; and who of them is taken in or left out while it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, override

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor
from anyue.platform.authz.engine import subtree

from .. import policies, problems
from ..models import Campaign, Duty, Participation, Requirement
from ..permissions import CampaignPermission as May
from ..rules import naming
from ..selectors import targets_of
from ..selectors.naming import proposals
from .keys import fresh_link
from .telling import tell_addressed, tell_left_out
from .versions import check_version, version_make

_BATCH = 500
_NAMED = 200  # units named in an entry of the audit trail; the count says how many there were
_OPEN = (Duty.State.OPEN, Duty.State.STARTED, Duty.State.NOT_OURS)
_CLEAR = {"declined_at": None, "declined_by": "", "accepted_at": None, "accepted_by": ""}


@dataclass(frozen=True, slots=True)
class Addressed:
    """What a change of the addressees does: who comes, who goes, duties opened and dropped."""

    added: list[Unit]
    dropped: list[Unit]
    opened: int
    closed: int


@transaction.atomic
def addressees_set(
    *, by: Actor, campaign: Campaign, units: Iterable[Unit], reason: str = "", version: int | None = None
) -> Addressed:
    """Address exactly ``units`` from now on. Who comes gets its duties and a link; who goes keeps what it did and owes nothing, and
    ``reason`` says why. Refused where nobody is left, and (``version``) where somebody changed the campaign since it was looked at.
    """
    campaign = ready(by, campaign)
    check_version(campaign, version)
    chosen = below(campaign, units)
    going = [unit for unit in addressed(campaign) if unit.pk not in {one.pk for one in chosen}]
    if going and not reason.strip():
        raise RefusedError(problems.REASON_MISSING, fields={"reason": problems.REASON_MISSING})
    fresh, opened = _take_in(by, campaign, chosen)
    closed = _leave_out(by, campaign, going, reason) if going else 0
    return Addressed(fresh, going, opened, closed)


@transaction.atomic
def participants_add(*, by: Actor, campaign: Campaign, units: Iterable[Unit]) -> int:
    """Address more ``units`` of a running campaign; returns how many were new. Those that it has are left as they are."""
    campaign = ready(by, campaign)
    return len(_take_in(by, campaign, below(campaign, units))[0])


@transaction.atomic
def participants_drop(*, by: Actor, campaign: Campaign, units: Iterable[Unit], reason: str) -> int:
    """Address ``units`` no longer; returns how many duties that dropped. What they did stays as it was."""
    campaign = ready(by, campaign)
    if not reason.strip():
        raise RefusedError(problems.REASON_MISSING, fields={"reason": problems.REASON_MISSING})
    wanted = {unit.pk for unit in units}
    going = [unit for unit in addressed(campaign) if unit.pk in wanted]
    return _leave_out(by, campaign, going, reason) if going else 0


def addressees_preview(campaign: Campaign, units: Iterable[Unit]) -> Addressed:
    """What ``addressees_set`` would do."""
    chosen = below(campaign, units)
    keys, there = {unit.pk for unit in chosen}, addressed(campaign)
    fresh = [unit for unit in chosen if unit.pk not in {one.pk for one in there}]
    going = [unit for unit in there if unit.pk not in keys]
    owing = {unit.pk for unit in fresh}
    planned = duties_of_units(campaign, owing, _widened(campaign, owing, keys))
    known = _known(campaign, owing)
    opened = sum(key_of(duty) not in known or known[key_of(duty)].state == Duty.State.DROPPED for duty in planned)
    return Addressed(fresh, going, opened, open_of(campaign, going).count())


def ready(by: Actor, campaign: Campaign) -> Campaign:
    """The running campaign, held until the end; refused to who may not run it."""
    campaign = locked(campaign)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    policies.require_running(campaign)
    return campaign


def locked(campaign: Campaign) -> Campaign:
    """Its row, held until the end of the transaction."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("unit", "notice__unit")
    return rows.get(pk=campaign.pk)


def addressed(campaign: Campaign) -> list[Unit]:
    """The units that it addresses now, in the order of the tree."""
    return list(Unit.objects.filter(pk__in=campaign.addressed_now.values("unit")).order_by("path"))


def below(campaign: Campaign, units: Iterable[Unit]) -> list[Unit]:
    """The chosen units; refused if one is not an open unit below the office."""
    wanted = {unit.pk for unit in units}
    if not wanted:
        raise RefusedError(problems.NO_UNITS, fields={"units": problems.NO_UNITS})
    found = Unit.objects.filter(subtree(campaign.unit.path), closed_on=None).exclude(pk=campaign.unit_id)
    rows = [unit for unit in found if unit.pk in wanted] if len(wanted) > _BATCH else list(found.filter(pk__in=wanted))
    if len(rows) < len(wanted):
        raise RefusedError(problems.UNITS_OUTSIDE, count=len(wanted) - len(rows), unit=campaign.unit.name)
    return rows


def open_doors(campaign: Campaign, units: Collection[Unit]) -> None:
    """Rows of participation with a link each; a unit that was left out before is addressed anew."""
    wanted = {unit.pk for unit in units}
    left = campaign.participations.exclude(dropped_at=None)
    there = {row.unit_id: row for row in left if row.unit_id in wanted}
    for row in there.values():
        for name, value in (fresh_link() | {"dropped_at": None, "dropped_by": "", "drop_reason": ""}).items():
            setattr(row, name, value)
        row.save()
    fresh = [Participation(campaign=campaign, unit=one, **fresh_link()) for one in units if one.pk not in there]
    Participation.objects.bulk_create(fresh, batch_size=_BATCH)


def duties_of_units(campaign: Campaign, owing: Collection[int], targets: Mapping[str, list[int]]) -> list[Duty]:
    """What ``owing`` units owe, unsaved. The office owes itself neither receipt nor officer nor returns."""
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


def key_of(duty: Duty) -> tuple[int, str, int | None, str]:
    """What a unit owes at most once in a campaign."""
    return duty.unit_id, duty.kind, duty.task_id, duty.subject


def _take_in(by: Actor, campaign: Campaign, chosen: list[Unit]) -> tuple[list[Unit], int]:
    there = set(campaign.addressed_now.values_list("unit_id", flat=True))
    fresh = [unit for unit in chosen if unit.pk not in there]
    if not fresh:
        return [], 0
    owing = {unit.pk for unit in fresh}
    targets = _widened(campaign, owing, there | owing)
    for target in campaign.targets.exclude(decided_at=None).exclude(why="addressed"):
        if set(targets.get(target.words, ())) - set(target.units):
            target.units = sorted({*target.units, *targets[target.words]})
            target.save(update_fields=["units"])
    open_doors(campaign, fresh)
    count = _open(campaign, duties_of_units(campaign, owing, targets), owing)
    after = {"units": [unit.name for unit in fresh[:_NAMED]], "count": len(fresh), "duties": count}
    entry = record(by=by, action="campaign.units_added", subject=campaign, place=campaign.unit.path, after=after)
    version_make(campaign, entry)
    tell_addressed(by, campaign, fresh)
    return fresh, count


def _leave_out(by: Actor, campaign: Campaign, units: list[Unit], reason: str) -> int:
    why = reason.strip()[:500]
    count = open_of(campaign, units).update(state=Duty.State.DROPPED, reason=why, **_CLEAR)
    at = clock.now()
    campaign.addressed_now.filter(unit__in=[unit.pk for unit in units]).update(
        dropped_at=at,
        dropped_by=by.label[:120],
        drop_reason=why,
        link_digest=None,
        link_nonce="",
        link_revoked_at=at,
    )
    if not campaign.addressed_now.exists():
        raise RefusedError(problems.NO_UNITS, fields={"units": problems.NO_UNITS})
    names = [unit.name for unit in units[:_NAMED]]
    after = {"units": names, "count": len(units), "duties": count, "reason": why}
    entry = record(by=by, action="campaign.units_dropped", subject=campaign, place=campaign.unit.path, after=after)
    version_make(campaign, entry)
    tell_left_out(by, campaign, units, why)
    return count


def open_of(campaign: Campaign, units: list[Unit]) -> QuerySet[Duty]:
    """What ``units`` still owe: not what is done, nor what the office agreed is not theirs."""
    rows = campaign.duties.filter(unit__in=[unit.pk for unit in units], state__in=_OPEN)
    return rows.exclude(state=Duty.State.NOT_OURS, accepted_at__isnull=False)


def _open(campaign: Campaign, planned: list[Duty], owing: Collection[int]) -> int:
    """Save what is new among ``planned``, and open again what was dropped when its unit was left out. Returns how many."""
    known = _known(campaign, owing)
    fresh = [duty for duty in planned if key_of(duty) not in known]
    Duty.objects.bulk_create(fresh, batch_size=_BATCH)
    again = [known[key_of(duty)] for duty in planned if key_of(duty) in known]
    again = [duty for duty in again if duty.state == Duty.State.DROPPED]
    due = {key_of(duty): duty.due_at for duty in planned}
    for duty in again:
        duty.state = Duty.State.STARTED if duty.progress else Duty.State.OPEN
        duty.reason, duty.due_at = "", due[key_of(duty)]
    Duty.objects.bulk_update(again, ["state", "reason", "due_at"], batch_size=_BATCH)
    return len(fresh) + len(again)


def _known(campaign: Campaign, owing: Collection[int]) -> dict[tuple[int, str, int | None, str], Duty]:
    return {key_of(duty): duty for duty in campaign.duties.filter(unit__in=owing)}


def _widened(campaign: Campaign, fresh: Collection[int], everybody: Collection[int]) -> dict[str, list[int]]:
    """Whom each decided name means now: as decided, and those of ``fresh`` that it would mean if it were asked today.

    A name of which a person chose the units herself stays as she chose.
    """
    targets = targets_of(campaign, everybody)
    asked = [one.words for one in campaign.targets.exclude(decided_at=None) if one.why not in ("addressed", "chosen")]
    for one in proposals(campaign, asked) if asked and fresh else ():
        targets[one.words] = sorted({*targets[one.words], *(set(one.units) & set(fresh))})
    return targets


def _title(one: Requirement, campaign: Campaign) -> str:
    with override(settings.LANGUAGE_CODE):  # it is stored, so it is in the installation's language
        if one.kind == Requirement.Kind.RECEIPT:
            return (gettext("Sign receipt of %(name)s") % {"name": campaign.notice or campaign.name})[:300]
        if one.kind == Requirement.Kind.LIAISON:
            return gettext("Name the liaison officer")
    return one.title[:300]
