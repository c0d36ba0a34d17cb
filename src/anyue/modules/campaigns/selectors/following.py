"""The rows of the chase page: units that owe something, with what, since when, whom to call, and what was done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Length, Substr

from anyue.kernel import clock, paths
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, scopes

from ..models import Campaign, Chase, Duty, LiaisonOfficer, Participation
from ..permissions import CampaignPermission as May
from .campaigns import participations_for
from .contacts import Contacts, in_order, working
from .lateness import SOON, LateUnit, is_missing, late_unit

Rows = QuerySet[Participation, Any]


def missing_of(campaign: Campaign) -> QuerySet[Duty]:
    """Every duty of ``campaign`` that is late or due soon."""
    rows = Duty.objects.filter(is_missing(clock.now(), within=SOON), campaign=campaign)
    return rows.exclude(unit=campaign.unit_id).order_by("due_at", "id")


def owing(actor: Actor, campaign: Campaign) -> Rows:
    """The addressed units that ``actor`` may chase and that owe something, each with ``late``, ``oldest``, ``last_at`` and
    ``last_channel``; duties and the people come along for those that are shown.
    """
    own = missing_of(campaign).filter(unit=OuterRef("unit"))
    at = clock.now()
    late = own.order_by().filter(due_at__lte=at).values("unit").annotate(n=Count("pk")).values("n")
    oldest = own.order_by().values("unit").annotate(first=Min("due_at")).values("first")
    chases = Chase.objects.filter(campaign=campaign, unit=OuterRef("unit"))
    duties = missing_of(campaign).select_related("task", "requirement")
    officers = LiaisonOfficer.objects.filter(campaign=campaign, until_at=None)
    rows = campaign.addressed_now.filter(scopes(actor, May.CHASE).q("unit__path")).filter(Exists(own))
    return (
        rows.select_related("unit")
        .annotate(
            late=Subquery(late),
            oldest=Subquery(oldest),
            last_at=Subquery(chases.values("at")[:1]),
            last_channel=Subquery(chases.values("channel")[:1]),
            last_step=Subquery(chases.values("step")[:1]),
        )
        .prefetch_related(
            Prefetch("unit__duties", queryset=duties, to_attr="owed"),
            Prefetch("unit__liaison_officers", queryset=officers, to_attr="officers"),
            Prefetch("unit__grants", queryset=working(), to_attr="working"),
        )
    )


def to_call(row: Participation) -> Contacts:
    """Whom to call, of what came along with a row of ``owing``. No query; without leaders."""
    unit: Any = row.unit
    people = tuple(dict.fromkeys(grant.user for grant in in_order(unit.working)))
    return Contacts(unit, next(iter(unit.officers), None), people)


def with_missing(campaign: Campaign, key: str) -> Q:
    """Rows whose unit has not done ``key``: a kind of duty, or ``return:`` and the key of what is handed in."""
    kind, _, requirement = key.partition(":")
    duties = missing_of(campaign).filter(unit=OuterRef("unit"), kind=kind)
    duties = duties.filter(requirement=int(requirement)) if requirement.isdigit() else duties
    return Q(Exists(duties))


def units_late(actor: Actor, campaign: Campaign, units: Iterable[int] | None = None) -> list[LateUnit]:
    """What these units (None: all that are late) owe, those that ``actor`` may chase. In the order of the tree. Two queries."""
    at: datetime = clock.now()
    rows = missing_of(campaign).filter(scopes(actor, May.CHASE).q("unit__path")).select_related("unit")
    rows = rows.filter(unit__participations__campaign=campaign)
    rows = rows.filter(unit__in=list(units)) if units is not None else rows
    by_unit: dict[int, list[Duty]] = {}
    for duty in rows.order_by("unit__path", "due_at", "id"):
        by_unit.setdefault(duty.unit_id, []).append(duty)
    found = [late_unit(duties, at) for duties in by_unit.values()]
    return found if units is not None else [one for one in found if one.late]


@dataclass(frozen=True, slots=True)
class Street:
    """A unit right below the office that is addressed itself or has addressed units below it."""

    pk: int
    name: str
    path: str


def late_by_level(actor: Actor, campaign: Campaign) -> tuple[dict[str, int], list[Street]]:
    """By the level of the addressed units that ``actor`` may chase, nought included: how many are late; and the streets in which
    they stand, in the order of the tree, without departments. One query.
    """
    late = missing_of(campaign).filter(unit=OuterRef("unit"), due_at__lte=clock.now())
    length = len(campaign.unit.path) + paths.STEP
    rows = campaign.addressed_now.filter(scopes(actor, May.CHASE).q("unit__path")).order_by()
    # The street as one text, because each further subquery is asked again for every unit.
    words = Concat(Cast("pk", CharField()), Value(" "), "kind", Value(" "), "name", output_field=CharField())
    street = Unit.objects.filter(path=OuterRef("top")).annotate(words=words).values("words")
    tops = rows.annotate(top=Substr("unit__path", 1, length), street=Subquery(street))
    counted = tops.values_list("unit__kind", "top", "street").annotate(n=Count("pk", filter=Exists(late)))
    levels: Counter[str] = Counter()
    streets: dict[str, Street] = {}
    for level, path, about, count in counted:
        levels[level] += count
        pk, kind, name = about.split(" ", 2)
        if len(path) == length and kind != "department":
            streets[path] = Street(int(pk), name, path)
    return dict(levels), [streets[path] for path in sorted(streets)]


def late_by_campaign(actor: Actor, campaigns: Iterable[Campaign]) -> dict[int, int]:
    """How many addressed units that ``actor`` may chase are late, for each of ``campaigns`` where any is. One query."""
    at = clock.now()
    rows = Duty.objects.filter(is_missing(at), campaign__in=[one.pk for one in campaigns])
    rows = rows.filter(scopes(actor, May.CHASE).q("unit__path"), unit__participations__campaign=F("campaign"))
    counted = rows.exclude(unit=F("campaign__unit")).order_by().values("campaign")
    return dict(counted.annotate(n=Count("unit", distinct=True)).values_list("campaign", "n"))


def streets_of(actor: Actor, campaign: Campaign) -> QuerySet[Unit]:
    """The units right below the office that are addressed, or have addressed units below them; as far as ``actor`` sees them."""
    length = len(campaign.unit.path) + paths.STEP
    tops = participations_for(actor, campaign).order_by().annotate(top=Substr("unit__path", 1, length)).values("top")
    rows = Unit.objects.annotate(length=Length("path")).filter(length=length, path__in=tops)
    return rows.exclude(kind="department").order_by("path")
