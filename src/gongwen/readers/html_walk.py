"""The elements of a page, walked once, to paragraphs and tables."""

from __future__ import annotations

import re
from typing import Literal

from lxml import etree

from ..model import Block, Cell, Mark, MarkKind, Paragraph, Table

_SKIPPED = frozenset(
    "script style head title template noscript object iframe svg canvas audio video applet xml colgroup col map".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center caption dd div dl dt fieldset figure figcaption footer form h1 h2 h3 h4 h5 h6 "
    "header hr legend li main menu nav ol p pre section ul html td th".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CJK = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…·"
_BROKEN_LINE = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]+[ \t]*(?=[{_CJK}])")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAX_SPAN = 1000
_MAX_CELLS = 500_000

Align = Literal["left", "center", "right", "justify"]


class _Buffer:
    """The paragraph being collected, its white space collapsed as a browser does."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: list[Mark] = []

    def add(self, text: str, keep: bool) -> None:
        if not keep:
            text = _SPACE.sub(" ", _BROKEN_LINE.sub("", text))
            if text.startswith(" ") and (not self.text or self.text[-1] in " \n"):
                text = text[1:]
        self.text += text.replace("\xa0", " ")

    def mark(self, kind: MarkKind, start: int, options: tuple[str, ...] = ()) -> None:
        if len(self.text) > start:
            self.marks.append(Mark(kind, start, len(self.text), options))


class Walker:
    """Walks one page. ``hidden`` and ``images`` fill as it goes."""

    def __init__(self) -> None:
        self.hidden: list[str] = []
        self.images: list[str] = []
        self._out: list[Paragraph | Table] = []
        self._buffer = _Buffer()
        self._block = 0
        self._fixed: int | None = None  # the block number inside a table
        self._cells = 0

    def blocks(self, body: etree._Element) -> list[Block]:
        """The blocks of the page in order, numbered from 0."""
        self._walk(body, False)
        self._flush(body, None)
        return list(self._out)

    def _number(self) -> int:
        return len(self._out) if self._fixed is None else self._fixed

    # --- text

    def _walk(self, element: etree._Element, keep: bool) -> None:
        """An element's own text, its children and what follows each of them."""
        if element.text:
            self._buffer.add(element.text, keep)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, keep)
            if child.tail:
                self._buffer.add(child.tail, keep)

    def _child(self, child: etree._Element, keep: bool) -> None:
        tag = str(child.tag).lower().rpartition(":")[2] if ":" in str(child.tag) else str(child.tag).lower()
        if tag in _SKIPPED:
            return
        if _is_hidden(child):
            text = " ".join("".join(map(str, child.itertext())).split())
            self.hidden += [text] if text else []
        elif tag == "br":
            self._buffer.text = self._buffer.text.rstrip(" ") + "\n"
        elif tag == "table":
            self._flush(child, None)
            self._table(child)
        elif tag == "img":
            self.images.append(child.get("src", "")[:200])
        elif tag in ("input", "textarea", "select"):
            self._control(child, tag)
        elif tag in _BLOCKS:
            self._flush(child, None)
            self._walk(child, keep or tag == "pre")
            self._flush(child, tag)
        else:
            start = len(self._buffer.text)
            self._walk(child, keep or "mso-spacerun" in child.get("style", ""))
            if tag in ("u", "ins") or "text-decoration:underline" in child.get("style", "").replace(" ", "").lower():
                self._buffer.mark("underline", start)
            elif tag in ("b", "strong"):
                self._buffer.mark("bold", start)

    def _control(self, child: etree._Element, tag: str) -> None:
        """A field of a form: its value, or a blank."""
        kind = child.get("type", "text").lower()
        start = len(self._buffer.text)
        if tag == "select":
            options = [
                (" ".join("".join(map(str, option.itertext())).split()), option) for option in child.iter("option")
            ]
            chosen = next((text for text, option in options if option.get("selected") is not None), "")
            self._buffer.text += chosen or "____"
            self._buffer.mark("choice", start, tuple(text for text, _ in options if text))
        elif kind in ("checkbox", "radio"):
            self._buffer.text += "☑" if child.get("checked") is not None else "□"
        elif tag == "textarea" or kind in ("text", "number", "date", "tel", "email"):
            self._buffer.text += (child.text if tag == "textarea" else child.get("value")) or "____"

    def _flush(self, element: etree._Element, tag: str | None) -> None:
        """End the paragraph being collected; an empty one is kept only where the page has an empty paragraph."""
        text, marks = self._buffer.text, self._buffer.marks
        self._buffer = _Buffer()
        stripped = text.strip(" \n") if tag != "pre" else text.strip("\n")
        if not stripped and tag != "p":
            return
        lead = text.find(stripped) if stripped else 0
        moved = [
            Mark(mark.kind, max(mark.start - lead, 0), min(mark.end - lead, len(stripped)), mark.options)
            for mark in marks
            if mark.start - lead < len(stripped) and mark.end > lead
        ]
        self._out.append(
            Paragraph(
                self._number(),
                stripped,
                number=_list_number(element) if tag == "li" else None,
                heading=int(tag[1]) if tag and re.fullmatch("h[1-6]", tag) else None,
                align=_align(element),
                bold=any(mark.kind == "bold" and mark.end - mark.start >= len(stripped) for mark in moved),
                page_break="page-break-before:always" in element.get("style", "").replace(" ", "").lower(),
                marks=tuple(moved),
            )
        )

    # --- tables

    def _table(self, element: etree._Element) -> None:
        rows = [row for row in element.iter("tr") if _owner(row) is element]
        if _is_layout(element, rows):
            for row in rows:
                for cell in row.iterchildren("td", "th"):
                    self._child(cell, False)
            return
        for caption in element.iterchildren("caption"):
            self._child(caption, False)
        number = self._number()
        cells, width, height = self._rows(rows, number)
        if not cells:
            return
        headed = sum(row.getparent() is not None and str(row.getparent().tag) == "thead" for row in rows)  # type: ignore[union-attr]
        style = element.get("style", "").replace(" ", "").lower()
        ruled = element.get("border", "1") not in ("0", "") and "border:none" not in style
        self._out.append(Table(number, height, width, tuple(cells), headed, ruled))

    def _rows(self, rows: list[etree._Element], number: int) -> tuple[list[Cell], int, int]:
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        width = 0
        for row, element in enumerate(rows):
            column = 0
            for part in element.iterchildren("td", "th"):
                while (row, column) in taken:
                    column += 1
                down = min(_span(part, "rowspan") or len(rows), len(rows) - row)
                across = max(1, _span(part, "colspan"))
                self._cells += down * across
                if self._cells > _MAX_CELLS:
                    raise MemoryError("table")
                taken |= {(row + r, column + c) for r in range(down) for c in range(across)}
                cells.append(self._cell(part, (row, column, down, across), number))
                column += across
                width = max(width, column)
        return cells, width, len(rows)

    def _cell(self, element: etree._Element, place: tuple[int, int, int, int], number: int) -> Cell:
        """The content of a cell, collected apart."""
        outer = self._out, self._buffer, self._fixed
        self._out, self._buffer, self._fixed = [], _Buffer(), number
        if not _is_hidden(element):
            self._walk(element, False)
        self._flush(element, None)
        paragraphs = tuple(block for block in self._out if isinstance(block, Paragraph)) or (Paragraph(number, ""),)
        tables = tuple(block for block in self._out if isinstance(block, Table))
        self._out, self._buffer, self._fixed = outer
        text = "\n".join(paragraph.text for paragraph in paragraphs)
        row, column, down, across = place
        return Cell(row, column, text, paragraphs, down, across, tables)


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style)) or element.get("type") == "hidden"


def _owner(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors("table"), None)


def _is_layout(element: etree._Element, rows: list[etree._Element]) -> bool:
    """One cell a row and another table or many paragraphs inside: a frame of the page, not a table of the document."""
    single = all(len(list(row.iterchildren("td", "th"))) == 1 for row in rows)
    inner = sum(1 for _ in element.iter("table")) > 1
    return single and (inner or (len(rows) == 1 and sum(1 for _ in element.iter("p", "div")) > 5))


def _span(element: etree._Element, name: str) -> int:
    value = element.get(name, "1").strip()
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _align(element: etree._Element) -> Align | None:
    match = re.search(r"text-align\s*:\s*(\w+)", element.get("style", ""), re.IGNORECASE)
    value = (match[1] if match else element.get("align", "")).lower()
    if value == "center" or element.tag == "center":
        return "center"
    return "left" if value == "left" else "right" if value == "right" else "justify" if value == "justify" else None


def _list_number(element: etree._Element) -> str | None:
    parent = element.getparent()
    if parent is None or parent.tag != "ol" or len(parent) > 1000:
        return None
    start = parent.get("start", "1")
    position = [child for child in parent if child.tag == "li"].index(element)
    return f"{(int(start) if start.isdigit() else 1) + position}."
