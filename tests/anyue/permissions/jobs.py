"""Jobs: those of a place are seen by who sees jobs there; progress also by who started it."""

from __future__ import annotations

import uuid
from typing import Any

from django_tasks_db.models import DBTaskResult

from anyue.platform.jobs.models import Progress
from anyue.platform.jobs.permissions import JobPermission

from .world import Subject, Subjects, World

_NOWHERE = {"task": uuid.UUID(int=0)}


def job(world: World) -> dict[str, Any]:
    """A job of the street that the recorder started and that failed."""

    def make() -> Progress:
        task = DBTaskResult.objects.create(
            status="FAILED",
            args_kwargs={"args": [], "kwargs": {}},
            task_path="anyue.platform.jobs.tasks.none",
            backend_name="default",
            queue_name="default",
            run_after="2026-06-01T00:00Z",
            exception_class_path="",
            traceback="",
        )
        return Progress.objects.create(
            task=task, job="tests", place=world.tree.street.path, started_by=world.actor("recorder").key
        )

    return {"task": world.once("job", make).pk}


SUBJECTS: Subjects = {
    "jobs:jobs": lambda world: Subject(),
    "jobs:job": lambda world: Subject(job(world), see=JobPermission.VIEW, missing=_NOWHERE),
    "jobs:retry": lambda world: Subject(job(world), see=JobPermission.VIEW, act=JobPermission.RETRY, missing=_NOWHERE),
    "jobs:progress": lambda world: Subject(
        job(world),
        see=JobPermission.VIEW,
        missing=_NOWHERE,
        also={("recorder", "GET"): ({200}, "she started it"), ("recorder", "POST"): ({405}, "she started it")},
    ),
}
