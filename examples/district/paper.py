"""Paper: page, fonts, paragraphs and tables of an official document, over python-docx."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FANGSONG, HEITI, KAITI, SONG, BIAOSONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
LINE = 28.95
"""Points from line to line: 22 lines a page."""
RED = RGBColor(0xD7, 0x0C, 0x19)
BORN = datetime(2026, 5, 18, 9, 0, 0)  # noqa: DTZ001 - a document's own date has no zone
LEFT, CENTER, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def blank_paper(title: str) -> DocumentType:
    """An A4 document with the type area of GB/T 9704 and nothing on it."""
    document = Document()
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANGSONG)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = BORN
    upright(document.sections[0])
    return document


def upright(section: Section) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)


def on_its_side(section: Section) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    section.left_margin = section.right_margin = Mm(22)
    section.footer_distance = Mm(14)


def line(
    place: DocumentType | _Cell,
    text: str = "",
    *,
    font: str = FANGSONG,
    size: float = 16,
    align: WD_ALIGN_PARAGRAPH = JUSTIFY,
    indent: float = 0,
    right: float = 0,
    pitch: float = LINE,
) -> Paragraph:
    """A paragraph; ``indent`` counts characters, ``right`` and ``pitch`` points."""
    paragraph = place.add_paragraph()
    dress(paragraph, align=align, indent=indent * size, right=right, pitch=pitch)
    if text:
        write(paragraph, text, font=font, size=size)
    return paragraph


def dress(
    paragraph: Paragraph, *, align: WD_ALIGN_PARAGRAPH, indent: float = 0, right: float = 0, pitch: float = LINE
) -> None:
    shape = paragraph.paragraph_format
    shape.alignment = align
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    if indent:
        shape.first_line_indent = Pt(indent)
    if right:
        shape.right_indent = Pt(right)


def write(  # one keyword for each thing that can differ
    paragraph: Paragraph,
    text: str,
    *,
    font: str = FANGSONG,
    size: float = 16,
    bold: bool = False,
    underline: bool = False,
    colour: RGBColor | None = None,
) -> Run:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    run.font.bold = bold or None
    run.font.underline = underline or None
    if colour is not None:
        run.font.color.rgb = colour
    return run


def ruled(paragraph: Paragraph, *, colour: str, eighths: int) -> None:
    """A rule below the paragraph, as wide as the type area."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "6"), ("color", colour)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")


def numbered_pages(document: DocumentType) -> None:
    """— 1 — outside at the foot: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    for section in document.sections:
        for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = align
            paragraph.paragraph_format.left_indent = Pt(14)
            paragraph.paragraph_format.right_indent = Pt(14)
            write(paragraph, "— ", font=SONG, size=14)
            _page_field(write(paragraph, "", font=SONG, size=14))
            write(paragraph, " —", font=SONG, size=14)


def _page_field(run: Run) -> None:
    for kind in ("begin", "instr", "end"):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def grid(document: DocumentType, widths: Sequence[float], rows: int) -> Table:
    """A ruled table with columns of ``widths`` millimetres."""
    table: Table = document.add_table(rows, len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return table


def merged(table: Table, cells: Sequence[Sequence[str]]) -> list[tuple[_Cell, int, int, str]]:
    """Merges what ^ and < join; returns each cell that remains with its row, column and text."""
    remaining: list[tuple[_Cell, int, int, str]] = []
    for r, row in enumerate(cells):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            right = c
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            below = r
            while below + 1 < len(cells) and cells[below + 1][c] == "^":
                below += 1
            cell = table.cell(r, c)
            if (below, right) != (r, c):
                cell = cell.merge(table.cell(below, right))
            remaining.append((cell, r, c, text))
    return remaining


def fill(
    cell: _Cell,
    text: str,
    *,
    font: str = FANGSONG,
    size: float = 10.5,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    pitch: float = 15,
) -> None:
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    for i, part in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if i else cell.paragraphs[0]
        dress(paragraph, align=align, pitch=pitch)
        write(paragraph, part, font=font, size=size)


def repeat_head(table: Table, rows: int) -> None:
    for row in table.rows[:rows]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_rows_whole(table: Table) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def packed(document: DocumentType) -> bytes:
    """The document's bytes, the same whenever it is written."""
    raw = BytesIO()
    document.save(raw)
    out = BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, BORN.timetuple()[:6])
            target.writestr(info, source.read(name), zipfile.ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()
