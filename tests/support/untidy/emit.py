"""A draft as a file: .docx inside the notice's own package, .txt, .xlsx."""

from __future__ import annotations

import copy
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import xlsxwriter
from lxml import etree

from .form import Draft, Element, Form, Line, Look, Piece, Row, Slot, W, Word, w

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RPR_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "highlight", "u")
DATE = "2025-06-18T09:00:00Z"
BORN = (2025, 6, 18, 9, 0, 0)
PARTS_LEFT_OUT = ("word/stylesWithEffects.xml", "docProps/thumbnail.jpeg")


def write_reply(form: Form, draft: Draft, dice: Random) -> bytes:
    if draft.extension == ".txt":
        return _as_text(draft).encode(dice.choice(["utf-8", "gb18030"]))
    if draft.extension == ".xlsx":
        return _as_workbook(draft)
    return _as_docx(form, draft, dice)


def docx_saying(form: Form, lines: list[str], dice: Random) -> bytes:
    """A document in the form's package that is not the form."""
    draft = form.draft()
    draft.top, draft.rows, draft.tail = [], [], []
    draft.heading_lines = [Line([Word(text)], draft.heading.model) for text in lines]
    draft.table_as_text = True
    return _as_docx(form, draft, dice)


def spoken(slot: Slot) -> list[tuple[str, Look]]:
    """What stands on paper for a blank, piece by piece."""
    plain = Look()
    bare = (slot.written, slot.look)
    match slot.style:
        case "bare":
            return [bare]
        case "vanished":
            return []
        case "underlined":
            return [(f" {slot.written} ", Look(**{**vars(slot.look), "underline": True}))]
        case "after":
            return [(slot.opening + slot.room + slot.closing, plain), bare]
        case "inside":
            if not slot.written:
                return [(slot.opening + slot.room + slot.closing, plain)]
            return [(slot.opening + slot.left, plain), bare, (slot.right + slot.closing, plain)]


def line_text(line: Line) -> str:
    return "".join(text for piece in line.pieces for text, _ in _stretches(piece))


def _stretches(piece: Piece) -> list[tuple[str, Look]]:
    return spoken(piece) if isinstance(piece, Slot) else [(piece.text, piece.look)]


# --- .docx


