"""How far a job is: told from inside it, read by the page that waits for it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache

from anyue.kernel.clock import now

from .models import Progress

_KEY, _KEPT = "jobs.progress:%s", 60
INTERVAL = 0.5
"""Seconds between two writes; the page asks no more often."""


class JobEndedError(BaseException):
    """Raised inside a job that must end now. No ``Exception``, so that no job takes it for a fault of its own."""


class JobTimeoutError(JobEndedError):
    """It has had its time."""


class JobGivenBackError(JobEndedError):
    """The worker is stopping: another one shall run it from the beginning."""


@dataclass(slots=True)
class Run:
    """The run of a job in this thread. ``ended`` is set from outside when it must stop, ``is_over`` when it has."""

    task: uuid.UUID
    worker: str
    ended: type[JobEndedError] | None = None
    is_over: bool = False


current: ContextVar[Run | None] = ContextVar("run", default=None)


@dataclass(slots=True)
class Steps:
    """Counts; writes at most twice a second, and the last one always. Outside a job it only counts.

    ``unwritten``: inside one long transaction of the job, where a row would be seen only at its end and be locked until then.
    It is told through the cache instead: to this process, or to all of them with ``ANYUE_CACHE``.
    """

    total: int | None = None
    done: int = 0
    message: str = ""
    unwritten: bool = False
    _written: float = field(default=0.0, repr=False)

    def step(self, message: str = "", *, count: int = 1) -> None:
        """``message`` is begun (``3/30 柳岸社区.docx``), ``count`` more are counted."""
        self.done += count
        self.say(message)

    def say(self, message: str) -> None:
        """What happens now, nothing more counted. A job that must end ends here."""
        self.message = message[:240]
        run = current.get()
        if run is not None and run.ended is not None:
            raise run.ended
        if time.monotonic() - self._written >= INTERVAL:
            self.write()

    def write(self) -> None:
        """Make it visible; inside a transaction of the job, when that is committed."""
        self._written = time.monotonic()
        run = current.get()
        if run is not None and self.unwritten:
            cache.set(_KEY % run.task, (self.done, self.total, self.message), _KEPT)
        elif run is not None:
            cache.delete(_KEY % run.task)
            Progress.objects.filter(task_id=run.task, worker=run.worker).update(
                total=self.total, done=self.done, message=self.message, updated_at=now()
            )


@contextmanager
def progress(total: int | None = None) -> Iterator[Steps]:
    """Count the steps of the job that runs here, ``total`` of them (None: nobody knows how many)."""
    steps = Steps(total)
    steps.write()
    yield steps
    steps.write()


def with_what_is_told(row: Progress) -> Progress:
    """``row`` as far as its job has come by now, what it has not written down included."""
    told: Any = cache.get(_KEY % row.pk) if row.worker else None
    if told is not None:
        row.done, row.total, row.message = told
    return row
