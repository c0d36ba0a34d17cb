"""A campaign that re-issues another never asks for anything later than its office owes it itself."""

from __future__ import annotations

from datetime import datetime

from anyue.kernel.clock import SHANGHAI
from anyue.kernel.errors import RefusedError

from .. import problems
from ..models import Campaign
from ..rules import deadlines
from ..selectors import limits_above


def check_limit(due: datetime | None, limit: datetime | None) -> None:
    """Refuse ``due`` where it is later than ``limit``."""
    if not deadlines.is_allowed(due, limit=limit):
        raise RefusedError(
            problems.LATER_THAN_PARENT,
            fields={"due_at": problems.LATER_THAN_PARENT},
            due=said(due),
            limit=said(limit),
        )


def check_against_parent(campaign: Campaign) -> None:
    """Refuse where a task or requirement of ``campaign`` is later than what it serves above."""
    tasks, requirements = limits_above(campaign)
    for task in campaign.tasks.filter(dropped_at=None, parent__in=tasks):
        check_limit(task.due_at, tasks[task.parent_id or 0])
    for one in campaign.requirements.filter(dropped_at=None, parent__in=requirements):
        check_limit(one.due_at, requirements[one.parent_id or 0])


def said(due: datetime | None) -> str:
    """A time for a sentence of a refusal."""
    return "—" if due is None else due.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
