"""What a person may do to a job."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit import services as audit
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor, can

from . import problems
from .models import Progress
from .permissions import JobPermission
from .selectors import trouble_of
from .waking import wake


@transaction.atomic
def job_retry(*, by: Actor, task: uuid.UUID) -> None:
    """Run a failed job again, with all its second chances. Refuses one that has not failed."""
    row = Progress.objects.select_for_update().get(task_id=task)
    if not can(by, JobPermission.RETRY, row.place):
        raise PermissionDenied
    failed = DBTaskResult.objects.filter(pk=task, status=TaskResultStatus.FAILED)
    if not failed.update(status=TaskResultStatus.READY, run_after=get_date_max(), finished_at=None, worker_ids=[]):
        raise RefusedError(problems.NOT_FAILED)
    before = {"trouble": trouble_of(row)}
    Progress.objects.filter(pk=row.pk).update(attempts=0, trouble="", trouble_details={}, updated_at=now())
    about = Subject("jobs.job", str(task), row.subject_label or row.job)
    audit.record(by=by, action="job.retried", subject=about, place=row.place, before=before)
    transaction.on_commit(wake)
