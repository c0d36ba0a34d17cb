"""Sections, page numbers, and attachments on pages of their own (5.2, 7.3.7, 7.5, 8)."""

from __future__ import annotations

from . import fonts, layout, styles
from .blocks import blocks, gap_above
from .boxes import Box, text_box
from .ooxml import Element, el, is_paragraph, paragraph, run, set_property, tag
from .spec import Attachment
from .wrap import title_lines


def footer_id(landscape: bool, even: bool) -> str:
    """The relationship by which a section finds its footer."""
    return f"footer{'Turned' if landscape else 'Upright'}{'Even' if even else 'Odd'}"


def section(landscape: bool = False) -> Element:
    """The page of the standard, upright or on its side: turned clockwise, its 订口 becomes the upper edge."""
    references = [el("w:footerReference", type=kind) for kind in ("default", "even")]
    for reference, even in zip(references, (False, True), strict=True):
        reference.set(tag("r:id"), footer_id(landscape, even))
    page = el("w:pgSz", w=layout.PAGE_WIDTH, h=layout.PAGE_HEIGHT)
    top, right, bottom, left = layout.MARGIN_TOP, layout.MARGIN_RIGHT, layout.MARGIN_BOTTOM, layout.MARGIN_LEFT
    if landscape:
        page = el("w:pgSz", w=layout.PAGE_HEIGHT, h=layout.PAGE_WIDTH, orient="landscape")
        top, right, bottom, left = left, top, right, bottom
    footer = layout.MARGIN_BOTTOM - layout.NUMBER_GAP - layout.NUMBER_LINE // 2
    margins = el(
        "w:pgMar",
        top=top,
        right=right,
        bottom=bottom,
        left=left,
        header=851,
        footer=min(footer, bottom // 2) if landscape else footer,
        gutter=0,
    )
    grid = el("w:docGrid", type="linesAndChars", linePitch=layout.PITCH, charSpace=layout.CHARACTER_SPACE)
    return el("w:sectPr", *references, el("w:type", val="nextPage"), page, margins, grid)


def _number() -> list[Element]:
    """— 1 — in half-width 宋体 of size 4 (7.5)."""
    song = {"ascii": fonts.SONG, "hAnsi": fonts.SONG, "eastAsia": fonts.SONG}
    field = el("w:fldSimple", run("1", el("w:rFonts", **song)), instr="PAGE")
    return [run("— ", el("w:rFonts", **song)), field, run(" —", el("w:rFonts", **song))]


def footer(even: bool) -> Element:
    """The footer of an upright page: the number one character from the outer edge."""
    return el("w:ftr", _number_paragraph(even))


def _number_paragraph(even: bool) -> Element:
    inset = round(layout.SIZE_4 * 20)
    side = el("w:ind", left=inset if even else 0, right=0 if even else inset)
    return paragraph(styles.PAGE_NUMBER, *_number(), properties=[side, el("w:jc", val="left" if even else "right")])


def landscape_footer(even: bool) -> Element:
    """The footer of a page on its side: the number stands where it stands on the upright sheet, turned with it (8)."""
    depth = layout.NUMBER_LINE
    left = layout.MARGIN_BOTTOM - layout.NUMBER_GAP - depth // 2
    box = Box(wide=depth, high=layout.TEXT_WIDTH, left=left, top=layout.MARGIN_LEFT, turned=True)
    return el("w:ftr", paragraph(styles.PAGE_NUMBER, text_box(box, "页码", _number_paragraph(even))))


def attachment_page(attachment: Attachment, number: int | None) -> list[Element]:
    """附件1 flush left in the first line, the title centred in the third (7.3.7), then its text."""
    label = paragraph(styles.LABEL, f"附件{number or ''}")
    title = paragraph(styles.TITLE, "\n".join(title_lines(attachment.title)), properties=[styles.on_grid(before=1)])
    text_width = layout.TEXT_HEIGHT if attachment.landscape else layout.TEXT_WIDTH
    return [label, title, *gap_above(blocks(attachment.body, text_width))]


def end_section(elements: list[Element], properties: Element) -> None:
    """The section ends with the last of these elements; a table is followed by a paragraph that takes no room."""
    if not is_paragraph(elements[-1]):
        elements.append(paragraph(styles.ANCHOR))
    set_property(elements[-1], properties)


def new_page(element: Element) -> None:
    """This paragraph begins a page."""
    set_property(element, el("w:pageBreakBefore"))
