"""The parts of the package that say how text looks: styles, settings and the font table."""

from __future__ import annotations

from collections.abc import Iterable

from . import fonts, layout
from .ooxml import PARAGRAPH_ORDER, RUN_ORDER, Element, el, face, ordered, size, tag

# Style ids. Built-in names where Word has them, so that its navigation and its outline work.
BODY = "BodyIndent"
PLAIN = "Normal"
TITLE = "Title"
MARK = "IssuerMark"
DOC_NO = "DocumentNumber"
ADDRESSEE = "Addressee"
LABEL = "Label"
ATTACHMENT_NOTE = "AttachmentNote"
SIGNATURE = "Signature"
NOTE = "Note"
CAPTION = "Caption"
CELL = "TableCell"
CELL_HEAD = "TableHead"
IMPRINT = "Imprint"
PAGE_NUMBER = "Footer"
ANCHOR = "Anchor"
TABLE = "TableGrid"


def heading(level: int) -> str:
    """The style of a heading level."""
    return f"Heading{level}"


def indent(first: float = 0, left: float = 0, right: float = 0, hanging: float = 0) -> Element:
    """An indentation in characters of the body, given in twips so that every program agrees on it."""
    element = el("w:ind", left=layout.characters(left), right=layout.characters(right))
    if hanging:
        element.set(tag("w:hanging"), str(layout.characters(hanging)))
    else:
        element.set(tag("w:firstLine"), str(layout.characters(first)))
    return element


def centered() -> Element:
    """A paragraph in the middle."""
    return el("w:jc", val="center")


def keep_next() -> Element:
    """A paragraph on the same page as the next."""
    return el("w:keepNext")


def off_grid() -> Element:
    """Lines (of a paragraph) or characters (of a run) that do not snap to the grid of the page: their own values make it."""
    return el("w:snapToGrid", val=0)


def natural_width() -> Element:
    """Characters as wide as they are: only the text of the body is set to 28 a line."""
    return el("w:spacing", val=0)


def exact(points: float, before: int = 0) -> Element:
    """A line of exactly that height, with ``before`` twips above the paragraph."""
    return el("w:spacing", before=before, after=0, line=round(points * 20), lineRule="exact")


def on_grid(before: float = 0, after: float = 0) -> Element:
    """A line of the grid, with so many blank lines above and below the paragraph."""
    return el("w:spacing", before=layout.lines(before), after=layout.lines(after), line=layout.PITCH, lineRule="exact")


def _style(
    style: str, name: str, paragraph: Iterable[Element] = (), characters: Iterable[Element] = (), based_on: str = PLAIN
) -> Element:
    return el(
        "w:style",
        el("w:name", val=name),
        el("w:basedOn", val=based_on),
        el("w:qFormat"),
        ordered("w:pPr", paragraph, PARAGRAPH_ORDER),
        ordered("w:rPr", characters, RUN_ORDER),
        type="paragraph",
        styleId=style,
        **({} if name.isascii() else {"customStyle": "1"}),
    )


def _heading_style(level: int) -> Element:
    name = {1: fonts.HEADING, 2: fonts.SUBHEADING}.get(level, fonts.BODY)
    settings = [keep_next(), indent(first=2), el("w:outlineLvl", val=level - 1)]
    return _style(heading(level), f"heading {level}", settings, [face(name)])