def _as_docx(form: Form, draft: Draft, dice: Random) -> bytes:
    with zipfile.ZipFile(form.path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        body = root.find(w("body"))
        assert body is not None
        _rewrite(body, form, draft, dice)
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as copied:
            for name in package.namelist():
                if name in PARTS_LEFT_OUT:
                    continue
                data = package.read(name)
                if name == "word/document.xml":
                    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                elif name.endswith(".rels"):
                    data = _without_relationships(data)
                copied.writestr(zipfile.ZipInfo(name, BORN), data, zipfile.ZIP_DEFLATED, compresslevel=1)
        return out.getvalue()


def _without_relationships(data: bytes) -> bytes:
    rels = etree.fromstring(data)
    for rel in list(rels):
        if any(part.endswith(rel.get("Target", "").lstrip("/")) for part in PARTS_LEFT_OUT):
            rels.remove(rel)
    return etree.tostring(rels, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rewrite(body: Element, form: Form, draft: Draft, dice: Random) -> None:
    old = list(body)
    new = [_paragraph(line, draft, dice) for line in [*draft.top, *(draft.heading_lines or [draft.heading])]]
    for text in draft.text_boxes:
        new[-1].append(_text_box(text, dice))
    if draft.table_as_text:
        new += [_paragraph(_row_as_line(row), draft, dice) for row in draft.rows]
    else:
        new.append(_table(old[form.table], draft, dice))
    new += [_paragraph(line, draft, dice) for line in draft.tail]
    for i, element in enumerate(old):
        is_section = element.tag == w("sectPr")
        if form.first <= i <= form.last or (not draft.whole_notice and not is_section):
            body.remove(element)
    at = form.first if draft.whole_notice else 0
    for offset, element in enumerate(new):
        body.insert(at + offset, element)


def _table(old: Element, draft: Draft, dice: Random) -> Element:
    table = copy.deepcopy(old)
    for tr in list(table.iter(w("tr"))):
        table.remove(tr)
    for row in draft.rows:
        tr = copy.deepcopy(row.model)
        for tc, lines in zip(tr.iter(w("tc")), row.cells, strict=True):
            for p in list(tc.iterchildren(w("p"))):
                tc.remove(p)
            for line in lines:
                tc.append(_paragraph(line, draft, dice))
        table.append(tr)
    return table


def _row_as_line(row: Row) -> Line:
    pieces: list[Piece] = []
    for cell in row.cells:
        if pieces:
            pieces.append(Word("\t"))
        for i, line in enumerate(cell):
            if i:
                pieces.append(Word("\n"))
            pieces += line.pieces
    return Line(pieces, row.cells[0][0].model)


def _paragraph(line: Line, draft: Draft, dice: Random) -> Element:
    p = etree.Element(w("p"))
    properties = line.model.find(w("pPr"))
    if properties is not None:
        p.append(copy.deepcopy(properties))
        for section in p.iter(w("sectPr")):
            section.getparent().remove(section)  # type: ignore[union-attr]
    pattern = line.model.find(f".//{w('rPr')}")
    for piece in line.pieces:
        for text, look in _stretches(piece):
            for i, part in enumerate(_split(text, dice) if draft.split_runs else [text]):
                if part:
                    p.extend(_dressed(part, look, pattern, is_first=i == 0))
    return p


def _split(text: str, dice: Random) -> list[str]:
    cuts = sorted(dice.sample(range(1, len(text)), min(len(text) - 1, dice.randint(0, 3)))) if len(text) > 1 else []
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _dressed(text: str, look: Look, pattern: Element | None, *, is_first: bool) -> list[Element]:
    run = _run(text, look, pattern)
    if not look.inserted:
        return [run]
    inserted = _change("ins", run)
    if look.instead_of is None or not is_first:
        return [inserted]
    old = _run(look.instead_of, look, pattern)
    for t in old.iter(w("t")):
        t.tag = w("delText")
    return [_change("del", old), inserted]


def _change(kind: str, run: Element) -> Element:
    change = etree.Element(w(kind))
    change.set(w("id"), "901")
    change.set(w("author"), "填报人")
    change.set(w("date"), DATE)
    change.append(run)
    return change


def _run(text: str, look: Look, pattern: Element | None) -> Element:
    run = etree.Element(w("r"))
    properties = copy.deepcopy(pattern) if pattern is not None else etree.Element(w("rPr"))
    if look.font:
        _set(properties, "rFonts", ascii=look.font, hAnsi=look.font, eastAsia=look.font)
    if look.bold:
        _set(properties, "b")
    if look.colour:
        _set(properties, "color", val=look.colour)
    if look.half_points:
        _set(properties, "sz", val=str(look.half_points))
    if look.underline:
        _set(properties, "u", val="single")
    properties[:] = sorted(properties, key=_rank)
    run.append(properties)
    for i, part in enumerate(text.split("\n")):
        if i:
            etree.SubElement(run, w("br"))
        for j, cell in enumerate(part.split("\t")):
            if j:
                etree.SubElement(run, w("tab"))
            if cell:
                t = etree.SubElement(run, w("t"))
                t.text = cell
                t.set(XML_SPACE, "preserve")
    return run


def _set(properties: Element, name: str, **values: str) -> None:
    found = properties.find(w(name))
    element = found if found is not None else etree.SubElement(properties, w(name))
    for key, value in values.items():
        element.set(w(key), value)


def _rank(element: Element) -> int:
    name = etree.QName(element).localname
    return RPR_ORDER.index(name) if name in RPR_ORDER else len(RPR_ORDER)


def _text_box(text: str, dice: Random) -> Element:
    """A floating box as Word writes it: the drawing, and the same again for older readers."""
    inner = f'<w:txbxContent><w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:txbxContent>'
    number = dice.randint(100, 999)
    drawing = f"""<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264"
        behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
        <wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>
        <wp:positionV relativeFrom="paragraph"><wp:posOffset>-260000</wp:posOffset></wp:positionV>
        <wp:extent cx="5600000" cy="300000"/><wp:wrapNone/><wp:docPr id="{number}" name="文本框 {number}"/>
        <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
        <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5600000" cy="300000"/></a:xfrm>
        <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/>
        </wps:wsp></a:graphicData></a:graphic></wp:anchor>"""
    return etree.fromstring(
        f"""<w:r xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
        xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
        xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{drawing}
        </w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="box{number}"
        style="position:absolute;width:440pt;height:24pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict>
        </mc:Fallback></mc:AlternateContent></w:r>"""
    )


# --- other formats


def _as_text(draft: Draft) -> str:
    lines = [line_text(line) for line in [*draft.top, *(draft.heading_lines or [draft.heading])]]
    lines += draft.text_boxes
    for row in draft.rows:
        cells = ["\r\n".join(line_text(line) for line in cell) for cell in row.cells]
        lines.append("\t".join(cells))
    lines += [line_text(line) for line in draft.tail]
    return "\r\n".join(lines).replace("\n\n", "\n")


def _as_workbook(draft: Draft) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(*BORN, tzinfo=UTC)})
        sheet = book.add_worksheet("统计表")
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 80)
        at = 0
        for line in [*draft.top, *(draft.heading_lines or [draft.heading])]:
            sheet.write_string(at, 0, line_text(line))
            at += 1
        for text in draft.text_boxes:
            sheet.write_string(at, 0, text)
            at += 1
        for row in draft.rows:
            for column, cell in enumerate(row.cells):
                sheet.write_string(at, column, "\n".join(line_text(line) for line in cell), plain)
            at += 1
        for line in draft.tail:
            sheet.write_string(at, 0, line_text(line))
            at += 1
    return out.getvalue()


def cut_short(data: bytes, path: Path) -> None:
    """A file that did not come through whole."""
    path.write_bytes(data[: len(data) * 3 // 5])
