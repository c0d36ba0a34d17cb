"""What a circular on progress says: each chosen unit in each chosen item, as it stands at one moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from anyue.kernel import clock
from anyue.platform.authz import Actor
from gongwen.write.circular import DutyHead, State, UnitProgress

from ..models import Campaign, Duty
from ..rules.counting import Tally, tally
from .completeness import Item, asked_below, completeness, key_of_duty

_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Figures:
    """The table of a circular, and the tallies behind it by the key of each item."""

    at: datetime
    heads: tuple[DutyHead, ...]
    units: tuple[UnitProgress, ...]
    tallies: dict[str, Tally]


def circular_items(actor: Actor, campaign: Campaign) -> list[Item]:
    """What a circular can report on: the receipt, the officer, each return, and each task by itself. Three queries."""
    simple = [item for item in completeness(actor, campaign).items if item.kind != Duty.Kind.TASK]
    tasks = asked_below(actor, campaign).filter(kind=Duty.Kind.TASK).order_by()
    counted = tasks.values("task_id", "task__number", "title", "due_at").annotate(n=Count("pk"))
    found: dict[int, Item] = {}
    for row in counted.order_by("task__number", "task_id", "-n"):
        pk = row["task_id"] or 0
        found.setdefault(pk, Item(f"task:{pk}", Duty.Kind.TASK, row["title"], row["due_at"]))
    return [*simple, *found.values()]


def usual_items(items: Sequence[Item], at: datetime) -> list[str]:
    """What a circular reports on unless the office says otherwise: receipt, officer and returns whose time has passed, else the
    first thing that is asked.
    """
    past = [item.key for item in items if item.kind != Duty.Kind.TASK and item.due_at is not None and item.due_at <= at]
    return past or [item.key for item in items[:1]]


def circular_figures(actor: Actor, campaign: Campaign, *, items: Collection[Item], levels: Collection[str]) -> Figures:
    """How each unit of ``levels`` (none: all) stands in each of ``items`` now. One query. Units that owe none are left out."""
    at = clock.now()
    rows: QuerySet[Duty] = asked_below(actor, campaign).select_related("unit").order_by("unit__path")
    rows = rows.filter(unit__kind__in=levels) if levels else rows
    keys = [item.key for item in items]
    found: dict[str, dict[str, tuple[State, Tally]]] = {}
    for duty in rows:
        key = f"task:{duty.task_id}" if duty.task_id else key_of_duty(duty)
        if key in keys:
            one = tally(
                state=duty.state,
                due_at=duty.due_at,
                done_at=duty.done_at,
                accepted=duty.accepted_at is not None,
                at=at,
            )
            found.setdefault(duty.unit.name, {})[key] = state_of(one), one
    tallies = {key: Tally() for key in keys}
    for states in found.values():
        for key, (_, one) in states.items():
            tallies[key] += one
    exempt: tuple[State, Tally] = ("exempt", Tally())
    return Figures(
        at,
        tuple(DutyHead(short(item.title), item.due_at) for item in items),
        tuple(UnitProgress(name, tuple(states.get(key, exempt)[0] for key in keys)) for name, states in found.items()),
        tallies,
    )


def state_of(one: Tally) -> State:
    """The word of one duty in the table. What a unit says is not its business stands as not concerned until it is answered:
    nobody is blamed in public for a question that waits.
    """
    if one.exempt or one.declined:
        return "exempt"
    if one.done:
        return "done_late" if one.done_late else "done"
    return "overdue" if one.late else "open"


def short(title: str) -> str:
    """A title that fits the head of a column."""
    title = title.strip().rstrip("。；;")
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
