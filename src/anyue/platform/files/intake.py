"""From what arrived to a file of our own in the temporary folder, hashed on the way; nothing is kept yet."""

from __future__ import annotations

import hashlib
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat

from anyue.kernel.errors import RefusedError
from gongwen.readers.archive import printable

from . import problems
from .holding import overwrite

Upload: TypeAlias = "UploadedFile[Any] | Path | bytes"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What arrived: where it lies now, how large it is, and both digests."""

    path: Path
    name: str
    size: int
    sha256: str
    sm3: str


@contextmanager
def taken(upload: Upload, name: str, *, limit: int) -> Iterator[Taken]:
    """``upload`` as a file that is gone afterwards, overwritten where it is refused. Refuses an empty one, and one of more
    than ``limit`` bytes as soon as so many have been read.
    """
    sha256, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
    with tempfile.NamedTemporaryFile(prefix="anyue-upload-", dir=settings.FILE_UPLOAD_TEMP_DIR) as target:
        for chunk in _chunks(upload):
            size += len(chunk)
            if size > limit:
                announced = _size(upload)
                raise too_large(name, max(size, announced or 0), limit)
            sha256.update(chunk)
            sm3.update(chunk)
            target.write(chunk)
        if size == 0:
            raise RefusedError(problems.EMPTY, name=name)
        target.flush()
        try:
            yield Taken(Path(target.name), name, size, sha256.hexdigest(), sm3.finalize().hex())
        except RefusedError:
            overwrite(Path(target.name))
            if isinstance(upload, TemporaryUploadedFile):
                overwrite(Path(upload.temporary_file_path()))
            raise


def too_large(name: str, size: int, limit: int) -> RefusedError:
    """The refusal with both sizes as a person reads them."""
    return RefusedError(problems.TOO_LARGE, name=name, size=filesizeformat(size), limit=filesizeformat(limit))


def limit_for(kinds: frozenset[str]) -> int:
    """The most bytes that one file may have where ``kinds`` are accepted; an archive may have more than a document."""
    return int(settings.UPLOAD_LIMIT_ARCHIVE if "zip" in kinds else settings.UPLOAD_LIMIT)


def clean_name(name: str) -> str:
    """A name that can be stored, shown and offered for download: no folders, no control or direction marks, at most 200
    characters with its ending kept.
    """
    name = unicodedata.normalize("NFC", printable(name).replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    name = name.strip().lstrip(".").strip() or "file"
    if len(name) > 180:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: 179 - len(ending)]}.{ending}" if dot and len(ending) <= 8 else name[:180]
    return name


def _chunks(upload: Upload) -> Iterator[bytes]:
    if isinstance(upload, bytes):
        yield from (upload[start : start + CHUNK] for start in range(0, len(upload), CHUNK))
    elif isinstance(upload, Path):
        with upload.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    else:
        yield from upload.chunks(CHUNK)


def _size(upload: Upload) -> int | None:
    if isinstance(upload, bytes):
        return len(upload)
    return upload.stat().st_size if isinstance(upload, Path) else upload.size
