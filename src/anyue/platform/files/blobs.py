"""Bytes in the storage: written under a name of their own each time, so that nobody ever writes over or half reads another's.

The row in ``Blob`` says which of them counts. What was written and then lost its race, or its transaction, has no row and
is swept later.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from .intake import Taken
from .models import Blob
from .pictures import Picture

FOLDERS = ("blobs", "shown", "thumbnails")


@dataclass(frozen=True, slots=True)
class Written:
    """Names in the storage of one set of bytes and of the copies made from them."""

    stored: str
    shown: str = ""
    thumbnail: str = ""

    @property
    def names(self) -> list[str]:
        """Those that there are."""
        return [name for name in (self.stored, self.shown, self.thumbnail) if name]


def write(arrived: Taken, picture: Picture | None) -> Written:
    """The bytes and the copies of a picture in the storage. All of them, or none."""
    tail = f"{arrived.sha256[:2]}/{arrived.sha256}-{secrets.token_hex(6)}"
    done: list[str] = []
    try:
        with arrived.path.open("rb") as stream:
            done.append(default_storage.save(f"blobs/{tail}", File(stream)))
        if picture is None:
            return Written(*done)
        done.append(default_storage.save(f"shown/{tail}.{picture.shown_ending}", ContentFile(picture.shown)))
        done.append(default_storage.save(f"thumbnails/{tail}.webp", ContentFile(picture.thumbnail)))
        return Written(*done)
    except BaseException:
        discard(done)
        raise


def discard(names: Iterable[str]) -> None:
    """Delete from the storage; what is not there is fine."""
    for name in names:
        default_storage.delete(name)


def locked(sha256: str) -> Blob | None:
    """The row of these bytes, held until the transaction ends."""
    return Blob.objects.select_for_update().filter(sha256=sha256).first()


def adopt(arrived: Taken, kind: str, picture: Picture | None, written: Written) -> Blob:
    """The row for ``written``, or another's that came first (then ``written`` is not in it). Held until the transaction ends."""
    fields = {
        "stored": written.stored,
        "shown": written.shown,
        "thumbnail": written.thumbnail,
        "emptied_at": None,
    }
    known = locked(arrived.sha256)
    if known is None:
        size = {"width": picture.width, "height": picture.height} if picture else {}
        try:
            with transaction.atomic():
                return Blob.objects.create(
                    sha256=arrived.sha256, sm3=arrived.sm3, size=arrived.size, kind=kind, **size, **fields
                )
        except IntegrityError:
            known = locked(arrived.sha256)
            if known is None:
                raise
    if known.emptied_at is not None:
        for name, value in fields.items():
            setattr(known, name, value)
        known.save(update_fields=[*fields])
    return known
