"""通知.docx: letterhead, body, task matrix on its side, form, liaison slip, imprint."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from . import content, form, paper


def notice(sheet: form.Sheet = form.EMPTY, hand: form.Hand | None = None) -> bytes:
    """The notice with its three attachments; with ``sheet`` as a unit returns it, form filled in."""
    document = paper.blank_paper("".join(content.TITLE))
    _letterhead(document)
    _body(document)
    _signature(document)
    document.add_section(WD_SECTION.NEW_PAGE)
    paper.on_its_side(document.sections[-1])
    _matrix(document)
    document.add_section(WD_SECTION.NEW_PAGE)
    form.page(document)
    form.draw(document, sheet, hand)
    document.add_section(WD_SECTION.NEW_PAGE)
    paper.upright(document.sections[-1])
    _liaison_slip(document)
    _imprint(document)
    paper.numbered_pages(document)
    return paper.packed(document)


def _letterhead(document: Document) -> None:
    head = paper.line(document, align=paper.CENTER, pitch=60)
    paper.write(head, content.ISSUER + "文件", font=paper.BIAOSONG, size=28, colour=paper.RED)
    paper.line(document)
    number = paper.line(document, content.DOC_NO, align=paper.CENTER)
    paper.ruled(number, colour="D70C19", eighths=18)
    paper.line(document)


def _body(document: Document) -> None:
    title = paper.line(document, align=paper.CENTER, pitch=34)
    for i, part in enumerate(content.TITLE):
        run = paper.write(title, part, font=paper.BIAOSONG, size=22)
        if i + 1 < len(content.TITLE):
            run.add_break()
    paper.line(document)
    paper.line(document, content.ADDRESSEES, align=paper.LEFT)
    for level, heading, text in content.BODY:
        paragraph = paper.line(document, indent=2)
        if heading:
            paper.write(paragraph, heading, font=paper.HEITI if level == 1 else paper.KAITI)
        if text:
            paper.write(paragraph, text)


def _signature(document: Document) -> None:
    paper.line(document)
    for number, title in enumerate(content.ATTACHMENTS, 1):
        lead = "附件：" if number == 1 else "　　　"
        paper.line(document, f"{lead}{number}.{title}", indent=2, align=paper.LEFT)
    paper.line(document)
    paper.line(document, content.ISSUER, align=paper.RIGHT, right=19)
    paper.line(document, content.ISSUED_ON, align=paper.RIGHT, right=64)
    paper.line(document, content.NOTE, indent=2)


def _matrix(document: Document) -> None:
    paper.line(document, "附件1", font=paper.HEITI, align=paper.LEFT, pitch=26)
    paper.line(document, content.ATTACHMENTS[0], font=paper.BIAOSONG, size=20, align=paper.CENTER, pitch=34)
    table = paper.grid(document, (31, 32, 50, 48, 45, 46), len(content.MATRIX))
    for cell, row, column, text in paper.merged(table, content.MATRIX):
        is_head = row < 2
        align = paper.CENTER if is_head or column < 2 else paper.LEFT
        paper.fill(cell, text, font=paper.HEITI if is_head else paper.FANGSONG, align=align)
    paper.repeat_head(table, 2)
    paper.keep_rows_whole(table)


def _liaison_slip(document: Document) -> None:
    paper.line(document, "附件3", font=paper.HEITI, align=paper.LEFT)
    paper.line(document)
    paper.line(document, content.ATTACHMENTS[2], font=paper.BIAOSONG, size=20, align=paper.CENTER, pitch=34)
    paper.line(document)
    paper.line(document, "单位（盖章）：", size=14, align=paper.LEFT, pitch=26)
    table = paper.grid(document, (25, 31, 34, 34, 32), content.SLIP_ROWS + 1)
    for cell, text in zip(table.rows[0].cells, content.SLIP_HEAD, strict=True):
        paper.fill(cell, text, font=paper.HEITI, size=12, align=paper.CENTER, pitch=26)
    for row in table.rows[1:]:
        for cell in row.cells:
            paper.fill(cell, "", size=12, align=paper.CENTER, pitch=30)
    paper.line(document, content.SLIP_NOTE, size=12, align=paper.LEFT, pitch=24)


def _imprint(document: Document) -> None:
    """抄送, 印发机关 and 印发日期 between rules, at the foot of the last page."""
    for _ in range(10):
        paper.line(document)
    table = paper.grid(document, (100, 56), 2)
    copies = table.cell(0, 0).merge(table.cell(0, 1))
    paper.fill(copies, content.COPIES_TO, size=14, pitch=28)
    paper.fill(table.cell(1, 0), content.PRINTED_BY, size=14, pitch=28)
    paper.fill(table.cell(1, 1), content.PRINTED_ON, size=14, align=paper.RIGHT, pitch=28)
    _rules_only_across(table)


def _rules_only_across(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for side, eighths in (
        ("top", "8"),
        ("left", "0"),
        ("bottom", "8"),
        ("right", "0"),
        ("insideH", "6"),
        ("insideV", "0"),
    ):
        rule = OxmlElement(f"w:{side}")
        rule.set(qn("w:val"), "single" if eighths != "0" else "nil")
        rule.set(qn("w:sz"), eighths)
        rule.set(qn("w:color"), "000000")
        borders.append(rule)
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is not None:
        layout.addprevious(borders)
    else:
        properties.append(borders)
