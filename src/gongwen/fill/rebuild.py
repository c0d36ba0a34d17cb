"""A form alone as a new Word file, where the notice is no .docx: label, title, heading line, tables, notes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
import msgspec
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from msgspec import UNSET

from ..model import Cell, Document, Paragraph, Table
from ..spec import Evidence, Form, NoticeSpec
from ..structure import ATTACHMENT, clean_title
from .cut import FormPart, block_range
from .ink import width
from .xmltext import clean

FANGSONG, HEITI, BIAOSONG = "仿宋_GB2312", "黑体", "方正小标宋简体"
_ALIGN = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_MANY_COLUMNS = 7
_BORN = datetime(2026, 1, 1)  # noqa: DTZ001 - a document's own date has no zone

Address = tuple[int, int | None, int | None, tuple[int, ...]]
"""Block, row, column and the path into nested tables."""


class _Sheet:
    """The new file, and where each piece of the old one went."""

    def __init__(self, *, wide: bool) -> None:
        self.document: Any = docx.Document()
        self.moves: list[tuple[Address, int, int, Address, int]] = []
        self.blocks = 0
        self.after_table = False
        self._page(wide=wide)

    def _page(self, *, wide: bool) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(12)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANGSONG)
        normal.paragraph_format.space_after = Pt(0)
        section = self.document.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin = section.bottom_margin = Mm(25)
        properties = self.document.core_properties
        properties.author, properties.comments, properties.title = "", "", ""
        properties.created = properties.modified = _BORN

    @property
    def room(self) -> int:
        """The width between the margins, in EMU."""
        section = self.document.sections[0]
        return int(section.page_width - section.left_margin - section.right_margin)

    def save(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def rebuild_docx(document: Document, spec: NoticeSpec, form: Form) -> FormPart:
    """The form as a new file, with its evidence pointing into that."""
    start, stop = block_range(document, spec, form)
    blocks = [
        block
        for block in document.blocks[start:stop]
        if document.format != "text" or isinstance(block, Table) or block.text.strip()
    ]
    tables = [block for block in blocks if isinstance(block, Table)]
    sheet = _Sheet(wide=any(table.columns >= _MANY_COLUMNS for table in tables))
    flat = document.format == "text"
    titled = False
    for block in blocks:
        if isinstance(block, Table):
            _add_table(sheet, block, flat=flat)
            continue
        kind = "label" if not titled and ATTACHMENT.match(block.text) and len(block.text) <= 40 else "text"
        if not titled and form.title and clean_title(block.text) and form.title.endswith(clean_title(block.text)[-12:]):
            kind, titled = "title", form.title.endswith(clean_title(block.text))
        _add_line(sheet, block, kind)
    return FormPart(sheet.save(), _moved(form, sheet))


# -- lines


def _add_line(sheet: _Sheet, block: Paragraph, kind: str) -> None:
    sheet.after_table = False
    made = sheet.document.add_paragraph()
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER if kind == "title" else _ALIGN.get(block.align or "")
    made.paragraph_format.line_spacing = 1.5
    font, size = {"label": (HEITI, 16.0), "title": (BIAOSONG, 20.0)}.get(kind, (FANGSONG, 12.0))
    if kind == "text":  # a heading line that only just fits in a smaller size stays one line
        fitting = sheet.room / 12700 / max(1.0, width(block.text, 0.25))
        size = fitting if 9.0 <= fitting < size else size
    _add_runs(made, block, font, size)
    sheet.moves.append(
        (
            (block.block, None, None, ()),
            block.offset,
            block.offset + len(block.text),
            (sheet.blocks, None, None, ()),
            _lead(block) - block.offset,
        )
    )
    sheet.blocks += 1


def _lead(block: Paragraph) -> int:
    """How many characters an automatic number takes, which becomes text here."""
    return len(block.number) if block.number else 0


def _add_runs(made: Any, block: Paragraph, font: str, size: float) -> None:
    if block.number:
        _add_run(made, block.number, font, size, underlined=False)
    at = 0
    for start, end in sorted((mark.start, mark.end) for mark in block.marks if mark.kind == "underline"):
        _add_run(made, block.text[at : max(at, start)], font, size, underlined=False)
        _add_run(made, block.text[max(at, start) : end], font, size, underlined=True)
        at = max(at, end)
    _add_run(made, block.text[at:], font, size, underlined=False)


def _add_run(made: Any, text: str, font: str, size: float, *, underlined: bool) -> None:
    if not text:
        return
    run = made.add_run(clean(text))
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run.font.underline = underlined or None
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


# -- tables


def _add_table(sheet: _Sheet, table: Table, *, flat: bool) -> None:
    if sheet.after_table:  # two tables that touch would become one
        sheet.document.add_paragraph()
        sheet.blocks += 1
    made = sheet.document.add_table(rows=table.rows, cols=max(1, table.columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _set_widths(made, table, sheet.room)
    _fill_table(sheet, made, table, (), None, flat=flat)
    for row in made.rows[: table.header_rows]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    sheet.blocks += 1
    sheet.after_table = True


def _set_widths(made: Any, table: Table, room: int) -> None:
    """Columns as wide as on the page they come from, else by how much stands in them."""
    weights = [0.0] * max(1, table.columns)
    amounts = [8.0] * len(weights)
    for cell in table.cells:
        if cell.columns == 1:
            amounts[cell.column] += len(cell.text)
            if cell.box is not None:
                weights[cell.column] = max(0.1, cell.box[2] - cell.box[0])
    boxed = [cell.column for cell in table.cells if cell.columns == 1 and cell.box is not None]
    if boxed and len(set(boxed)) < len(weights):
        known = sum(weights[column] for column in set(boxed)) / len(set(boxed))
        weights = [weight if column in boxed else known for column, weight in enumerate(weights)]
    weights = weights if boxed else [amount**0.5 for amount in amounts]
    total = sum(weights)
    for column, weight in zip(made.columns, weights, strict=True):
        column.width = int(room * weight / total)


def _fill_table(
    sheet: _Sheet, made: Any, table: Table, path: tuple[int, ...], top: tuple[int, int] | None, *, flat: bool
) -> None:
    heads = max(1, table.header_rows)
    for cell in table.cells:
        place = made.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(
                made.cell(min(cell.row + cell.rows, table.rows) - 1, min(cell.column + cell.columns, table.columns) - 1)
            )
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _fill_cell(place, cell, table, centred=cell.row < heads or len(cell.text) <= 12)
        row, column = top or (cell.row, cell.column)
        nested = (*path, cell.row, cell.column) if top else ()
        _note(sheet, cell, table, (sheet.blocks, row, column, nested), flat=flat)
        for inner in cell.tables:
            below = place.add_table(rows=inner.rows, cols=max(1, inner.columns))
            below.style = "Table Grid"
            _fill_table(sheet, below, inner, nested, (row, column), flat=flat)


def _note(sheet: _Sheet, cell: Cell, table: Table, new: Address, *, flat: bool) -> None:
    offset = 0
    for paragraph in cell.paragraphs:
        old: Address = (paragraph.block, None, None, ()) if flat else (table.block, new[1], new[2], new[3])
        begun = paragraph.offset if flat else offset
        sheet.moves.append((old, begun, begun + len(paragraph.text), new, offset - begun))
        offset += len(paragraph.text) + 1


def _fill_cell(place: Any, cell: Cell, table: Table, *, centred: bool) -> None:
    for number, paragraph in enumerate(cell.paragraphs):
        made = place.paragraphs[0] if number == 0 else place.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else _ALIGN.get(paragraph.align or "")
        plain = msgspec.structs.replace(paragraph, number=None)
        _add_runs(made, plain, HEITI if cell.row < table.header_rows else FANGSONG, 10.5 if table.columns > 5 else 12.0)


# -- evidence


def _moved(form: Form, sheet: _Sheet) -> Form:
    fields = []
    for field in form.fields:
        old = field.evidence
        nested = tuple(old.nested) if isinstance(old.nested, list) else ()
        found = next(
            (
                (new, shift)
                for address, low, high, new, shift in sheet.moves
                if address == (old.block, old.row, old.column, nested) and low <= old.start <= high
            ),
            None,
        )
        if found is None:
            fields.append(field)
            continue
        (block, row, column, path), shift = found
        start, end = old.start + shift, old.end + shift
        evidence = Evidence(0, block, row, column, start, end, old.text, nested=list(path) if path else UNSET)
        fields.append(msgspec.structs.replace(field, evidence=evidence))
    return msgspec.structs.replace(form, fields=fields)
