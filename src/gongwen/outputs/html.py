"""A document as HTML for the page on which a person reviews what was compiled from it.

Made from ``gongwen.model.Document`` alone: no style attribute, no script, everything escaped; looks are a matter of
classes (``align-center``, ``indent-2``, ``number``, ``heading-1``, ``bold`` …). Style sheets set ``white-space: pre-wrap`` on
``.document``, as blanks, tabs and line breaks stand in it as they are stored.

**Addresses.** A block has the id ``s{source}-b{block}``, a cell ``s{source}-b{block}-r{row}-c{column}``, a cell of a table inside
that cell has ``-n{row}-{column}`` behind it. An item marked on the page is one or more ``<mark data-item="KEY …">``, the
first of a key with the id ``item-KEY``; where several items share characters the mark lists all their keys, and a key that
finds the id taken has an empty ``<span id="item-KEY">`` before it.

**From a selection back to evidence.** Every run of text is one element with ``data-start`` that holds one text node or none.
From a point in a text node: ``start`` is the run's ``data-start`` plus the characters (code points, not UTF-16 units) before the
point; the nearest element around it that has ``data-block`` gives ``block`` and, where it has them, ``row`` (``data-row``), ``column``
(``data-column``) and ``nested`` (``data-nested``, numbers between blanks), None otherwise; the nearest one that has ``data-source`` gives
``source``. Both ends must have the same address. What has no ``data-start`` around it (automatic numbers) does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ..model import Cell, Document, Paragraph, Table
from .addresses import Address, Place, cell_address, of_cell
from .marking import Marker, PageSpan, safe

_DEEPEST_INDENT = 10
_LARGEST = 72


class ReviewPage(Struct, frozen=True):
    """Documents as HTML, and the spans that could not be marked in them: the file is another one, or they are wrong."""

    html: str
    unplaced: tuple[PageSpan, ...] = ()


def document_html(document: Document, spans: Sequence[PageSpan], *, source: int = 0) -> str:
    """One document; ``source`` is its number in the notice. Spans of other sources, and those that fit nowhere, are left out."""
    return _Page(document, source, spans, set()).html()


def review_page(documents: Sequence[Document], spans: Sequence[PageSpan]) -> ReviewPage:
    """All documents of a notice in the order of ``NoticeSpec.source``, a ``<section>`` each."""
    known: set[str] = set()
    sections: list[str] = []
    unplaced = [span for span in spans if not 0 <= span.source < len(documents)]
    for source, document in enumerate(documents):
        page = _Page(document, source, spans, known)
        name = safe(document.name).replace('"', "&quot;")
        heading = f'<h2 class="source-name">{name}</h2>'
        sections.append(f'<section class="source" id="s{source}" aria-label="{name}">{heading}{page.html()}</section>')
        unplaced += page.marker.unplaced()
    return ReviewPage("\n".join(sections), tuple(unplaced))


class _Page:
    """One document being written."""

    def __init__(self, document: Document, source: int, spans: Sequence[PageSpan], known: set[str]) -> None:
        self.document = document
        self.source = source
        self.marker = Marker(document, source, spans, known)
        self.flat = document.format == "text"
        self._named: set[str] = set()

    def html(self) -> str:
        lines = self._lines_in_tables()
        blocks = [
            self._table(block) if isinstance(block, Table) else self._paragraph(Place(Address(i), block.offset, block))
            for i, block in enumerate(self.document.blocks)
            if not (i in lines and isinstance(block, Paragraph) and not block.text)
        ]
        inside = "\n".join([*blocks, *self._notes()])
        return f'<div class="document" data-source="{self.source}">\n{inside}\n</div>'

    def _lines_in_tables(self) -> set[int]:
        """Lines of a text file that went into a table: they stand in its cells."""
        if not self.flat:
            return set()
        lines: set[int] = set()
        for table in self.document.tables():
            last = max((part.block for cell in table.cells for part in cell.paragraphs), default=table.block)
            lines.update(range(table.block + 1, last + 1))
        return lines

    def _notes(self) -> list[str]:
        notes = "".join(f"<li>{safe(note)}</li>" for note in self.document.notes)
        return [f'<ol class="notes">{notes}</ol>'] if notes else []

    def _paragraph(self, place: Place, *, in_cell: bool = False) -> str:
        paragraph = place.paragraph
        number = f'<span class="number">{safe(paragraph.number)}</span>' if paragraph.number else ""
        address = "" if in_cell and not self.flat else f'{self._id(place.address)} data-block="{place.address.block}"'
        level = f' role="heading" aria-level="{paragraph.heading + 2}"' if paragraph.heading else ""
        page = f' data-page="{paragraph.page}"' if paragraph.page is not None and not in_cell else ""
        names = f' class="{" ".join(_classes(paragraph))}"' if _classes(paragraph) else ""
        return f"<p{address}{names}{level}{page}>{number}{self.marker.runs(place)}</p>"

    def _table(self, table: Table, outer: Address | None = None) -> str:
        heads = _head_rows(table)
        grid, named = table.grid(), max(heads, table.header_rows)
        rows = [self._row(table, grid, row, outer, is_head=row < named) for row in range(table.rows)]
        inside = _part("thead", rows[:heads]) + _part("tbody", rows[heads:])
        own = self._id(Address(table.block)) if outer is None else ""
        page = f' data-page="{table.page}"' if table.page is not None else ""
        names = "ruled" if table.ruled else "unruled"
        return f'<table{own} class="{names}"{page}>\n{inside}</table>'

    def _row(
        self, table: Table, grid: dict[tuple[int, int], Cell], row: int, outer: Address | None, *, is_head: bool
    ) -> str:
        cells = []
        for column in range(table.columns):
            cell = grid.get((row, column))
            if cell is None:
                cells.append('<td class="missing"></td>')
            elif (cell.row, cell.column) == (row, column):
                cells.append(self._cell(table, cell, outer, is_head=is_head))
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, table: Table, cell: Cell, outer: Address | None, *, is_head: bool) -> str:
        address = cell_address(table, cell, outer)
        columns = min(cell.columns, table.columns - cell.column)
        rows = min(cell.rows, table.rows - cell.row)
        scope = f' scope="{"colgroup" if columns > 1 else "col"}"' if is_head else ""
        across = f' colspan="{columns}"' if columns > 1 else ""
        down = f' rowspan="{rows}"' if rows > 1 else ""
        data = "" if self.flat else _data(address)
        inside = [self._paragraph(place, in_cell=True) for place in of_cell(cell, address, self.flat)]
        inside += [self._table(inner, address) for inner in cell.tables]
        tag = "th" if is_head else "td"
        return f"<{tag}{self._id(address)}{data}{scope}{across}{down}>{''.join(inside)}</{tag}>"

    def _id(self, address: Address) -> str:
        """The id of an address, once on a page: two tables inside one cell, or cells of one line, share their address."""
        name = f"s{self.source}-b{address.block}"
        if address.row is not None:
            name += f"-r{address.row}-c{address.column}"
        name += "".join(f"-n{row}-{column}" for row, column in _pairs(address.nested))
        if name in self._named:
            return ""
        self._named.add(name)
        return f' id="{name}"'


def _head_rows(table: Table) -> int:
    """How many rows make the ``<thead>``: those that repeat, and more where a cell reaches on; none where that is all."""
    heads = min(table.header_rows, table.rows)
    while True:
        reach = max((cell.row + cell.rows for cell in table.cells if cell.row < heads), default=0)
        if reach <= heads:
            break
        heads = reach
    return heads if heads < table.rows else 0


def _part(tag: str, rows: Sequence[str]) -> str:
    inside = "\n".join(rows)
    return f"<{tag}>\n{inside}\n</{tag}>\n" if rows else ""


def _data(address: Address) -> str:
    nested = f' data-nested="{" ".join(map(str, address.nested))}"' if address.nested else ""
    return f' data-block="{address.block}" data-row="{address.row}" data-column="{address.column}"{nested}'


def _pairs(path: Sequence[int]) -> Iterable[tuple[int, int]]:
    return zip(path[::2], path[1::2], strict=True)


def _classes(paragraph: Paragraph) -> list[str]:
    """The looks of a paragraph."""
    indent = min(round(paragraph.indent), _DEEPEST_INDENT)
    size = min(round(paragraph.size or 0), _LARGEST)
    return [
        *([f"align-{paragraph.align}"] if paragraph.align else []),
        *([f"indent-{indent}"] if indent > 0 else []),
        *(["heading", f"heading-{paragraph.heading}"] if paragraph.heading else []),
        *([f"size-{size}"] if size > 0 else []),
        *(["bold"] if paragraph.bold else []),
        *(["page-break"] if paragraph.page_break else []),
        *([] if paragraph.text or paragraph.number else ["empty"]),
    ]
