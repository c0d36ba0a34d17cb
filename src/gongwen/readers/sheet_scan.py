"""What a spreadsheet library does not tell: the bordered empty cells, and whether a file would burst when opened.

A sheet is laid out as a dense rectangle, so one cell in the last corner of the grid is as bad as a zip bomb. Every
format is therefore scanned for its furthest cells before it is handed on.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..errors import Unreadable
from . import ole
from .docx.package import parse

MAX_CELLS = 3_000_000
MAX_XML = 160 * 1024 * 1024
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d+)")?')
_UNCOMPUTED = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>)?</(?:\w+:)?c>|<(?:\w+:)?f/></(?:\w+:)?c>")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

Position = tuple[int, int]


@dataclass(slots=True)
class Scan:
    """``data`` is what may safely be opened; ``bordered`` the bordered cells of each sheet by its number, ``percent``
    those whose number is shown in percent (0.8 as 80%).
    """

    data: bytes
    bordered: dict[int, set[Position]] = field(default_factory=dict)
    percent: dict[int, set[Position]] = field(default_factory=dict)
    macros: bool = False
    outside: int = 0
    uncomputed: bool = False
    images: tuple[str, ...] = ()


@dataclass(slots=True)
class _Extent:
    """The rectangle of the cells met so far."""

    top: int = 1 << 30
    left: int = 1 << 30
    bottom: int = 0
    right: int = 0

    def add(self, row: int, column: int) -> None:
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)

    def check(self, name: str) -> None:
        if self.bottom >= self.top and (self.bottom - self.top + 1) * (self.right - self.left + 1) > MAX_CELLS:
            raise Unreadable(name, "U005")


def scan(data: bytes, name: str, kind: str) -> Scan:
    """Look through a workbook of the ``kind`` that ``detect`` gave it. Raises ``Unreadable`` for a bomb (U005),
    a damaged (U004) or an encrypted one (U003).
    """
    if kind in ("xls", "et"):
        return _scan_xls(data, name)
    try:
        return _scan_zip(data, name, kind)
    except RuntimeError as error:
        raise Unreadable(name, "U003") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(name, "U004", what="ZIP") from error


# --- packages


def _scan_zip(data: bytes, name: str, kind: str) -> Scan:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _parts(archive, name)
        members = archive.namelist()
    result = Scan(_repacked(parts))
    result.macros = any(part.endswith("vbaProject.bin") for part in members)
    result.outside = sum(bool(re.fullmatch(r"xl/externalLinks/[^/]+\.(?:xml|bin)", part)) for part in members)
    result.images = tuple(part for part in members if re.search(r"(?:^|/)(?:media|Pictures)/.", part))
    if kind == "xlsx":
        _scan_xlsx(parts, name, result)
    elif kind == "xlsb":
        for part, content in parts.items():
            if re.search(r"worksheets/[^/]*\.bin$", part, re.IGNORECASE):
                _scan_xlsb(content, name)
    else:
        _scan_ods(parts.get("content.xml", b""), name)
    return result


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """The parts that hold no pictures, macros or caches, read under one limit on their real size."""
    wanted = [
        info
        for info in archive.infolist()
        if info.filename == "mimetype" or re.search(r"\.(?:xml|rels|bin)$", info.filename, re.IGNORECASE)
    ]
    wanted = [
        info for info in wanted if not re.search(r"vbaProject|printerSettings|customXml|pivotCache", info.filename)
    ]
    if sum(info.file_size for info in wanted) > MAX_XML or len(wanted) > 10_000:
        raise Unreadable(name, "U005")
    return {info.filename: archive.read(info) for info in wanted}


def _repacked(parts: dict[str, bytes]) -> bytes:
    """The same parts in a plain zip of our own: no sizes that lie, no overlapping members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return target.getvalue()


def _scan_xlsx(parts: dict[str, bytes], name: str, result: Scan) -> None:
    for part, content in parts.items():
        if not part.endswith(".bin") and re.search(rb"<!(?:DOCTYPE|ENTITY)", content[:65536]):
            raise Unreadable(name, "U006")
    framed, shared = _styles(parts.get("xl/styles.xml"), name)
    for number, part in enumerate(_sheet_parts(parts, name)):
        content = parts.get(part, b"")
        extent, bordered, percent = _Extent(), set(), set()
        for match in _CELL.finditer(content):
            position = (int(match[2]) - 1, column_number(match[1]))
            extent.add(*position)
            if match[3] and int(match[3]) in framed:
                bordered.add(position)
            if match[3] and int(match[3]) in shared:
                percent.add(position)
        extent.check(name)
        result.bordered[number], result.percent[number] = bordered, percent
        result.uncomputed = result.uncomputed or bool(_UNCOMPUTED.search(content))


def column_number(letters: bytes) -> int:
    """``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_parts(parts: dict[str, bytes], name: str) -> list[str]:
    """The parts of the sheets in the workbook's order."""
    book, relations = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return []
    targets = {
        str(relation.get("Id")): posixpath.normpath(posixpath.join("/xl", str(relation.get("Target")))).lstrip("/")
        for relation in parse(relations, name, "workbook.xml.rels")
    }
    return [
        targets.get(str(next((value for key, value in sheet.items() if str(key).endswith("}id")), "")), "")
        for sheet in parse(book, name, "workbook.xml").iter("{*}sheet")
    ]


