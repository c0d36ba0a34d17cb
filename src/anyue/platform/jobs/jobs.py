"""The house's own: what is old is cleared away at night."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from anyue.kernel.clock import now
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.files import holding
from anyue.platform.files.models import StoredFile
from anyue.platform.files.receiving import file_look
from anyue.platform.files.sweeping import sweep
from anyue.platform.pages.services import drafts_sweep
from anyue.platform.rest import keys

from .job import job
from .models import Progress
from .schedules import daily, every
from .statistics import statistics_renew


@daily(hour=3, minute=20)
@job("jobs.prune", label=_("Clear away old results of jobs"), retries=1)
def prune() -> dict[str, int]:
    """Results older than ``JOBS_KEPT`` days, failed ones four times as long."""
    kept = timedelta(days=settings.JOBS_KEPT)
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now() - kept)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=now() - 4 * kept)
    return {"done": done.delete()[1].get(_LABEL, 0), "failed": failed.delete()[1].get(_LABEL, 0)}


_LABEL = DBTaskResult._meta.label


@daily(hour=3, minute=40)
@job("files.sweep", label=_("Clear away files that nobody needs"), retries=1, timeout=3600, queue="slow")
def sweep_files() -> dict[str, int]:
    """Uploads that no form claimed, and bytes without a row."""
    swept = sweep(by=Actor.system("files.sweep"))
    return {"unclaimed": swept.unclaimed, "without_row": swept.without_row}


@job("files.look", label=_("Look through a file for a mark of secrecy"), retries=2, timeout=1800, queue="slow")
def look_through(file: int) -> None:
    """Store a file that waits, or wipe it. One that no longer waits is left alone."""
    row = StoredFile.objects.filter(pk=file).first()
    if row is not None:
        file_look(by=Actor.system("files.look"), file=row)


def look_soon(file: StoredFile) -> object:
    """What ``file_receive`` calls inside its transaction. The job does not name the file: it may have to be forgotten."""
    about = Subject.of(file, "")
    owner = Actor.system("files.look")
    return look_through.by(owner, subject=about, place=file.place).enqueue(file.pk)


@every(seconds=600)
@job(
    "files.holding",
    label=_("Clear away what waited to be looked through and belongs to nobody"),
    retries=0,
    timeout=3600,
    queue="slow",
)
def sweep_holding() -> dict[str, int]:
    """What a process that died left in the holding folder; and files that still wait, though their job failed, are looked at again."""
    late = StoredFile.objects.exclude(held="").filter(uploaded_at__lt=now() - LATE)
    count = 0
    for pk in list(late.values_list("pk", flat=True)):
        if not _is_to_come(pk):
            look_soon(StoredFile.objects.get(pk=pk))
            count += 1
    return {"wiped": holding.sweep(), "looked_again": count}


LATE = timedelta(minutes=40)
"""Longer than the longest look with its second chances."""


def _is_to_come(file: int) -> bool:
    """Its job waits or runs."""
    waiting = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    about = Progress.objects.filter(subject_kind="files.storedfile", subject_id=str(file), job="files.look")
    return DBTaskResult.objects.filter(pk__in=about.values("task_id"), status__in=waiting).exists()


@daily(hour=3, minute=10)
@job("pages.sweep", label=_("Clear away old drafts and answers kept for programs"), retries=1)
def sweep_pages() -> dict[str, int]:
    """Drafts of forms that nobody touched for long, and answers that no program asks for again."""
    return {"drafts": drafts_sweep(by=Actor.system("pages.sweep")), "answers": keys.forget_old()}


@every(seconds=1800)
@job("database.statistics", label=_("Let the database look at its tables anew"), retries=1)
def renew_statistics() -> dict[str, bool]:
    """So that pages stay quick after an import or a publication."""
    return {"looked": statistics_renew()}
