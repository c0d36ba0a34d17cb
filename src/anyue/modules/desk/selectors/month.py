"""A month in figures, out of the one table of duties: how far each kind is against the plan, who is late, which days come.

Every function gets the duties that the actor sees (``month_seen``) and asks a fixed number of queries, however many there are.
The plan is the duties themselves: what was due by now should be done by now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Substr

from anyue.kernel import clock, paths
from anyue.modules.campaigns.models import Campaign, Duty, Participation
from anyue.modules.campaigns.permissions import CampaignPermission
from anyue.modules.campaigns.rules.counting import Tally
from anyue.modules.campaigns.selectors.completeness import asked_below
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, scopes

from ..permissions import DeskPermission

Duties = QuerySet[Duty, Any]
MOST = 50
KINDS = (Duty.Kind.RECEIPT, Duty.Kind.LIAISON, Duty.Kind.TASK, Duty.Kind.RETURN)
TODO = Q(state__in=(Duty.State.OPEN, Duty.State.STARTED))
DONE = Q(state=Duty.State.DONE)


def late_at(moment: datetime) -> Q:
    """Not done and due before ``moment``. What a unit says is not its own is answered, so it is not late."""
    return TODO & Q(due_at__lte=moment)


def yesterday() -> datetime:
    """00:00 of yesterday: what happened since then is news."""
    return clock.start_of(clock.today() - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Month:
    """A campaign as far as an actor oversees it. ``top``: the place that she oversees it from; ``is_whole``: all of it."""

    campaign: Campaign
    top: str
    is_whole: bool
    duties: Duties

    @property
    def day(self) -> int:
        """The how-manieth day today is; 0 before it begins."""
        return max((min(clock.today(), self.campaign.ends_on) - self.campaign.starts_on).days + 1, 0)

    @property
    def days(self) -> int:
        """How many it has."""
        return (self.campaign.ends_on - self.campaign.starts_on).days + 1

    @property
    def days_left(self) -> int:
        """With today; 0 when it is over."""
        return max((self.campaign.ends_on - clock.today()).days + 1, 0)

    @property
    def days_until(self) -> int:
        """Until it begins; 0 from then on."""
        return max((self.campaign.starts_on - clock.today()).days, 0)


def months_for(actor: Actor) -> list[Campaign]:
    """Campaigns that ``actor`` oversees wholly or in part: those of the offices where she works first, running ones, newest.

    One query.
    """
    seen = scopes(actor, DeskPermission.OVERVIEW)
    addressed = Q(pk__in=Participation.objects.filter(seen.q("unit__path")).values("campaign"))
    states = (Campaign.State.RUNNING, Campaign.State.CLOSED)
    found = Campaign.objects.filter(seen.q("unit__path") | addressed, state__in=states).select_related("unit")
    hers = {held.path for held in actor.held}
    newest = list(found.order_by("-starts_on", "-pk")[:MOST])
    return sorted(newest, key=lambda one: (one.state != Campaign.State.RUNNING, one.unit.path not in hers))


def month_seen(actor: Actor, campaign: Campaign, *, unit: Unit | None = None) -> Month:
    """``campaign`` as ``actor`` sees it: all that it asks of units, seen from its office, else what it asks of hers."""
    seen = scopes(actor, CampaignPermission.VIEW)
    rows = asked_below(actor, campaign)
    if seen.covers(campaign.unit.path):
        return Month(campaign, campaign.unit.path, True, rows)
    top = unit.path if unit is not None and seen.covers(unit.path) else next(iter((*seen.subtrees, *seen.places)), "")
    return Month(campaign, top, False, rows)


def _counts(at: datetime) -> dict[str, Any]:
    """As ``campaigns.rules.counting.tally`` counts one duty."""
    declined = Q(state=Duty.State.NOT_OURS)
    return {
        "asked": Count("pk"),
        "done": Count("pk", filter=DONE),
        "late": Count("pk", filter=late_at(at)),
        "declined": Count("pk", filter=declined & Q(accepted_at=None)),
        "exempt": Count("pk", filter=declined & Q(accepted_at__isnull=False)),
    }


def _tally(row: Any) -> Tally:
    return Tally(**{name: row[name] for name in ("asked", "done", "late", "declined", "exempt")})


class Counted:
    """What is shown of a tally. What the office agreed is not a unit's business is not expected of it."""

    tally: Tally

    @property
    def total(self) -> int:
        """What is to be done."""
        return self.tally.expected

    @property
    def done(self) -> int:
        """What is done."""
        return self.tally.done

    @property
    def late(self) -> int:
        """What is not done and should be."""
        return self.tally.late

    @property
    def open(self) -> int:
        """Neither done nor late."""
        return self.total - self.done - self.late

    @property
    def percent(self) -> int:
        """100 only for all, 0 only for nothing."""
        return self.tally.percent or 0


