"""``@job``: a function that runs later, in a worker, with what happens if it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ParamSpec, Self, TypeVar

from django.db import transaction
from django.utils.functional import Promise
from django_tasks import TaskResult
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor

from .models import Progress
from .waking import wake

P = ParamSpec("P")
T = TypeVar("T")
QUEUES = ("default", "slow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, T]):
    """A task of django-tasks that knows its name, its label, its second chances and its time.

    ``retries``: how often it is tried again after a failure, each time later; a refusal is final at once. ``timeout``:
    seconds that one attempt may take.
    """

    code: str
    label: str | Promise
    retries: int = 3
    timeout: float = 300
    starter: Actor | None = None
    subject: Subject | None = None
    place: str = ""

    @property
    def name(self) -> str:
        """As it is stored."""
        return self.code

    def by(
        self, starter: Actor, *, subject: Subject | None = None, place: str = "", after: datetime | None = None
    ) -> Self:
        """The same, to be enqueued for ``starter``, about ``subject`` of the unit at ``place``, not before ``after``.

        She sees its progress; others need the permission at ``place``.
        """
        return replace(self, starter=starter, subject=subject, place=place, run_after=after)

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> TaskResult[Any]:
        """Put it into its queue. Inside a transaction it is there when that is committed, and not at all if it is undone."""
        with transaction.atomic():
            # Not super(): with slots, dataclass makes the class anew and the old one is what super() would know.
            result = Task.enqueue(self, *args, **kwargs)
            Progress.objects.create(task_id=result.id, job=self.code, **_about(self))
            transaction.on_commit(wake)
        return result


def _about(job: Job[Any, Any]) -> dict[str, str]:
    subject = job.subject or Subject("", "", "")
    return {
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "subject_label": subject.label,
        "place": job.place,
        "started_by": job.starter.key if job.starter else "",
        "started_label": job.starter.label[:120] if job.starter else "",
    }


_JOBS: dict[str, Job[Any, Any]] = {}


def job(
    code: str,
    *,
    label: str | Promise,
    retries: int = 3,
    timeout: float = 300,
    queue: str = "default",
    priority: int = 0,
) -> Callable[[Callable[P, T]], Job[P, T]]:
    """Make a function of a module a job called ``code``. Queue ``slow`` is for what keeps a worker busy for minutes."""

    def decorate(function: Callable[P, T]) -> Job[P, T]:
        made = Job(
            func=function,
            code=code,
            label=label,
            retries=retries,
            timeout=timeout,
            queue_name=queue,
            priority=priority,
        )
        known = _JOBS.setdefault(code, made)
        if known.module_path != made.module_path:
            raise ValueError(f"two jobs are called {code}")
        _JOBS[code] = made
        return made

    return decorate


def job_named(code: str) -> Job[Any, Any] | None:
    """The job called ``code``; None for one that this version no longer has."""
    return _JOBS.get(code)


def job_of(row: DBTaskResult[Any, Any]) -> Job[Any, Any] | None:
    """The job that a stored task is for; None if the program no longer has it, or it is none of ours."""
    try:
        found: Any = row.task
    except (ImportError, AttributeError, ValueError, TypeError):
        return None
    return found if isinstance(found, Job) else None
