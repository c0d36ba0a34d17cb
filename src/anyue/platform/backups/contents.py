"""Files that belong to the data: what the rows of ``files`` name in the storage, the keys, the checkpoints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Max

from anyue.platform.audit.models import Seal
from anyue.platform.files.models import Blob

READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """One file of the storage. ``sha256`` is what it must be, "" for copies made from an original; ``blob`` whose it is."""

    name: str
    sha256: str
    blob: int

    @contextmanager
    def opened(self) -> Iterator[tuple[IO[bytes], int] | None]:
        """Its bytes and how many they are; None if it is not there or cannot be read."""
        try:
            file: Any = default_storage.open(self.name)
        except OSError:
            yield None
            return
        with file:
            yield file, default_storage.size(self.name)


def stored() -> Iterator[Stored]:
    """All files of the storage that a row names, in the order of the rows."""
    rows = Blob.objects.order_by("pk").values_list("pk", "sha256", "stored", "shown", "thumbnail")
    for key, sha256, original, shown, thumbnail in rows.iterator(chunk_size=1000):
        if original:
            yield Stored(original, sha256, key)
        yield from (Stored(copy, "", key) for copy in (shown, thumbnail) if copy)


OWN = ("working-days.json",)
"""Files that the operator writes into the data folder."""


def kept() -> list[tuple[str, Path]]:
    """Keys, checkpoints and the operator's own files with their names in the archive.

    Checkpoints behind the last seal belong to a later moment.
    """
    last = Seal.objects.aggregate(last=Max("number"))["last"] or 0
    keys = sorted(
        path for path in Path(settings.KEYS_FOLDER).iterdir() if path.is_file() and not path.name.startswith(".")
    )
    points = sorted(Path(settings.CHECKPOINTS_FOLDER).glob("[0-9]*.json"))
    own = ((name, Path(settings.DATA) / name) for name in OWN)
    return [
        *((name, path) for name, path in own if path.is_file()),
        *((f"keys/{path.name}", path) for path in keys),
        *((f"checkpoints/{path.name}", path) for path in points if path.stem.isdigit() and int(path.stem) <= last),
    ]


class Listing:
    """The digest over files: a line of name, size and SHA-256 for each, in their order."""

    def __init__(self) -> None:
        self.hash, self.count, self.size = hashlib.sha256(), 0, 0

    def add(self, name: str, size: int, digest: str) -> None:
        """One more file."""
        self.hash.update(f"{name}\t{size}\t{digest}\n".encode())
        self.count, self.size = self.count + 1, self.size + size

    def add_missing(self, name: str) -> None:
        """A file that a row names and that is not there: that too is a state, and the same after a restore."""
        self.hash.update(f"{name}\tmissing\n".encode())

    def hexdigest(self) -> str:
        """Over all so far."""
        return self.hash.hexdigest()


def digested(stream: IO[bytes]) -> tuple[int, str]:
    """Size and SHA-256 of what can be read."""
    sha256, size = hashlib.sha256(), 0
    while data := stream.read(READ):
        size += len(data)
        sha256.update(data)
    return size, sha256.hexdigest()
