"""Files come in, in as many requests as it takes, and wait outside storage until they have been read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, Sum
from django.template.defaultfilters import filesizeformat

from anyue.kernel.errors import RefusedError
from anyue.modules.notices.services.receiving import refuse_secret
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, can
from anyue.platform.files import holding

from .. import problems
from ..models import QuickFile, QuickRun
from ..permissions import DeskPermission
from ..rules.paths import clean_path, is_litter
from .quick_access import locked_run

REPLY_LIMIT = 2000
"""Replies of one run, those in .zip files counted one by one."""
Role = QuickFile.Role


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as it arrived: its name with the folders that the browser told, and its bytes."""

    path: str
    upload: UploadedFile[Any]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of files that arrived: how many wait now, and why the others do not."""

    kept: int
    refusals: tuple[RefusedError, ...] = ()


def quick_run_open(*, by: Actor, unit: Unit) -> QuickRun:
    """A run for ``unit`` to which files can be added. ``PermissionDenied`` if ``by`` may not use the desk there."""
    if not can(by, DeskPermission.QUICK, unit.path):
        raise PermissionDenied
    with transaction.atomic():
        run = QuickRun.objects.create(owner=by.key, owner_label=by.label[:120], unit=unit)
        record(by=by, action="quick_run.opened", subject=run, place=unit.path)
    return run


def quick_files_add(*, by: Actor, run: QuickRun, role: QuickFile.Role, files: Sequence[Dropped]) -> Added:
    """Take ``files`` for one of the three places; one of the same name takes the other's place.

    A notice takes the place of the one before it, and so does a list of units. A file that is empty or too large is named
    and left out; the system's own litter is left out in silence. Refuses all where they are too many or too much together,
    and a notice or a list with a mark of secrecy as far as that is seen at once; of what is refused nothing stays.
    """
    fitting, refusals = _fitting(files)
    if not fitting:
        return Added(0, refusals)
    kept = holding.hold((one.path.rpartition("/")[2], one.upload.chunks()) for one in fitting)
    try:
        if role != Role.REPLY:
            refuse_secret(by=by, unit=run.unit, files=holding.held(kept), only_quick=True)
        with transaction.atomic():
            row = locked_run(by, run)
            _make_room(row, role, fitting)
            _enter(row, role, fitting, kept)
            # Without their names: until they have been read nobody knows whether those may be written down for good.
            after = {"role": role.value, "files": len(fitting)}
            record(by=by, action="quick_run.files_added", subject=row, place=row.unit.path, after=after)
    except BaseException:
        holding.discard(kept)
        raise
    return Added(len(fitting), refusals)


def quick_file_drop(*, by: Actor, file: QuickFile) -> None:
    """Leave this reply out. One that has been read stays in what was made of it until the run is started again."""
    with transaction.atomic():
        run = locked_run(by, file.run)
        restored = file.is_dropped
        if file.state == QuickFile.State.WAITING and file.stored_id is None:
            transaction.on_commit(partial(discard_held, [file.held]))
            file.delete()
        else:
            file.is_dropped = not file.is_dropped
            file.save(update_fields=("is_dropped",))
        action = "quick_run.file_restored" if restored else "quick_run.file_dropped"
        record(by=by, action=action, subject=run, place=run.unit.path)


def discard_held(places: Iterable[str]) -> None:
    """Wipe what waits there, as far as no file of any run still waits in the same place (members of one .zip do)."""
    wanted = {place for place in places if place}
    used = set(QuickFile.objects.filter(held__in=wanted).values_list("held", flat=True))
    for place in wanted - used:
        wipe(place)


def wipe(place: str) -> None:
    """What waits there, and the folder around it once nothing else is in it."""
    if place:
        holding.discard(place)
        with suppress(OSError):
            holding.folder(place).parent.rmdir()


def _fitting(files: Sequence[Dropped]) -> tuple[list[Dropped], tuple[RefusedError, ...]]:
    fitting: dict[str, Dropped] = {}
    refusals: list[RefusedError] = []
    for one in files:
        path = clean_path(one.path)
        if not path or is_litter(path):
            continue
        size, limit = one.upload.size or 0, _limit(one)
        if size == 0:
            refusals.append(RefusedError(problems.FILE_EMPTY, name=path))
        elif size > limit:
            sizes = filesizeformat(size), filesizeformat(limit)
            refusals.append(RefusedError(problems.FILE_TOO_LARGE, name=path, size=sizes[0], limit=sizes[1]))
        else:
            fitting[path] = Dropped(path, one.upload)
    return list(fitting.values()), tuple(refusals)


def _limit(one: Dropped) -> int:
    is_archive = one.path.lower().endswith(".zip")
    return int(settings.UPLOAD_LIMIT_ARCHIVE if is_archive else settings.UPLOAD_LIMIT)


def _make_room(run: QuickRun, role: QuickFile.Role, files: Sequence[Dropped]) -> None:
    paths = [one.path for one in files]
    others = run.files.filter(is_dropped=False).exclude(role=role, path__in=paths)
    if role != Role.REPLY:
        others = others.exclude(role=role)
    count = others.filter(role=Role.REPLY).count() + (len(files) if role == Role.REPLY else 0)
    if count > REPLY_LIMIT:
        raise RefusedError(problems.TOO_MANY, count=count, limit=REPLY_LIMIT)
    size = (others.aggregate(size=Sum("size"))["size"] or 0) + sum(one.upload.size or 0 for one in files)
    if size > settings.UPLOAD_LIMIT_ARCHIVE:
        limit = filesizeformat(settings.UPLOAD_LIMIT_ARCHIVE)
        raise RefusedError(problems.TOO_MUCH, size=filesizeformat(size), limit=limit)


def _enter(run: QuickRun, role: QuickFile.Role, files: Sequence[Dropped], kept: str) -> None:
    known = {row.path: row for row in run.files.filter(role=role)}
    order = run.files.aggregate(last=Max("order"))["last"] or 0
    if role != Role.REPLY:
        for row in known.values():
            row.is_dropped = True
    gone = []
    new = []
    for number, one in enumerate(files):
        row = known.get(one.path) or QuickFile(run=run, role=role, path=one.path, order=order + 1 + number)
        gone.append(row.held)
        row.held, row.member, row.size, row.is_dropped = f"{kept}/{number:04d}", None, one.upload.size or 0, False
        if row._state.adding:
            new.append(row)
        known[one.path] = row
    QuickFile.objects.bulk_create(new)
    changed = [row for row in known.values() if row not in new]
    QuickFile.objects.bulk_update(changed, ("held", "member", "size", "is_dropped"), batch_size=200)
    transaction.on_commit(partial(discard_held, gone))
