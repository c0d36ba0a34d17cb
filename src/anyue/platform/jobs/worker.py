"""Workers: threads that run jobs, in ``anyue serve`` and in ``anyue worker`` processes, as many as one likes."""

from __future__ import annotations

import ctypes
import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from . import queue
from .job import QUEUES, job_of
from .reporting import JobEndedError, JobGivenBackError, JobTimeoutError, Run, current
from .schedules import tick
from .waking import seen, wait, wake

logger = logging.getLogger(__name__)
IDLE = 1.0
"""Seconds between two looks at the queue when nothing wakes the worker."""
BEAT = 10.0
GRACE = 30.0
"""Seconds that a job has to end when the worker stops, before it is given back."""
UNWIND = 10.0
"""Seconds that a job has to end after it was told to."""


def run_worker(stop: threading.Event, queues: Sequence[str] = QUEUES, *, grace: float = GRACE) -> None:
    """Run jobs of ``queues`` and schedules in this thread until ``stop`` is set; then end the current job or, if it takes
    longer than ``grace``, give it back. Call it in several threads and processes for several jobs at once.
    """
    Worker(stop, queues, grace).run()


def run_ready(queues: Sequence[str] = QUEUES, *, limit: int = 1000) -> int:
    """Run what is in the queue now, here and one after another, without time limits; how many. For tests and set-up."""
    worker = _name()
    for count in range(limit):
        row = queue.claim(worker, queues)
        if row is None:
            return count
        _ended(row, worker, Run(row.pk, worker))
    return limit


def _name() -> str:
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"


class Worker:
    """One job at a time, in a thread of its own, so that this one can say that it lives, tick and watch the clock."""

    def __init__(self, stop: threading.Event, queues: Sequence[str], grace: float) -> None:
        self.stop = stop
        self.queues = queues
        self.grace = grace
        self.name = _name()
        self._recovered = float("-inf")

    def run(self) -> None:
        """Until stopped. A database that does not answer is waited for."""
        try:
            while not self.stop.is_set():
                since = seen()
                try:
                    close_old_connections()
                    self._tend()
                    row = queue.claim(self.name, self.queues)
                except DatabaseError:
                    logger.exception("worker %s: the database does not answer", self.name)
                    self.stop.wait(5)
                    continue
                if row is None:
                    wait(since, IDLE)
                else:
                    self._run(row)
        finally:
            connections.close_all()

    def _tend(self) -> None:
        """What any worker does for all: due schedules, and jobs whose worker is gone."""
        tick()
        if time.monotonic() - self._recovered > queue.LEASE.total_seconds() / 4:
            self._recovered = time.monotonic()
            if count := queue.recover():
                logger.warning("worker %s: found %s jobs whose worker is gone", self.name, count)

    def _run(self, row: DBTaskResult[Any, Any]) -> None:
        """One job to its end, its time limit, or the end of this worker."""
        run = Run(row.pk, self.name)
        thread = threading.Thread(target=_in_thread, args=(row, self.name, run), name=f"job-{row.pk}", daemon=True)
        thread.start()
        job = job_of(row)
        began = time.monotonic()
        stopping: float | None = None
        beaten = began
        while thread.is_alive():
            thread.join(0.2)
            moment = time.monotonic()
            if self.stop.is_set() and stopping is None:
                stopping = moment
            if moment - beaten > BEAT:
                beaten = moment
                self._beat(row)
            if job is not None and moment - began > job.timeout:
                self._end(thread, run, JobTimeoutError)
                return
            if stopping is not None and moment - stopping > self.grace:
                self._end(thread, run, JobGivenBackError)
                return

    def _beat(self, row: DBTaskResult[Any, Any]) -> None:
        try:
            queue.beat(row.pk, self.name)
            tick()
        except DatabaseError:
            logger.exception("worker %s: the database does not answer", self.name)

    def _end(self, thread: threading.Thread, run: Run, why: type[JobEndedError]) -> None:
        """Tell the job to end: at its next step, or between two of its instructions. One that waits in foreign code for
        longer than ``UNWIND`` is left alone: it has lost its lease, so that nothing it does afterwards counts.
        """
        run.ended = why
        if not run.is_over:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(why))
        thread.join(UNWIND)
        if thread.is_alive():
            logger.error("worker %s: a job does not end: %s", self.name, thread.name)
            _record(run, self.name, why())


def _in_thread(row: DBTaskResult[Any, Any], worker: str, run: Run) -> None:
    try:
        _ended(row, worker, run)
    finally:
        connections.close_all()
        wake()


def _ended(row: DBTaskResult[Any, Any], worker: str, run: Run) -> None:
    """Run it in this thread and write down how it ended."""
    token = current.set(run)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            value = row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except BaseException as error:
        run.is_over = True
        _record(run, worker, error)
    else:
        run.is_over = True
        try:
            queue.succeed(row.pk, worker, value)
        except TypeError as error:  # a result that is no JSON
            queue.fail(row.pk, worker, error)
    finally:
        current.reset(token)


def _record(run: Run, worker: str, error: BaseException) -> None:
    if isinstance(error, JobGivenBackError):
        queue.give_back(run.task, worker)
        return
    if isinstance(error, JobTimeoutError):
        job = job_of(DBTaskResult.objects.get(pk=run.task))
        error = JobTimeoutError(job.timeout if job else 0)
    else:
        logger.error("job %s failed", run.task, exc_info=error)
    queue.fail(run.task, worker, error)
