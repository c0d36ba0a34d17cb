"""Small questions to WordprocessingML elements: children through wrappers, numbers, alignment, borders."""

from __future__ import annotations

from typing import Literal, cast

from lxml import etree

from .styles import VAL, W

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P, TBL, TR, TC, SDT, SDT_CONTENT, RUN, T = (
    W + name for name in ("p", "tbl", "tr", "tc", "sdt", "sdtContent", "r", "t")
)
WRAPPERS = frozenset((W + "ins", W + "moveTo", W + "customXml"))
"""What may stand around a block, a row or a cell and means nothing itself."""


def through(
    parent: etree._Element, wanted: str, control: etree._Element | None = None
) -> list[tuple[etree._Element, etree._Element | None]]:
    """Children of a tag, looked for inside controls and insertions too, with the control that wraps just that child."""
    found: list[tuple[etree._Element, etree._Element | None]] = []
    for element in parent:
        tag = element.tag
        if tag == wanted:
            found.append((element, control))
        elif tag == SDT:
            content = element.find(SDT_CONTENT)
            if content is not None:
                inner = through(content, wanted)
                found.extend((child, element if len(inner) == 1 and wanted == TC else own) for child, own in inner)
        elif tag in WRAPPERS:
            found.extend(through(element, wanted, control))
    return found


def child_of(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child of a tag. Unlike ``find`` it takes no path, and so half the time."""
    return next(element.iterchildren(tag), None)


def branch_of(element: etree._Element) -> etree._Element | None:
    """The branch of an alternate content to read: the first choice, else the fallback; each text box once."""
    choice = element.find(MC + "Choice")
    return choice if choice is not None else element.find(MC + "Fallback")


def is_outermost(box: etree._Element, top: etree._Element) -> bool:
    """Whether a text box is to be read below ``top``: not inside another box, not in the fallback of a read choice."""
    for parent in box.iterancestors():
        if parent is top:
            return True
        if parent.tag == W + "txbxContent":
            return False
        if parent.tag == MC + "Fallback":
            owner = parent.getparent()
            if owner is not None and owner.find(MC + "Choice") is not None:
                return False
    return True


def number_in(element: etree._Element | None, default: int) -> int:
    """The whole number in an element's ``w:val``, else the default."""
    if element is None:
        return default
    value = element.get(VAL, "")
    return int(value) if value.isdigit() else default


def indent_of(element: etree._Element) -> float:
    """The first-line indent in characters; twips are taken as of a 3号 character (16 pt)."""
    chars = element.get(W + "firstLineChars")
    if chars is not None and chars.lstrip("-").isdigit():
        return int(chars) / 100
    twips = element.get(W + "firstLine")
    return int(twips) / 320 if twips is not None and twips.isdigit() else 0.0


def align_of(value: str | None) -> Literal["left", "center", "right", "justify"] | None:
    """The alignment by its plain name, None where it is not given."""
    aligned = {
        "start": "left",
        "end": "right",
        "both": "justify",
        "distribute": "justify",
        "left": "left",
        "right": "right",
        "center": "center",
    }.get(value or "")
    return cast("Literal['left', 'center', 'right', 'justify'] | None", aligned)


def is_ruled(element: etree._Element) -> bool:
    """False only where the table says that it has no borders at all (a layout table, as letterheads use)."""
    borders = element.find(f"{W}tblPr/{W}tblBorders")
    if borders is None:
        return True
    return any(border.get(VAL) not in ("nil", "none") for border in borders.iterchildren(etree.Element))
