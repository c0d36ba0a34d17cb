"""A new official document as .docx, set to GB/T 9704-2012 《党政机关公文格式》."""

from __future__ import annotations

import io
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

from . import styles
from .blocks import blocks, gap_above
from .closing import closing, imprint, keep_with_closing
from .letterhead import opening
from .ooxml import Element, clean, el, is_paragraph, paragraph, repack
from .pages import attachment_page, end_section, footer, footer_id, landscape_footer, new_page, section
from .spec import OfficialDocument

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"


def write_official(document: OfficialDocument, target: str | PathLike[str] | BinaryIO) -> None:
    """Write the document to a path or an open binary file. The same document gives the same bytes."""
    data = official_bytes(document)
    if isinstance(target, str | PathLike):
        Path(target).write_bytes(data)
    else:
        target.write(data)


def official_bytes(document: OfficialDocument) -> bytes:
    """The .docx. No author, no time of writing, no seal (印章) is ever part of it."""
    package = Package()
    main = _part(package, "/word/document.xml", CT.WML_DOCUMENT_MAIN, el("w:document", el("w:body", *_pages(document))))
    package.relate_to(main, RT.OFFICE_DOCUMENT)
    package.relate_to(
        _part(package, "/docProps/core.xml", CT.OPC_CORE_PROPERTIES, _properties(document.title)), RT.CORE_PROPERTIES
    )
    for name, kind, relation, content in (
        ("styles", CT.WML_STYLES, RT.STYLES, styles.styles()),
        ("settings", CT.WML_SETTINGS, RT.SETTINGS, styles.settings()),
        ("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, styles.font_table()),
    ):
        main.relate_to(_part(package, f"/word/{name}.xml", kind, content), relation)
    for landscape in sorted({False, _has_landscape(document)}):
        for even in (False, True):
            name = footer_id(landscape, even)
            content = (landscape_footer if landscape else footer)(even)
            main.load_rel(RT.FOOTER, _part(package, f"/word/{name}.xml", CT.WML_FOOTER, content), name)
    stream = io.BytesIO()
    package.save(stream)
    return repack(stream.getvalue())


def _part(package: Package, name: str, content_type: str, content: Element) -> Part:
    etree.cleanup_namespaces(content)
    data = etree.tostring(content, encoding="UTF-8", standalone=True)
    return Part(PackURI(name), content_type, data, package)


def _properties(title: str) -> Element:
    """The title and the language; no author, no dates."""
    core = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    for name, value in (("title", "".join(clean(title).split("\n"))), ("language", "zh-CN")):
        etree.SubElement(core, f"{{{_DC}}}{name}").text = value
    return core


def _has_landscape(document: OfficialDocument) -> bool:
    return any(one.landscape and one.body for one in document.attachments)


def _pages(document: OfficialDocument) -> list[Element]:
    """Everything in the body of the file: text, attachments each on a new page, 版记, page set-up."""
    elements = opening(document)
    text, below = blocks(document.body), closing(document)
    if not document.addressees:
        text = gap_above(text)
    keep_with_closing(text, below)
    elements += text + below
    landscape = False
    for number, attachment in enumerate(document.attachments, 1):
        if not attachment.body:
            continue
        pages = attachment_page(attachment, number if len(document.attachments) > 1 else None)
        if attachment.landscape or landscape:
            end_section(elements, section(landscape))
        else:
            new_page(pages[0])
        landscape = attachment.landscape
        elements += pages
    foot = imprint(document)
    if foot and landscape:
        end_section(elements, section(landscape))
        landscape = False
    if not foot and not is_paragraph(elements[-1]):
        foot = [paragraph(styles.ANCHOR)]
    return [*elements, *foot, section(landscape)]
