"""附件2, empty or filled: the blanks and their names, and the form drawn as Word and as a worksheet."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import xlsxwriter
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from . import content, paper

MEASURE = re.compile(r"人次|[场条项起元个份件块次支]")
MARK = re.compile(r"\{(\d+)\}")
ROOM = "    "
SMALL, PITCH = 11, 19


@dataclass(frozen=True)
class Blank:
    """One answer of the form. ``key`` names it for people: section, place in it, words before, measure word."""

    key: str
    section: str
    index: int
    label: str
    unit: str
    kind: Literal["number", "group", "derived"] = "number"


@dataclass(frozen=True)
class Hand:
    """How a unit fills the form in."""

    font: str = paper.FANGSONG
    size: float = SMALL
    bold: bool = False
    underline: bool = False
    colour: RGBColor | None = None
    brackets: Literal["（）", "()", "none", "underline", "behind"] = "（）"
    edits: tuple[tuple[str, str], ...] = ()
    swap: tuple[str, ...] = ()
    """Sections whose first two clauses change places."""
    tracked: bool = False
    heading_in_lines: bool = False
    one_paragraph: bool = False
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    extra_rows: tuple[tuple[str, str], ...] = ()
    cell_note: tuple[str, str] | None = None


@dataclass(frozen=True)
class Sheet:
    """What a unit writes: heading, blanks by key, the repeating activities, the story."""

    heading: Mapping[str, str]
    written: Mapping[str, str]
    activities: tuple[tuple[str, str, str], ...] = ()
    story: str = ""


EMPTY = Sheet({}, {})


def blanks() -> list[Blank]:
    """Every number of the form in reading order; the repeating line and the story are not among them."""
    return [*(b for section, lines in content.SECTIONS for b in _prose(section, lines)), *_cells()]


def _prose(section: str, lines: tuple[str, ...]) -> Iterator[Blank]:
    index = 0
    for line in lines:
        parts = line.split("{}")
        for before, after in itertools.pairwise(parts):
            index += 1
            measure = MEASURE.match(after)
            assert measure, after
            label = re.split(r"[，；：]", before)[-1]
            unit = measure.group()
            yield Blank(f"{section}#{index} {label}（{unit}）", section, index, label, unit)


def _cells() -> Iterator[Blank]:
    index = 0
    for row in (*content.GRID_ROWS, content.GRID_SUM):
        for head in content.GRID_HEAD[1:]:
            index += 1
            label, _, unit = head.rstrip("）").partition("（")
            kind: Literal["number", "derived"] = "derived" if row == content.GRID_SUM else "number"
            yield Blank(
                f"{content.GRID_SECTION}#{index} {row}{label}（{unit}）",
                content.GRID_SECTION,
                index,
                row + label,
                unit,
                kind,
            )


# --- Word


def draw(document: Document, sheet: Sheet = EMPTY, hand: Hand | None = None) -> None:
    """The form from 附件2 to its notes, at the end of ``document``."""
    pen = hand or Hand()
    paper.line(document, "附件2", font=paper.HEITI, align=paper.LEFT, pitch=26)
    paper.line(document, content.ATTACHMENTS[1], font=paper.BIAOSONG, size=19, align=paper.CENTER, pitch=34)
    for text in pen.above:
        paper.line(document, text, size=SMALL, align=paper.LEFT, pitch=PITCH)
    for text in heading_lines(sheet, pen):
        paper.line(document, text, size=SMALL, align=paper.LEFT, pitch=22)
    _caption(document, 0)
    _draw_prose(document, sheet, pen)
    _caption(document, 1)
    _draw_grid(document, sheet, pen)
    for text in (*content.FORM_NOTES, *pen.below):
        paper.line(document, text, size=9, align=paper.LEFT, pitch=14)


def heading_lines(sheet: Sheet, pen: Hand) -> list[str]:
    """填报单位, 联系人, 电话, 填报日期: on one line or each on its own."""
    room = {"填报单位": "　" * 6, "联系人": "　" * 4, "电话": "　" * 5, "填报日期": "　　年　　月　　日"}
    sep = "" if sheet is EMPTY else "　"
    said = [f"{name}：{sheet.heading.get(name) or gap}" for name, gap in room.items()]
    return said if pen.heading_in_lines else [sep.join(said)]


def _caption(document: Document, number: int) -> None:
    paper.line(document, content.FORM_PARTS[number], font=paper.HEITI, size=SMALL, align=paper.LEFT, pitch=22)


def _draw_prose(document: Document, sheet: Sheet, pen: Hand) -> None:
    rows = [(section, prose_lines(section, lines, sheet, pen)) for section, lines in content.SECTIONS]
    rows.append((content.GROUP_SECTION, group_lines(sheet)))
    table = paper.grid(document, (27, 139), len(rows) + 1 + len(pen.extra_rows))
    for cell, text in zip(table.rows[0].cells, ("活动项目", "活动情况"), strict=True):
        paper.fill(cell, text, font=paper.HEITI, size=SMALL, align=paper.CENTER, pitch=PITCH)
    for row, (section, lines) in zip(table.rows[1:], rows, strict=False):
        paper.fill(row.cells[0], section, size=SMALL, align=paper.CENTER, pitch=PITCH)
        joined = ["".join(lines)] if pen.one_paragraph and section != content.GROUP_SECTION else lines
        for i, text in enumerate(joined):
            _draw_line(_paragraph(row.cells[1], i), text, sheet, pen, section)
    for row, (head, text) in zip(table.rows[len(rows) + 1 :], pen.extra_rows, strict=True):
        paper.fill(row.cells[0], head, size=SMALL, align=paper.CENTER, pitch=PITCH)
        paper.fill(row.cells[1], text, size=SMALL, pitch=PITCH)
    paper.keep_rows_whole(table)


def _paragraph(cell: _Cell, number: int) -> Paragraph:
    paragraph: Paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
    paper.dress(paragraph, align=paper.JUSTIFY, pitch=PITCH)
    return paragraph


def prose_lines(section: str, lines: tuple[str, ...], sheet: Sheet, pen: Hand) -> list[str]:
    """The section's lines with its blanks as {1}, {2}, …, changed as this hand changes words."""
    counter = iter(range(1, 100))
    marked = [re.sub(r"\{\}", lambda _: f"{{{next(counter)}}}", line) for line in lines]
    if section in pen.swap:
        marked = [_first_two_clauses_swapped(line) for line in marked]
    for old, new in pen.edits:
        marked = [line.replace(old, new) for line in marked]
    if pen.cell_note and pen.cell_note[0] == section and sheet is not EMPTY:
        marked.append(pen.cell_note[1])
    return marked


