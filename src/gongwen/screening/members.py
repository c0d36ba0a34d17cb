"""Every file in an archive, hidden ones too, one at a time on disk."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import Unreadable
from ..readers.archive import member_name
from ..readers.detect import detect
from ..readers.source import MAX_BYTES
from .result import Why

_PIECE = 1 << 20
_FILMS = (b"ID3", b"OggS", b"\x1aE\xdf\xa3", b"MZ", b"\x7fELF", b"fLaC", b"\0\0\1\xba")
_PHOTOS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class File:
    """A file to look at: where it lies, what ``detect`` calls it, its name in the archive ("" for the file itself).

    ``why`` says that it cannot be looked at.
    """

    path: Path
    name: str
    kind: str = ""
    member: str = ""
    why: Why | None = None


def files_in(path: Path, name: str) -> Iterator[File]:
    """The file itself, or every file of the .zip that it is and of those inside it; valid until the next is asked for.

    What is no document (films, programs) is left out. An archive inside that, and one that is no .zip, is given as such.
    """
    yield from _files(path, name, "", 0)


def _files(path: Path, name: str, member: str, depth: int) -> Iterator[File]:
    kind, why = _kind(path, name)
    if kind == "zip":
        if depth > 1:
            yield File(path, name, member=member, why=Why.ARCHIVE)
        else:
            yield from _members(path, name, member, depth)
    elif kind or why:
        yield File(path, name, kind, member, why)


def _members(path: Path, name: str, above: str, depth: int) -> Iterator[File]:
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory(prefix="look-") as folder:
            target = Path(folder) / "member"
            for info in archive.infolist():
                if info.is_dir():
                    continue
                inner = member_name(info)
                full = f"{above}/{inner}" if above else inner
                why = _unpack(archive, info, target)
                if why is not None:
                    yield File(target, inner, member=full, why=why)
                else:
                    yield from _files(target, inner, full, depth + 1)
    except _BROKEN:
        yield File(path, name, member=above, why=Why.DAMAGED)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> Why | None:
    """Not a byte more than the reader takes, whatever the archive says of the size."""
    if info.flag_bits & 1:
        return Why.DAMAGED
    try:
        with archive.open(info) as source, target.open("wb") as out:
            left = MAX_BYTES
            while piece := source.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    return Why.LIMIT
                out.write(piece)
    except _BROKEN:
        return Why.DAMAGED
    return None


def _kind(path: Path, name: str) -> tuple[str, Why | None]:
    """What it is; ("", None) for what is no document, ("", why) for one that cannot be looked at."""
    with path.open("rb") as stream:
        head = stream.read(64)
    if not head or head.startswith(_FILMS) or head[8:12] in (b"AVI ", b"WAVE"):
        return "", None
    if head[4:8] == b"ftyp":
        return "", Why.NO_OCR if head[8:12] in _PHOTOS else None
    if head.startswith(b"PK") and (package := _package(path)):
        return package, None
    if path.stat().st_size > MAX_BYTES:
        return "", Why.LIMIT
    try:
        return detect(path.read_bytes(), name), None
    except MemoryError:
        return "", Why.LIMIT
    except Unreadable as error:
        return "", {"U003": Why.DAMAGED, "U004": Why.DAMAGED, "U019": Why.ARCHIVE}.get(error.code)


def _package(path: Path) -> str:
    """What ``detect`` does not know, or should not load for a look: .ofd, .pptx, a plain .zip; "" for any other."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = frozenset(archive.namelist())
    except _BROKEN:
        return ""
    if "OFD.xml" in names:
        return "ofd"
    if "ppt/presentation.xml" in names:
        return "pptx"
    return "" if names & {"[Content_Types].xml", "mimetype", "word/document.xml", "xl/workbook.xml"} else "zip"
