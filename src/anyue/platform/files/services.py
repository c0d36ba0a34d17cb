"""Keeping, claiming and removing files. Who may do so is decided by the module whose page or endpoint it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit import services as audit
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor

from . import blobs, holding, pictures, problems
from .content import kind_of
from .intake import Taken, Upload, clean_name, limit_for, taken
from .kinds import PICTURES, fitting_name, kind_named
from .models import Blob, StoredFile
from .pictures import Evidence

Row = Callable[[Blob, dict[str, object]], StoredFile]


def file_store(
    *, by: Actor, upload: Upload, name: str, place: str, owner: Subject | None, kinds: frozenset[str]
) -> StoredFile:
    """Keep ``upload`` under ``name`` (made printable, with an ending that fits its content) for the unit at ``place``.

    For what the house made itself, or has read and looked at before; what a person sends comes in by ``receiving.file_receive``.
    Refuses, before a byte is kept: empty, too large, damaged, encrypted, a kind that is not in ``kinds``, two kinds in one, and
    bombs. The same bytes are kept once, however often and from whom they come. Best called outside a transaction: bytes are
    written before the row, and only the row is undone with it (the sweep finds the bytes).
    """
    name = clean_name(name)
    with taken(upload, name, limit=limit_for(kinds)) as arrived:
        kind = kind_of(arrived, kinds)
        return file_store_looked_at(by=by, arrived=arrived, kind=kind, place=place, owner=owner)


def file_store_looked_at(*, by: Actor, arrived: Taken, kind: str, place: str, owner: Subject | None) -> StoredFile:
    """Keep what has arrived and was found to be of ``kind``; as ``file_store``."""

    def row(blob: Blob, values: dict[str, object]) -> StoredFile:
        file = StoredFile.objects.create(
            blob=blob,
            place=place,
            owner_kind=owner.kind if owner else "",
            owner_id=owner.id if owner else "",
            uploaded_by=by.key,
            uploaded_label=by.label[:120],
            **values,
        )
        stored_record(by=by, file=file, blob=blob)
        return file

    return file_keep(arrived=arrived, kind=kind, row=row)


def file_keep(*, arrived: Taken, kind: str, row: Row) -> StoredFile:
    """The bytes in the store, and ``row`` made over them in one transaction: over those that are there already, or those
    written now; what was written in vain is deleted. ``row`` gets what the content says of the file: name, time and place.
    """
    picture = pictures.read(arrived.path, arrived.name) if kind in PICTURES else None
    values = _values(fitting_name(arrived.name, kind_named(kind)), picture.evidence if picture else Evidence())
    known = Blob.objects.filter(sha256=arrived.sha256, emptied_at=None).exists()
    written = None if known else blobs.write(arrived, picture)
    used = False
    try:
        with transaction.atomic():
            blob = blobs.locked(arrived.sha256) if written is None else None
            if blob is None or blob.emptied_at is not None:
                written = written or blobs.write(arrived, picture)
                blob = blobs.adopt(arrived, kind, picture, written)
            file = row(blob, values)
        used = written is not None and blob.stored == written.stored
    finally:
        if written is not None and not used:
            blobs.discard(written.names)
    return file


def _values(name: str, evidence: Evidence) -> dict[str, object]:
    return {
        "name": name,
        "taken_at": evidence.taken_at,
        "longitude": evidence.longitude,
        "latitude": evidence.latitude,
        "crs": "WGS84" if evidence.longitude is not None else "",
    }


def stored_record(*, by: Actor, file: StoredFile, blob: Blob) -> None:
    """Write down that the file is kept, with both digests, and whether it was not looked at for a mark."""
    after: dict[str, object] = {"sha256": blob.sha256, "sm3": blob.sm3, "size": blob.size, "kind": blob.kind}
    if file.unseen:
        after["unseen"] = file.unseen
    audit.record(by=by, action="file.stored", subject=file, place=file.place, after=after)


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
        # Whether the name of a file that waits may be written down is not known yet.
        about = Subject.of(file, "" if file.is_waiting else None)
        after = {"owner": owner.label, "owner_key": f"{owner.kind}:{owner.id}"}
        audit.record(by=by, action="file.claimed", subject=about, place=place, after=after)


@transaction.atomic
def file_remove(*, by: Actor, file: StoredFile) -> None:
    """The file is gone for everybody; its row stays as the record of it. The bytes go with the last file that uses them.

    A file that was removed before stays as it is; one that still waits is wiped.
    """
    blob = Blob.objects.select_for_update().filter(pk=file.blob_id).first() if file.blob_id else None
    waiting = StoredFile.objects.filter(pk=file.pk).values_list("held", flat=True).first() or ""
    if not StoredFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=now(), held=""):
        return
    about = Subject.of(file, "" if waiting else None)
    file.refresh_from_db(fields=["removed_at", "held"])
    before = {"sha256": blob.sha256} if blob else {}
    audit.record(by=by, action="file.removed", subject=about, place=file.place, before=before)
    if waiting:
        transaction.on_commit(lambda: holding.discard(waiting))
    if blob is not None and not blob.files.filter(removed_at=None).exists():
        _empty(blob)


def _empty(blob: Blob) -> None:
    names = blob.names
    blob.stored = blob.shown = blob.thumbnail = ""
    blob.emptied_at = now()
    blob.save(update_fields=["stored", "shown", "thumbnail", "emptied_at"])
    transaction.on_commit(lambda: blobs.discard(names))
