"""Lines and tables of a document, every character with its address, outline labels told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec
from msgspec import UNSET

from ..model import Cell, Document, Mark, Paragraph, Table
from ..spec import Evidence

# Labels of the outline (GB/T 9704-2012, 7.3.3): 一、 （一） 1. （1）; people also write 一. (一) 1、 1） ①.
_LABELS = (
    (1, re.compile(r"^\s*(?P<n>[一二三四五六七八九十]{1,3})\s*(?:、|[．.](?!\d)|，(?=\S))\s*")),
    (2, re.compile(r"^\s*[（(]\s*(?P<n>[一二三四五六七八九十]{1,3})\s*[）)]\s*[、.．]?\s*")),
    (3, re.compile(r"^\s*(?P<n>\d{1,2})\s*(?:[．、](?!\d)|[.](?![\d\s]*\d))\s*")),
    (4, re.compile(r"^\s*(?:[（(]\s*(?P<n>\d{1,2})\s*[）)]|(?P<m>\d{1,2})\s*[）)])\s*[、.．]?\s*")),
)
_LABEL_STARTS = frozenset("一二三四五六七八九十（(0123456789")
_PRINTED = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}


@dataclass(frozen=True, slots=True)
class Piece:
    """From ``at`` on, characters of a line come from ``start`` on in a stored paragraph or cell."""

    at: int
    block: int
    start: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the address of each of its characters. ``number`` and ``level`` are its outline label, printed or automatic.

    ``body`` is where the text begins behind a printed label. ``text`` is as stored, or as mended.
    """

    text: str
    source: int
    pieces: tuple[Piece, ...]
    paragraph: Paragraph
    row: int | None = None
    column: int | None = None
    nested: tuple[int, ...] = ()
    number: str | None = None
    level: int | None = None
    body: int = 0
    marks: tuple[Mark, ...] = ()
    mended: bool = False

    @property
    def block(self) -> int:
        """Where the line begins."""
        return self.pieces[0].block

    @property
    def title(self) -> str:
        """The text behind the label."""
        return self.text[self.body :].strip()

    def evidence(self, start: int, end: int) -> Evidence:
        """The address of a span; a span over a mended cut has its other parts in ``also``."""
        spans: list[Evidence] = []
        for place, piece in enumerate(self.pieces):
            until = self.pieces[place + 1].at if place + 1 < len(self.pieces) else len(self.text)
            low, high = max(start, piece.at), min(end, until)
            if low < high or (start == end and piece.at <= start <= until and not spans):
                at = piece.start + low - piece.at
                spans.append(self._span(piece, at, at + high - low, self.text[low:high]))
        if not spans:
            spans = [self._span(self.pieces[0], self.pieces[0].start, self.pieces[0].start, "")]
        first = spans[0]
        if len(spans) == 1:
            return first
        return Evidence(
            first.source,
            first.block,
            first.row,
            first.column,
            first.start,
            first.end,
            self.text[start:end],
            spans[1:],
            first.page,
            first.box,
            first.nested,
        )

    def _span(self, piece: Piece, start: int, end: int, text: str) -> Evidence:
        return Evidence(
            self.source,
            piece.block,
            self.row,
            self.column,
            start,
            end,
            text,
            page=UNSET if piece.page is None else piece.page,
            box=UNSET if piece.box is None else piece.box,
            nested=list(self.nested) if self.nested else UNSET,
        )

    def whole(self) -> Evidence:
        """The address of the line without its surrounding blanks."""
        start = len(self.text) - len(self.text.lstrip())
        return self.evidence(start, max(start, len(self.text.rstrip())))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a source with the lines of its cells."""

    table: Table
    source: int
    format: str
    nested: tuple[int, ...] = ()

    @property
    def block(self) -> int:
        """The number of the table's block."""
        return self.table.block

    def lines(self, cell: Cell) -> list[Line]:
        """The lines of a cell; offsets count in the cell's text, in a text file in the line of the file."""
        found: list[Line] = []
        offset = 0
        for paragraph in cell.paragraphs:
            flat = self.format == "text"
            row, column = (None, None) if flat else (cell.row, cell.column)
            if self.nested:
                row, column = self.nested[0], self.nested[1]
            nested = (*self.nested[2:], cell.row, cell.column) if self.nested else ()
            found.extend(
                _split(
                    self._placed(paragraph, cell),
                    self.source,
                    row,
                    column,
                    paragraph.offset if flat else offset,
                    nested,
                )
            )
            offset += len(paragraph.text) + 1
        return found

    def _placed(self, paragraph: Paragraph, cell: Cell) -> Paragraph:
        """The paragraph with its page, the cell's or the table's where it has none of its own (an empty cell)."""
        if paragraph.page is not None or self.table.page is None:
            return paragraph
        return msgspec.structs.replace(paragraph, page=self.table.page, box=paragraph.box or cell.box)

    def inner(self, cell: Cell) -> list[Grid]:
        """Tables inside a cell."""
        where = (*self.nested, cell.row, cell.column)
        return [Grid(table, self.source, self.format, where) for table in cell.tables]


Item = Line | Grid


def label_of(text: str) -> tuple[str, int, int] | None:
    """A printed outline label: as it is to be shown, its level, where the text behind it begins."""
    if text.lstrip()[:1] not in _LABEL_STARTS:
        return None
    for level, pattern in _LABELS:
        match = pattern.match(text)
        if match:
            number = match.group("n") or match.groupdict().get("m") or ""
            return _PRINTED[level].format(number), level, match.end()
    return None


def _split(
    paragraph: Paragraph, source: int, row: int | None, column: int | None, offset: int, nested: tuple[int, ...] = ()
) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for place, text in enumerate(paragraph.text.split("\n")):
        number, level, body = None, None, 0
        automatic = paragraph.number if place == 0 else None
        printed = label_of(f"{automatic} " if automatic else text)
        if printed:
            number, level = printed[0], printed[1]
            body = 0 if automatic else printed[2]
        elif automatic:
            number = automatic
        marks = tuple(
            Mark(m.kind, max(m.start - at, 0), min(m.end - at, len(text)), m.options, m.empty, m.title)
            for m in paragraph.marks
            if (m.start < at + len(text) and m.end > at) or (m.start == m.end and at <= m.start <= at + len(text))
        )
        piece = Piece(0, paragraph.block, offset + at, paragraph.page, paragraph.box)
        lines.append(Line(text, source, (piece,), paragraph, row, column, nested, number, level, body, marks))
        at += len(text) + 1
    return lines


def items_of(document: Document, source: int) -> list[Item]:
    """The lines and tables of a document in order."""
    items: list[Item] = []
    for block in document.blocks:
        if isinstance(block, Table):
            items.append(Grid(block, source, document.format))
        else:
            items.extend(_split(block, source, None, None, block.offset))
    return items


_HAN = "\u2e80-\u9fff\uf900-\ufaff“”‘’《》〈〉（）【】〔〕「」、。，；：！？…—·"


_NEXT_TO_HAN = re.compile(rf"(?<=[{_HAN}]) | (?=[{_HAN}])")
_SPACE = re.compile(r"[\s\u3000\xa0]+")


def close_up(text: str) -> str:
    """Blanks next to a Chinese character or punctuation removed; between Latin words one stays."""
    if not _SPACE.search(text):
        return text
    text = _SPACE.sub(" ", text).strip()
    return _NEXT_TO_HAN.sub("", text)
