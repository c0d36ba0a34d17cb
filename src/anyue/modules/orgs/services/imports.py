"""A table of units brought in on the web: taken, looked at by a job, confirmed, written by a job, or called off in between.

What a job writes is one transaction with the state that says so: after a crash, a fault or a call to stop there is all of it or nothing.
"""

from __future__ import annotations

import io
import time
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.files.kinds import SHEETS
from anyue.platform.files.receiving import file_look, file_receive
from anyue.platform.files.selectors import content_of
from anyue.platform.files.services import file_claim, file_remove

from .. import problems
from ..models import Unit, UnitImport
from . import states
from .importing import ImportResult, bring_in, may_import

Start = Callable[[UnitImport], uuid.UUID]
"""Enqueues the job for a row, inside the transaction of the service; returns its id."""
Tell = Callable[[int, int], None]
State = UnitImport.State
FAULTS_KEPT = 200
_STOP, _STOP_KEPT = "orgs.import.stop:%s", 300
_LOOK = 0.5


class StoppedError(Exception):
    """Its owner called it off while the job had it."""


def import_begin(*, by: Actor, upload: UploadedFile[Any], under: Unit | None, on: date, start: Start) -> UnitImport:
    """Take a table for the units below ``under`` (None: all) from ``on`` on, and have it looked at. Nothing of the tree changes.

    Refused before a byte is kept: who may not import there, a mark of secrecy, what is no table.
    """
    may_import(by, under)
    states.must_not_be_early(on)
    place, name = under.path if under else "", upload.name or ""
    file = file_receive(
        by=by,
        upload=upload,
        name=name,
        place=place,
        kinds=SHEETS | {"text"},
    )
    with transaction.atomic():
        row = UnitImport.objects.create(file=file, under=under, on=on, owner=by.key, owner_label=by.label[:120])
        file_claim(by=by, files=[file], owner=Subject.of(row), place=place)
        _start(row, start)
    return row


def import_confirm(*, by: Actor, row: UnitImport, start: Start) -> None:
    """Have it written as it was shown. Pressed twice: once. Refused where it was not found clean, or has been called off."""
    with transaction.atomic():
        row = _hers(by, row)
        may_import(by, row.under)
        if row.state in (State.RUNNING, State.DONE):
            return
        if row.state != State.REVIEW:
            raise RefusedError(problems.IMPORT_NOT_READY, state=str(State(row.state).label))
        row.state = State.RUNNING
        row.save(update_fields=["state"])
        _start(row, start)


def import_withdraw(*, by: Actor, row: UnitImport) -> None:
    """Call it off, its table with it. While it is being written, nothing of it stays. Refused when it is in already."""
    task = UnitImport.objects.filter(pk=row.pk, owner=by.key).values_list("task", flat=True).first()
    if task is not None:
        # Said before the row is asked for: the job may hold the database until it hears of it.
        cache.set(_STOP % task, True, _STOP_KEPT)
    with transaction.atomic():
        row = _hers(by, row)
        if row.state == State.DONE:
            raise RefusedError(problems.IMPORT_DONE)
        if row.state == State.WITHDRAWN:
            return
        row.state, row.finished_at = State.WITHDRAWN, now()
        row.save(update_fields=["state", "finished_at"])
        place = row.under.path if row.under else ""
        record(by=by, action="units.import_withdrawn", subject=Subject.of(row), place=place)
        file_remove(by=by, file=row.file)


def import_look(*, row: UnitImport, tell: Tell) -> None:
    """What the table would change and what is wrong in it. For the job; one that has gone on meanwhile is left alone."""
    if row.state != State.READING:
        return
    if row.file.is_waiting:  # a large table: looked at for a mark of secrecy now, not when its own job comes
        file_look(by=Actor.system("orgs.import_look"), file=row.file)
        row.file.refresh_from_db()
    try:
        result = _brought(row, tell, dry_run=True)
    except StoppedError:
        return
    except RefusedError as refusal:
        import_fail(row=row, refusal=refusal)
        return
    state = State.REVIEW if result.is_clean else State.REFUSED
    _goes_on(row, State.READING, state, outcome_of(result))


def import_write(*, row: UnitImport, tell: Tell) -> None:
    """Write it, or find out that since it was shown the units changed so that it no longer fits. For the job."""
    if row.state != State.RUNNING:
        return
    try:
        with transaction.atomic():
            result = _brought(row, tell, dry_run=False)
            state = State.DONE if result.done else State.REFUSED
            if not _goes_on(row, State.RUNNING, state, outcome_of(result)):
                raise StoppedError
    except StoppedError:
        return
    except RefusedError as refusal:
        import_fail(row=row, refusal=refusal)


def import_fail(*, row: UnitImport, refusal: RefusedError) -> None:
    """It cannot go on; why stands in its ``trouble``."""
    details = {name: str(value) for name, value in refusal.details.items()}
    trouble = {"text": refusal.problem.text, "details": details}
    busy = UnitImport.objects.filter(pk=row.pk, state__in=(State.READING, State.RUNNING))
    busy.update(state=State.FAILED, trouble=trouble, finished_at=now())


def outcome_of(result: ImportResult) -> dict[str, Any]:
    """A result as it is kept: counts, the first faults by row, the first rows that change something."""
    return {
        "rows": result.rows,
        "touches": result.touches,
        "counts": {act.value: count for act, count in result.counts.items()},
        "ignored": list(result.ignored),
        "wrong": len(result.faults),
        "faults": [
            {
                "row": fault.row,
                "column": fault.column,
                "text": fault.problem.text,
                "details": {name: str(value) for name, value in fault.details.items()},
            }
            for fault in result.faults[:FAULTS_KEPT]
        ],
        "preview": [
            {"row": plan.row, "act": plan.act.value, "name": plan.name, "before": plan.before, "above": plan.above}
            for plan in result.preview
        ],
    }


def _start(row: UnitImport, start: Start) -> None:
    row.task = start(row)
    row.save(update_fields=["task"])


def _hers(by: Actor, row: UnitImport) -> UnitImport:
    found = (
        UnitImport.objects.select_for_update(of=("self",))
        .select_related("under", "file")
        .filter(pk=row.pk, owner=by.key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _goes_on(row: UnitImport, before: str, after: str, outcome: dict[str, Any]) -> bool:
    """From ``before`` to ``after``; False if its owner was quicker and called it off."""
    there = UnitImport.objects.filter(pk=row.pk, state=before)
    finished_at = None if after == State.REVIEW else now()
    return bool(there.update(state=after, outcome=outcome, finished_at=finished_at))


def _brought(row: UnitImport, tell: Tell, *, dry_run: bool) -> ImportResult:
    looked = time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal looked
        if time.monotonic() - looked > _LOOK:
            looked = time.monotonic()
            _must_go_on(row)
        tell(done, total)

    _must_go_on(row)
    return bring_in(
        by=_owner(row),
        file=io.BytesIO(content_of(row.file)),
        name=row.file.name,
        under=row.under,
        on=row.on,
        tell=told,
        dry_run=dry_run,
    )


def _must_go_on(row: UnitImport) -> None:
    """Raise ``StoppedError`` once its owner wants it no more."""
    if cache.get(_STOP % row.task) or UnitImport.objects.filter(pk=row.pk, state=State.WITHDRAWN).exists():
        raise StoppedError


def _owner(row: UnitImport) -> Actor:
    """She as the one who is said to have done it. She holds nothing here: what she may was asked when she confirmed."""
    kind, _, key = row.owner.partition(":")
    return Actor(ActorKind(kind), key, row.owner_label)
