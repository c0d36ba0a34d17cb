"""Tasks by state: open, begun, done, late, not ours; each with how many units stand there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, Count, Min, Q, Value, When

from anyue.kernel import clock
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor

from ..models import Campaign, Duty
from .completeness import asked_below

LANES = ("late", "open", "started", "done", "not_ours")


@dataclass(frozen=True, slots=True)
class Card:
    """A task in a lane: of how many units; ``duty`` where it is one alone, ``unit`` its name."""

    task: int
    title: str
    due_at: datetime | None
    count: int
    duty: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A state with its tasks, by due time."""

    state: str
    cards: tuple[Card, ...]

    @property
    def count(self) -> int:
        """Duties, of all units."""
        return sum(card.count for card in self.cards)


def board(actor: Actor, campaign: Campaign, *, top: Unit | None = None, level: str = "", words: str = "") -> list[Lane]:
    """The tasks of the units that ``actor`` sees, at ``top`` and below, of one level, whose name holds ``words``. One query."""
    rows = asked_below(actor, campaign, top=top).filter(kind=Duty.Kind.TASK).order_by()
    rows = rows.filter(unit__kind=level) if level else rows
    rows = rows.filter(Q(unit__name__icontains=words) | Q(unit__initials__icontains=words)) if words else rows
    is_late = Q(state__in=(Duty.State.OPEN, Duty.State.STARTED), due_at__lte=clock.now())
    lane = Case(When(is_late, then=Value("late")), default="state", output_field=CharField())
    counted = (
        rows.annotate(lane=lane)
        .values("lane", "task_id", "task__number", "task__text", "due_at")
        .annotate(count=Count("pk"), only=Min("pk"), name=Min("unit__name"))
        .order_by("due_at", "task__number", "task_id")
    )
    found: dict[str, list[Card]] = {state: [] for state in LANES}
    for row in counted:
        alone = row["count"] == 1
        card = Card(
            row["task_id"] or 0,
            row["task__text"] or "",
            row["due_at"],
            row["count"],
            row["only"] if alone else None,
            row["name"] if alone else "",
        )
        found[row["lane"]].append(card)
    return [Lane(state, tuple(cards)) for state, cards in found.items()]
