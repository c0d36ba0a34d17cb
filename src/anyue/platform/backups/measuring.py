"""The digest over everything, read from the database and the storage: what ``verify`` prints and ``restore`` finds again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import contents, tables

Progress = Callable[[int, int, str], None]
SeenFile = Callable[[contents.Stored, str | None], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """``tables`` holds rows and digest of each by its label."""

    digest: str
    tables: dict[str, tuple[int, str]]
    rows: int
    files: int
    size: int


def _nothing(_file: contents.Stored, _digest: str | None) -> None:
    return


def measure(models: Iterable[tables.Table], progress: Progress, seen: SeenFile = _nothing) -> Measured:
    """Read all of it. ``seen`` is called with each file of the storage and its SHA-256, None where it is not there."""
    listed = list(models)
    total = sum(model._base_manager.count() for model in listed) + sum(1 for _ in contents.stored())
    found, done = {}, 0
    for model in listed:
        digest = tables.Digest()
        for row in tables.rows(model):
            digest.add(row)
            if digest.rows % 1000 == 0:
                progress(done + digest.rows, total, "")
        done += digest.rows
        found[model._meta.label_lower] = (digest.rows, digest.hexdigest())
    listing = contents.Listing()
    for name, path in contents.kept():
        with path.open("rb") as stream:
            listing.add(name, *contents.digested(stream))
    for number, file in enumerate(contents.stored(), 1):
        progress(done + number, total, file.name)
        with file.opened() as opened:
            if opened is None:
                listing.add_missing(file.name)
                seen(file, None)
            else:
                size, sha256 = contents.digested(opened[0])
                listing.add(file.name, size, sha256)
                seen(file, sha256)
    digests = ((label, rows, digest) for label, (rows, digest) in found.items())
    return Measured(tables.total(digests, listing.hexdigest()), found, done, listing.count, listing.size)
