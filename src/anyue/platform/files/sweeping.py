"""What nobody needs any more: bytes without a row, and uploads whose form was never sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet

from anyue.kernel.clock import now
from anyue.platform.authz import Actor

from . import blobs, services
from .models import Blob, StoredFile

KEPT_UNCLAIMED = timedelta(days=7)
KEPT_WITHOUT_ROW = timedelta(days=1)
"""Longer than any upload takes: what is being written now has no row yet."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many uploads without an owner were removed, and how many stored files without a row were deleted."""

    unclaimed: int
    without_row: int


def sweep(*, by: Actor) -> Swept:
    """Remove what is old enough and belongs to nobody. Safe at any time, in several processes at once."""
    unclaimed = 0
    for file in _unclaimed().iterator(chunk_size=200):
        services.file_remove(by=by, file=file)
        unclaimed += 1
    without_row = 0
    for name in _without_row():
        default_storage.delete(name)
        without_row += 1
    return Swept(unclaimed, without_row)


def _unclaimed() -> QuerySet[StoredFile]:
    """No owner by value, and no row of any module that points at it."""
    old = StoredFile.objects.filter(owner_kind="", removed_at=None, uploaded_at__lt=now() - KEPT_UNCLAIMED)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            pointing = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            old = old.exclude(Exists(pointing))
    return old


def _without_row() -> Iterator[str]:
    for folder in blobs.FOLDERS:
        for prefix in _folders(folder):
            names = [f"{prefix}/{name}" for name in default_storage.listdir(prefix)[1]]
            known = {
                name
                for row in Blob.objects.filter(sha256__startswith=prefix[-2:]).values_list(
                    "stored", "shown", "thumbnail"
                )
                for name in row
            }
            yield from (name for name in names if name not in known and _is_old(name))


def _folders(top: str) -> list[str]:
    try:
        return [f"{top}/{name}" for name in default_storage.listdir(top)[0]]
    except FileNotFoundError:
        return []


def _is_old(name: str) -> bool:
    try:
        return default_storage.get_modified_time(name) < now() - KEPT_WITHOUT_ROW
    except FileNotFoundError:
        return False
