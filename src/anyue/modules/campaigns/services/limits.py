"""A campaign that re-issues another never asks for anything later than its office owes it itself."""

from __future__ import annotations

from datetime import datetime

from anyue.kernel.clock import SHANGHAI
from anyue.kernel.errors import RefusedError

from .. import problems
from ..models import Campaign, Duty
from ..rules import deadlines


def limits_above(campaign: Campaign) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """By task and by requirement of the parent campaign: until when the office owes it. One query."""
    tasks: dict[int, datetime] = {}
    requirements: dict[int, datetime] = {}
    if campaign.parent_id is None:
        return tasks, requirements
    rows = Duty.objects.filter(campaign=campaign.parent_id, unit=campaign.unit_id).exclude(state=Duty.State.DROPPED)
    for duty in rows.exclude(due_at=None):
        if duty.due_at and duty.task_id:
            tasks[duty.task_id] = duty.due_at
        elif duty.due_at and duty.requirement_id:
            requirements[duty.requirement_id] = duty.due_at
    return tasks, requirements


def check_limit(due: datetime | None, limit: datetime | None) -> None:
    """Refuse ``due`` where it is later than ``limit``."""
    if not deadlines.is_allowed(due, limit=limit):
        raise RefusedError(
            problems.LATER_THAN_PARENT,
            fields={"due_at": problems.LATER_THAN_PARENT},
            due=_said(due),
            limit=_said(limit),
        )


def check_against_parent(campaign: Campaign) -> None:
    """Refuse where a task or requirement of ``campaign`` is later than what it serves above."""
    tasks, requirements = limits_above(campaign)
    if tasks:
        for task in campaign.tasks.filter(dropped_at=None, parent__in=tasks):
            check_limit(task.due_at, tasks[task.parent_id or 0])
    if requirements:
        for one in campaign.requirements.filter(dropped_at=None, parent__in=requirements):
            check_limit(one.due_at, requirements[one.parent_id or 0])


def _said(due: datetime | None) -> str:
    return "—" if due is None else due.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
