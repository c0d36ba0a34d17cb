"""What runs by itself runs once each time, however many processes there are."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from anyue.kernel import clock
from anyue.platform.jobs import schedules
from anyue.platform.jobs.models import Progress, Schedule
from anyue.platform.jobs.worker import run_ready

from .samples import DONE

CODES = ["samples.hourly", "samples.nightly", "samples.secondly"]


def due(*codes: str) -> None:
    Schedule.objects.filter(job__in=codes or CODES).update(next_at=clock.now() - timedelta(minutes=5))


def enqueued() -> list[str]:
    return list(Progress.objects.order_by("job").values_list("job", flat=True))


@pytest.mark.django_db
def test_a_new_schedule_waits_for_its_first_time() -> None:
    assert schedules.tick() == 0

    assert list(Schedule.objects.order_by("job").values_list("job", flat=True)) == CODES
    assert not enqueued()


@pytest.mark.django_db
def test_what_is_due_is_enqueued_once_and_missed_times_are_not_made_up_for() -> None:
    schedules.tick()
    due("samples.hourly")
    Schedule.objects.filter(job="samples.hourly").update(next_at=clock.now() - timedelta(days=3))

    assert (schedules.tick(), schedules.tick()) == (1, 0)

    assert enqueued() == ["samples.hourly"]
    assert run_ready() == 1
    assert DONE == ["hourly"]
    assert Progress.objects.get().started_label == "samples.hourly"


@pytest.mark.django_db
def test_a_second_one_does_not_wait_behind_the_first() -> None:
    schedules.tick()
    for _ in range(3):
        due("samples.hourly")
        schedules.tick()

    assert enqueued() == ["samples.hourly"]
    run_ready()
    due("samples.hourly")
    schedules.tick()
    assert len(enqueued()) == 2


@pytest.mark.django_db
def test_what_runs_each_second_runs_at_once_and_its_fault_stops_nothing() -> None:
    schedules.tick()
    DONE.append("break")
    due("samples.secondly", "samples.hourly")

    assert schedules.tick() == 2

    assert DONE == ["break", "secondly"]
    assert enqueued() == ["samples.hourly"]
    assert "每秒也会坏" in Schedule.objects.get(job="samples.secondly").last_error


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_one_takes_each_tick() -> None:
    schedules.tick()
    due("samples.hourly", "samples.secondly")
    barrier, taken, failures = threading.Barrier(4), list[int](), list[BaseException]()

    def run() -> None:
        try:
            barrier.wait()
            taken.append(schedules.tick())
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert sum(taken) == 2
    assert DBTaskResult.objects.count() == 1
    assert DONE == ["secondly"]


@pytest.mark.parametrize(
    ("moment", "next_at"),
    [
        ((2025, 6, 20, 2, 0), (2025, 6, 20, 3, 30)),
        ((2025, 6, 20, 3, 30), (2025, 6, 21, 3, 30)),
        ((2025, 6, 20, 23, 59), (2025, 6, 21, 3, 30)),
    ],
)
def test_a_daily_time_is_a_time_in_shanghai(moment: tuple[int, ...], next_at: tuple[int, ...]) -> None:
    def shanghai(parts: tuple[int, ...]) -> datetime:
        return datetime(*parts, tzinfo=clock.SHANGHAI)  # type: ignore[arg-type, misc]

    entry = schedules.entries()["samples.nightly"]

    assert entry.after(shanghai(moment)) == shanghai(next_at)