def _defaults() -> Element:
    latin = el("w:rFonts", ascii=fonts.LATIN, hAnsi=fonts.LATIN, cs=fonts.LATIN, eastAsia=fonts.BODY)
    language = el("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    characters = ordered("w:rPr", [latin, *size(layout.SIZE_3), language], RUN_ORDER)
    return el("w:docDefaults", el("w:rPrDefault", characters), el("w:pPrDefault"))


def _normal() -> Element:
    settings = [
        el("w:widowControl", val=0),
        el("w:autoSpaceDE", val=0),
        el("w:autoSpaceDN", val=0),
        off_grid(),
        on_grid(),
        el("w:jc", val="both"),
    ]
    return el(
        "w:style",
        el("w:name", val="Normal"),
        el("w:qFormat"),
        ordered("w:pPr", settings, PARAGRAPH_ORDER),
        ordered("w:rPr", [off_grid(), el("w:spacing", val=layout.CONDENSED), *size(layout.SIZE_3)], RUN_ORDER),
        type="paragraph",
        default=1,
        styleId=PLAIN,
    )


def styles() -> Element:
    """All styles; the text is set through them, and only computed positions are set on the paragraph itself."""
    return el(
        "w:styles",
        _defaults(),
        _normal(),
        _style(BODY, "公文正文", [indent(first=2)]),
        *(_heading_style(level) for level in (1, 2, 3, 4)),
        _style(TITLE, "Title", [centered()], [face(fonts.TITLE), natural_width(), *size(layout.SIZE_2)]),
        _style(MARK, "发文机关标志", [centered()], [face(fonts.TITLE), natural_width(), el("w:color", val=layout.RED)]),
        _style(DOC_NO, "发文字号", [centered()]),
        _style(ADDRESSEE, "主送机关"),
        _style(LABEL, "附件标识", [keep_next(), el("w:jc", val="left")], [face(fonts.HEADING)]),
        _style(ATTACHMENT_NOTE, "附件说明", [el("w:jc", val="left")]),
        _style(SIGNATURE, "发文机关署名", [el("w:jc", val="left")]),
        _style(NOTE, "附注", [indent(first=2)]),
        _style(CAPTION, "caption", [keep_next(), centered()], [face(fonts.HEADING)]),
        _style(CELL, "表格文字", [], [natural_width()]),
        _style(CELL_HEAD, "表头", [centered()], [face(fonts.HEADING)], based_on=CELL),
        _style(IMPRINT, "版记", [el("w:jc", val="left")], [natural_width(), *size(layout.SIZE_4)]),
        _style(PAGE_NUMBER, "footer", [exact(layout.NUMBER_LINE / 20)], [natural_width(), *_number_face()]),
        _style(ANCHOR, "版记定位", [exact(0.5)], size(1)),
        _table_style(),
    )


def _number_face() -> list[Element]:
    """7.5: half-width 宋体 of size 4."""
    song = el("w:rFonts", ascii=fonts.SONG, hAnsi=fonts.SONG, eastAsia=fonts.SONG)
    return [song, *size(layout.SIZE_4)]


def _table_style() -> Element:
    sides = (
        el(f"w:{side}", val="single", sz=layout.TABLE_RULE, space=0, color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = (el(f"w:{side}", w=layout.TABLE_PADDING, type="dxa") for side in ("left", "right"))
    return el(
        "w:style",
        el("w:name", val="Table Grid"),
        el("w:tblPr", el("w:tblBorders", *sides), el("w:tblCellMar", *padding)),
        type="table",
        styleId=TABLE,
    )


def settings() -> Element:
    """Odd and even pages differ (7.5); punctuation keeps its full width, so that 28 characters stay 28."""
    modern = el("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return el(
        "w:settings",
        el("w:zoom", percent=100),
        el("w:evenAndOddHeaders"),
        el("w:drawingGridVerticalSpacing", val=layout.PITCH),
        el("w:characterSpacingControl", val="doNotCompress"),
        el("w:compat", el("w:ulTrailSpace"), el("w:useFELayout"), modern),
        el("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
        el("w:decimalSymbol", val="."),
        el("w:listSeparator", val=","),
    )


def font_table() -> Element:
    """Every face with its substitutes (``altName``), for the machine that has not bought it."""
    return el(
        "w:fonts",
        *(
            el(
                "w:font",
                el("w:altName", val=",".join(one.substitutes)),
                el("w:panose1", val=one.panose),
                el("w:charset", val=one.charset),
                el("w:family", val=one.family),
                el("w:pitch", val=one.pitch),
                name=one.name,
            )
            for one in fonts.FACES
        ),
    )
