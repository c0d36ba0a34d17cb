"""The empty form: where its blanks stand, and a draft of it that can be scribbled on."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EMPTY_BRACKET = re.compile(r"([（(])(\s*)([)）])")
UNIT = re.compile(r"场/次|场次|人次|万人次|[场条件项个张份次家册本人处篇户期班台]")
HEADINGS = ("填报单位", "联系人", "电话", "填报日期")

Element = etree._Element
Style = Literal["inside", "after", "bare", "underlined", "vanished"]


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def text_of(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(w("t")))


@dataclass(frozen=True)
class Blank:
    """One pair of empty brackets: ``before`` and ``after`` are the words around it, ``unit`` its measure word."""

    ordinal: int
    section: str | None
    before: str
    after: str
    unit: str | None
    repeats: bool

    @property
    def is_name(self) -> bool:
        return self.before.endswith("名称")


@dataclass
class Look:
    """How a stretch of text is dressed; what is None stays as the form has it."""

    font: str | None = None
    half_points: int | None = None
    colour: str | None = None
    bold: bool = False
    underline: bool = False
    inserted: bool = False
    instead_of: str | None = None


@dataclass
class Word:
    text: str
    look: Look = field(default_factory=Look)


@dataclass
class Slot:
    """A blank on its way to being filled. ``written`` is what the person puts there."""

    ordinal: int
    opening: str
    room: str
    closing: str
    written: str = ""
    left: str = ""
    right: str = ""
    style: Style = "inside"
    look: Look = field(default_factory=Look)


Piece = Word | Slot


@dataclass
class Line:
    """A paragraph of the form; ``model`` is the paragraph whose properties it keeps."""

    pieces: list[Piece]
    model: Element
    repeats: bool = False

    def slots(self) -> list[Slot]:
        return [piece for piece in self.pieces if isinstance(piece, Slot)]

    def words(self) -> list[Word]:
        return [piece for piece in self.pieces if isinstance(piece, Word)]

    def copy(self) -> Line:
        pieces: list[Piece] = [
            Word(p.text, Look(**vars(p.look)))
            if isinstance(p, Word)
            else Slot(**{**vars(p), "look": Look(**vars(p.look))})
            for p in self.pieces
        ]
        return Line(pieces, self.model, self.repeats)


@dataclass
class Row:
    cells: list[list[Line]]
    model: Element


@dataclass
class Draft:
    """One reply in the making."""

    top: list[Line]
    heading: Line
    rows: list[Row]
    tail: list[Line]
    heading_lines: list[Line] = field(default_factory=list)
    text_boxes: list[str] = field(default_factory=list)
    whole_notice: bool = False
    table_as_text: bool = False
    split_runs: bool = False
    extension: str = ".docx"
    habits: list[str] = field(default_factory=list)

    def table_lines(self) -> Iterator[Line]:
        for row in self.rows:
            for cell in row.cells:
                yield from cell

    def filled_cells(self) -> list[list[Line]]:
        return [cell for row in self.rows for cell in row.cells if any(line.slots() for line in cell)]


@dataclass(frozen=True)
class Form:
    path: Path
    blanks: dict[int, Blank]
    first: int
    """Index in the body of the first element of the form (附件2)."""
    table: int
    last: int
    year: int
    """The year that the document speaks of most."""
    pairs: tuple[tuple[int, int], ...]
    """Blanks that count sessions and, right behind, the people who came to them."""

    @property
    def numbers(self) -> list[int]:
        """The blanks that take one number a reply."""
        return [n for n, blank in self.blanks.items() if not blank.repeats]

    @property
    def repeating(self) -> list[int]:
        return [n for n, blank in self.blanks.items() if blank.repeats]

    def draft(self) -> Draft:
        body = read_body(self.path)
        before = [body[i] for i in range(self.first, self.table)]
        heading = next(p for p in before if HEADINGS[0] in text_of(p))
        counter = iter(range(1, 10_000))
        return Draft(
            top=[Line([Word(text_of(p))], p) for p in before if p is not heading],
            heading=Line([Word(text_of(heading))], heading),
            rows=[
                Row([[_line(p, counter) for p in cell.iter(w("p"))] for cell in row.iter(w("tc"))], row)
                for row in body[self.table].iter(w("tr"))
            ],
            tail=[Line([Word(text_of(body[i]))], body[i]) for i in range(self.table + 1, self.last + 1)],
        )


def read_body(path: Path) -> Element:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    body = root.find(w("body"))
    if body is None:
        raise ValueError(f"no body in {path}")
    return body


def read_form(path: Path, table: int | None = None) -> Form:
    """The form of ``path``: its table number ``table``, or the one with the most empty brackets."""
    body = read_body(path)
    tables = [i for i, element in enumerate(body) if element.tag == w("tbl")]
    chosen = tables[table] if table is not None else max(tables, key=lambda i: len(_brackets(body[i])))
    first = chosen
    while first > 0 and body[first - 1].tag == w("p") and not text_of(body[first]).strip().startswith("附件"):
        first -= 1
    last = chosen
    while last + 1 < len(body) and body[last + 1].tag == w("p") and not text_of(body[last + 1]).startswith("附件"):
        last += 1
    blanks = {blank.ordinal: blank for blank in _blanks(body[chosen])}
    years = Counter(re.findall(r"20\d\d(?=年|〕)", text_of(body))).most_common(1)
    return Form(path, blanks, first, chosen, last, int(years[0][0]) if years else 2026, tuple(_pairs(blanks)))


def _brackets(table: Element) -> list[str]:
    return [found.group() for p in table.iter(w("p")) for found in EMPTY_BRACKET.finditer(text_of(p))]


def _blanks(table: Element) -> Iterator[Blank]:
    ordinal = 0
    for row in table.iter(w("tr")):
        cells = list(row.iter(w("tc")))
        section = text_of(cells[0]).strip() or None
        for p in row.iter(w("p")):
            text = text_of(p)
            found = list(EMPTY_BRACKET.finditer(text))
            repeats = bool(found) and text[: found[0].start()].endswith("名称")
            for i, bracket in enumerate(found):
                ordinal += 1
                before = text[found[i - 1].end() if i else 0 : bracket.start()]
                after = text[bracket.end() : found[i + 1].start() if i + 1 < len(found) else len(text)]
                unit = UNIT.match(after)
                yield Blank(ordinal, section, before, after, unit.group() if unit else None, repeats)


def _pairs(blanks: dict[int, Blank]) -> Iterator[tuple[int, int]]:
    for n, blank in blanks.items():
        follower = blanks.get(n + 1)
        if follower is None or blank.repeats or follower.unit != "人次" or not (blank.unit or "").startswith("场"):
            continue
        if re.fullmatch(r"[场次/，,。、；;\s]*(参与|参加|受众)?", blank.after):
            yield n, n + 1


def _line(p: Element, counter: Iterator[int]) -> Line:
    text = text_of(p)
    pieces: list[Piece] = []
    at = 0
    for bracket in EMPTY_BRACKET.finditer(text):
        if bracket.start() > at:
            pieces.append(Word(text[at : bracket.start()]))
        pieces.append(Slot(next(counter), bracket.group(1), bracket.group(2), bracket.group(3)))
        at = bracket.end()
    if text[at:]:
        pieces.append(Word(text[at:]))
    first = pieces[0] if pieces else None
    named = isinstance(first, Word) and first.text.endswith("名称") and len(pieces) > 1
    return Line(pieces, p, repeats=named)
