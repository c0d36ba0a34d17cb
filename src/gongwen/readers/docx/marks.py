"""A paragraph's text being built, and the marks of what can be filled: content controls, form fields, symbols."""

from __future__ import annotations

from lxml import etree

from ...model import Mark, MarkKind, Paragraph
from .elements import W14, number_in
from .styles import VAL, W, is_on

# Wingdings and Wingdings 2 glyphs that stand for check boxes (Microsoft's own character maps); others are bullets.
_SYMBOLS = {
    "wingdings": {0xA8: "□", 0x6F: "□", 0x71: "□", 0x72: "□", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xFC: "✓", 0xFB: "✗"},
    "wingdings 2": {0xA3: "□", 0x2A: "□", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x50: "✓", 0x4F: "✗"},
}  # fmt: skip


class OpenField:
    """An open complex field: its legacy form data and whether its code has ended."""

    __slots__ = ("form", "in_code", "start")

    def __init__(self, form: etree._Element | None) -> None:
        self.form, self.in_code, self.start = form, True, 0


class TextBuilder:
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


def extend(marks: list[Mark], kind: MarkKind, start: int, end: int) -> None:
    """Add a span of formatting, grown onto the last one of its kind where they touch."""
    for place in range(len(marks) - 1, max(-1, len(marks) - 4), -1):
        mark = marks[place]
        if mark.kind == kind and mark.end == start:
            marks[place] = Mark(kind, mark.start, end)
            return
    marks.append(Mark(kind, start, end))


def shown(text: str, font: str | None) -> str:
    """Text set in a symbol font: its private-use characters as what they show."""
    return "".join(symbol(font, f"{ord(c):X}") if 0xF000 <= ord(c) <= 0xF0FF else c for c in text)


def symbol(font: str | None, char: str | None) -> str:
    """The character of a symbol font as text: a box or a tick, any other as a bullet."""
    try:
        code = int(char or "", 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get((font or "").lower(), {}).get(code, "•")


def control_mark(element: etree._Element, start: int, end: int, text: str) -> Mark | None:
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


def form_mark(field: OpenField, text: TextBuilder) -> None:
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
        if result is not None and number_in(result, 0) < len(entries):
            text.add(entries[number_in(result, 0)])
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
