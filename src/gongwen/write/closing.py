"""What stands below the text: attachments named, signature and date, notes (7.3.4 to 7.3.6), and the 版记 (7.4)."""

from __future__ import annotations

from math import ceil

from . import layout, styles
from .boxes import Box, text_box
from .ooxml import Element, el, is_paragraph, paragraph, set_property
from .spec import Attachment, OfficialDocument
from .wording import BLANK, official_date, width

_COPIES_WIDTH = 25.0
"""Characters of size 4 that surely fit one line of 抄送."""


def closing(document: OfficialDocument) -> list[Element]:
    """Named attachments, signature and date, notes."""
    elements = [*attachment_note(document.attachments), *_signature(document)]
    if document.notes:
        note = document.notes.strip()
        elements.append(paragraph(styles.NOTE, note if note.startswith("（") else f"（{note}）"))
    return elements


def attachment_note(attachments: tuple[Attachment, ...]) -> list[Element]:
    """附件：1.… one line below the text, two characters in; numbers and names stand below each other, no mark at the end (7.3.4)."""
    label = "附件："
    if not attachments:
        return []
    names = [one.title.strip().rstrip("。；;，,") for one in attachments]
    label_end = 2 + width(label)
    if len(names) == 1:
        hanging = styles.indent(left=label_end, hanging=width(label))
        return [paragraph(styles.ATTACHMENT_NOTE, label + names[0], properties=[styles.on_grid(before=1), hanging])]
    number_width = 1.0 if len(names) < 10 else 1.5
    elements = []
    for count, name in enumerate(names, 1):
        text, back, before = f"{count}.\t{name}", number_width, 0
        if count == 1:
            text, back, before = label + text, number_width + width(label), 1
        hanging = styles.indent(left=label_end + number_width, hanging=back)
        elements.append(paragraph(styles.ATTACHMENT_NOTE, text, properties=[styles.on_grid(before=before), hanging]))
    return elements


def _signature(document: OfficialDocument) -> list[Element]:
    """Signers and date, kept together on one page."""
    signers = document.signers or ((BLANK * 8,) if document.draft else ())
    date = official_date(document.issued_on, document.open_year) if document.issued_on or document.draft else ""
    place = sealed_indents if document.sealed else unsealed_indents
    name_lefts, date_left = place(signers, date)
    elements = []
    for count, (name, left) in enumerate(zip(signers, name_lefts, strict=True)):
        before = layout.SEAL_LINES_ABOVE if document.sealed else 1
        if count:
            before = layout.SEAL_LINES_BETWEEN if document.sealed else 0
        settings = [styles.on_grid(before=before), styles.indent(left=left), el("w:keepNext")]
        elements.append(paragraph(styles.SIGNATURE, name, properties=settings))
    if date:
        before = 0 if signers else layout.SEAL_LINES_ABOVE if document.sealed else 1
        elements.append(
            paragraph(styles.SIGNATURE, date, properties=[styles.on_grid(before=before), styles.indent(left=date_left)])
        )
    return elements


def unsealed_indents(signers: tuple[str, ...], date: str) -> tuple[list[float], float]:
    """7.3.5.2: the name two characters from the right, the date's first character two to the right of the name's; a date
    longer than the name stands two from the right, and the name moves left. In characters from the left edge.
    """
    longest = max((width(name) for name in signers), default=0.0)
    right = 2.0 if width(date) <= longest else width(date) + 4.0 - longest
    lefts = [max(0.0, layout.CHARACTERS - right - width(name)) for name in signers]
    if not lefts:
        return [], layout.CHARACTERS - 4.0 - width(date)
    first = max(0.0, layout.CHARACTERS - right - longest)
    return lefts, max(0.0, min(first + 2.0, layout.CHARACTERS - width(date)))


def sealed_indents(signers: tuple[str, ...], date: str) -> tuple[list[float], float]:
    """7.3.5.1: the date four characters from the right, each name centred over it. A name too long for that stands two
    characters from the right and the date is centred below it.
    """
    longest = max((width(name) for name in signers), default=0.0)
    middle = min(layout.CHARACTERS - 4.0 - width(date) / 2, layout.CHARACTERS - 2.0 - longest / 2)
    return [max(0.0, middle - width(name) / 2) for name in signers], max(0.0, middle - width(date) / 2)


def keep_with_closing(text: list[Element], below: list[Element]) -> None:
    """A signature never stands alone on a page: the last paragraph of the text goes with it (7.3.5.5)."""
    chain = [*(text[-1:] if len(text) > 1 else ()), *below[:-1]] if below else []
    for element in chain:
        if is_paragraph(element):
            set_property(element, el("w:keepNext"))


def imprint(document: OfficialDocument) -> list[Element]:
    """The 版记 at the foot of the last page: copies, then printer and date, between rules as wide as the 版心 (7.4).

    The last rule is the lower edge of the 版心. The last paragraph keeps as much room as the 版记 takes, so that it moves
    to the next page as soon as the text would reach into it.
    """
    parts = [part for part in (_copies(document.copies_to), _printed(document)) if part is not None]
    if not parts:
        return []
    content = [_rule(layout.THICK_RULE)]
    for part in parts:
        content += [part, _rule(layout.THICK_RULE if part is parts[-1] else layout.THIN_RULE)]
    rows = len(parts) - 1 + ceil(width("，".join(document.copies_to)) / _COPIES_WIDTH or 1)
    high = layout.lines(rows) + 30 * (len(parts) + 1)
    room = el("w:spacing", before=0, after=0, line=high, lineRule="exact")
    box = text_box(Box(wide=layout.TEXT_WIDTH, high=high), "版记", *content)
    return [paragraph(styles.ANCHOR, box, properties=[room])]


def _rule(thickness: int) -> Element:
    return paragraph(
        styles.ANCHOR, properties=[el("w:pBdr", el("w:bottom", val="single", sz=thickness, space=0, color="000000"))]
    )


def _small(count: float) -> int:
    """``count`` characters of size 4 in twips."""
    return round(count * layout.SIZE_4 * 20)


def _copies(copies_to: tuple[str, ...]) -> Element | None:
    """抄送, one character in on both sides, names below each other, a full stop at the end (7.4.2)."""
    names = "，".join(name.strip().rstrip("。，,") for name in copies_to if name.strip())
    if not names:
        return None
    return paragraph(
        styles.IMPRINT, f"抄送：{names}。", properties=[el("w:ind", left=_small(4), right=_small(1), hanging=_small(3))]
    )


def _printed(document: OfficialDocument) -> Element | None:
    """Printer one character in on the left, date one on the right, with 印发 (7.4.3)."""
    if not (document.printed_by or document.printed_on):
        return None
    date = (
        f"{official_date(document.printed_on, document.open_year)}印发" if document.printed_on or document.draft else ""
    )
    tabs = el("w:tabs", el("w:tab", val="right", pos=layout.TEXT_WIDTH - _small(1)))
    return paragraph(
        styles.IMPRINT,
        f"{document.printed_by}\t{date}",
        properties=[tabs, el("w:ind", left=_small(1), right=_small(1))],
    )
