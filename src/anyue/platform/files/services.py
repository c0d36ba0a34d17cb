"""Keeping, claiming and removing files. Who may do so is decided by the module whose page or endpoint it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit import services as audit
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor

from . import blobs, pictures, problems
from .content import kind_of
from .intake import Taken, Upload, clean_name, limit_for, taken
from .kinds import PICTURES, fitting_name, kind_named
from .models import Blob, StoredFile
from .pictures import Evidence, Picture

Examine = Callable[[Path, str], None]


def file_store(
    *,
    by: Actor,
    upload: Upload,
    name: str,
    place: str,
    owner: Subject | None,
    kinds: frozenset[str],
    examine: Examine | None = None,
) -> StoredFile:
    """Keep ``upload`` under ``name`` (made printable, with an ending that fits its content) for the unit at ``place``.

    Refuses, before a byte is kept: empty, too large, damaged, encrypted, a kind that is not in ``kinds``, two kinds in one,
    bombs, and whatever ``examine`` refuses, which is given the file and its kind (a notice with a mark of secrecy). The same
    bytes are kept once, however often and from whom they come. Best called outside a transaction: bytes are written before
    the row, and only the row is undone with it (the sweep finds the bytes).
    """
    name = clean_name(name)
    with taken(upload, name, limit=limit_for(kinds)) as arrived:
        kind = kind_of(arrived, kinds)
        if examine is not None:
            examine(arrived.path, kind)
        picture = pictures.read(arrived.path, name) if kind in PICTURES else None
        fitting = fitting_name(name, kind_named(kind))
        evidence = picture.evidence if picture else Evidence()
        return _kept(arrived, kind, picture, lambda blob: _row(by, blob, fitting, place, owner, evidence))


def _kept(arrived: Taken, kind: str, picture: Picture | None, row: Callable[[Blob], StoredFile]) -> StoredFile:
    """The row over the bytes that are there already, or over those written now; what was written in vain is deleted."""
    known = Blob.objects.filter(sha256=arrived.sha256, emptied_at=None).exists()
    written = None if known else blobs.write(arrived, picture)
    used = False
    try:
        with transaction.atomic():
            blob = blobs.locked(arrived.sha256) if written is None else None
            if blob is None or blob.emptied_at is not None:
                written = written or blobs.write(arrived, picture)
                blob = blobs.adopt(arrived, kind, picture, written)
            file = row(blob)
        used = written is not None and blob.stored == written.stored
    finally:
        if written is not None and not used:
            blobs.discard(written.names)
    return file


def _row(by: Actor, blob: Blob, name: str, place: str, owner: Subject | None, evidence: Evidence) -> StoredFile:
    has_place = evidence.longitude is not None
    file = StoredFile.objects.create(
        blob=blob,
        name=name,
        place=place,
        owner_kind=owner.kind if owner else "",
        owner_id=owner.id if owner else "",
        uploaded_by=by.key,
        uploaded_label=by.label[:120],
        taken_at=evidence.taken_at,
        longitude=evidence.longitude,
        latitude=evidence.latitude,
        crs="WGS84" if has_place else "",
    )
    after = {"sha256": blob.sha256, "sm3": blob.sm3, "size": blob.size, "kind": blob.kind}
    audit.record(by=by, action="file.stored", subject=file, place=place, after=after)
    return file


@transaction.atomic
def file_claim(*, by: Actor, files: Iterable[StoredFile], owner: Subject, place: str) -> None:
    """Files that were uploaded before their owner was there (a form not yet sent) now belong to ``owner`` at ``place``.

    Refuses one that has been removed in the meantime.
    """
    for file in files:
        present = StoredFile.objects.filter(pk=file.pk, removed_at=None)
        if not present.update(owner_kind=owner.kind, owner_id=owner.id, place=place):
            raise RefusedError(problems.GONE, name=file.name)
        file.owner_kind, file.owner_id, file.place = owner.kind, owner.id, place
        audit.record(
            by=by, action="file.claimed", subject=file, place=place, after={"owner": f"{owner.kind}:{owner.id}"}
        )


@transaction.atomic
def file_remove(*, by: Actor, file: StoredFile) -> None:
    """The file is gone for everybody; its row stays as the record of it. The bytes go with the last file that uses them.

    A file that was removed before stays as it is.
    """
    blob = Blob.objects.select_for_update().get(pk=file.blob_id)
    if not StoredFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=now()):
        return
    file.refresh_from_db(fields=["removed_at"])
    audit.record(by=by, action="file.removed", subject=file, place=file.place, before={"sha256": blob.sha256})
    if not blob.files.filter(removed_at=None).exists():
        _empty(blob)


def _empty(blob: Blob) -> None:
    names = blob.names
    blob.stored = blob.shown = blob.thumbnail = ""
    blob.emptied_at = now()
    blob.save(update_fields=["stored", "shown", "thumbnail", "emptied_at"])
    transaction.on_commit(lambda: blobs.discard(names))
