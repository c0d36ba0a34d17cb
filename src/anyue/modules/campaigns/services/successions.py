"""When units are merged, split or closed, what they owe goes on where their work does. What was done stays where it was done.

A unit that moves takes its duties along by itself: they name it by its key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_noop, override

from anyue.kernel import clock, paths
from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.services import Division, Succession
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from ..models import Campaign, Duty, LiaisonOfficer, Target
from .addressing import key_of, open_doors, open_of
from .versions import version_make

_ALIVE = (Campaign.State.DRAFT, Campaign.State.RUNNING)
MERGED = gettext_noop("merged into %(units)s")
SPLIT = gettext_noop("split into %(units)s")
CLOSED = gettext_noop("the unit was closed")
_COPIED = ("name", "post", "office_phone", "mobile", "email", "named_by", "by_link")


def duties_follow(succession: Succession) -> None:
    """``unit`` goes on in ``into``: its campaigns are run there, what it still owes is owed there, once; its link is closed."""
    unit, into, by = succession.unit, succession.into, succession.by
    Campaign.objects.filter(unit=unit, state__in=_ALIVE).update(unit=into)
    _rename_targets([unit], [into], is_closed=True)
    why = _said(MERGED, [into])
    for campaign in _touched([unit]):
        was_addressed = campaign.addressed_now.filter(unit=unit).exists()
        count = _hand_over(campaign, unit, into, why)
        if (was_addressed or count) and into.pk != campaign.unit_id and not _is_addressed(campaign, into):
            open_doors(campaign, [into])
        _officer_goes_on(campaign, unit, into)
        _leave(campaign, [unit], by, why)
        _tell(by, campaign, [unit], [into], count)


def duties_divide(division: Division) -> None:
    """Each new unit owes what the old one still owes; a closed one owes nothing any more."""
    units, into, by = list(division.units), list(division.into), division.by
    _rename_targets(units, into, is_closed=division.is_closed)
    why = _said(SPLIT if into else CLOSED, into)
    for campaign in _touched(units):
        addressed = campaign.addressed_now.filter(unit__in=units).exists()
        owed = list(open_of(campaign, units))
        new = [_copy(duty, one) for one in into for duty in owed]
        Duty.objects.bulk_create(new)
        if addressed and into:
            open_doors(campaign, [one for one in into if one.pk != campaign.unit_id])
        if division.is_closed:
            _drop(owed, why)
            _leave(campaign, units, by, why)
        if new or division.is_closed:
            _tell(by, campaign, units, into, len(new) or len(owed))


def _touched(units: Sequence[Unit]) -> QuerySet[Campaign]:
    """Running campaigns that address one of ``units`` or ask something of it; held until the end."""
    keys = [unit.pk for unit in units]
    addressing = Campaign.objects.filter(participations__unit__in=keys, participations__dropped_at=None).values("pk")
    asking = Duty.objects.filter(unit__in=keys).exclude(state__in=[Duty.State.DONE, Duty.State.DROPPED])
    rows = Campaign.objects.filter(Q(pk__in=addressing) | Q(pk__in=asking.values("campaign")))
    return rows.filter(state=Campaign.State.RUNNING).select_for_update(of=("self",)).select_related("unit")


def _hand_over(campaign: Campaign, unit: Unit, into: Unit, why: str) -> int:
    """Open duties of ``unit`` go to ``into``; of what it owes already, once is enough. Returns how many went."""
    theirs = {key_of(duty)[1:]: duty for duty in campaign.duties.filter(unit=into)}
    going, twice = [], []
    for duty in open_of(campaign, [unit]):
        other = theirs.get(key_of(duty)[1:])
        if other is None:
            duty.unit = into
            going.append(duty)
            continue
        if other.state == Duty.State.DROPPED:
            other.state, other.reason, other.due_at = Duty.State.OPEN, "", duty.due_at
            other.save(update_fields=["state", "reason", "due_at"])
        twice.append(duty)
    Duty.objects.bulk_update(going, ["unit"])
    _drop(twice, why)
    return len(going)


def _copy(duty: Duty, unit: Unit) -> Duty:
    same = ("campaign", "kind", "task", "requirement", "subject", "title", "due_at")
    return Duty(unit=unit, **{name: getattr(duty, name) for name in same})


def _drop(duties: Iterable[Duty], why: str) -> None:
    keys = [duty.pk for duty in duties]
    Duty.objects.filter(pk__in=keys).update(
        state=Duty.State.DROPPED, reason=why, declined_at=None, declined_by="", accepted_at=None, accepted_by=""
    )


def _leave(campaign: Campaign, units: Collection[Unit], by: Actor, why: str) -> None:
    at = clock.now()
    campaign.addressed_now.filter(unit__in=[unit.pk for unit in units]).update(
        dropped_at=at,
        dropped_by=by.label[:120],
        drop_reason=why,
        link_digest=None,
        link_nonce="",
        link_revoked_at=at,
    )


def _is_addressed(campaign: Campaign, unit: Unit) -> bool:
    return campaign.addressed_now.filter(unit=unit).exists()


def _officer_goes_on(campaign: Campaign, unit: Unit, into: Unit) -> None:
    """Whoever can be reached for ``unit`` is reached for ``into`` where nobody else is."""
    one = campaign.liaison_officers.filter(unit=unit, until_at=None).first()
    if one is None:
        return
    one.until_at = clock.now()
    one.save(update_fields=["until_at"])
    if not campaign.liaison_officers.filter(unit=into, until_at=None).exists():
        LiaisonOfficer.objects.create(campaign=campaign, unit=into, **{name: getattr(one, name) for name in _COPIED})


def _rename_targets(units: Sequence[Unit], into: Sequence[Unit], *, is_closed: bool) -> None:
    """Whoever meant one of ``units`` means those in which it goes on."""
    old, new = {unit.pk for unit in units}, {unit.pk for unit in into}
    offices = {path for unit in (*units, *into) for path in paths.ancestors(unit.path, itself=True)}
    for target in Target.objects.filter(campaign__state__in=_ALIVE, campaign__unit__path__in=offices):
        if old & set(target.units):
            meant = set(target.units) | new
            target.units = sorted(meant - old if is_closed else meant)
            target.save(update_fields=["units"])


def _tell(by: Actor, campaign: Campaign, units: Sequence[Unit], into: Sequence[Unit], count: int) -> None:
    before = {"units": [unit.name for unit in units]}
    after = {"units": [unit.name for unit in into], "duties": count}
    place = campaign.unit.path
    entry = record(by=by, action="campaign.units_followed", subject=campaign, place=place, before=before, after=after)
    version_make(campaign, entry)


def _said(why: str, units: Sequence[Unit]) -> str:
    """Why it is no longer asked; stored, so in the installation's language."""
    with override(settings.LANGUAGE_CODE):
        return (gettext(why) % {"units": "、".join(unit.name for unit in units)})[:500]
