"""Jobs as a person may see them."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus

from anyue.platform.authz import Actor, scopes

from .job import job_named
from .models import Progress
from .permissions import JobPermission
from .reporting import with_what_is_told


class State(StrEnum):
    """How a job stands, as a person says it."""

    RUNNING = "running"
    WAITING = "waiting"
    AGAIN = "again"
    FAILED = "failed"
    DONE = "done"

    @property
    def label(self) -> str | Promise:
        """Its word."""
        return STATES[self]


STATES: dict[State, str | Promise] = {
    State.RUNNING: _("running"),
    State.WAITING: _("waiting"),
    State.AGAIN: _("failed, will be tried again"),
    State.FAILED: _("failed"),
    State.DONE: _("done"),
}


def jobs_seen(*, by: Actor) -> QuerySet[Progress]:
    """The jobs of all places where ``by`` may see jobs, with ``state`` and their task; newest first."""
    ready, running = Q(task__status=TaskResultStatus.READY), Q(task__status=TaskResultStatus.RUNNING)
    state = Case(
        When(ready & Q(attempts=0), then=Value(State.WAITING.value)),
        When(ready, then=Value(State.AGAIN.value)),
        When(running, then=Value(State.RUNNING.value)),
        When(task__status=TaskResultStatus.FAILED, then=Value(State.FAILED.value)),
        default=Value(State.DONE.value),
        output_field=CharField(),
    )
    rows = Progress.objects.filter(scopes(by, JobPermission.VIEW).q("place"))
    annotated: QuerySet[Progress] = rows.select_related("task").annotate(state=state)
    return annotated.order_by("-task__enqueued_at")


def state_of(row: Progress) -> State:
    """The same for one row, by its task."""
    status = row.task.status
    if status == TaskResultStatus.READY:
        return State.AGAIN if row.attempts else State.WAITING
    known = {TaskResultStatus.RUNNING: State.RUNNING, TaskResultStatus.FAILED: State.FAILED}
    return known.get(TaskResultStatus(status), State.DONE)


def label_of(row: Progress) -> str:
    """What the job does, in words; its code where this version no longer has it."""
    job = job_named(row.job)
    return str(job.label) if job else row.job


def trouble_of(row: Progress) -> str:
    """Why it failed, in the reader's language; "" if it has not."""
    if not row.trouble:
        return ""
    try:
        return str(gettext(row.trouble) % row.trouble_details)
    except (KeyError, ValueError, TypeError):  # a sentence of an older version
        return gettext(row.trouble)


def percent_of(row: Progress) -> int | None:
    """0 to 100; None where nobody knows how much it is."""
    return min(100, 100 * row.done // row.total) if row.total else None


def standing_of(task: uuid.UUID | None) -> Progress | None:
    """How far the job ``task`` is by now; None if there is none. For the page of what the job is about."""
    row = Progress.objects.select_related("task").filter(task_id=task).first()
    return with_what_is_told(row) if row is not None else None
