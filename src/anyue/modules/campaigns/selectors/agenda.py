"""What the next days bring: key days and deadlines of the campaigns that somebody sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from anyue.kernel import clock
from anyue.platform.authz import Actor

from ..models import Campaign, Duty, KeyDay
from ..rules.counting import Tally
from .campaigns import running_for
from .duties import duties_for

KEY_DAY, DEADLINE = "key_day", "deadline"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A named day, or one deadline for everybody whom the actor sees: ``tally`` counts their duties.

    ``at`` is the first instant that is too late, ``on`` the day that a person would name (24:00 belongs to the day that ends).
    ``task`` or ``requirement`` is its key where there is one; ``duty`` the one duty where it is only one.
    """

    on: date
    kind: str
    title: str
    campaign: Campaign
    at: datetime | None = None
    duty_kind: str = ""
    task: int | None = None
    requirement: int | None = None
    duty: int | None = None
    tally: Tally = Tally()  # noqa: RUF009 - frozen

    @property
    def is_open(self) -> bool:
        """Somebody still has to do it."""
        return self.kind == DEADLINE and self.tally.done < self.tally.expected


def agenda(actor: Actor, days: int = 7) -> list[AgendaItem]:
    """Key days and deadlines from today until ``days`` days from now, of all running campaigns that ``actor`` sees. Three queries."""
    first = clock.today()
    campaigns = running_for(actor).filter(starts_on__lte=first + timedelta(days=400))
    return agenda_between(actor, campaigns, first, first + timedelta(days=days - 1))


def agenda_between(actor: Actor, campaigns: QuerySet[Campaign], first: date, last: date) -> list[AgendaItem]:
    """The same for some campaigns and from one day to another, both included; past days too."""
    known = {campaign.pk: campaign for campaign in campaigns}
    days = KeyDay.objects.filter(campaign__in=known, on__gte=first, on__lte=last)
    found = [AgendaItem(day.on, KEY_DAY, day.name, known[day.campaign_id]) for day in days]
    found += _deadlines(actor, known, first, last)
    return sorted(found, key=lambda item: (item.on, item.kind != KEY_DAY, item.at or clock.end_of(item.on), item.title))


def due_day(due: datetime) -> date:
    """The day on which something is due: what ends at 24:00 belongs to the day before."""
    return clock.day_of(due - timedelta(microseconds=1))


def _deadlines(actor: Actor, known: dict[int, Campaign], first: date, last: date) -> list[AgendaItem]:
    rows = duties_for(actor, running=False).exclude(state=Duty.State.DROPPED).filter(campaign__in=known)
    rows = rows.filter(due_at__gt=clock.start_of(first), due_at__lte=clock.end_of(last))
    open_, not_ours = Q(state__in=(Duty.State.OPEN, Duty.State.STARTED)), Q(state=Duty.State.NOT_OURS)
    counted = (
        rows.order_by()
        .values("campaign_id", "kind", "task_id", "requirement_id", "title", "due_at")
        .annotate(
            asked=Count("pk"),
            done=Count("pk", filter=Q(state=Duty.State.DONE)),
            late=Count("pk", filter=open_ & Q(due_at__lte=clock.now())),
            declined=Count("pk", filter=not_ours & Q(accepted_at=None)),
            exempt=Count("pk", filter=not_ours & Q(accepted_at__isnull=False)),
            only=Min("pk"),
        )
    )
    return [
        AgendaItem(
            on=due_day(due),
            kind=DEADLINE,
            title=row["title"],
            campaign=known[row["campaign_id"]],
            at=due,
            duty_kind=row["kind"],
            task=row["task_id"],
            requirement=row["requirement_id"],
            duty=row["only"] if row["asked"] == 1 else None,
            tally=Tally(row["asked"], row["done"], 0, row["late"], row["declined"], row["exempt"]),
        )
        for row in counted
        if (due := row["due_at"]) is not None
    ]
