"""What every reader returns and every later stage speaks: one frozen document.

Offsets count characters of ``Paragraph.text`` or ``Cell.text`` as stored in the file, so that evidence points at the
exact span. Nothing here is mended or guessed: mending is a later stage, and says what it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's top-left corner."""

MarkKind = Literal["underline", "bold", "text", "date", "choice", "check"]


class Mark(Struct, frozen=True, gc=False):
    """A span of a paragraph's text that carries more than its characters.

    ``underline`` and ``bold`` are formatting. ``text``, ``date``, ``choice`` and ``check`` are fillable controls
    (content controls and legacy form fields); ``options`` are the entries of a choice, ``empty`` says that the span
    shows only a placeholder or nothing, ``inline`` that the span stands for the whole control.
    """

    kind: MarkKind
    start: int
    end: int
    options: tuple[str, ...] = ()
    empty: bool = False
    title: str | None = None


class Paragraph(Struct, frozen=True):
    """One paragraph. A line break is ``\\n``, a tab ``\\t``; text boxes anchored here follow its own text after ``\\n``.

    ``number`` is the automatic number as Word would print it (``一、``), not part of ``text``. ``heading`` is the
    outline level from 1. ``indent`` is the first-line indent in characters. ``cut`` says that the paragraph mark was
    deleted by an accepted change, so the next paragraph continues it. ``offset`` is characters of the stored line before
    this piece, for text files.
    """

    block: int
    text: str
    number: str | None = None
    number_level: int | None = None
    heading: int | None = None
    align: Literal["left", "center", "right", "justify"] | None = None
    indent: float = 0.0
    size: float | None = None
    bold: bool = False
    page_break: bool = False
    cut: bool = False
    offset: int = 0
    marks: tuple[Mark, ...] = ()
    page: int | None = None
    box: Box | None = None


class Cell(Struct, frozen=True):
    """A cell once, at its top-left grid position; ``rows`` and ``columns`` are how many it covers."""

    row: int
    column: int
    text: str
    paragraphs: tuple[Paragraph, ...]
    rows: int = 1
    columns: int = 1
    tables: tuple[Table, ...] = ()
    box: Box | None = None


class Table(Struct, frozen=True):
    """A grid of ``rows`` × ``columns``. ``header_rows`` are those marked to repeat on every page."""

    block: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    header_rows: int = 0
    ruled: bool = True
    page: int | None = None
    box: Box | None = None

    def grid(self) -> dict[tuple[int, int], Cell]:
        """Every grid position, covered ones included, to its cell."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }


Block = Paragraph | Table


class ReadWarning(Struct, frozen=True):
    """Something the reader met and the person should know; ``code`` is in ``gongwen.messages``."""

    code: str
    details: dict[str, str] = {}
    block: int | None = None


class Document(Struct, frozen=True):
    """A file as read. ``blocks[i].block == i``. ``images`` are listed, never loaded.

    ``format`` is what the content is (``docx``, ``doc``, ``pdf``, ``text``, ``html``, ``xlsx``, ``image`` …), ``reader``
    what read it (``docx``, ``office`` for LibreOffice, ``pdf-text``, ``ocr``, ``text``, ``html``, ``sheet``).
    ``headers`` holds page headers and footers, ``notes`` footnotes and endnotes, ``hidden`` hidden text: all apart.
    """

    name: str
    format: str
    reader: str
    sha256: str
    blocks: tuple[Block, ...]
    warnings: tuple[ReadWarning, ...] = ()
    images: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of the body, those in tables left out."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """The tables of the body, nested ones left out."""
        return (block for block in self.blocks if isinstance(block, Table))
