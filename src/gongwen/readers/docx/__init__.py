"""Word files (.docx, .docm, .dotx) by lxml alone: see ``read_docx``."""

from __future__ import annotations

import posixpath
import zipfile

from ...errors import Unreadable
from ...model import Document, ReadWarning
from ..source import sha256
from .body import BodyReader
from .package import Package, SharedParts, parse
from .styles import Counter, W, read_numbering, read_styles

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def read_docx(data: bytes, name: str, archive: zipfile.ZipFile | None = None) -> Document:
    """A Word file as one document.

    Merged cells appear once, automatic numbers are explicit, tracked changes are taken as accepted, hidden text, page
    headers, notes and comments stand apart, text boxes are read once, pictures are listed and not loaded. Macros and
    targets outside the file are never touched. ``archive`` is the zip where it is open already. Raises ``Unreadable``.
    """
    package = Package(data, name, archive)
    main = _main_part(package)
    content = package.read(main)
    if content is None:
        raise Unreadable(name, "U004", what="word/document.xml")
    root = parse(content, name, main)
    body = root.find(W + "body")
    if body is None:
        raise Unreadable(name, "U004", what="w:body")
    folder = posixpath.dirname(main)
    styles, default = _STYLES.get(package, f"{folder}/styles.xml") or ({}, None)
    reader = BodyReader(styles, default, Counter(_NUMBERING.get(package, f"{folder}/numbering.xml") or {}))
    blocks = reader.blocks(body)
    relations = _relations(package, folder, main)
    warnings = _warnings(package, reader, relations)
    images = tuple(relations.get(image, ("", image, False))[1] for image in dict.fromkeys(reader.images) if image)
    return Document(
        name, "docx", "docx", sha256(data), tuple(blocks), tuple(warnings), images,
        tuple(_plain(package, folder, "header") + _plain(package, folder, "footer")),
        tuple(_plain(package, folder, "footnotes") + _plain(package, folder, "endnotes")),
        tuple(reader.hidden),
    )  # fmt: skip


def _main_part(package: Package) -> str:
    """The main document part by the package's own relationships (it need not be word/document.xml)."""
    main = _MAIN.get(package, "_rels/.rels")
    return "word/document.xml" if main is None else main


def _target_of_main(data: bytes, name: str) -> str:
    for relation in parse(data, name, "_rels/.rels").iter(_REL):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _relations(package: Package, folder: str, main: str) -> dict[str, tuple[str, str, bool]]:
    """Relationship id to (kind, target, outside the file)."""
    return _RELATIONS.get(package, f"{folder}/_rels/{posixpath.basename(main)}.rels") or {}


def _read_relations(data: bytes, name: str) -> dict[str, tuple[str, str, bool]]:
    found = {}
    for relation in parse(data, name, "rels").iter(_REL):
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        found[relation.get("Id", "")] = (kind, relation.get("Target", ""), relation.get("TargetMode") == "External")
    return found


def _warnings(package: Package, reader: BodyReader, relations: dict[str, tuple[str, str, bool]]) -> list[ReadWarning]:
    warnings = []
    if reader.changed:
        warnings.append(ReadWarning("N140"))
    if reader.hidden:
        warnings.append(ReadWarning("N141", {"count": str(len(reader.hidden))}))
    if any(name.endswith("vbaProject.bin") for name in package.names):
        warnings.append(ReadWarning("N142"))
    outside = [target for kind, target, external in relations.values() if external and kind != "hyperlink"]
    if outside:
        warnings.append(ReadWarning("N143", {"count": str(len(outside))}))
    if any(name.endswith("word/comments.xml") for name in package.names):
        warnings.append(ReadWarning("N144"))
    return warnings


def _plain(package: Package, folder: str, kind: str) -> list[str]:
    """The lines of the parts of a kind (header1.xml, footnotes.xml …), empty ones and bare page numbers left out."""
    lines: list[str] = []
    for part in package.names:
        stem = part[len(folder) + 1 :] if part.startswith(folder + "/") else ""
        if stem.startswith(kind) and stem.endswith(".xml") and "/" not in stem:
            lines.extend(_LINES.get(package, part) or ())
    return lines


def _part_lines(data: bytes) -> tuple[str, ...]:
    root = parse(data, "part", "part")
    lines = ("".join(t.text or "" for t in p.iter(W + "t")).strip() for p in root.iter(W + "p"))
    return tuple(line for line in lines if line and any(c.isalnum() and not c.isdigit() for c in line))


_MAIN = SharedParts(_target_of_main)
_RELATIONS = SharedParts(_read_relations)
_STYLES = SharedParts(lambda data, _: read_styles(data) if data else ({}, None), 32)
_NUMBERING = SharedParts(lambda data, _: read_numbering(data) if data else {}, 32)
_LINES = SharedParts(lambda data, _: _part_lines(data) if data else ())

__all__ = ["read_docx"]
