"""Workbooks: every visible sheet as its title lines, its grid as one table, and its notes."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from ..errors import Unreadable
from ..model import Block, Document, ReadWarning
from .sheet_layout import Merge, SheetGrid, layout
from .sheet_scan import Position, Scan, scan
from .source import sha256

MAX_EMPTY_ROWS = 100
"""Bordered empty rows kept below the last filled one."""


def read_sheet(data: bytes, name: str, kind: str) -> Document:
    """A workbook of the ``kind`` that ``detect`` gave it (xlsx, xlsb, ods, xls or et).

    Each visible sheet gives, in order, paragraphs for its rows of one cell (title, 填报单位 line, notes) and tables for
    its grids, merged cells once, bordered empty cells kept. Numbers stand as a sheet shows them without a format: 12,
    0.5, 2025-06-20; a share that is shown in percent stays one (80%). Raises ``Unreadable``.
    """
    scanned = scan(data, name, kind)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(scanned.data))
        blocks, warnings = _sheets(book, scanned)
    except PasswordError as error:
        raise Unreadable(name, "U003") from error
    except CalamineError as error:
        raise Unreadable(name, "U004", what=re.sub(r"\s+", " ", str(error))[:60]) from error
    if not blocks:
        raise Unreadable(name, "U008")
    return Document(
        name=name,
        format=kind,
        reader="sheet",
        sha256=sha256(data),
        blocks=tuple(blocks),
        warnings=(*warnings, *_warnings(scanned)),
        images=scanned.images,
    )


def _sheets(book: CalamineWorkbook, scanned: Scan) -> tuple[list[Block], list[ReadWarning]]:
    blocks: list[Block] = []
    warnings: list[ReadWarning] = []
    for number, meta in enumerate(book.sheets_metadata):
        if meta.visible != SheetVisibleEnum.Visible:
            warnings.append(ReadWarning("N101", {"sheet": meta.name}))
            continue
        if "work" not in str(meta.typ).lower():
            continue
        grid = _grid(book, number, scanned.bordered.get(number, set()), scanned.percent.get(number, set()))
        blocks.extend(layout(grid, len(blocks)))
    return blocks, warnings


def _grid(book: CalamineWorkbook, number: int, bordered: set[Position], percent: set[Position]) -> SheetGrid:
    sheet = book.get_sheet_by_index(number)
    top, left = sheet.start or (0, 0)
    values: dict[Position, str] = {}
    for row, cells in enumerate(sheet.iter_rows() if sheet.start else (), top):
        for column, value in enumerate(cells, left):
            text = show_percent(value) if (row, column) in percent else show(value)
            if text.strip():
                values[row, column] = text
    return SheetGrid(values, _merges(sheet.merged_cell_ranges), _near(bordered, values))


def _merges(ranges: Iterable[tuple[Position, Position]] | None) -> tuple[Merge, ...]:
    return tuple(Merge(*start, *end) for start, end in ranges or ())


def _near(bordered: set[Position], values: dict[Position, str]) -> frozenset[Position]:
    """The bordered cells, without the many that a format drawn far beyond the content would add."""
    bottom = max((row for row, _ in values), default=0) + MAX_EMPTY_ROWS
    right = max((column for _, column in values), default=0) + 20
    return frozenset((row, column) for row, column in bordered if row <= bottom and column <= right)


def show(value: object) -> str:
    """A cell's value as text: whole numbers without a point, days as 2025-06-20, a line end as ``\\n``."""
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n")
        case bool():
            return "是" if value else "否"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
        case dt.time():
            return value.isoformat("minutes")
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            return "" if value is None else str(value)


def show_percent(value: object) -> str:
    """A cell that shows percent, as the person who typed it sees it: 80% for 0.8, with every digit that it holds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return show(value)
    return f"{show(round(value * 100, 10))}%"


def _warnings(scanned: Scan) -> list[ReadWarning]:
    warnings: list[ReadWarning] = []
    if scanned.macros:
        warnings.append(ReadWarning("N142"))
    if scanned.outside:
        warnings.append(ReadWarning("N143", {"count": str(scanned.outside)}))
    if scanned.uncomputed:
        warnings.append(ReadWarning("N102"))
    return warnings
