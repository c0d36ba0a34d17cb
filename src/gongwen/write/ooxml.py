"""Small helpers over WordprocessingML: elements, paragraphs, runs, and a package whose bytes depend on its content only."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Final

from lxml import etree

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}

Element = etree._Element

# Word refuses properties that are not in the order of the schema (ECMA-376, CT_PPrBase and EG_RPrBase).
PARAGRAPH_ORDER: Final = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr tabs kinsoku overflowPunct autoSpaceDE autoSpaceDN "
    "adjustRightInd snapToGrid spacing ind jc outlineLvl rPr sectPr"
).split()
RUN_ORDER: Final = "rFonts b bCs snapToGrid color spacing w kern sz szCs lang".split()

# What XML 1.0 does not allow in text, and what Word shows as an error.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECES = re.compile(r"([\n\t])")


def tag(name: str) -> str:
    """``w:p`` to the name lxml uses."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def el(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """An element of Word with attributes of Word: ``el("w:jc", val="center")``."""
    element = etree.Element(tag(name), {tag(f"w:{key}"): str(value) for key, value in attributes.items()}, NAMESPACES)
    element.extend(children)
    return element


def ordered(name: str, properties: Iterable[Element], order: list[str]) -> Element:
    """A property element whose children stand in the order of the schema."""
    return el(name, *sorted(properties, key=lambda child: order.index(etree.QName(child).localname)))


def clean(text: str) -> str:
    """The text without characters that no document may hold; every line break as ``\\n``."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def run(text: str, *properties: Element) -> Element:
    """A run. ``\\n`` is a line break, ``\\t`` a tab. Quotation marks and dashes take the Chinese face (``hint``)."""
    fonts = [p for p in properties if etree.QName(p).localname == "rFonts"] or [el("w:rFonts")]
    fonts[0].set(tag("w:hint"), "eastAsia")
    element = el("w:r", ordered("w:rPr", [*fonts, *(p for p in properties if p is not fonts[0])], RUN_ORDER))
    for piece in _PIECES.split(clean(text)):
        if piece == "\n":
            element.append(el("w:br"))
        elif piece == "\t":
            element.append(el("w:tab"))
        elif piece:
            words = el("w:t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            element.append(words)
    return element


def paragraph(style: str, *content: Element | str, properties: Iterable[Element] = ()) -> Element:
    """A paragraph in a style; plain strings become runs."""
    settings = [el("w:pStyle", val=style), *properties]
    runs = (run(part) if isinstance(part, str) else part for part in content)
    return el("w:p", ordered("w:pPr", settings, PARAGRAPH_ORDER), *runs)


def face(name: str) -> Element:
    """The Chinese face of a run."""
    return el("w:rFonts", eastAsia=name)


def size(points: float) -> list[Element]:
    """The type size of a run."""
    return [el("w:sz", val=round(points * 2)), el("w:szCs", val=round(points * 2))]


def set_property(target: Element, child: Element) -> None:
    """Set one property of a paragraph, in its place; one of the same name gives way."""
    settings = target[0]
    for old in settings.findall(str(child.tag)):
        settings.remove(old)
    settings.append(child)
    settings[:] = sorted(settings, key=lambda one: PARAGRAPH_ORDER.index(etree.QName(one).localname))


def is_paragraph(element: Element) -> bool:
    """A paragraph, not a table."""
    return element.tag == tag("w:p")


def repack(package: bytes) -> bytes:
    """The same package with fixed times and attributes, so that the same document gives the same bytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name), compresslevel=9)
    return result.getvalue()
