"""The text of a document: headings, paragraphs and tables (7.3.3 and 8)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, groupby, pairwise

from . import fonts, layout, styles
from .ooxml import Element, clean, el, is_paragraph, paragraph, run, set_property, size
from .spec import Block, Heading, Item, Para, TableSpec
from .wording import Counter, sentence

_AROUND_TABLE = 0.25
"""Lines of white between a table and the text above and below it."""


def blocks(content: Iterable[Block], text_width: int = layout.TEXT_WIDTH) -> list[Element]:
    """The elements of a text; headings are counted from one."""
    counter = Counter()
    elements: list[Element] = []
    for block in content:
        if isinstance(block, TableSpec):
            if elements and is_paragraph(elements[-1]) and not (block.caption or block.unit):
                set_property(elements[-1], styles.on_grid(after=_AROUND_TABLE))
            elements.extend(table(block, text_width))
            continue
        text = _paragraphs(block) if isinstance(block, Para) else [_numbered(block, counter)]
        if text and elements and not is_paragraph(elements[-1]):
            set_property(text[0], styles.on_grid(before=_AROUND_TABLE))
        elements.extend(text)
    return elements


def gap_above(elements: list[Element]) -> list[Element]:
    """The same text with one blank line above it."""
    if not elements or not is_paragraph(elements[0]):
        return [paragraph(styles.PLAIN), *elements]
    set_property(elements[0], styles.on_grid(before=1))
    return elements


def _numbered(block: Heading | Item, counter: Counter) -> Element:
    return _heading(block, counter) if isinstance(block, Heading) else _item(block, counter)


def _item(item: Item, counter: Counter) -> Element:
    """The number stands apart from a text that begins with a number itself: 1. 6月16日."""
    text = " ".join(clean(item.text).split("\n")).strip()
    apart = " " if text[:1].isdigit() else ""
    return paragraph(styles.BODY, f"{counter.next(item.level)}{apart}{text}")


def _heading(heading: Heading, counter: Counter) -> Element:
    number = counter.next(heading.level)
    if not heading.run_in:
        return paragraph(styles.heading(heading.level), f"{number}{heading.text.strip()}")
    lead = run(f"{number}{sentence(heading.text)}")
    rest = run(heading.run_in.strip(), el("w:rFonts", eastAsia=fonts.BODY))
    return paragraph(styles.heading(heading.level), lead, rest, properties=[el("w:keepNext", val=0)])


def _paragraphs(para: Para) -> list[Element]:
    style = styles.BODY if para.indent else styles.PLAIN
    settings = [el("w:jc", val=para.align)] if para.align else []
    pieces = [piece.strip() for piece in clean(para.text).split("\n")]
    return [paragraph(style, piece, properties=settings) for piece in pieces if piece]


def table(spec: TableSpec, text_width: int = layout.TEXT_WIDTH) -> list[Element]:
    """The table with what stands above and below it."""
    points = layout.SIZE_4 if spec.size == "四号" else layout.SIZE_SMALL_4
    elements: list[Element] = []
    if spec.caption:
        elements.append(paragraph(styles.CAPTION, spec.caption))
    if spec.unit:
        right = [el("w:jc", val="right"), el("w:keepNext")]
        elements.append(paragraph(styles.PLAIN, run(spec.unit, *size(points)), properties=right))
    elements.append(_grid(spec, text_width, points))
    if spec.note:
        elements.append(
            paragraph(styles.PLAIN, run(spec.note, *size(points)), properties=[styles.on_grid(before=_AROUND_TABLE)])
        )
    return elements


def _grid(spec: TableSpec, text_width: int, points: float) -> Element:
    widths = column_widths([column.width for column in spec.columns], text_width)
    head = [
        _cell(styles.CELL_HEAD, column.head, wide, points, "center")
        for column, wide in zip(spec.columns, widths, strict=True)
    ]
    merges = {column: _merges([row[column] for row in spec.rows]) for column in spec.merged}
    rows = [_row(head, head_row=True)]
    for at, row in enumerate(spec.rows):
        cells = []
        for position, (text, column, wide) in enumerate(zip(row, spec.columns, widths, strict=True)):
            merge = merges[position][at] if position in merges else ""
            cells.append(_cell(styles.CELL, "" if merge == "continue" else text, wide, points, column.align, merge))
        rows.append(_row(cells, height=spec.row_height))
    properties = el(
        "w:tblPr",
        el("w:tblStyle", val=styles.TABLE),
        el("w:tblW", w=sum(widths), type="dxa"),
        el("w:jc", val="center"),
        el("w:tblLayout", type="fixed"),
        el("w:tblLook", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    )
    return el("w:tbl", properties, el("w:tblGrid", *(el("w:gridCol", w=wide) for wide in widths)), *rows)


def column_widths(shares: list[float], total: int) -> list[int]:
    """Whole twips in these shares that add up to exactly ``total``."""
    reached = accumulate(shares, initial=0.0)
    edges = [round(total * reach / sum(shares)) for reach in reached]
    return [right - left for left, right in pairwise(edges)]


def _merges(cells: list[str]) -> list[str]:
    """For each cell of a column: starts a merged cell, continues one, or stands alone."""
    marks: list[str] = []
    for text, equal in groupby(cells):
        count = len(list(equal))
        marks += ["restart" if text and count > 1 else ""] + ["continue" if text else ""] * (count - 1)
    return marks


def _row(cells: list[Element], head_row: bool = False, height: float = 0.0) -> Element:
    settings = [el("w:cantSplit")]
    settings += [el("w:trHeight", val=round(height * 20), hRule="atLeast")] if height else []
    settings += [el("w:tblHeader")] if head_row else []
    return el("w:tr", el("w:trPr", *settings), *cells)


def _cell(style: str, text: str, wide: int, points: float, align: str, merge: str = "") -> Element:
    settings = [el("w:tcW", w=wide, type="dxa")]
    if merge:
        settings.append(el("w:vMerge", val=merge))
    settings.append(el("w:vAlign", val="center"))
    pieces = clean(text).strip().split("\n")
    return el("w:tc", el("w:tcPr", *settings), *(_cell_line(style, piece, points, align) for piece in pieces))


def _cell_line(style: str, text: str, points: float, align: str) -> Element:
    line = [styles.exact(points * layout.TABLE_LEADING), el("w:jc", val=align)]
    return paragraph(style, run(text, *size(points)), properties=line)
