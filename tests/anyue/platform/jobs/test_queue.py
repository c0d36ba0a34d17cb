"""A job runs once it is committed, is tried again later, and says in words why it failed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from anyue.kernel.clock import now
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.jobs import queue
from anyue.platform.jobs.jobs import prune
from anyue.platform.jobs.models import Progress
from anyue.platform.jobs.selectors import State, state_of, trouble_of
from anyue.platform.jobs.worker import run_ready

from . import samples
from .samples import DONE

LI = Actor(ActorKind.PERSON, "7", "李工")
pytestmark = pytest.mark.django_db


def the(result: Any) -> Progress:
    return Progress.objects.select_related("task").get(task_id=result.id)


def soon() -> None:
    """What waits for its second chance is due."""
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=now() - timedelta(seconds=1))


def test_a_job_runs_with_its_words_and_keeps_its_result() -> None:
    result = samples.note.by(LI, subject=Subject("x.y", "3", "通知"), place="0001").enqueue("好", times=2)

    assert state_of(the(result)) is State.WAITING
    assert run_ready() == 1

    row = the(result)
    assert DONE == ["好", "好"]
    assert (state_of(row), row.task.return_value, row.attempts) == (State.DONE, {"times": 2}, 1)
    assert (row.subject_label, row.place, row.started_by, row.started_label) == ("通知", "0001", "person:7", "李工")
    assert (row.worker, row.beat_at) == ("", None)


def test_what_is_undone_never_runs() -> None:
    def undone() -> None:
        with transaction.atomic():
            samples.note.enqueue("不该有")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()

    assert run_ready() == 0
    assert not Progress.objects.exists()


def test_a_job_for_later_waits_for_its_time() -> None:
    samples.note.by(LI, after=now() + timedelta(hours=1)).enqueue("晚")

    assert run_ready() == 0
    soon()
    assert run_ready() == 1


def test_only_the_queues_that_are_asked_for_are_run() -> None:
    samples.note.using(queue_name="slow").enqueue("慢")

    assert run_ready(["default"]) == 0
    assert run_ready(["slow"]) == 1


def test_a_failure_is_tried_again_later_each_time_and_is_final_after_the_last() -> None:
    result = samples.fail_always.enqueue()

    waits = []
    for _ in range(3):
        assert run_ready() == 1
        row = the(result)
        if row.task.status == TaskResultStatus.READY:
            assert state_of(row) is State.AGAIN
            waits.append((row.task.run_after - now()).total_seconds())
            assert run_ready() == 0
        soon()

    assert len(DONE) == 3
    assert 4 < waits[0] < 7.6
    assert 9 < waits[1] < 15.1
    assert state_of(row) is State.FAILED
    assert trouble_of(row) == "无法连接到另一台机器：ConnectionError: 网关无应答。"
    with translation.override("en"):
        assert trouble_of(row) == "Another machine could not be reached: ConnectionError: 网关无应答."
    assert "ConnectionError" in row.task.traceback


def test_a_second_attempt_that_works_leaves_no_trouble() -> None:
    result = samples.fail_once.enqueue()

    run_ready()
    soon()
    run_ready()

    row = the(result)
    assert (state_of(row), row.attempts, trouble_of(row)) == (State.DONE, 2, "")


def test_a_refusal_is_an_answer_and_is_not_tried_again() -> None:
    result = samples.refuse.enqueue()

    run_ready()

    row = the(result)
    assert (state_of(row), row.attempts) == (State.FAILED, 1)
    assert "a.docx" in trouble_of(row)
    assert "请重新发送" in trouble_of(row)


def test_a_job_that_this_version_no_longer_has_fails_in_words() -> None:
    result = samples.note.enqueue("x")
    DBTaskResult.objects.filter(pk=result.id).update(task_path="anyue.gone.jobs.read")

    run_ready()

    assert state_of(the(result)) is State.FAILED
    assert "anyue.gone" in trouble_of(the(result))


def test_a_result_that_cannot_be_kept_is_a_failure() -> None:
    result = samples.odd.enqueue()

    run_ready()

    assert state_of(the(result)) is State.FAILED


def test_a_job_whose_worker_is_gone_is_tried_again_and_fails_when_that_happens_each_time() -> None:
    result = samples.long.enqueue()

    for attempt in (1, 2):
        soon()
        claimed = queue.claim(f"killed-{attempt}", ["default"])
        assert claimed
        assert queue.recover() == 0
        Progress.objects.update(beat_at=now() - queue.LEASE * 2)
        assert queue.recover() == 1
        assert queue.recover() == 0

    row = the(result)
    assert state_of(row) is State.FAILED
    assert "2 次" in trouble_of(row)


def test_a_worker_that_was_thought_gone_cannot_write_over_what_happened_since() -> None:
    result = samples.note.enqueue("x")
    assert queue.claim("slow-worker", ["default"])
    Progress.objects.update(beat_at=now() - queue.LEASE * 2)
    queue.recover()
    task = uuid.UUID(str(result.id))
    before = DBTaskResult.objects.values().get(pk=task)

    queue.succeed(task, "slow-worker", {"late": 1})
    queue.fail(task, "slow-worker", ValueError())
    queue.give_back(task, "slow-worker")

    assert DBTaskResult.objects.values().get(pk=task) == before
    assert not queue.beat(task, "slow-worker")


def test_a_task_of_another_app_is_run_and_recovered_alike() -> None:
    result = samples.note.enqueue("x")
    Progress.objects.all().delete()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now() - queue.LEASE * 2)

    assert queue.recover() == 1
    assert run_ready() == 1
    assert state_of(the(result)) is State.DONE


def test_old_results_are_cleared_away_failed_ones_later() -> None:
    for number, days in enumerate((1, 20, 20, 90)):
        result = samples.note.enqueue(str(number))
        run_ready()
        status = TaskResultStatus.FAILED if number > 1 else TaskResultStatus.SUCCESSFUL
        DBTaskResult.objects.filter(pk=result.id).update(finished_at=now() - timedelta(days=days), status=status)

    assert prune.func() == {"done": 1, "failed": 1}

    assert DBTaskResult.objects.count() == Progress.objects.count() == 2


@given(st.integers(1, 60))
def test_delays_double_up_to_an_hour_and_are_never_the_same_for_all(attempt: int) -> None:
    plain = min(3600.0, 5.0 * 2 ** (attempt - 1))
    assert plain <= queue.delay(attempt) <= 1.5 * plain