def _styles(data: bytes | None, name: str) -> tuple[set[int], set[int]]:
    """The numbers of the cell formats that draw a border, and of those that show a number in percent."""
    if not data:
        return set(), set()
    root = parse(data, name, "styles.xml")
    framed = {
        number
        for number, border in enumerate(root.iterfind("{*}borders/{*}border"))
        if any(side.get("style", "none") != "none" for side in border)
    }
    shares = {"9", "10"} | {  # 0% and 0.00% are built in
        str(one.get("numFmtId"))
        for one in root.iterfind("{*}numFmts/{*}numFmt")
        if is_percent(str(one.get("formatCode", "")))
    }
    formats = list(root.iterfind("{*}cellXfs/{*}xf"))
    return (
        {number for number, xf in enumerate(formats) if int(xf.get("borderId", "0")) in framed},
        {number for number, xf in enumerate(formats) if str(xf.get("numFmtId", "0")) in shares},
    )


def is_percent(code: str) -> bool:
    """Whether a number format shows a hundred times the number with a percent sign; a quoted sign is only printed."""
    return "%" in re.sub(r'"[^"]*"|\\.|_.|\[[^\]]*\]', "", code)


def _scan_xlsb(content: bytes, name: str) -> None:
    extent = _Extent()
    row = position = 0
    while position < len(content):
        kind, position = _variable(content, position, 2)
        size, position = _variable(content, position, 4)
        if kind == 0 and size >= 4:
            (row,) = struct.unpack_from("<I", content, position)
        elif 1 <= kind <= 11 and size >= 4:
            extent.add(row, *struct.unpack_from("<I", content, position))
        position += size
    extent.check(name)


def _variable(content: bytes, position: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the position after it."""
    value = 0
    for index in range(most):
        if position >= len(content):
            break
        byte = content[position]
        position += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return value, position


def _scan_ods(content: bytes, name: str) -> None:
    """Add up the cells with a value, each as often as it is repeated."""
    total = 0
    stream = etree.iterparse(io.BytesIO(content), tag=f"{_TABLE}table-row", resolve_entities=False, no_network=True)
    try:
        for _, row in stream:
            filled = [_repeat(cell, "columns") for cell in row if cell.get(f"{_OFFICE}value-type")]
            width = sum(_repeat(cell, "columns") for cell in row) if filled else 0
            total += _repeat(row, "rows") * min(width, 1 << 15) if filled else 0
            row.clear()
            if total > MAX_CELLS:
                raise Unreadable(name, "U005")
    except etree.XMLSyntaxError as error:
        raise Unreadable(name, "U006" if b"<!ENTITY" in content[:65536] else "U004", what="content.xml") from error


def _repeat(element: etree._Element, what: str) -> int:
    value = str(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    return int(value) if value.isdigit() else 1


# --- .xls


def _scan_xls(data: bytes, name: str) -> Scan:
    try:
        container = ole.Container(data)
        names = {entry.name.lower(): entry.name for entry in container.entries}
        stream = next((container.stream(names[key]) for key in ("workbook", "book") if key in names), None)
    except ole.BadContainer as error:
        raise Unreadable(name, "U004", what="OLE") from error
    if not stream:
        raise Unreadable(name, "U004", what="Workbook")
    result = Scan(data, macros="_vba_project_cur" in names)
    _scan_biff(stream, name, result)
    return result


def _scan_biff(stream: bytes, name: str, result: Scan) -> None:
    """Walk the records: cells of each sheet, the formats that draw a border, the mark of an encrypted book."""
    framed: set[int] = set()
    shares, shared = {9, 10}, set[int]()
    formats = 0
    sheet, depth = -2, 0
    extent = _Extent()
    for kind, body in _records(stream):
        if kind == 0x2F:
            raise Unreadable(name, "U003")
        if kind in (0x809, 0x409, 0x209, 0x009):
            depth += 1
            if depth == 1:
                sheet += 1
                extent = _Extent()
        elif kind == 0x0A:
            depth -= 1
            extent.check(name)
        elif kind == 0xE0:
            if len(body) >= 14 and struct.unpack_from("<H", body, 10)[0]:
                framed.add(formats)
            if len(body) >= 4 and struct.unpack_from("<H", body, 2)[0] in shares:
                shared.add(formats)
            formats += 1
        elif kind == 0x41E and is_percent(_biff_format(body)):
            shares.add(struct.unpack_from("<H", body)[0])
        elif sheet >= -1 and depth == 1:
            for row, column, style in _biff_cells(kind, body):
                extent.add(row, column)
                if style in framed:
                    result.bordered.setdefault(sheet, set()).add((row, column))
                if style in shared:
                    result.percent.setdefault(sheet, set()).add((row, column))


def _biff_format(body: bytes) -> str:
    """The number format of a record; an old book's, which begins otherwise, is as good as none."""
    return body[5:].decode("utf-16-le" if body[4] & 1 else "latin-1", "replace") if len(body) > 5 else ""


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + size]
        position += 4 + size


_ONE_CELL = frozenset((0x06, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6, 0x406))


def _biff_cells(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and format of the cells in a record."""
    if kind in _ONE_CELL and len(body) >= 6:
        yield struct.unpack_from("<HHH", body)
    elif kind == 0xBE and len(body) >= 8:  # blank cells in a row
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 2):
            yield row, first + index, struct.unpack_from("<H", body, 4 + 2 * index)[0]
    elif kind == 0xBD and len(body) >= 12:  # numbers in a row
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 6):
            yield row, first + index, struct.unpack_from("<H", body, 4 + 6 * index)[0]
