"""Paragraphs and tables of WordprocessingML: text as shown, spans that can be filled, each text box once."""

from __future__ import annotations

from typing import Any, Literal, cast

from lxml import etree

from ...model import Cell, Mark, MarkKind, Paragraph, Table
from .styles import VAL, Counter, Style, Styles, W, half_points, is_on

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P, TBL, TR, TC, SDT, SDT_CONTENT, RUN, T = (
    W + name for name in ("p", "tbl", "tr", "tc", "sdt", "sdtContent", "r", "t")
)
_THROUGH = {
    W + name
    for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
}
_GONE = {W + name for name in ("del", "moveFrom", "rt", "delText", "instrText", "delInstrText", "rPr", "pPr")}
_NONE = Style(None, None, None, None, False, False, False, None)

# Wingdings and Wingdings 2 glyphs that stand for check boxes (Microsoft's own character maps); others are bullets.
_SYMBOLS = {
    "wingdings": {0xA8: "□", 0x6F: "□", 0x71: "□", 0x72: "□", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xFC: "✓", 0xFB: "✗"},
    "wingdings 2": {0xA3: "□", 0x2A: "□", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x50: "✓", 0x4F: "✗"},
}  # fmt: skip


class _Field:
    """An open complex field: its legacy form data and whether its code has ended."""

    __slots__ = ("form", "in_code", "start")

    def __init__(self, form: etree._Element | None) -> None:
        self.form, self.in_code, self.start = form, True, 0


class _Text:
    """Text of one paragraph being built."""

    __slots__ = ("boxes", "length", "marks", "page_break", "pieces", "seen_bold", "seen_plain", "size")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.boxes: list[Paragraph] = []
        self.page_break = False
        self.seen_bold = self.seen_plain = False
        self.size: float | None = None

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


