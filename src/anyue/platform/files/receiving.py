"""Files that people send: looked at for a mark of secrecy, then stored. What cannot be looked at at once waits outside the store."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit import services as audit
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor

from . import holding, pictures, problems, services
from .content import kind_of
from .intake import Taken, Upload, clean_name, limit_for, taken
from .kinds import KINDS, PICTURES
from .looking import look_apart
from .models import Blob, StoredFile
from .secrecy import refusal_of, refuse_at_once, unseen_in, write_down

Start = Callable[[StoredFile], object]
Tell = Callable[[StoredFile], object]
_start: list[Start] = []
_tell: list[Tell] = []


def looked_at_by(start: Start) -> None:
    """Make known who enqueues the job that calls ``file_look``; called inside the transaction of the file's row."""
    _start[:] = [start]


def refusals_told_by(tell: Tell) -> None:
    """Make known who tells a sender that her file was refused after all; called inside the transaction of that."""
    _tell[:] = [tell]


def file_receive(
    *, by: Actor, upload: Upload, name: str, place: str, kinds: frozenset[str], owner: Subject | None = None
) -> StoredFile:
    """Take what a person sends, as ``file_store`` does, and refuse whatever bears a mark of secrecy.

    A file that takes long to look at is returned as one that ``is_waiting``: it can be claimed and attached like any other, and
    nobody can open it until ``file_look`` has stored it. Bytes that are stored already have been looked at.
    """
    name = clean_name(name)
    with taken(upload, name, limit=limit_for(kinds)) as arrived:
        kind = kind_of(arrived, kinds)
        if not Blob.objects.filter(sha256=arrived.sha256, emptied_at=None).exists():
            found = refuse_at_once(by=by, place=place, path=arrived.path, name=name)
            if found.unseen:
                if kind in PICTURES:
                    pictures.read(arrived.path, name)  # a damaged one is refused while she is there
                return _hold(by, arrived, kind, place, owner)
        return services.file_store_looked_at(by=by, arrived=arrived, kind=kind, place=place, owner=owner)


def _hold(by: Actor, arrived: Taken, kind: str, place: str, owner: Subject | None) -> StoredFile:
    with arrived.path.open("rb") as stream:
        folder = holding.hold([(arrived.name, iter(lambda: stream.read(1 << 20), b""))])
    try:
        with transaction.atomic():
            file = StoredFile.objects.create(
                held=folder,
                name=arrived.name,
                place=place,
                owner_kind=owner.kind if owner else "",
                owner_id=owner.id if owner else "",
                uploaded_by=by.key,
                uploaded_label=by.label[:120],
            )
            # Without its name: until it has been looked at nobody knows whether that may be written down for good.
            audit.record(by=by, action="file.received", subject=Subject.of(file, ""), place=place, after={"kind": kind})
            for start in _start:
                start(file)
    except BaseException:
        holding.discard(folder)
        raise
    return file


def file_look(*, by: Actor, file: StoredFile) -> StoredFile | None:
    """Look at a file that waits, and store it or wipe it; None where it no longer waits. Safe to run again after a crash, and
    twice at once: the first to end counts.

    A refused file stays as a row without bytes (and, where it was marked, without its name), so that whoever opens the page to
    which it was attached sees that there was one. Its sender is told.
    """
    row = StoredFile.objects.exclude(held="").filter(pk=file.pk).first()
    if row is None:
        return None
    try:
        path = next(iter(holding.held(row.held)))
    except (FileNotFoundError, StopIteration):  # a backup does not bring back what waited
        return _refuse(by, row, RefusedError(problems.LOST, name=row.name), "")
    try:
        with taken(path, row.name, limit=path.stat().st_size) as arrived:
            kind = kind_of(arrived, frozenset(KINDS))
            found = look_apart(path, row.name, is_archive=kind == "zip")
            refusal = refusal_of(found, row.name)
            if refusal is not None:
                return _refuse(by, row, refusal, found.mark or "")
            return _store(by, row, arrived, kind, unseen_in(found))
    except RefusedError as refusal:
        return _refuse(by, row, refusal, "")


class _NoLongerWaitsError(Exception):
    """Another run was quicker, or its sender took it back."""


def _store(by: Actor, row: StoredFile, arrived: Taken, kind: str, unseen: str) -> StoredFile | None:
    def taken_over(blob: Blob, values: dict[str, object]) -> StoredFile:
        waiting = StoredFile.objects.filter(pk=row.pk, held=row.held)
        if not waiting.update(blob=blob, held="", unseen=unseen, **values):
            raise _NoLongerWaitsError
        kept = StoredFile.objects.get(pk=row.pk)
        services.stored_record(by=by, file=kept, blob=blob)
        return kept

    try:
        kept = services.file_keep(arrived=arrived, kind=kind, row=taken_over)
    except _NoLongerWaitsError:
        return None
    finally:
        if not StoredFile.objects.filter(pk=row.pk, held=row.held).exists():
            holding.discard(row.held)
    return kept


def _refuse(by: Actor, row: StoredFile, refusal: RefusedError, mark: str) -> StoredFile | None:
    with transaction.atomic():
        waiting = StoredFile.objects.filter(pk=row.pk, held=row.held)
        name = "" if mark else row.name
        refused = {"code": refusal.problem.code, "mark": mark}
        if not waiting.update(held="", name=name, refused_at=now(), refused=refused):
            return None
        file = StoredFile.objects.get(pk=row.pk)
        if mark:
            write_down(by=by, place=file.place, mark=mark)
        else:
            audit.record(by=by, action="file.refused", subject=file, place=file.place)
        for tell in _tell:
            tell(file)
    holding.discard(row.held)
    return file
