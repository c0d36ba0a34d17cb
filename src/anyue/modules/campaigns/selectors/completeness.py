"""Completeness: units × duties, counted in the database, so that 1,600 units cost as many queries as sixteen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Count, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Substr
from django.utils.translation import gettext

from anyue.kernel import clock, paths
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, scopes
from anyue.platform.authz.engine import subtree

from ..models import Campaign, Duty
from ..permissions import CampaignPermission as May
from ..rules.counting import Tally, tally, total

_ORDER = (Duty.Kind.RECEIPT, Duty.Kind.LIAISON, Duty.Kind.RETURN, Duty.Kind.TASK)


@dataclass(frozen=True, slots=True)
class Item:
    """A column of the table: the receipt, the officer, one return, or all tasks together.

    ``due_at`` is None where units have different deadlines or none.
    """

    key: str
    kind: str
    title: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Completeness:
    """A campaign at the moment ``at``: what is asked of ``units`` units, and how far each item is.

    ``by_level`` counts the units of every level there is, whichever levels were asked for.
    """

    at: datetime
    units: int
    by_level: Mapping[str, int]
    items: tuple[Item, ...]
    tallies: Mapping[str, Tally]

    def of(self, item: Item) -> Tally:
        """The tally of a column."""
        return self.tallies.get(item.key, Tally())

    @property
    def rows(self) -> list[tuple[Item, Tally]]:
        """Each column with its tally."""
        return [(item, self.of(item)) for item in self.items]

    @property
    def total(self) -> Tally:
        """All columns together."""
        return total(self.tallies.values())


@dataclass(frozen=True, slots=True)
class Part:
    """A unit right below the top with all that stands below it: a street with its communities."""

    unit: Unit
    units: int
    tallies: Mapping[str, Tally]

    @property
    def total(self) -> Tally:
        """All columns together."""
        return total(self.tallies.values())


def asked_below(actor: Actor, campaign: Campaign, *, top: Unit | None = None) -> QuerySet[Duty]:
    """What ``campaign`` asks of the units below its office that ``actor`` sees, at ``top`` and below; what the office owes
    itself and what is no longer asked is not among it.
    """
    rows = Duty.objects.filter(campaign=campaign).exclude(state=Duty.State.DROPPED).exclude(unit=campaign.unit_id)
    seen = scopes(actor, May.VIEW)
    if not seen.covers(campaign.unit.path):
        rows = rows.filter(seen.q("unit__path"))
    return rows if top is None else rows.filter(subtree(top.path, "unit__path"))


def completeness(
    actor: Actor, campaign: Campaign, *, top: Unit | None = None, levels: Iterable[str] = ()
) -> Completeness:
    """How far ``campaign`` is for the units that ``actor`` sees, at ``top`` and below, of these ``levels`` (kinds of units;
    none named: all). Two queries.
    """
    at = clock.now()
    rows = asked_below(actor, campaign, top=top)
    wanted = list(levels)
    there = Unit.objects.filter(pk__in=rows.order_by().values("unit")).order_by()
    by_level = dict(there.values("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    rows = rows.filter(unit__kind__in=wanted) if wanted else rows
    found = list(_grouped(rows, at, first=Min("due_at"), last=Max("due_at"), dated=Count("due_at")))
    units = sum(count for level, count in by_level.items() if not wanted or level in wanted)
    return Completeness(at, units, by_level, _items(found), {key_of(row): _tally(row) for row in found})


def completeness_by_part(actor: Actor, campaign: Campaign, *, top: Unit | None = None) -> list[Part]:
    """The same for each unit right below ``top`` (none: the office) with all below it; ``top`` itself is the first if it owes
    something. Their sum is the completeness of ``top``. Three queries.
    """
    top = top or campaign.unit
    at = len(top.path) + paths.STEP
    asked = asked_below(actor, campaign, top=top)
    rows = asked.annotate(part=Substr("unit__path", 1, at))
    tallies: dict[str, dict[str, Tally]] = {}
    for row in _grouped(rows, clock.now(), "part"):
        tallies.setdefault(row["part"], {})[key_of(row)] = _tally(row)
    there = Unit.objects.filter(pk__in=asked.order_by().values("unit")).order_by()
    below = there.annotate(part=Substr("path", 1, at)).values("part").annotate(n=Count("pk"))
    counts = dict(below.values_list("part", "n"))
    units = Unit.objects.filter(path__in=tallies).order_by("path")
    return [Part(unit, counts[unit.path], tallies[unit.path]) for unit in units]


def cells_of(duties: Iterable[Duty], *, at: datetime | None = None) -> dict[str, Tally]:
    """The tallies of one unit's duties by column, for a unit whose duties are in hand. No query."""
    at = at or clock.now()
    found: dict[str, Tally] = {}
    for duty in duties:
        key = key_of_duty(duty)
        one = tally(
            state=duty.state,
            due_at=duty.due_at,
            done_at=duty.done_at,
            accepted=duty.accepted_at is not None,
            at=at,
        )
        found[key] = found.get(key, Tally()) + one
    return found


