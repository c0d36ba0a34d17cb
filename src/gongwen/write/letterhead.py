"""版头: urgency, the issuer's mark, number, who approved it, and the red rule (7.2); then title and addressees (7.3.1, 7.3.2)."""

from __future__ import annotations

from . import fonts, layout, styles
from .ooxml import Element, el, face, paragraph, run, set_property, size
from .spec import OfficialDocument
from .wording import BLANK, blank_document_number, document_number, width
from .wrap import title_lines

_MARK_HEIGHT = 1.25
"""The line of the mark in its own type size: enough for every face."""

_MARK_INSET = 0.16
"""How far below the top of that line the characters begin, in their own size; measured in the rendered page."""

_RULE_SPACE = 6
"""Points between the line of the number and the rule; with the white in that line they make 4 mm (7.2.7)."""


def opening(document: OfficialDocument) -> list[Element]:
    """Everything above the text: 版头, title, addressees."""
    head, depth = _letterhead(document)
    to_grid = -depth % layout.PITCH
    title = paragraph(styles.TITLE, "\n".join(title_lines(document.title)))
    if head:
        set_property(title, _spacing(layout.lines(2) + to_grid, layout.PITCH))
    elements = [*head, title]
    if document.draft and document.draft_label and document.draft_place == "title":
        label = run(f"（{document.draft_label}）", face(fonts.SUBHEADING))
        elements.append(paragraph(styles.PLAIN, label, properties=[el("w:jc", val="center"), el("w:keepNext")]))
    names = "，".join(name.strip().rstrip("：:，,") for name in document.addressees if name.strip())
    if names:
        elements.append(paragraph(styles.ADDRESSEE, f"{names}：", properties=[styles.on_grid(before=1)]))
    return elements


def _letterhead(document: OfficialDocument) -> tuple[list[Element], int]:
    """The 版头 and how deep it reaches, in twips. Without a mark there is no red rule, and only what is known is set."""
    elements, depth = [], 0
    if document.draft and document.draft_label and document.draft_place == "head":
        elements.append(_draft_line(document.draft_label))
        depth += layout.PITCH
    if document.urgency:
        elements.append(paragraph(styles.LABEL, document.urgency))
        depth += layout.PITCH
    if document.issuer_mark:
        mark, mark_depth = _mark(document.issuer_mark, depth)
        elements.append(mark)
        depth += mark_depth
    number = _number_lines(document)
    if number and document.issuer_mark:
        set_property(number[0], styles.on_grid(before=2))
        set_property(
            number[-1],
            el("w:pBdr", el("w:bottom", val="single", sz=layout.RED_RULE, space=_RULE_SPACE, color=layout.RED)),
        )
        depth += layout.lines(2) + _RULE_SPACE * 20 + layout.RED_RULE * 20 // 8
    return [*elements, *number], depth + layout.lines(len(number))


def _draft_line(label: str) -> Element:
    """代拟稿 on the left, room for the signature of who approves it on the right; both go when the document is issued."""
    stop = el("w:tabs", el("w:tab", val="right", pos=layout.TEXT_WIDTH))
    signer = run(f"\t签发人：{BLANK * 5}", face(fonts.BODY))
    return paragraph(styles.LABEL, run(label), signer, properties=[stop])


def _mark(text: str, depth: int) -> tuple[Element, int]:
    """The mark, its characters' upper edge 35 mm below the top of the 版心 (7.2.4), and how much deeper it reaches."""
    points, scale = mark_size(text)
    line = round(points * _MARK_HEIGHT * 20)
    before = layout.MARK_TOP - depth - round(points * _MARK_INSET * 20)
    return paragraph(
        styles.MARK, run(text, el("w:w", val=scale), *size(points)), properties=[_spacing(before, line)]
    ), before + line


def _spacing(before: int, line: int) -> Element:
    return el("w:spacing", before=before, after=0, line=line, lineRule="exact")


def mark_size(text: str) -> tuple[float, int]:
    """Type size in points and width in per cent: a long mark is narrowed first and made smaller after that."""
    room = layout.TEXT_WIDTH / 20 * 0.98
    count = max(width(text), 1.0)
    scale = max(layout.MARK_NARROWEST, min(100, int(room / (count * layout.MARK_LARGEST) * 100)))
    points = min(layout.MARK_LARGEST, room / (count * scale / 100))
    return int(points * 2) / 2, scale


def _number_lines(document: OfficialDocument) -> list[Element]:
    number = document_number(document.doc_no) or (blank_document_number() if document.draft else "")
    if document.upward or document.signer_for_upward:
        names = document.signer_for_upward or ((BLANK * 3,) if document.draft else ())
        return _approved_lines(number, names)
    return [paragraph(styles.DOC_NO, number)] if number or document.issuer_mark else []


def _approved_lines(number: str, names: tuple[str, ...]) -> list[Element]:
    """Upward documents: number one character in on the left, 签发人 one character in on the right, two names a line (7.2.5, 7.2.6)."""
    label = "签发人："
    rows = [names[at : at + 2] for at in range(0, len(names), 2)] or [()]
    first = max((width(row[0]) for row in rows if row), default=0.0)
    second = max((width(row[1]) + 1 for row in rows if len(row) > 1), default=0.0)
    start = layout.CHARACTERS - 1 - width(label) - first - second
    stops = (1, start, start + width(label), start + width(label) + first + 1)
    lines = []
    for row in rows:
        lead = "\t" + (number if row is rows[-1] else "") + "\t" + (label if row is rows[0] else "\t")
        content = [run(lead)]
        content += [run(("\t" if place else "") + name, face(fonts.SUBHEADING)) for place, name in enumerate(row)]
        tabs = el("w:tabs", *(el("w:tab", val="left", pos=layout.characters(stop)) for stop in stops))
        lines.append(paragraph(styles.DOC_NO, *content, properties=[el("w:jc", val="left"), tabs]))
    return lines
