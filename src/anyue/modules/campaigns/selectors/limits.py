"""How late something may be asked for below: never later than the office owes it above."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ..models import Campaign, Duty


class Limits(NamedTuple):
    """By key of the parent campaign's tasks and requirements; what has no end there has none here."""

    tasks: dict[int, datetime | None]
    requirements: dict[int, datetime | None]


def limits_above(campaign: Campaign) -> Limits:
    """Until when the office of ``campaign`` owes each thing above: its own duty, extensions included, else what all owe.

    Empty for a campaign that re-issues none. Three queries.
    """
    if campaign.parent_id is None:
        return Limits({}, {})
    parent = campaign.parent_id
    tasks = dict(campaign.tasks.model.objects.filter(campaign=parent).values_list("pk", "due_at"))
    asked = dict(campaign.requirements.model.objects.filter(campaign=parent).values_list("pk", "due_at"))
    for duty in Duty.objects.filter(campaign=parent, unit=campaign.unit_id).exclude(state=Duty.State.DROPPED):
        if duty.task_id:
            tasks[duty.task_id] = duty.due_at
        elif duty.requirement_id:
            asked[duty.requirement_id] = duty.due_at
    return Limits(tasks, asked)


def limit_of(duty: Duty) -> datetime | None:
    """The latest due time that the office may give ``duty``; None without such a limit."""
    task, requirement = duty.task, duty.requirement
    if task is not None and task.parent_id is not None:
        return limits_above(duty.campaign).tasks.get(task.parent_id)
    if requirement is not None and requirement.parent_id is not None:
        return limits_above(duty.campaign).requirements.get(requirement.parent_id)
    return None
