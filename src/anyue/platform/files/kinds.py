"""The kinds of files that the house takes: told by content, never by name. The codes are those of ``gongwen.readers.detect``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. ``extensions`` are those that a name may keep, the usual one first; ``icon`` names a Tabler icon."""

    code: str
    label: str | Promise
    media_type: str
    extensions: tuple[str, ...]
    icon: str = "file"


_WORD = "application/vnd.openxmlformats-officedocument"
_KINDS = (
    Kind("docx", _("a Word document"), f"{_WORD}.wordprocessingml.document", ("docx", "docm", "dotx", "dotm"), "file-type-docx"),
    Kind("doc", _("a Word 97 document"), "application/msword", ("doc", "dot"), "file-type-doc"),
    Kind("wps", _("a WPS document"), "application/vnd.ms-works", ("wps", "wpt"), "file-type-doc"),
    Kind("rtf", _("a rich text document"), "application/rtf", ("rtf", "doc"), "file-type-doc"),
    Kind("odt", _("an OpenDocument text"), "application/vnd.oasis.opendocument.text", ("odt",), "file-type-doc"),
    Kind("wordml", _("a Word XML document"), "application/xml", ("xml", "doc"), "file-type-xml"),
    Kind("pdf", _("a PDF"), "application/pdf", ("pdf",), "file-type-pdf"),
    Kind("ofd", _("an OFD document"), "application/ofd", ("ofd",), "file-text"),
    Kind("text", _("a plain text"), "text/plain; charset=utf-8", ("txt", "csv", "md", "json"), "file-type-txt"),
    Kind("html", _("a web page"), "text/html", ("html", "htm", "doc", "xls"), "file-type-html"),
    Kind("mht", _("a saved web page"), "multipart/related", ("mht", "mhtml", "doc"), "file-type-html"),
    Kind("xlsx", _("an Excel workbook"), f"{_WORD}.spreadsheetml.sheet", ("xlsx", "xlsm", "xltx", "xltm"), "file-type-xls"),
    Kind("xlsb", _("a binary Excel workbook"), "application/vnd.ms-excel.sheet.binary.macroEnabled.12", ("xlsb",), "file-type-xls"),
    Kind("xls", _("an Excel 97 workbook"), "application/vnd.ms-excel", ("xls", "xlt"), "file-type-xls"),
    Kind("et", _("a WPS workbook"), "application/vnd.ms-excel", ("et", "ett"), "file-type-xls"),
    Kind("ods", _("an OpenDocument workbook"), "application/vnd.oasis.opendocument.spreadsheet", ("ods",), "file-type-xls"),
    Kind("pptx", _("a PowerPoint presentation"), f"{_WORD}.presentationml.presentation", ("pptx", "pptm", "ppsx"), "file-type-ppt"),
    Kind("jpg", _("a JPEG picture"), "image/jpeg", ("jpg", "jpeg"), "photo"),
    Kind("png", _("a PNG picture"), "image/png", ("png",), "photo"),
    Kind("gif", _("a GIF picture"), "image/gif", ("gif",), "photo"),
    Kind("webp", _("a WebP picture"), "image/webp", ("webp",), "photo"),
    Kind("bmp", _("a BMP picture"), "image/bmp", ("bmp",), "photo"),
    Kind("tiff", _("a TIFF picture"), "image/tiff", ("tif", "tiff"), "photo"),
    Kind("zip", _("a ZIP archive"), "application/zip", ("zip",), "file-zip"),
)  # fmt: skip
KINDS = {kind.code: kind for kind in _KINDS}

DOCUMENTS = frozenset(("docx", "doc", "wps", "rtf", "odt", "wordml", "pdf", "text", "html", "mht"))
"""What ``gongwen`` reads as a document, scans aside."""
SHEETS = frozenset(("xlsx", "xls", "et", "ods"))
PICTURES = frozenset(("jpg", "png", "gif", "webp", "bmp", "tiff"))
ARCHIVES = frozenset(("zip",))
EVIDENCE = PICTURES | frozenset(("docx", "doc", "wps", "pdf", "ofd", "xlsx", "xls", "et", "pptx", "zip"))
"""What a unit may send to show that something was done."""


def kind_named(code: str) -> Kind:
    """The kind stored as ``code``; a nameless one that is only ever downloaded for a code that the table no longer has."""
    return KINDS.get(code) or Kind(code, code, "application/octet-stream", ())


def extensions(kinds: Iterable[str]) -> str:
    """For people: ``.docx .pdf .xlsx``, in the order of the table."""
    wanted = frozenset(kinds)
    return " ".join(f".{kind.extensions[0]}" for kind in _KINDS if kind.code in wanted)


def accept(kinds: Iterable[str]) -> str:
    """For the ``accept`` of a file input: extensions of all kinds, and pictures by type, which opens a phone's camera."""
    wanted = frozenset(kinds)
    listed = [f".{ending}" for kind in _KINDS if kind.code in wanted for ending in kind.extensions]
    return ",".join([*dict.fromkeys(listed), *(["image/jpeg", "image/png"] if wanted & PICTURES else [])])


def fitting_name(name: str, kind: Kind) -> str:
    """``name`` with an ending that says what the content is: ``notice.exe`` that is a PDF becomes ``notice.exe.pdf``."""
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    if not kind.extensions or ending in kind.extensions:
        return name
    usual = f".{kind.extensions[0]}"
    return name[: 200 - len(usual)] + usual
