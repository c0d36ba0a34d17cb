"""The rows of the queue: claimed, finished, tried again, given back, found when their worker is gone.

Whatever ends a run does so only while its worker still holds the lease: one that was thought dead and is not cannot
write over what happened since.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import timedelta
from traceback import format_exception
from typing import Any

from django.db import DatabaseError, transaction
from django_tasks import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from anyue.kernel.clock import now
from anyue.kernel.errors import Problem, RefusedError

from . import problems
from .job import job_of
from .models import Progress
from .reporting import JobTimeoutError

LEASE = timedelta(seconds=60)
"""A worker that has not said for so long that it lives is gone."""
FIRST_DELAY, LONGEST_DELAY = 5.0, 3600.0


class LostError(Exception):
    """The worker of a job is gone."""


def claim(worker: str, queues: Sequence[str]) -> DBTaskResult[Any, Any] | None:
    """The next task of ``queues``, now leased to ``worker``; None if there is none."""
    ready = DBTaskResult.objects.filter(queue_name__in=queues).ready()
    if not ready.exists():  # without the lock of a writer, which SQLite has only one of
        return None
    with transaction.atomic():
        row: DBTaskResult[Any, Any] | None = ready.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.claim(worker)
        known, _ = Progress.objects.get_or_create(task=row, defaults={"job": row.task_path[-64:]})
        known.attempts += 1
        known.worker, known.beat_at, known.updated_at = worker, now(), now()
        known.total, known.done, known.message = None, 0, ""
        known.save()
    return row


def beat(task: uuid.UUID, worker: str) -> bool:
    """Say that it lives; False if the lease is another's by now."""
    return bool(Progress.objects.filter(task_id=task, worker=worker).update(beat_at=now()))


def succeed(task: uuid.UUID, worker: str, value: Any) -> None:
    """It is done, and ``value`` (plain JSON) is its result."""
    with transaction.atomic():
        if row := _leased(task, worker):
            row.task.set_successful(normalize_json(value))
            _end(row, trouble="", trouble_details={})


def fail(task: uuid.UUID, worker: str, error: BaseException) -> None:
    """It failed: tried again later while it has second chances, else for good. A refusal is an answer and final at once."""
    with transaction.atomic():
        row = _leased(task, worker)
        if row is None:
            return
        job = job_of(row.task)
        problem, details = explained(error, row.attempts)
        if isinstance(error, RefusedError) or job is None or row.attempts > job.retries:
            row.task.set_failed(error)
        else:
            row.task.traceback = "".join(format_exception(error))
            _again(row, delay(row.attempts))
        _end(row, trouble=problem.text, trouble_details=details)


def give_back(task: uuid.UUID, worker: str) -> None:
    """The worker stops: the job is as if it had not been begun."""
    with transaction.atomic():
        if row := _leased(task, worker):
            _again(row, 0)
            _end(row, attempts=max(0, row.attempts - 1))


def recover() -> int:
    """Jobs whose worker is gone fail or are tried again; how many those were."""
    before = now() - LEASE
    silent = Progress.objects.filter(beat_at__lt=before, task__status=TaskResultStatus.RUNNING)
    lost = list(silent.values_list("task_id", "worker"))
    for task, worker in lost:
        fail(task, worker, LostError())
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
    strays = running.exclude(pk__in=Progress.objects.values("task_id"))
    return len(lost) + strays.update(status=TaskResultStatus.READY, run_after=get_date_max())


def delay(attempt: int) -> float:
    """Seconds until the next attempt: 5, 10, 20 … at most an hour, and up to half of it more so that not all come at once."""
    plain = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** (attempt - 1))
    return plain * (1 + random.random() / 2)  # noqa: S311 - no secret


def explained(error: BaseException, attempts: int = 1) -> tuple[Problem, dict[str, str]]:
    """The sentence for a person, and what belongs into it."""
    text = f"{type(error).__name__}: {error}".strip(": ")[:400]
    match error:
        case RefusedError():
            return error.problem, {name: str(value) for name, value in error.details.items()}
        case JobTimeoutError():
            return problems.TIMEOUT, {"seconds": f"{error.args[0]:g}" if error.args else "?"}
        case LostError():
            return problems.LOST, {"attempts": str(attempts)}
        case ImportError():
            return problems.UNKNOWN, {"path": text}
        case DatabaseError():
            return problems.DATABASE, {"error": text}
        case ConnectionError() | TimeoutError():
            return problems.UNREACHABLE, {"error": text}
        case OSError():
            return problems.DISK, {"error": text}
    return problems.FAULT, {"error": text}


def _leased(task: uuid.UUID, worker: str) -> Progress | None:
    held = Progress.objects.select_for_update(of=("self",)).select_related("task")
    return held.filter(task_id=task, worker=worker).first()


def _again(row: Progress, seconds: float) -> None:
    row.task.status = TaskResultStatus.READY
    row.task.run_after = now() + timedelta(seconds=seconds) if seconds else get_date_max()
    row.task.save(update_fields=["status", "run_after", "traceback"])


def _end(row: Progress, **changes: Any) -> None:
    Progress.objects.filter(pk=row.pk).update(worker="", beat_at=None, updated_at=now(), **changes)
