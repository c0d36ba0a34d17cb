"""The zip of an Office Open XML file, opened so that nothing in it can hurt: no bombs, no DTDs, no network."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from ...errors import Unreadable

MAX_PART = 96 * 1024 * 1024
MAX_RATIO = 400
MAX_ENTRIES = 20_000
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """Parts by name. Raises ``Unreadable`` for a damaged, encrypted or hostile package."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
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

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, None where there is no such part."""
        entry = self._entries.get(part)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise Unreadable(self.name, "U003")
        if entry.file_size > MAX_PART or (
            entry.file_size > 1 << 23 and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        ):
            raise Unreadable(self.name, "U005")
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
