"""What a file is, told by its content: a wrong extension is common, a .doc that is HTML or RTF inside too."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from ..errors import Unreadable
from . import ole
from .encoding import decode

_IMAGES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_ARCHIVES = ((b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "GZIP"))
IMAGES = frozenset(("png", "jpg", "tiff", "gif", "bmp", "webp"))
"""The names ``detect`` gives to pictures."""

_MAIN_PARTS: tuple[tuple[str, str], ...] = (
    (r"wordprocessingml\.(document|template)\.main\+xml", "docx"),
    (r"ms-word\.(document|template)\.macroEnabled(Template)?\.main\+xml", "docx"),
    (r"spreadsheetml\.(sheet|template)\.main\+xml", "xlsx"),
    (r"ms-excel\.(sheet|template)\.macroEnabled\.main\+xml", "xlsx"),
    (r"ms-excel\.sheet\.binary\.macroEnabled\.main", "xlsb"),
    (r"presentationml\.|ms-powerpoint\.", "presentation"),
)
_OPEN_DOCUMENT: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/", "other"),
)
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<(?:head|body|table|meta|div|p)[\s>]", re.IGNORECASE)
_MHT = re.compile(r"^mime-version:|^content-type:\s*multipart/related|^from:\s*<saved by", re.IGNORECASE | re.MULTILINE)
_WORD_XML = re.compile(r"<(?:w:wordDocument|pkg:package)\b|progid=\"Word\.Document\"")
_HEAD = 4096


def detect(data: bytes, name: str) -> str:
    """The format of ``data``: docx, xlsx, xlsb, odt, ods, zip, doc, wps, xls, et, rtf, wordml, html, mht, pdf, text or one of ``IMAGES``.

    ``name`` only decides what the content cannot (and stands in the refusal). Raises ``Unreadable``: U003 encrypted,
    U004 damaged, U007 unknown, U019 an archive that is no zip.
    """
    return detect_opened(data, name)[0]


def detect_opened(data: bytes, name: str) -> tuple[str, zipfile.ZipFile | None]:
    """What ``detect`` gives, and the archive opened for it where the file is one, so that no reader need open it again."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, name)
    return _no_zip(data, name), None


def _no_zip(data: bytes, name: str) -> str:
    if data.startswith(ole.MAGIC):
        return _ole(data, name)
    for magic, kind in _ARCHIVES:
        if data.startswith(magic):
            raise Unreadable(name, "U019", format=kind)
    if data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _image(data) or _text(data, name)


def _image(data: bytes) -> str | None:
    for magic, kind in _IMAGES:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:2] == b"BM" and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return "bmp"
    return None


def _zip(data: bytes, name: str) -> tuple[str, zipfile.ZipFile]:
    """The kind of a zip by its main part; encrypted or broken ones are refused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        kind = _package(archive)
    except RuntimeError as error:  # what zipfile raises for a member that asks for a password
        raise Unreadable(name, "U003") from error
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error) as error:
        raise Unreadable(name, "U004", what="ZIP") from error
    if kind == "encrypted":
        raise Unreadable(name, "U003")
    if kind in ("presentation", "other"):
        raise Unreadable(name, "U007")
    return kind, archive


def _package(archive: zipfile.ZipFile) -> str:
    members = frozenset(archive.namelist())
    if "[Content_Types].xml" in members:
        types = _head(archive, "[Content_Types].xml", 1 << 20)
        text = types.decode("utf-16" if types[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
        for pattern, kind in _MAIN_PARTS:
            if re.search(pattern, text):
                return kind
    if "mimetype" in members:
        return _open_document(archive, members)
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "other")):
        if part in members:
            return kind
    return "zip"


def _open_document(archive: zipfile.ZipFile, members: frozenset[str]) -> str:
    kind = _head(archive, "mimetype", 200)
    if "META-INF/manifest.xml" in members and b"encryption-data" in _head(archive, "META-INF/manifest.xml", 1 << 20):
        return "encrypted"
    return next((name for prefix, name in _OPEN_DOCUMENT if kind.strip().startswith(prefix)), "zip")


def _head(archive: zipfile.ZipFile, member: str, limit: int) -> bytes:
    with archive.open(member) as stream:
        return stream.read(limit)


def _ole(data: bytes, name: str) -> str:
    """The kind of an OLE2 file by its streams; the encrypted ones are refused."""
    try:
        container = ole.Container(data)
        names = frozenset(entry.name for entry in container.entries)
        if names & {"EncryptedPackage", "EncryptionInfo"}:
            raise Unreadable(name, "U003")
        if "WordDocument" in names:
            return _word(container, name)
        if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
            return "et" if name.lower().endswith((".et", ".ett")) else "xls"
    except ole.BadContainer as error:
        raise Unreadable(name, "U004", what="OLE") from error
    if names & {"CONTENTS", "MatOST", "MM"} and "PowerPoint Document" not in names:
        return "wps"  # Microsoft Works
    raise Unreadable(name, "U007")


def _word(container: ole.Container, name: str) -> str:
    """Which of doc and wps, by its extension as both have the same content; bit 8 of the flags says that it is encrypted."""
    head = container.stream("WordDocument", 32) or b""
    if len(head) < 32:
        raise Unreadable(name, "U004", what="WordDocument")
    if head[11] & 0x01:
        raise Unreadable(name, "U003")
    return "wps" if name.lower().endswith((".wps", ".wpt")) else "doc"


def _text(data: bytes, name: str) -> str:
    text = decode(data)
    if text is None:
        raise Unreadable(name, "U007")
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if _MHT.match(head) and "multipart/" in text[: 4 * _HEAD].lower():
        return "mht"
    if _WORD_XML.search(head):
        return "wordml"
    if head.startswith("<") and (_HTML.search(head) or name.lower().endswith((".html", ".htm"))):
        return "html"
    return "text"
