"""The zip of a Word file with one part replaced: every other entry stays as its bytes are."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from ..errors import Unreadable
from ..readers.docx.package import Package

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR = 1 << 3


def main_part(package: Package) -> str:
    """The main document part by the package's own relationships."""
    relations = package.xml("_rels/.rels")
    if relations is not None:
        for relation in relations.iter(_RELATION):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def with_part(data: bytes, part: str, content: bytes, name: str) -> bytes:
    """The package with the content of ``part`` replaced; order, times, methods and all other entries stay byte for byte."""
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
        entry = next(one for one in book.infolist() if one.filename.lstrip("/").replace("\\", "/") == part)
        plain = _END.unpack_from(data, data.rindex(b"PK\x05\x06"))[6] == book.start_dir
        return _spliced(data, book, entry, content) if plain else _rewritten(book, entry, content)
    except (zipfile.BadZipFile, StopIteration, struct.error) as error:
        raise Unreadable(name, "U004", what="压缩结构") from error


def _spliced(data: bytes, book: zipfile.ZipFile, entry: zipfile.ZipInfo, content: bytes) -> bytes:
    """Local record and central record of one entry rewritten, the offsets behind it moved."""
    directory = book.start_dir
    start = entry.header_offset
    end = min([one.header_offset for one in book.infolist() if one.header_offset > start], default=directory)
    packed = _packed(content, entry.compress_type)
    checked = (zlib.crc32(content), len(packed), len(content))
    record = _local(data, start, checked) + packed
    shift = len(record) - (end - start)
    central = _central(data, directory, len(book.infolist()), start, shift, checked)
    tail_at = data.rindex(b"PK\x05\x06")
    tail = list(_END.unpack_from(data, tail_at))
    tail[6] += shift
    return data[:start] + record + data[end:directory] + central + _END.pack(*tail) + data[tail_at + _END.size :]


def _rewritten(book: zipfile.ZipFile, changed: zipfile.ZipInfo, content: bytes) -> bytes:
    """The package written anew, where it is no plain zip (something before it, or the 64-bit form)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for entry in book.infolist():
            made.writestr(entry, content if entry is changed else book.read(entry))
    return out.getvalue()


def _packed(content: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return content
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflate.compress(content) + deflate.flush()


def _local(data: bytes, at: int, checked: tuple[int, int, int]) -> bytes:
    header = list(_LOCAL.unpack_from(data, at))
    name_and_extra = data[at + _LOCAL.size : at + _LOCAL.size + header[9] + header[10]]
    header[2] &= ~_DESCRIPTOR
    header[3] = header[3] if header[3] == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    header[6:9] = checked
    return _LOCAL.pack(*header) + name_and_extra


def _central(data: bytes, at: int, count: int, changed: int, shift: int, checked: tuple[int, int, int]) -> bytes:
    """The central directory with one entry's sizes replaced and the offsets behind it moved."""
    found = []
    for _ in range(count):
        header = list(_CENTRAL.unpack_from(data, at))
        end = at + _CENTRAL.size + header[10] + header[11] + header[12]
        if header[16] == changed:
            header[3] &= ~_DESCRIPTOR
            header[4] = header[4] if header[4] == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            header[7:10] = checked
        elif header[16] > changed:
            header[16] += shift
        found.append(_CENTRAL.pack(*header) + data[at + _CENTRAL.size : end])
        at = end
    return b"".join(found)