class BodyReader:
    """Turns body elements into blocks. One instance a document: numbers and fields run through it."""

    def __init__(self, styles: Styles, default_style: str | None, counter: Counter) -> None:
        self._styles = styles
        self._default = styles.get(default_style or "", _NONE)
        self._counter = counter
        self._fields: list[_Field] = []
        self.images: list[str] = []
        self.hidden: list[str] = []
        self.changed = False
        self._page_break = False

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
        for element in parent.iterchildren(etree.Element):
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
            elif tag in (W + "ins", W + "moveTo", W + "customXml"):
                found.extend(self._block_elements(element, control))
            elif tag == MC + "AlternateContent":
                choice = _choice(element)
                if choice is not None:
                    found.extend(self._block_elements(choice, control))
        return found

    def table(self, element: etree._Element, block: int) -> Table:
        """A table with each merged cell once, at its top-left grid position."""
        above: dict[int, list[Any]] = {}
        cells: list[list[Any]] = []
        header_rows = columns = row_number = 0
        leading = True
        for row, row_control in _through(element, TR):
            properties = row.find(W + "trPr")
            column = 0
            if properties is not None:
                if properties.find(W + "del") is not None:
                    self.changed = True
                    row_number += 1
                    continue
                if properties.find(W + "ins") is not None:
                    self.changed = True
                if leading and is_on(properties.find(W + "tblHeader")):
                    header_rows += 1
                else:
                    leading = False
                before = properties.find(W + "gridBefore")
                column = _number(before, 0)
            else:
                leading = False
            for cell, control in _through(row, TC, row_control):
                column = self._cell(cell, control, block, row_number, column, above, cells)
            columns = max(columns, column)
            row_number += 1
        built = tuple(
            Cell(c[0], c[1], "\n".join(p.text for p in c[4]), tuple(c[4]), c[2], c[3], tuple(c[5])) for c in cells
        )
        return Table(block, row_number, columns, built, header_rows, _is_ruled(element))

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
        properties = element.find(W + "tcPr")
        span, merge, across = 1, None, None
        if properties is not None:
            span = max(1, _number(properties.find(W + "gridSpan"), 1))
            vertical, horizontal = properties.find(W + "vMerge"), properties.find(W + "hMerge")
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
        text = _Text()
        properties = element.find(W + "pPr")
        style = self._default
        number, number_level, heading, align, indent, cut = None, None, None, None, 0.0, False
        num_id: str | None = None
        page_break, self._page_break = self._page_break, False
        if properties is not None:
            style_id = properties.find(W + "pStyle")
            if style_id is not None:
                style = self._styles.get(style_id.get(VAL, ""), self._default)
            num_id, number_level = style.num_id, style.num_level
            for child in properties.iterchildren(etree.Element):
                tag = child.tag
                if tag == W + "numPr":
                    num, level = child.find(W + "numId"), child.find(W + "ilvl")
                    num_id = num.get(VAL) if num is not None else num_id
                    number_level = _number(level, 0) if level is not None else (number_level or 0)
                elif tag == W + "jc":
                    align = child.get(VAL)
                elif tag == W + "ind":
                    indent = _indent(child)
                elif tag == W + "outlineLvl":
                    level_number = _number(child, 9)
                    heading = level_number + 1 if level_number < 9 else None
                elif tag == W + "pageBreakBefore":
                    page_break = page_break or is_on(child)
                elif tag == W + "rPr":
                    cut = child.find(W + "del") is not None
                elif tag == W + "sectPr":
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
            mark = _control_mark(control, 0, len(own), own)
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
            block, own, number, number_level if number else None, heading if heading is not None else style.heading, _align(align or style.align),
            indent, text.size or style.size, (text.seen_bold or (style.bold and bool(own))) and not text.seen_plain,
            page_break or text.page_break, cut, marks=tuple(marks),
        )  # fmt: skip

    def _inline(self, parent: etree._Element, text: _Text, style: Style) -> None:
        for element in parent.iterchildren(etree.Element):
            tag = element.tag
            if tag == RUN:
                self._run(element, text, style)
            elif tag in _GONE:
                if tag == W + "del" or tag == W + "moveFrom":
                    self.changed = True
            elif tag in _THROUGH:
                if tag == W + "ins" or tag == W + "moveTo":
                    self.changed = True
                self._inline(element, text, style)
            elif tag == SDT:
                self._inline_control(element, text, style)
            elif tag == MC + "AlternateContent":
                choice = _choice(element)
                if choice is not None:
                    self._inline(choice, text, style)
            elif tag.startswith(M):
                text.add("".join(t.text or "" for t in element.iter(M + "t")))

    def _inline_control(self, element: etree._Element, text: _Text, style: Style) -> None:
        content = element.find(SDT_CONTENT)
        if content is None:
            return
        start, pieces = text.length, len(text.pieces)
        self._inline(content, text, style)
        mark = _control_mark(element, start, text.length, "".join(text.pieces[pieces:]))
        if mark is not None:
            text.marks.append(mark)

    def _run(self, element: etree._Element, text: _Text, style: Style) -> None:
        properties = element.find(W + "rPr")
        vanish, underline, bold, font = style.vanish, style.underline, style.bold, None
        if properties is not None:
            for child in properties.iterchildren(etree.Element):
                tag = child.tag
                if tag == W + "vanish":
                    vanish = is_on(child)
                elif tag == W + "u":
                    underline = is_on(child)
                elif tag == W + "b":
                    bold = is_on(child)
                elif tag == W + "rFonts":
                    font = child.get(W + "ascii") or child.get(W + "hAnsi")
                elif tag == W + "sz" and text.size is None:
                    text.size = half_points(child)
                elif tag == W + "rStyle":
                    inherited = self._styles.get(child.get(VAL, ""), _NONE)
                    vanish, underline, bold = (
                        vanish or inherited.vanish,
                        underline or inherited.underline,
                        bold or inherited.bold,
                    )
        start, first = text.length, len(text.pieces)
        for child in element.iterchildren(etree.Element):
            if child.tag == T:
                if child.text and not (self._fields and self._fields[-1].in_code):
                    text.add(_private(child.text, font) if font is not None and "dings" in font.lower() else child.text)
            else:
                self._run_child(child, text, style, vanish)
        if text.length == start:
            return
        if vanish:
            self.hidden.append("".join(text.pieces[first:]))
            del text.pieces[first:]
            text.length = start
            return
        written = "".join(text.pieces[first:])
        if underline:
            _extend(text.marks, "underline", start, text.length)
        if written.strip():
            text.seen_bold, text.seen_plain = text.seen_bold or bold, text.seen_plain or not bold
            if bold:
                _extend(text.marks, "bold", start, text.length)

    def _run_child(self, child: etree._Element, text: _Text, style: Style, vanish: bool) -> None:
        tag = child.tag
        if tag == W + "tab" or tag == W + "ptab":
            text.add("\t")
        elif tag == W + "br":
            if child.get(W + "type") == "page":
                if text.length:
                    self._page_break = True
                else:
                    text.page_break = True
            else:
                text.add("\n")
        elif tag == W + "cr":
            text.add("\n")
        elif tag == W + "noBreakHyphen":
            text.add("-")
        elif tag == W + "sym":
            text.add(_symbol(child.get(W + "font"), child.get(W + "char")))
        elif tag == W + "fldChar":
            self._field_char(child, text)
        elif tag == MC + "AlternateContent":
            choice = _choice(child)
            if choice is not None and not vanish:
                for inner in choice.iterchildren(etree.Element):
                    self._run_child(inner, text, style, vanish)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            if not vanish:
                self._drawing(child, text)
        elif tag == W + "ruby":
            self._inline(child, text, style)

    def _field_char(self, element: etree._Element, text: _Text) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(element.find(W + "ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
            self._fields[-1].start = text.length
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if field.form is not None:
                _form_mark(field, text)

    def _drawing(self, element: etree._Element, text: _Text) -> None:
        boxes = [box for box in element.iter(W + "txbxContent") if _outermost_choice(box, element)]
        for box in boxes:
            for block in self.blocks(box):
                if isinstance(block, Paragraph):
                    text.boxes.append(block)
                else:
                    text.boxes.extend(paragraph for cell in block.cells for paragraph in cell.paragraphs)
        for image in element.iter(A + "blip", V + "imagedata"):
            self.images.append(image.get(R + "embed") or image.get(R + "id") or image.get(R + "link") or "")


# -- helpers


def _through(
    parent: etree._Element, wanted: str, control: etree._Element | None = None
) -> list[tuple[etree._Element, etree._Element | None]]:
    """Children of a tag, looked for inside controls and insertions too, with the control that wraps just that child."""
    found: list[tuple[etree._Element, etree._Element | None]] = []
    for element in parent.iterchildren(etree.Element):
        if element.tag == wanted:
            found.append((element, control))
        elif element.tag == SDT:
            content = element.find(SDT_CONTENT)
            if content is not None:
                inner = _through(content, wanted)
                found.extend((child, element if len(inner) == 1 and wanted == TC else own) for child, own in inner)
        elif element.tag in (W + "ins", W + "moveTo", W + "customXml"):
            found.extend(_through(element, wanted, control))
    return found


def _choice(element: etree._Element) -> etree._Element | None:
    """The branch of an alternate content to read: the first choice, else the fallback; each text box once."""
    choice = element.find(MC + "Choice")
    return choice if choice is not None else element.find(MC + "Fallback")


def _outermost_choice(box: etree._Element, top: etree._Element) -> bool:
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


def _number(element: etree._Element | None, default: int) -> int:
    if element is None:
        return default
    value = element.get(VAL, "")
    return int(value) if value.isdigit() else default


def _indent(element: etree._Element) -> float:
    chars = element.get(W + "firstLineChars")
    if chars is not None and chars.lstrip("-").isdigit():
        return int(chars) / 100
    twips = element.get(W + "firstLine")
    return int(twips) / 320 if twips is not None and twips.isdigit() else 0.0


def _align(value: str | None) -> Literal["left", "center", "right", "justify"] | None:
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


def _is_ruled(element: etree._Element) -> bool:
    """False only where the table says that it has no borders at all (a layout table, as letterheads use)."""
    borders = element.find(f"{W}tblPr/{W}tblBorders")
    if borders is None:
        return True
    return any(border.get(VAL) not in ("nil", "none") for border in borders.iterchildren(etree.Element))


def _extend(marks: list[Mark], kind: MarkKind, start: int, end: int) -> None:
    """Add a span of formatting, grown onto the last one of its kind where they touch."""
    for place in range(len(marks) - 1, max(-1, len(marks) - 4), -1):
        mark = marks[place]
        if mark.kind == kind and mark.end == start:
            marks[place] = Mark(kind, mark.start, end)
            return
    marks.append(Mark(kind, start, end))


def _private(text: str, font: str | None) -> str:
    """Text set in a symbol font: its private-use characters as what they show."""
    return "".join(_symbol(font, f"{ord(c):X}") if 0xF000 <= ord(c) <= 0xF0FF else c for c in text)


def _symbol(font: str | None, char: str | None) -> str:
    try:
        code = int(char or "", 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get((font or "").lower(), {}).get(code, "•")


def _control_mark(element: etree._Element, start: int, end: int, text: str) -> Mark | None:
    """The mark of a content control; None for one that only holds other content (a table of contents, a group)."""
    properties = element.find(W + "sdtPr")
    if properties is None:
        return None
    alias = properties.find(W + "alias")
    title = alias.get(VAL) if alias is not None else None
    placeholder = is_on(properties.find(W + "showingPlcHdr"))
    empty = placeholder or not text.strip()
    if properties.find(W14 + "checkbox") is not None:
        return Mark("check", start, end, (), False, title)
    if properties.find(W + "date") is not None:
        return Mark("date", start, end, (), empty, title)
    for kind in (W + "dropDownList", W + "comboBox"):
        listing = properties.find(kind)
        if listing is not None:
            items = [
                item.get(W + "displayText") or item.get(W + "value") or ""
                for item in listing.iterchildren(W + "listItem")
                if item.get(W + "value", "x") or item.get(W + "displayText")
            ]
            return Mark("choice", start, end, tuple(item for item in items if item), empty, title)
    if properties.find(W + "docPartObj") is not None or properties.find(W + "group") is not None:
        return None
    if (
        properties.find(W + "text") is not None
        or placeholder
        or properties.find(W + "richText") is not None
        or len(text) <= 40
    ):
        return Mark("text", start, end, (), empty, title)
    return None


def _form_mark(field: _Field, text: _Text) -> None:
    """The mark of a legacy form field (FORMTEXT, FORMCHECKBOX, FORMDROPDOWN)."""
    assert field.form is not None
    name = field.form.find(W + "name")
    title = name.get(VAL) if name is not None else None
    box, options = field.form.find(W + "checkBox"), field.form.find(W + "ddList")
    if box is not None:
        checked = box.find(W + "checked")
        if checked is None:
            checked = box.find(W + "default")
        start = text.length
        text.add("☑" if checked is not None and is_on(checked) else "□")
        text.marks.append(Mark("check", start, text.length, (), False, title))
        return
    if options is not None:
        entries = tuple(entry.get(VAL, "") for entry in options.iterchildren(W + "listEntry"))
        result = options.find(W + "result")
        start = text.length
        if result is not None and _number(result, 0) < len(entries):
            text.add(entries[_number(result, 0)])
        text.marks.append(Mark("choice", start, text.length, entries, result is None, title))
        return
    kind = field.form.find(f"{W}textInput/{W}type")
    start = min(field.start, text.length)
    shown = "".join(text.pieces)[start:]
    text.marks.append(
        Mark(
            "date" if kind is not None and kind.get(VAL) == "date" else "text",
            start,
            text.length,
            (),
            not shown.strip(),
            title,
        )
    )
