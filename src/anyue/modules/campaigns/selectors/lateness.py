"""Who is late with what, and what will be late soon: for chasing, and for the words on home pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Count, Q

from anyue.kernel import clock
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.authz import Actor

from ..models import Campaign, Duty
from ..rules.counting import Tally
from .completeness import asked_below

SOON = timedelta(hours=48)
RURAL = Q(unit__name__endswith="村") | Q(unit__name__endswith="村委会") | Q(unit__name__endswith="村民委员会")
RURAL |= Q(unit__name__endswith="乡") | Q(unit__name__endswith="镇") | Q(unit__name__endswith="人民政府")


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with what it owes and has not done: ``late`` behind the deadline, ``soon`` shortly before it, each by due time."""

    unit: Unit
    late: tuple[Duty, ...]
    soon: tuple[Duty, ...]

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All of them, the latest first."""
        return self.late + self.soon

    @property
    def oldest(self) -> datetime | None:
        """The deadline that passed first."""
        return self.late[0].due_at if self.late else None


@dataclass(frozen=True, slots=True)
class Missing:
    """``count`` units of one level have not done the same thing by the same time. ``rural``: how many of them are villages or towns."""

    kind: str
    title: str
    level: str
    count: int
    rural: int
    due_at: datetime
    is_late: bool


def is_missing(at: datetime, *, within: timedelta = timedelta()) -> Q:
    """Duties that nobody has answered and whose deadline has passed, or passes ``within`` that time."""
    return Q(state__in=(Duty.State.OPEN, Duty.State.STARTED), due_at__lte=at + within)


def late_by_unit(
    actor: Actor, campaign: Campaign, *, top: Unit | None = None, within: timedelta = SOON
) -> list[LateUnit]:
    """Each unit that ``actor`` sees and that is late with something, or will be ``within`` that time, in the order of the tree.
    One query. Nothing of a campaign that does not run.
    """
    if campaign.state != Campaign.State.RUNNING:
        return []
    at = clock.now()
    rows = asked_below(actor, campaign, top=top).filter(is_missing(at, within=within))
    rows = rows.select_related("unit", "task", "requirement").order_by("unit__path", "due_at", "id")
    return [late_unit(list(duties), at) for _, duties in groupby(rows, key=lambda duty: duty.unit_id)]


def late_unit(duties: list[Duty], at: datetime) -> LateUnit:
    """The missing ``duties`` of one unit (in the order of their due times) ``at`` an instant."""
    late = tuple(duty for duty in duties if duty.due_at is not None and duty.due_at <= at)
    return LateUnit(duties[0].unit, late, tuple(duty for duty in duties if duty not in late))


def missing(actor: Actor, campaign: Campaign, *, top: Unit | None = None, within: timedelta = SOON) -> list[Missing]:
    """What is missing, most urgent first: late things before those that are due ``within`` that time. One query.

    Counted are units, so a unit with three open tasks of one deadline is one.
    """
    if campaign.state != Campaign.State.RUNNING:
        return []
    at = clock.now()
    rows = asked_below(actor, campaign, top=top).filter(is_missing(at, within=within))
    counted = (
        rows.order_by()
        .values("kind", "requirement__title", "unit__kind", "due_at")
        .annotate(count=Count("unit", distinct=True), rural=Count("unit", distinct=True, filter=RURAL))
    )
    found = [
        Missing(
            row["kind"],
            row["requirement__title"] or "",
            row["unit__kind"],
            row["count"],
            row["rural"] if row["unit__kind"] in (Kind.TOWNSHIP, Kind.COMMUNITY) else 0,
            due,
            due <= at,
        )
        for row in counted
        if (due := row["due_at"]) is not None
    ]
    levels = list(Kind.values)
    return sorted(found, key=lambda one: (not one.is_late, one.due_at, one.kind, levels.index(one.level)))


def late_total(units: Iterable[LateUnit]) -> Tally:
    """How many duties of ``units`` are late, of how many that are missing."""
    rows = list(units)
    return Tally(asked=sum(len(one.duties) for one in rows), late=sum(len(one.late) for one in rows))