def _first_two_clauses_swapped(line: str) -> str:
    clauses = line.rstrip("；。").split("；")
    return "；".join([*clauses[1::-1], *clauses[2:]]) + line[-1]


def group_lines(sheet: Sheet) -> list[str]:
    """One line for each activity; {n} is the n-th of its three blanks, counted on over the lines."""
    count = max(1, len(sheet.activities))
    numbered = [f"{i}." if count > 1 else "" for i in range(1, count + 1)]
    lines = [
        head + content.GROUP_LINE.format(*(f"{{{3 * i + k}}}" for k in (1, 2, 3))) for i, head in enumerate(numbered)
    ]
    return [*lines, content.NARRATIVE_LABEL + sheet.story, *([] if sheet.story else ["", ""])]


def answer(section: str, number: int, sheet: Sheet) -> str:
    """What is written into blank ``number`` of ``section``."""
    if section == content.GROUP_SECTION:
        flat = [text for activity in sheet.activities for text in activity]
        return flat[number - 1] if flat else ""
    key = next(blank.key for blank in blanks() if (blank.section, blank.index) == (section, number))
    return sheet.written.get(key, "")


def _draw_line(paragraph: Paragraph, text: str, sheet: Sheet, pen: Hand, section: str) -> None:
    for i, part in enumerate(MARK.split(text)):
        if i % 2 == 0:
            if part:
                paper.write(paragraph, part, size=SMALL)
            continue
        _draw_blank(paragraph, answer(section, int(part), sheet), pen)


def _draw_blank(paragraph: Paragraph, value: str, pen: Hand) -> None:
    style = pen.brackets if value else "（）"
    if style == "none" and not re.fullmatch(r"\d+", value):
        style = "（）"
    opening, closing = ("(", ")") if style == "()" else ("（", "）")
    if style == "underline":
        paper.write(paragraph, f" {value} ", font=pen.font, size=pen.size, underline=True)
        return
    if style == "behind" or not value:
        paper.write(paragraph, opening + ROOM + closing, size=SMALL)
    elif style != "none":
        paper.write(paragraph, opening, size=SMALL)
    if value:
        _value(paragraph, value, pen)
    if value and style in ("（）", "()"):
        paper.write(paragraph, closing, size=SMALL)


