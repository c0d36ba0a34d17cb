"""Paragraphs and tables of WordprocessingML: text as shown, spans that can be filled, each text box once."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree

from ...model import Cell, Mark, Paragraph, Table
from .elements import (
    MC,
    RUN,
    SDT,
    SDT_CONTENT,
    TBL,
    TC,
    TR,
    WRAPPERS,
    A,
    M,
    P,
    R,
    T,
    V,
    align_of,
    branch_of,
    child_of,
    indent_of,
    is_outermost,
    is_ruled,
    number_in,
    through,
)
from .marks import OpenField, TextBuilder, control_mark, extend, form_mark, shown, symbol
from .styles import NO_STYLE, VAL, Counter, Style, Styles, W, half_points, is_on

(
    VANISH, UNDERLINE, BOLD, FONTS, SIZE, RUN_STYLE, NUMBERED, ALIGN, INDENT, OUTLINE, PAGE_BREAK, RUN_PROPERTIES,
    SECTION, PARAGRAPH_PROPERTIES, PARAGRAPH_STYLE, CELL_PROPERTIES, ROW_PROPERTIES, SPAN, MERGED_DOWN, MERGED_ACROSS,
    INSERTED, DELETED, MOVED_FROM, MOVED_TO, BREAK, SYMBOL, FIELD, RUBY,
) = (
    W + name
    for name in (
        "vanish", "u", "b", "rFonts", "sz", "rStyle", "numPr", "jc", "ind", "outlineLvl", "pageBreakBefore", "rPr",
        "sectPr", "pPr", "pStyle", "tcPr", "trPr", "gridSpan", "vMerge", "hMerge",
        "ins", "del", "moveFrom", "moveTo", "br", "sym", "fldChar", "ruby",
    )
)  # fmt: skip
ALTERNATE = MC + "AlternateContent"
_OF_RUNS = frozenset((VANISH, UNDERLINE, BOLD, FONTS, SIZE, RUN_STYLE))
"""The properties of a run that are read, of the many that it has."""
_THROUGH = frozenset(
    W + name
    for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)
_GONE = frozenset(W + name for name in ("del", "moveFrom", "rt", "delText", "instrText", "delInstrText", "rPr", "pPr"))


PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))


class Look(NamedTuple):
    """How a run looks; ``symbols`` is its font where that is a symbol font."""

    vanish: bool
    underline: bool
    bold: bool
    symbols: str | None


class BodyReader:
    """Turns body elements into blocks. One instance a document: numbers and fields run through it."""

    def __init__(self, styles: Styles, default_style: str | None, counter: Counter) -> None:
        self._styles = styles
        self._default = self._style(default_style or "", NO_STYLE)
        self._counter = counter
        self._fields: list[OpenField] = []
        self.images: list[str] = []
        self.hidden: list[str] = []
        self.changed = False
        self._page_break = False

    def _style(self, style_id: str, otherwise: Style) -> Style:
        try:
            return self._styles[style_id]
        except KeyError:
            return otherwise

    # -- blocks

    def blocks(self, parent: etree._Element, first: int = 0) -> list[Paragraph | Table]:
        """The blocks below an element in file order; the content of content controls counts as if it stood there."""
        found: list[Paragraph | Table] = []
        for element, control in self._block_elements(parent, None):
            index = first + len(found)
            if element.tag == P:
                found.append(self.paragraph(element, index, control))
            else:
                found.append(self.table(element, index))
        return found

    def _block_elements(
        self, parent: etree._Element, control: etree._Element | None
    ) -> list[tuple[etree._Element, etree._Element | None]]:
        found: list[tuple[etree._Element, etree._Element | None]] = []
        for element in parent:
            tag = element.tag
            if tag in (P, TBL):
                found.append((element, control))
            elif tag == SDT:
                content = element.find(SDT_CONTENT)
                if content is not None:
                    inner = self._block_elements(content, None)
                    if len(inner) == 1 and inner[0][1] is None:
                        inner = [(inner[0][0], element)]
                    found.extend(inner)
            elif tag in WRAPPERS:
                found.extend(self._block_elements(element, control))
            elif tag == ALTERNATE:
                choice = branch_of(element)
                if choice is not None:
                    found.extend(self._block_elements(choice, control))
        return found

    def table(self, element: etree._Element, block: int) -> Table:
        """A table with each merged cell once, at its top-left grid position."""
        above: dict[int, list[Any]] = {}
        cells: list[list[Any]] = []
        header_rows = columns = row_number = 0
        leading = True
        for row, row_control in through(element, TR):
            properties = child_of(row, ROW_PROPERTIES)
            column = 0
            if properties is not None:
                if child_of(properties, DELETED) is not None:
                    self.changed = True
                    row_number += 1
                    continue
                if child_of(properties, INSERTED) is not None:
                    self.changed = True
                if leading and is_on(child_of(properties, W + "tblHeader")):
                    header_rows += 1
                else:
                    leading = False
                before = properties.find(W + "gridBefore")
                column = number_in(before, 0)
            else:
                leading = False
            for cell, control in through(row, TC, row_control):
                column = self._cell(cell, control, block, row_number, column, above, cells)
            columns = max(columns, column)
            row_number += 1
        built = tuple(
            Cell(c[0], c[1], "\n".join(p.text for p in c[4]), tuple(c[4]), c[2], c[3], tuple(c[5])) for c in cells
        )
        return Table(block, row_number, columns, built, header_rows, is_ruled(element))

    def _cell(
        self,
        element: etree._Element,
        control: etree._Element | None,
        block: int,
        row: int,
        column: int,
        above: dict[int, list[Any]],
        cells: list[list[Any]],
    ) -> int:
        properties = child_of(element, CELL_PROPERTIES)
        span, merge, across = 1, None, None
        if properties is not None:
            span = max(1, number_in(child_of(properties, SPAN), 1))
            vertical, horizontal = child_of(properties, MERGED_DOWN), child_of(properties, MERGED_ACROSS)
            merge = vertical.get(VAL, "continue") if vertical is not None else None
            across = horizontal.get(VAL, "continue") if horizontal is not None else None
        if across == "continue" and cells and cells[-1][0] == row:
            cells[-1][3] += span
            return column + span
        if merge == "continue" and column in above:
            owner = above[column]
            owner[2] = max(owner[2], row - owner[0] + 1)
            return column + span
        paragraphs: list[Paragraph] = []
        tables: list[Table] = []
        elements = self._block_elements(element, None)
        for child, inner in elements:
            if child.tag == P:
                paragraphs.append(
                    self.paragraph(
                        child, block, inner if inner is not None else (control if len(elements) == 1 else None)
                    )
                )
            else:
                tables.append(self.table(child, block))
        record = [row, column, 1, span, paragraphs, tables]
        cells.append(record)
        for covered in range(column, column + span):
            above[covered] = record
            if merge is None:
                above.pop(covered, None)
        return column + span

    # -- paragraphs

    def paragraph(self, element: etree._Element, block: int, control: etree._Element | None = None) -> Paragraph:
        """One paragraph; ``control`` is the content control that wraps just it."""
        text = TextBuilder()
        properties = child_of(element, PARAGRAPH_PROPERTIES)
        style = self._default
        number, number_level, heading, align, indent, cut = None, None, None, None, 0.0, False
        num_id: str | None = None
        page_break, self._page_break = self._page_break, False
        if properties is not None:
            style_id = child_of(properties, PARAGRAPH_STYLE)
            if style_id is not None:
                style = self._style(style_id.get(VAL, ""), self._default)
            num_id, number_level = style.num_id, style.num_level
            for child in properties:
                tag = child.tag
                if tag == NUMBERED:
                    num, level = child_of(child, W + "numId"), child_of(child, W + "ilvl")
                    num_id = num.get(VAL) if num is not None else num_id
                    number_level = number_in(level, 0) if level is not None else (number_level or 0)
                elif tag == ALIGN:
                    align = child.get(VAL)
                elif tag == INDENT:
                    indent = indent_of(child)
                elif tag == OUTLINE:
                    level_number = number_in(child, 9)
                    heading = level_number + 1 if level_number < 9 else None
                elif tag == PAGE_BREAK:
                    page_break = page_break or is_on(child)
                elif tag == RUN_PROPERTIES:
                    cut = child_of(child, DELETED) is not None
                elif tag == SECTION:
                    kind = child.find(W + "type")
                    self._page_break = kind is None or kind.get(VAL) != "continuous"
        else:
            num_id, number_level = style.num_id, style.num_level
        self._inline(element, text, style)
        if num_id is not None and num_id != "0":
            number = self._counter.next(num_id, number_level or 0) if not (cut and not text.length) else None
        own = "".join(text.pieces)
        marks = text.marks
        if control is not None:
            mark = control_mark(control, 0, len(own), own)
            marks = [mark, *marks] if mark is not None else marks
        for box in text.boxes:
            if not box.text.strip():
                continue
            offset = len(own) + 1 if own else 0
            own = f"{own}\n{box.text}" if own else box.text
            marks = [
                *marks,
                *(Mark(m.kind, m.start + offset, m.end + offset, m.options, m.empty, m.title) for m in box.marks),
            ]
        self.changed = self.changed or cut
        return Paragraph(
            block, own, number, number_level if number else None, heading if heading is not None else style.heading, align_of(align or style.align),
            indent, text.size or style.size, (text.seen_bold or (style.bold and bool(own))) and not text.seen_plain,
            page_break or text.page_break, cut, marks=tuple(marks),
        )  # fmt: skip

    def _inline(self, parent: etree._Element, text: TextBuilder, style: Style) -> None:
        for element in parent:
            tag = element.tag
            if tag == RUN:
                self._run(element, text, style)
            elif tag in _GONE:
                if tag in (DELETED, MOVED_FROM):
                    self.changed = True
            elif tag in _THROUGH:
                if tag in (INSERTED, MOVED_TO):
                    self.changed = True
                self._inline(element, text, style)
            elif tag == SDT:
                self._inline_control(element, text, style)
            elif tag == ALTERNATE:
                choice = branch_of(element)
                if choice is not None:
                    self._inline(choice, text, style)
            elif tag.startswith(M):
                text.add("".join(t.text or "" for t in element.iter(M + "t")))

    def _inline_control(self, element: etree._Element, text: TextBuilder, style: Style) -> None:
        content = element.find(SDT_CONTENT)
        if content is None:
            return
        start, pieces = text.length, len(text.pieces)
        self._inline(content, text, style)
        mark = control_mark(element, start, text.length, "".join(text.pieces[pieces:]))
        if mark is not None:
            text.marks.append(mark)

    def _run(self, element: etree._Element, text: TextBuilder, style: Style) -> None:
        look = self._look(child_of(element, RUN_PROPERTIES), style, text)
        start, first = text.length, len(text.pieces)
        for child in element:
            tag = child.tag
            if tag == T:
                said = child.text
                if said and not (self._fields and self._fields[-1].in_code):
                    text.add(said if look.symbols is None else shown(said, look.symbols))
            elif tag != RUN_PROPERTIES:
                self._run_child(child, text, style, look.vanish)
        if text.length == start:
            return
        if look.vanish:
            self.hidden.append("".join(text.pieces[first:]))
            del text.pieces[first:]
            text.length = start
            return
        if look.underline:
            extend(text.marks, "underline", start, text.length)
        if "".join(text.pieces[first:]).strip():
            text.seen_bold, text.seen_plain = text.seen_bold or look.bold, text.seen_plain or not look.bold
            if look.bold:
                extend(text.marks, "bold", start, text.length)

    def _look(self, properties: etree._Element | None, style: Style, text: TextBuilder) -> Look:
        """How a run looks: its own properties over its character style over the paragraph's style."""
        vanish, underline, bold, symbols = style.vanish, style.underline, style.bold, None
        if properties is None:
            return Look(vanish, underline, bold, None)
        for child in properties:
            tag = child.tag
            if tag not in _OF_RUNS:
                continue
            if tag == VANISH:
                vanish = is_on(child)
            elif tag == UNDERLINE:
                underline = is_on(child)
            elif tag == BOLD:
                bold = is_on(child)
            elif tag == FONTS:
                font = child.get(W + "ascii") or child.get(W + "hAnsi")
                symbols = font if font is not None and "dings" in font.lower() else None
            elif tag == SIZE and text.size is None:
                text.size = half_points(child)
            elif tag == RUN_STYLE:
                own = self._style(child.get(VAL, ""), NO_STYLE)
                vanish, underline, bold = vanish or own.vanish, underline or own.underline, bold or own.bold
        return Look(vanish, underline, bold, symbols)

    def _run_child(self, child: etree._Element, text: TextBuilder, style: Style, vanish: bool) -> None:
        tag = child.tag
        if tag in PLAIN:
            text.add(PLAIN[tag])
        elif tag == BREAK:
            self._break(child, text)
        elif tag == SYMBOL:
            text.add(symbol(child.get(W + "font"), child.get(W + "char")))
        elif tag == FIELD:
            self._field_char(child, text)
        elif tag == RUBY:
            self._inline(child, text, style)
        elif vanish:
            return
        elif tag == ALTERNATE:
            choice = branch_of(child)
            for inner in choice if choice is not None else ():
                self._run_child(inner, text, style, vanish)
        elif tag in DRAWN:
            self._drawing(child, text)

    def _break(self, element: etree._Element, text: TextBuilder) -> None:
        if element.get(W + "type") != "page":
            text.add("\n")
        elif text.length:
            self._page_break = True
        else:
            text.page_break = True

    def _field_char(self, element: etree._Element, text: TextBuilder) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(OpenField(element.find(W + "ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
            self._fields[-1].start = text.length
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if field.form is not None:
                form_mark(field, text)

    def _drawing(self, element: etree._Element, text: TextBuilder) -> None:
        boxes = [box for box in element.iter(W + "txbxContent") if is_outermost(box, element)]
        for box in boxes:
            for block in self.blocks(box):
                if isinstance(block, Paragraph):
                    text.boxes.append(block)
                else:
                    text.boxes.extend(paragraph for cell in block.cells for paragraph in cell.paragraphs)
        for image in element.iter(A + "blip", V + "imagedata"):
            self.images.append(image.get(R + "embed") or image.get(R + "id") or image.get(R + "link") or "")
