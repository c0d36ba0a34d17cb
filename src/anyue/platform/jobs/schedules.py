"""Jobs that run by themselves: ``@every(seconds=…)``, ``@daily(hour=…)``. One process runs each tick, however many there are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from anyue.kernel.clock import at, day_of, now
from anyue.platform.authz import Actor

from .job import Job
from .models import Schedule

logger = logging.getLogger(__name__)
Scheduled = TypeVar("Scheduled", bound=Job[..., Any])
SHORT = 60
"""What runs more often than this (seconds) runs at once where its tick is taken; as a task it would only fill the table."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A job and when it is due after a moment."""

    job: Job[[], Any]
    after: Callable[[datetime], datetime]
    is_short: bool = False


_ENTRIES: dict[str, Entry] = {}


def every(*, seconds: float) -> Callable[[Scheduled], Scheduled]:
    """Again so many seconds after the tick before. Ticks that were missed are not made up for."""

    def decorate(job: Scheduled) -> Scheduled:
        _ENTRIES[job.code] = Entry(job, lambda moment: moment + timedelta(seconds=seconds), seconds < SHORT)
        return job

    return decorate


def daily(*, hour: int, minute: int = 0) -> Callable[[Scheduled], Scheduled]:
    """At this time of each Shanghai day; if nothing ran then, as soon as something runs."""

    def decorate(job: Scheduled) -> Scheduled:
        def after(moment: datetime) -> datetime:
            today = at(day_of(moment), hour, minute)
            return today if moment < today else at(day_of(moment) + timedelta(days=1), hour, minute)

        _ENTRIES[job.code] = Entry(job, after)
        return job

    return decorate


def entries() -> dict[str, Entry]:
    """All schedules by the code of their job."""
    return dict(_ENTRIES)


def tick() -> int:
    """Run or enqueue what is due and nobody else has taken; how many that were. Safe in any number of processes at once."""
    moment = now()
    known = set(Schedule.objects.values_list("job", flat=True))
    fresh = [Schedule(job=code, next_at=entry.after(moment)) for code, entry in _ENTRIES.items() if code not in known]
    Schedule.objects.bulk_create(fresh, ignore_conflicts=True)
    due = list(Schedule.objects.filter(next_at__lte=moment, job__in=_ENTRIES).values_list("job", flat=True))
    return sum(_taken(code, moment) for code in due)


def _taken(code: str, moment: datetime) -> bool:
    entry = _ENTRIES[code]
    with transaction.atomic():
        free = Schedule.objects.select_for_update(skip_locked=True).filter(job=code, next_at__lte=moment)
        schedule = free.first()
        if schedule is None:
            return False
        schedule.next_at, schedule.last_at = entry.after(moment), moment
        if not entry.is_short and not _is_pending(schedule):
            schedule.last_task = entry.job.by(Actor.system(code)).enqueue().id
        schedule.save(update_fields=["next_at", "last_at", "last_task"])
    if entry.is_short:
        _run(entry)
    return True


def _is_pending(schedule: Schedule) -> bool:
    """The one before has not ended: a second one would only wait behind it."""
    if schedule.last_task is None:
        return False
    open_states = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(pk=schedule.last_task, status__in=open_states).exists()


def _run(entry: Entry) -> None:
    """At once. A fault is written down and never stops the ones after it."""
    try:
        entry.job.func()
    except Exception as error:
        logger.exception("schedule %s failed", entry.job.code)
        Schedule.objects.filter(job=entry.job.code).update(
            last_error=f"{type(error).__name__}: {error}"[:2000], last_error_at=now()
        )