def _value(paragraph: Paragraph, value: str, pen: Hand) -> Run:
    run = paper.write(
        paragraph, value, font=pen.font, size=pen.size, bold=pen.bold, underline=pen.underline, colour=pen.colour
    )
    if pen.tracked:
        change = OxmlElement("w:ins")
        for name, text in (("id", "1"), ("author", "填报人"), ("date", "2026-06-18T09:00:00Z")):
            change.set(qn(f"w:{name}"), text)
        paragraph._p.replace(run._r, change)
        change.append(run._r)
    return run


def _draw_grid(document: Document, sheet: Sheet, pen: Hand) -> None:
    rows = (*content.GRID_ROWS, content.GRID_SUM)
    table = paper.grid(document, (40, 42, 42, 42), len(rows) + 1)
    for cell, text in zip(table.rows[0].cells, content.GRID_HEAD, strict=True):
        paper.fill(cell, text, font=paper.HEITI, size=SMALL, align=paper.CENTER, pitch=PITCH)
    keys = iter(blank.key for blank in _cells())
    for row, head in zip(table.rows[1:], rows, strict=True):
        paper.fill(row.cells[0], head, size=SMALL, align=paper.CENTER, pitch=PITCH)
        for cell in row.cells[1:]:
            paragraph = cell.paragraphs[0]
            paper.dress(paragraph, align=paper.CENTER, pitch=PITCH)
            value = sheet.written.get(next(keys), "")
            if value:
                _value(paragraph, value, pen)
    paper.keep_rows_whole(table)


def page(document: Document) -> None:
    """Margins that keep the form on one page."""
    section = document.sections[-1]
    paper.upright(section)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.left_margin = section.right_margin = Mm(22)
    section.footer_distance = Mm(12)


def filled_docx(sheet: Sheet, hand: Hand) -> bytes:
    """The form alone, as a document of its own."""
    document = paper.blank_paper(content.ATTACHMENTS[1])
    page(document)
    draw(document, sheet, hand)
    return paper.packed(document)


# --- a worksheet


def filled_xlsx(sheet: Sheet, hand: Hand) -> bytes:
    """The form retyped as a worksheet, as units do that live in Excel."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": paper.BORN})
        page_ = book.add_worksheet("附件2")
        page_.set_paper(9)
        page_.fit_to_pages(1, 1)
        page_.set_column(0, 0, 16)
        page_.set_column(1, 3, 26)
        title = book.add_format({"bold": True, "align": "center", "font_size": 16})
        head = book.add_format({"bold": True, "align": "center", "border": 1})
        text = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
        number = book.add_format({"align": "center", "border": 1})
        page_.merge_range(0, 0, 0, 3, content.ATTACHMENTS[1], title)
        page_.merge_range(1, 0, 1, 3, heading_lines(sheet, hand)[0])
        page_.write(3, 0, "活动项目", head)
        page_.merge_range(3, 1, 3, 3, "活动情况", head)
        at = 4
        for section, lines in (*content.SECTIONS, (content.GROUP_SECTION, ())):
            prose = prose_lines(section, lines, sheet, hand) if lines else group_lines(sheet)
            said = "\n".join(_spoken(line, section, sheet) for line in prose)
            page_.write(at, 0, section, text)
            page_.merge_range(at, 1, at, 3, said, text)
            page_.set_row(at, 16 * sum(1 + len(line) // 38 for line in said.split("\n")) + 6)
            at += 1
        at += 1
        for column, name in enumerate(content.GRID_HEAD):
            page_.write(at, column, name, head)
        keys = iter(blank.key for blank in _cells())
        for name in (*content.GRID_ROWS, content.GRID_SUM):
            at += 1
            page_.write(at, 0, name, text)
            for column in (1, 2, 3):
                value = sheet.written.get(next(keys), "")
                page_.write(at, column, int(value) if value.isdigit() else value, number)
        for note in content.FORM_NOTES:
            at += 1
            page_.write(at, 0, note)
    return out.getvalue()


def _spoken(text: str, section: str, sheet: Sheet) -> str:
    return MARK.sub(lambda mark: f"（{answer(section, int(mark[1]), sheet) or ROOM}）", text)