def key_of_duty(duty: Duty) -> str:
    """The column of one duty."""
    return key_of({"kind": duty.kind, "handed": duty.requirement_id, "name": duty.title})


def key_of(row: Mapping[str, Any]) -> str:
    """The column of a duty: its kind, a return by what is handed in."""
    kind: str = row["kind"]
    if kind != Duty.Kind.RETURN:
        return kind
    return f"return:{row['handed']}" if row["handed"] else f"return:{row['name']}"


def _grouped(rows: QuerySet[Duty], at: datetime, *more: str, **extra: Any) -> QuerySet[Duty, dict[str, Any]]:
    """Counts by column (and ``more``), as ``rules.counting.tally`` counts one."""
    name = Case(When(kind=Duty.Kind.RETURN, then=F("title")), default=Value(""), output_field=CharField())
    # Receipts, officers and tasks are one column each, whatever they came from.
    handed = Case(When(kind=Duty.Kind.RETURN, then=F("requirement_id")), default=None, output_field=BigIntegerField())
    declined = Q(state=Duty.State.NOT_OURS)
    is_open = Q(state__in=(Duty.State.OPEN, Duty.State.STARTED))
    counted: QuerySet[Duty, dict[str, Any]] = (
        rows.order_by()
        .annotate(name=name, handed=handed)
        .values("kind", "handed", "name", *more)
        .annotate(
            asked=Count("pk"),
            done=Count("pk", filter=Q(state=Duty.State.DONE)),
            done_late=Count("pk", filter=Q(state=Duty.State.DONE, done_at__gte=F("due_at"))),
            late=Count("pk", filter=is_open & Q(due_at__lte=at)),
            declined=Count("pk", filter=declined & Q(accepted_at=None)),
            exempt=Count("pk", filter=declined & Q(accepted_at__isnull=False)),
            **extra,
        )
    )
    return counted


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(*(row[name] for name in ("asked", "done", "done_late", "late", "declined", "exempt")))


def _items(rows: list[dict[str, Any]]) -> tuple[Item, ...]:
    """The columns in the order in which an office thinks of them: receipt, officer, returns by their time, tasks."""
    far = clock.now().replace(year=9999)
    ordered = sorted(rows, key=lambda row: (_ORDER.index(row["kind"]), row["first"] or far, row["name"]))
    return tuple(Item(key_of(row), row["kind"], _title(row), _one_due(row)) for row in ordered)


def _one_due(row: Mapping[str, Any]) -> datetime | None:
    alike = row["first"] == row["last"] and row["dated"] == row["asked"]
    return row["first"] if alike else None


def _title(row: Mapping[str, Any]) -> str:
    titles = {
        Duty.Kind.RECEIPT: gettext("Receipt"),
        Duty.Kind.LIAISON: gettext("Liaison officer"),
        Duty.Kind.TASK: gettext("Tasks"),
    }
    return titles.get(row["kind"]) or row["name"]
