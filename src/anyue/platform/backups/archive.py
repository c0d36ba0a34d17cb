"""The file: a tar that is written and read from front to back, in memory that does not grow with what is in it.

    anyue.json                     what this is: format, program, migrations, columns of each table
    keys/…  checkpoints/…          as in the data folder
    data/accounts.user/000001.jsonl.gz …   rows as JSON lines, some megabytes a piece, tables in order of dependence
    files/…                        stored files under their names in the storage, as they are
    index/000001.jsonl.gz …        name, size and SHA-256 of the files (and keys, checkpoints) before it
    manifest.json                  last: SHA-256 of every piece and index, rows and digest of every table, one digest over all

`tar tf` lists it; every piece can be read without this program. An archive without its manifest was not finished.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Protocol, cast

FORMAT = "anyue-backup@1"
HEADER, MANIFEST = "anyue.json", "manifest.json"
PIECE = 4 << 20
"""Bytes of JSON lines in one piece, before it is compressed."""
BATCH = 500
"""Files that one index covers."""


class Readable(Protocol):
    """A stream, or a member of an archive."""

    def read(self, size: int = -1, /) -> bytes:
        """Read on."""
        ...


class DamagedError(Exception):
    """The archive is not what was written. ``name``: the first member that is wrong, "" where the file itself ends or is none."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass
class Writer:
    """Writes an archive to ``stream``. Whoever opens it closes it with ``finish``."""

    stream: IO[bytes]
    header: dict[str, Any]
    digests: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tar = tarfile.open(fileobj=self.stream, mode="w|", format=tarfile.PAX_FORMAT, bufsize=1 << 20)  # noqa: SIM115
        self.files: list[tuple[str, int, str]] = []
        self.indexes = 0
        self.add(HEADER, json.dumps({"format": FORMAT, **self.header}, ensure_ascii=False, indent=1).encode())

    def add(self, name: str, data: bytes) -> None:
        """A member from memory, its digest kept for the manifest."""
        self._member(name, len(data), io.BytesIO(data))
        self.digests[name] = hashlib.sha256(data).hexdigest()

    def add_lines(self, name: str, lines: list[bytes]) -> None:
        """A piece of rows."""
        self.add(name, gzip.compress(b"".join(lines), compresslevel=5, mtime=0))

    def add_file(self, name: str, size: int, stream: IO[bytes]) -> str:
        """A file of ``size`` bytes; its SHA-256."""
        reading = Hashing(stream)
        self._member(name, size, reading)
        digest = reading.hash.hexdigest()
        self.files.append((name, size, digest))
        if len(self.files) >= BATCH:
            self._index()
        return digest

    def finish(self, manifest: dict[str, Any]) -> None:
        """The last index and the manifest."""
        self._index()
        body = {"digests": self.digests, **manifest}
        data = json.dumps(body, ensure_ascii=False, indent=1).encode()
        self._member(MANIFEST, len(data), io.BytesIO(data))
        self.tar.close()

    def _index(self) -> None:
        if self.files:
            self.indexes += 1
            lines = [json.dumps(file, ensure_ascii=False).encode() + b"\n" for file in self.files]
            self.files = []
            self.add_lines(f"index/{self.indexes:06d}.jsonl.gz", lines)

    def _member(self, name: str, size: int, stream: Any) -> None:
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        self.tar.addfile(about, stream)
        cast("Any", self.tar).members.clear()  # it would remember every member


class Hashing(io.RawIOBase):
    """Digests what is read through it."""

    def __init__(self, stream: Readable) -> None:
        self.stream, self.hash = stream, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self.stream.read(size)
        self.hash.update(data)
        return data


@dataclass(frozen=True)
class Member:
    """One member as it is reached. ``data`` is at hand for all but files, whose ``stream`` is to be read before going on."""

    name: str
    size: int
    stream: IO[bytes]

    def read(self, size: int = -1) -> bytes:
        """Read on. Raises ``DamagedError`` where the archive ends in the middle of it."""
        try:
            return self.stream.read(size)
        except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
            raise DamagedError(self.name) from error

    def data(self) -> bytes:
        """All of it."""
        found = self.read()
        if len(found) != self.size:
            raise DamagedError(self.name)
        return found

    def lines(self) -> Iterator[Any]:
        """The rows of a piece."""
        return unpacked(self.name, self.data())


def unpacked(name: str, data: bytes) -> Iterator[Any]:
    """The rows of a piece from its bytes."""
    try:
        for line in gzip.decompress(data).splitlines():
            yield json.loads(line)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise DamagedError(name) from error


def members(stream: IO[bytes]) -> Iterator[Member]:
    """All members in their order. Raises ``DamagedError`` where the tar itself is broken."""
    last = ""
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=1 << 20) as tar:
            while (about := tar.next()) is not None:
                last = about.name
                content = tar.extractfile(about)
                if content is None or not _is_plain(about.name):
                    raise DamagedError(about.name)
                yield Member(about.name, about.size, content)
                cast("Any", tar).members.clear()
    except tarfile.TarError as error:
        raise DamagedError(last) from error


def _is_plain(name: str) -> bool:
    """Leads nowhere but into the folder that it is unpacked in."""
    parts = name.split("/")
    return not name.startswith("/") and "\\" not in name and all(part not in ("", ".", "..") for part in parts)


def is_archive(start: bytes) -> bool:
    """These first bytes of a file are those of an archive."""
    return start.startswith(HEADER.encode() + b"\0")
