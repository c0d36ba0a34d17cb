"""Pages to the blocks of a document: order, page headers and numbers apart, paragraphs and tables over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ...model import Block
from .flow import Draft, Margins, continues, page_margins, paragraphs_of
from .grid import Grid, GridCell, find_grids
from .lines import Line, lines_of
from .page import Glyph, Page
from .tables import TableDraft, join, table_of

_PAGE_NUMBER = re.compile(
    r"[\s—\-–－_一·.•]*(?:第\s*)?\d{1,4}\s*(?:页)?\s*(?:[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—\-–－_一·.•]*"
)
_EDGE = 0.1
"""The share of the page's height at top and bottom where headers and page numbers stand."""


@dataclass(slots=True)
class _Content:
    """What a page holds, in reading order once sorted."""

    page: Page
    lines: list[Line]
    tables: list[TableDraft]
    items: list[Draft | TableDraft] = field(default_factory=list)


@dataclass(slots=True)
class Assembled:
    """The blocks in reading order, the page headers and footers, and how many tables were joined over a page."""

    blocks: tuple[Block, ...]
    headers: tuple[str, ...]
    joined: int


def assemble(pages: list[Page]) -> Assembled:
    """The document that the pages are pictures of."""
    contents = [_content(page) for page in pages]
    headers = _take_headers(contents)
    for content, margins in zip(contents, _margins(contents), strict=True):
        _order(content, margins)
    items, joined = _over_pages(contents)
    blocks = tuple(
        item.paragraph(number) if isinstance(item, Draft) else item.build(number) for number, item in enumerate(items)
    )
    return Assembled(blocks, headers, joined)


def _content(page: Page) -> _Content:
    """Every character in the smallest grid that holds it, or in none."""
    grids, loose = find_grids(page.rules, page.tolerance, page.width * page.height)
    grids = [grid for grid in grids if not _is_lettering(grid, page)]
    inside: dict[int, list[tuple[GridCell, Glyph]]] = {}
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        number = next((n for n, grid in enumerate(grids) if grid.holds(*glyph.middle)), None)
        cell = None if number is None else grids[number].cell_at(*glyph.middle)
        if number is None or cell is None:
            outside.append(glyph)
        else:
            inside.setdefault(number, []).append((cell, glyph))
    drafts = [table_of(page, grid, inside.get(n, []), loose) for n, grid in enumerate(grids)]
    return _Content(page, lines_of(page.number, outside, loose), _nested(grids, drafts))


def _is_lettering(grid: Grid, page: Page) -> bool:
    """The strokes of large printed characters, which in a scan look like rules: its cells are lower than its
    characters are wide.
    """
    if not page.seen:
        return False
    held = [(glyph, cell) for glyph in page.glyphs if (cell := grid.cell_at(*glyph.middle)) is not None]
    return bool(held) and 2 * sum(
        glyph.x1 - glyph.x0 > 1.2 * (cell.box[3] - cell.box[1]) for glyph, cell in held
    ) > len(held)


def _nested(grids: list[Grid], drafts: list[TableDraft]) -> list[TableDraft]:
    """The outermost tables, the others in the cells that hold them. Boxes without any text are left out."""
    outermost: list[TableDraft] = []
    for number, (grid, draft) in enumerate(zip(grids, drafts, strict=True)):
        if len(grid.cells) == 1 and not draft.cells[0].text:
            continue
        middle = (grid.xs[0] + grid.xs[-1]) / 2, (grid.ys[0] + grid.ys[-1]) / 2
        outer = next((n for n in range(number + 1, len(grids)) if grids[n].holds(*middle)), None)
        cell = None if outer is None else grids[outer].cell_at(*middle)
        if outer is None or cell is None:
            outermost.append(draft)
        else:
            owner = next(c for c in drafts[outer].cells if (c.row, c.column) == (cell.row, cell.column))
            owner.tables.append(draft)
    return outermost


def _take_headers(contents: list[_Content]) -> tuple[str, ...]:
    """Page numbers at the edges, and what stands in the same place on most pages."""
    edges = [(content, line) for content in contents for line in content.lines if _at_edge(content.page, line)]
    repeated = Counter(_shape(line) for _, line in edges)
    found: dict[str, None] = {}
    for content, line in edges:
        often = repeated[_shape(line)] >= max(3, 0.5 * len(contents)) and len(line.text) < 60
        if _PAGE_NUMBER.fullmatch(line.text) or often:
            content.lines.remove(line)
            if not _PAGE_NUMBER.fullmatch(line.text):
                found[line.text] = None
    return tuple(found)


def _at_edge(page: Page, line: Line) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _shape(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.top / 6)


def _margins(contents: list[_Content]) -> list[Margins]:
    """The margins of running text of each page: those of all pages of its width, but a scan's own, as each lies
    differently on the glass. Pages of few lines go by the tables beside them.
    """
    shared: dict[int, Margins] = {}
    for width in {round(content.page.width) for content in contents}:
        shared[width] = _margins_of([content for content in contents if round(content.page.width) == width])
    return [
        _margins_of([content]) if content.page.seen and len(content.lines) > 11 else shared[round(content.page.width)]
        for content in contents
    ]


def _margins_of(pages: list[_Content]) -> Margins:
    width, play = pages[0].page.width, max(content.page.play for content in pages)
    lines = [line for content in pages for line in content.lines]
    margins = page_margins(lines, play) if lines else Margins(0.12 * width, 0.88 * width, 20.0, play=play)
    tables = [table.box for content in pages for table in content.tables]
    if tables and len(lines) < 6 * len(pages):
        margins.left = min(margins.left, *(box[0] for box in tables))
        margins.right = max(margins.right, *(box[2] for box in tables))
    return margins


def _order(content: _Content, margins: Margins) -> None:
    """Lines and tables from top to bottom; the lines between two tables as paragraphs."""
    tables = sorted(content.tables, key=lambda table: (table.box[1], table.box[0]))
    rest = content.lines
    for table in tables:
        above = [line for line in rest if line.top < table.box[1]]
        rest = [line for line in rest if line.top >= table.box[1]]
        content.items += paragraphs_of(above, margins)
        content.items.append(table)
    content.items += paragraphs_of(rest, margins)


def _over_pages(contents: list[_Content]) -> tuple[list[Draft | TableDraft], int]:
    """All items in order, those that a page break cut in two joined."""
    items: list[Draft | TableDraft] = []
    joined = 0
    before: _Content | None = None
    for content in contents:
        own = list(content.items)
        if items and own and before is not None:
            last, first = items[-1], own[0]
            if isinstance(last, TableDraft) and isinstance(first, TableDraft) and join(last, first):
                own.pop(0)
                joined += 1
            elif isinstance(last, Draft) and isinstance(first, Draft) and _goes_on(last, first, before, content):
                last.lines += first.lines
                own.pop(0)
            elif isinstance(first, Draft):
                first.page_break = _ends_early(before) or before.page.width != content.page.width
        items += own
        before = content if own or content.items else before
    return items, joined


def _goes_on(last: Draft, first: Draft, before: _Content, content: _Content) -> bool:
    if before.page.width != content.page.width or first.margins is None or _ends_early(before):
        return False
    return first.align == "left" and continues(last, first.lines[0], first.margins, same_page=False)


def _ends_early(content: _Content) -> bool:
    """A page that is left with a fifth of its height empty was ended on purpose."""
    bottoms = [line.bottom for line in content.lines] + [table.box[3] for table in content.tables]
    return max(bottoms, default=0.0) < 0.72 * content.page.height
