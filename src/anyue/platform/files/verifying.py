"""Do the bytes still say what the rows say? Used by ``anyue verify``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives import hashes
from django.core.files.storage import default_storage

from .intake import CHUNK
from .models import Blob


class Fault(StrEnum):
    """What is wrong with stored bytes."""

    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    COPY_MISSING = "copy_missing"


@dataclass(frozen=True, slots=True)
class Checked:
    """One set of bytes that was looked at: the ``number``-th of ``total``. ``fault`` is None where all is well."""

    number: int
    total: int
    sha256: str
    names: tuple[str, ...]
    fault: Fault | None


def verify() -> Iterator[Checked]:
    """Read every stored byte again and compare both digests; one result for each set of bytes, as it is reached."""
    rows = Blob.objects.filter(emptied_at=None).order_by("pk")
    total = rows.count()
    for number, blob in enumerate(rows.iterator(chunk_size=500), 1):
        fault = _fault(blob)
        names = tuple(blob.files.values_list("name", flat=True)[:5]) if fault else ()
        yield Checked(number, total, blob.sha256, names, fault)


def _fault(blob: Blob) -> Fault | None:
    if not default_storage.exists(blob.stored):
        return Fault.MISSING
    sha256, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
    try:
        with default_storage.open(blob.stored) as stream:
            for chunk in stream.chunks(CHUNK):
                size += len(chunk)
                sha256.update(chunk)
                sm3.update(chunk)
    except OSError:
        return Fault.UNREADABLE
    if (size, sha256.hexdigest(), sm3.finalize().hex()) != (blob.size, blob.sha256, blob.sm3):
        return Fault.CHANGED
    copies = (name for name in (blob.shown, blob.thumbnail) if name)
    return None if all(default_storage.exists(name) for name in copies) else Fault.COPY_MISSING
