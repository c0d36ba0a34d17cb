"""The zip of an Office Open XML file, opened so that nothing in it can hurt: no bombs, no DTDs, no network."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from lxml import etree

from ...errors import Unreadable

MAX_PART = 96 * 1024 * 1024
MAX_RATIO = 400
MAX_ENTRIES = 20_000
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LOCAL = struct.Struct("<4s22x2H")
"""The head of a zip entry: its signature, the lengths of its name and of what follows the name."""
T = TypeVar("T")


class Packed(NamedTuple):
    """A part as the zip holds it, with what the zip says it unpacks to."""

    method: int
    crc: int
    size: int
    data: bytes


class Package:
    """Parts by name. Raises ``Unreadable`` for a damaged, encrypted or hostile package."""

    def __init__(self, data: bytes, name: str, archive: zipfile.ZipFile | None = None) -> None:
        self.name = name
        self._data = data
        try:
            self._zip = archive or zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Unreadable(name, "U004", what="压缩结构") from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise Unreadable(name, "U005")
        self._entries = {entry.filename.lstrip("/").replace("\\", "/"): entry for entry in entries}

    @property
    def names(self) -> list[str]:
        """The parts' names in file order."""
        return list(self._entries)

    def _entry(self, part: str) -> zipfile.ZipInfo | None:
        """The entry of a part, None where there is no such part; encrypted ones and bombs are refused."""
        entry = self._entries.get(part)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise Unreadable(self.name, "U003")
        if entry.file_size > MAX_PART or (
            entry.file_size > 1 << 23 and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        ):
            raise Unreadable(self.name, "U005")
        return entry

    def packed(self, part: str) -> Packed | None:
        """A part as it lies in the zip; None where there is none, or it does not begin where the zip says."""
        entry = self._entry(part)
        head = self._data[entry.header_offset : entry.header_offset + _LOCAL.size] if entry is not None else b""
        if entry is None or len(head) < _LOCAL.size:
            return None
        signature, name, extra = _LOCAL.unpack(head)
        if signature != b"PK\3\4":
            return None
        start = entry.header_offset + _LOCAL.size + name + extra
        return Packed(entry.compress_type, entry.CRC, entry.file_size, self._data[start : start + entry.compress_size])

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, None where there is no such part."""
        entry = self._entry(part)
        if entry is None:
            return None
        try:
            return self._zip.read(entry)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Unreadable(self.name, "U004", what=part) from error

    def xml(self, part: str) -> etree._Element | None:
        """A part parsed, None where there is no such part."""
        data = self.read(part)
        return None if data is None else parse(data, self.name, part)


class SharedParts(Generic[T]):
    """What is made of parts that many files have alike, as replies to one form do: each is unpacked and read once.

    Known by their packed bytes, so that no file can pass its own for another's. The oldest goes when ``size`` are held.
    """

    def __init__(self, make: Callable[[bytes, str], T], size: int = 64) -> None:
        self._make, self._size = make, size
        self._made: dict[Packed, T] = {}
        self._lock = Lock()

    def get(self, package: Package, part: str) -> T | None:
        """What ``make`` gives for the bytes of a part and the file's name, None where there is no such part."""
        packed = package.packed(part)
        held = self._made.get(packed) if packed is not None else None
        if held is not None:
            return held
        data = package.read(part)
        if data is None:
            return None
        made = self._make(data, package.name)
        if packed is not None:
            with self._lock:
                self._made[packed] = made
                while len(self._made) > self._size:
                    del self._made[next(iter(self._made))]
        return made


def parse(data: bytes, name: str, part: str) -> etree._Element:
    """XML of a part without entities, DTDs or network."""
    if _STRICT in data[:4096]:
        data = data.replace(_STRICT, _TRANSITIONAL)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in data[:65536] or b"<!DOCTYPE" in data[:65536]:
            raise Unreadable(name, "U006") from error
        raise Unreadable(name, "U004", what=part) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(name, "U006")
    return root
