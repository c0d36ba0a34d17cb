"""A run begins, ends in failure, is removed by its owner, and is gone when its time is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from anyue.platform.files import holding
from anyue.platform.files.models import StoredFile
from anyue.platform.files.services import file_remove
from gongwen import NoSuchForm, Unreadable

from .. import problems
from ..models import QuickFile, QuickRun
from ..models.quick import GATHERED_FOR, KEPT_FOR
from .quick_access import locked_run
from .quick_gathering import discard_held, wipe

State = QuickRun.State
Start = Callable[[int], object]


def quick_run_start(*, by: Actor, run: QuickRun, start: Start, form: str | None = None) -> QuickRun:
    """Have everything that was added read by ``start(pk)``, with ``form`` as the form if it is given ("": as the program
    finds). Refuses a run without a notice or without replies, and one that a job has already.
    """
    with transaction.atomic():
        row = locked_run(by, run)
        there = set(row.files.filter(is_dropped=False).values_list("role", flat=True))
        for role, problem in ((QuickFile.Role.NOTICE, problems.NO_NOTICE), (QuickFile.Role.REPLY, problems.NO_REPLIES)):
            if role not in there:
                raise RefusedError(problem)
        _clear(by, row)
        if form is not None:
            row.form = form[:80]
        row.state, row.stage, row.done, row.total, row.trouble = State.WAITING, "", 0, 0, {}
        row.started_at, row.finished_at, row.expires_at = now(), None, now() + KEPT_FOR
        row.save()
        after = {"notices": sum(1 for _ in row.files.filter(role=QuickFile.Role.NOTICE, is_dropped=False))}
        after["replies"] = row.files.filter(role=QuickFile.Role.REPLY, is_dropped=False).count()
        record(by=by, action="quick_run.started", subject=row, place=row.unit.path, after=after)
        transaction.on_commit(partial(start, row.pk))
    return row


def _clear(by: Actor, run: QuickRun) -> None:
    """Files that are to be left out, and rows of files that were not kept, do not come along any further."""
    gone = list(run.files.filter(Q(is_dropped=True) | Q(held="", stored=None)).select_related("stored"))
    QuickFile.objects.filter(pk__in=[file.pk for file in gone]).delete()
    for file in gone:
        if file.stored is not None:
            file_remove(by=by, file=file.stored)
    transaction.on_commit(partial(discard_held, [file.held for file in gone]))


def trouble_of(error: Unreadable | NoSuchForm | RefusedError) -> dict[str, Any]:
    """Why a run cannot be done, so that it can be said in the language of whoever reads the page."""
    if isinstance(error, Unreadable):
        details = {name: str(value) for name, value in error.details.items()}
        return {"kind": "unreadable", "file": error.file, "code": error.code, "details": details}
    if isinstance(error, NoSuchForm):
        return {"kind": "form", "file": error.file, "wanted": error.wanted, "available": error.available}
    details = {name: str(value) for name, value in error.details.items()}
    return {"kind": "problem", "code": error.problem.code, "details": details}


def quick_run_fail(*, run: QuickRun, trouble: Mapping[str, Any]) -> None:
    """It cannot be done; why stands in ``trouble``. What still waits unread is not kept for long."""
    with transaction.atomic():
        row = QuickRun.objects.select_for_update().get(pk=run.pk)
        if row.state == State.REMOVED:
            return
        row.state, row.trouble, row.finished_at = State.FAILED, dict(trouble), now()
        if row.files.exclude(held="").exists():
            row.expires_at = now() + GATHERED_FOR
        row.save(update_fields=("state", "trouble", "finished_at", "expires_at"))


def quick_run_remove(*, by: Actor, run: QuickRun, start: Start) -> None:
    """Gone at once for its owner, whatever is being done with it; its files follow in ``start(pk)``."""
    with transaction.atomic():
        row = locked_run(by, run, idle=False)
        row.state, row.finished_at = State.REMOVED, now()
        row.save(update_fields=("state", "finished_at"))
        record(by=by, action="quick_run.removed", subject=row, place=row.unit.path)
        transaction.on_commit(partial(start, row.pk))


def quick_run_purge(*, by: Actor, run: QuickRun) -> None:
    """Wipe everything of a removed run; an empty row stays. Run again after a crash, it goes on where it stopped."""
    for file in stored_of(run):
        file_remove(by=by, file=file)
    for place in set(run.files.values_list("held", flat=True)):
        wipe(place)
    holding.discard(run.work)
    run.outputs.all().delete()
    run.files.all().delete()
    QuickRun.objects.filter(pk=run.pk).update(title="", summary={}, trouble={}, work="", form="")


def stored_of(run: QuickRun) -> QuerySet[StoredFile]:
    """Everything that is kept for this run."""
    about = Subject.of(run)
    return StoredFile.objects.filter(owner_kind=about.kind, owner_id=about.id, removed_at=None)


def quick_runs_expire(*, by: Actor) -> int:
    """Remove every run whose time is over; how many there were."""
    over = list(QuickRun.objects.filter(expires_at__lte=now()).exclude(state=State.REMOVED).select_related("unit"))
    for run in over:
        with transaction.atomic():
            run.state, run.finished_at = State.REMOVED, now()
            run.save(update_fields=("state", "finished_at"))
            record(by=by, action="quick_run.expired", subject=run, place=run.unit.path)
        quick_run_purge(by=by, run=run)
    return len(over)
