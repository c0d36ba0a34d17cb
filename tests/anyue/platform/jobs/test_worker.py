"""Workers: several at once, ended in time, stopped without losing a job."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from anyue.kernel.clock import now
from anyue.platform.jobs import queue, worker
from anyue.platform.jobs.models import Progress
from anyue.platform.jobs.selectors import State, state_of, trouble_of

from . import samples
from .conftest import until
from .samples import DONE
from .test_queue import the

Start = Callable[..., threading.Event]
pytestmark = pytest.mark.django_db(transaction=True)


def is_ended(result: object) -> bool:
    return state_of(the(result)) in (State.DONE, State.FAILED)


def test_many_workers_run_each_job_once(workers: Start) -> None:
    for number in range(40):
        samples.note.enqueue(str(number))

    workers(4)

    until(lambda: len(DONE) >= 40)
    until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())
    assert sorted(DONE, key=int) == [str(number) for number in range(40)]


def test_a_waiting_worker_begins_at_once_when_something_comes(workers: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "IDLE", 600.0)
    workers()
    threading.Event().wait(0.5)

    samples.note.enqueue("来了")

    until(lambda: DONE == ["来了"], 5)


def test_the_page_can_read_how_far_it_is_while_it_runs(workers: Start) -> None:
    result = samples.steps.enqueue(3)
    workers()

    assert samples.BEGUN.wait(10)

    row = the(result)
    assert (row.total, row.done, row.message) == (3, 3, "3/3 第3份.docx")
    assert state_of(row) is State.RUNNING
    samples.GO.set()
    until(lambda: is_ended(result))


def test_a_job_that_takes_too_long_is_ended_and_says_so(workers: Start) -> None:
    result = samples.busy.enqueue()

    workers()

    until(lambda: is_ended(result))
    assert "ended by itself" not in DONE
    assert "0.5 秒" in trouble_of(the(result))


def test_a_stopping_worker_lets_its_job_end(workers: Start) -> None:
    result = samples.long.enqueue()
    stop = workers()
    assert samples.BEGUN.wait(10)

    stop.set()
    threading.Timer(0.5, samples.GO.set).start()

    until(lambda: is_ended(result))
    assert DONE == ["begun", "ended"]


def test_a_stopping_worker_gives_back_a_job_that_does_not_end_in_time(workers: Start) -> None:
    result = samples.long.enqueue()
    stop = workers(grace=0.3)
    assert samples.BEGUN.wait(10)

    stop.set()

    until(lambda: state_of(the(result)) is State.WAITING)
    assert the(result).attempts == 0
    samples.GO.set()
    assert worker.run_ready() == 1
    assert state_of(the(result)) is State.DONE


def test_a_worker_says_that_it_lives_while_its_job_runs(workers: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "BEAT", 0.2)
    result = samples.long.enqueue()
    workers()
    assert samples.BEGUN.wait(10)
    Progress.objects.update(beat_at=now() - timedelta(seconds=50))

    until(lambda: (the(result).beat_at or now()) > now() - timedelta(seconds=5))
    samples.GO.set()
    until(lambda: is_ended(result))


PROCESS = """
    import os, signal, sys, threading
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from anyue.platform.jobs.worker import run_worker
    from anyue.platform.jobs import schedules
    import tests.anyue.platform.jobs.samples
    schedules._ENTRIES.clear()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    print("ready", flush=True)
    run_worker(stop, grace=0.5)
"""


@contextmanager
def process() -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, on the tests' database."""
    name = str(connection.settings_dict["NAME"])
    own = {"PYTHONPATH": f"src{os.pathsep}.", "ANYUE_TEST_POSTGRES": "0"}
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROCESS), name],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **own},
    ) as started:
        try:
            assert started.stdout
            assert started.stdout.readline() == b"ready\n"
            yield started
        finally:
            started.kill()


def test_a_killed_process_leaves_a_job_that_another_worker_finds_and_runs() -> None:
    result = samples.long.enqueue()
    with process() as started:
        until(lambda: state_of(the(result)) is State.RUNNING)
        started.kill()

    assert state_of(the(result)) is State.RUNNING
    Progress.objects.update(beat_at=now() - queue.LEASE * 2)
    assert queue.recover() == 1
    DBTaskResult.objects.update(run_after=now() - timedelta(seconds=1))
    samples.GO.set()
    assert worker.run_ready() == 1

    row = the(result)
    assert (state_of(row), row.attempts) == (State.DONE, 2)


def test_a_process_that_is_told_to_end_gives_its_job_back_and_ends_well() -> None:
    result = samples.long.enqueue()
    with process() as started:
        until(lambda: state_of(the(result)) is State.RUNNING)
        started.send_signal(signal.SIGTERM)
        assert started.wait(20) == 0

    assert state_of(the(result)) is State.WAITING