@dataclass(frozen=True)
class Figure(Counted):
    """One kind of duty: ``plan`` were due by now; ``news`` were done since yesterday."""

    kind: str
    tally: Tally
    plan: int
    news: int

    @property
    def label(self) -> str:
        """The name of the kind."""
        return str(Duty.Kind(self.kind).label)

    @property
    def ahead(self) -> int:
        """By how many it is ahead of the plan; less than zero: behind."""
        return self.done - self.plan

    @property
    def behind(self) -> int:
        """By how many it is behind the plan."""
        return max(-self.ahead, 0)


def figures(duties: Duties) -> list[Figure]:
    """The kinds that are asked for, in their order. One query."""
    at = clock.now()
    expected = ~Q(state=Duty.State.NOT_OURS, accepted_at__isnull=False)
    counted: Any = (
        duties.order_by()
        .values("kind")
        .annotate(
            **_counts(at),
            plan=Count("pk", filter=expected & Q(due_at__lte=at)),
            news=Count("pk", filter=DONE & Q(done_at__gte=yesterday())),
        )
    )
    rows = {row["kind"]: row for row in counted}
    return [Figure(kind, _tally(rows[kind]), rows[kind]["plan"], rows[kind]["news"]) for kind in KINDS if kind in rows]


class Units(NamedTuple):
    """How many units owe something, and how many of them are late."""

    total: int
    late: int

    @property
    def in_time(self) -> int:
        """Those that are late with nothing."""
        return self.total - self.late


def units(duties: Duties) -> Units:
    """One query."""
    late = Count("unit", distinct=True, filter=late_at(clock.now()))
    found = duties.aggregate(total=Count("unit", distinct=True), late=late)
    return Units(found["total"], found["late"])


@dataclass(frozen=True)
class Branch(Counted):
    """A unit right below the office with all below it, or the place itself."""

    unit: Unit
    tally: Tally


def branches(month: Month) -> list[Branch]:
    """Completeness by branch, those behind first. Two queries."""
    cut = len(month.top) + paths.STEP
    rows = month.duties.order_by().annotate(branch=Substr("unit__path", 1, cut)).values("branch")
    counted: Any = rows.annotate(**_counts(clock.now()))
    by_path = {row["branch"]: _tally(row) for row in counted}
    found = [Branch(unit, by_path[unit.path]) for unit in Unit.objects.filter(path__in=list(by_path))]
    return sorted(found, key=lambda one: (-one.late, one.percent, one.unit.path))


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that is late: since when, with how much, and what of each kind."""

    unit: int
    name: str
    phone: str
    since: datetime
    count: int
    kinds: list[str]


def late_units(duties: Duties, most: int = 10) -> list[LateUnit]:
    """Those that have been late for longest, then with most. One query."""
    late = duties.filter(late_at(clock.now())).order_by().values("unit", "unit__name", "unit__phone")
    by_kind = {f"of_{kind}": Count("pk", filter=Q(kind=kind)) for kind in KINDS}
    rows: Any = late.annotate(since=Min("due_at"), count=Count("pk"), **by_kind).order_by(
        "since", "-count", "unit__path"
    )
    return [
        LateUnit(
            row["unit"],
            row["unit__name"],
            row["unit__phone"],
            row["since"],
            row["count"],
            [str(kind.label) for kind in KINDS if row[f"of_{kind}"]],
        )
        for row in rows[:most]
    ]


@dataclass(frozen=True)
class DueDay(Counted):
    """What is due at one moment: of one kind, or one thing to be handed in."""

    at: datetime
    kind: str
    title: str
    tally: Tally

    @property
    def label(self) -> str:
        """Its name, or that of its kind."""
        return self.title or str(Duty.Kind(self.kind).label)

    @property
    def is_past(self) -> bool:
        """It is over."""
        return self.at <= clock.now()


def due_days(duties: Duties, most: int = 8) -> list[DueDay]:
    """The timeline: what is behind and not done, and what comes, in the order of time. One query.

    What is past and done is history and makes room for what is not.
    """
    rows = duties.exclude(due_at=None).order_by().values("due_at", "kind", "requirement__title")
    counted: Any = rows.annotate(**_counts(clock.now()))
    found = [
        DueDay(
            row["due_at"],
            row["kind"],
            (row["requirement__title"] or "") if row["kind"] == Duty.Kind.RETURN else "",
            _tally(row),
        )
        for row in counted
    ]
    found.sort(key=lambda one: (one.at, one.kind, one.title))
    behind = [one for one in found if one.is_past and one.late]
    ahead = [one for one in found if not one.is_past]
    kept = max(most - len(ahead), most // 2)
    return [*behind[-kept:], *ahead][:most]


class Happened(NamedTuple):
    """Something a unit did."""

    duty: Duty
    at: datetime


def latest(duties: Duties, most: int = 8, *, since: datetime | None = None) -> list[Happened]:
    """What units did last: done, or said to be not theirs; only ``since`` then. One query."""
    acted = duties.annotate(acted_at=Coalesce("done_at", "declined_at")).exclude(acted_at=None)
    if since is not None:
        acted = acted.filter(acted_at__gte=since)
    rows = acted.select_related("unit", "campaign").order_by("-acted_at", "-pk")[:most]
    return [Happened(row, row.acted_at) for row in rows]
