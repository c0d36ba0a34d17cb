"""What stands above each row, found by code or by name in the table and among the units that are there; circles."""

from __future__ import annotations

from collections.abc import Iterable

from ... import problems
from ...models import Kind
from ...rules import codes, kinds, names
from .known import Known, Stock
from .rows import Notes, Row

Place = Row | Known


class Index:
    """The rows of the table by code and by name."""

    def __init__(self, rows: Iterable[Row], notes: Notes) -> None:
        self.by_code: dict[str, Row] = {}
        self.by_name: dict[str, list[Row]] = {}
        by_uscc: dict[str, Row] = {}
        self.highest = codes.Level.COMMUNITY
        for row in rows:
            if row.code and self.by_code.setdefault(row.code, row) is not row:
                notes.add(row, "code", problems.ROW_CODE_TWICE, code=row.code, row=self.by_code[row.code].number)
            if row.uscc and by_uscc.setdefault(row.uscc, row) is not row:
                notes.add(row, "uscc", problems.ROW_USCC_TWICE, uscc=row.uscc, row=by_uscc[row.uscc].number)
            self.by_name.setdefault(names.key(row.name), []).append(row)
            if row.code and row.kind and kinds.is_area(row.kind) and codes.is_code(row.code):
                self.highest = min(self.highest, codes.level(row.code))


def place(row: Row, index: Index, stock: Stock, notes: Notes) -> None:
    """Set ``row.parent``; None is the unit that is imported into, or the top."""
    if row.parent_code:
        found = _by_code(row.parent_code, index, stock)
        if found is None and not row.parent_code.isascii():
            _by_name(row, row.parent_code, index, stock, notes)
        elif found is None:
            notes.add(row, "parent", problems.ROW_PARENT_MISSING, above=row.parent_code)
        row.parent = found or row.parent
    elif row.above:
        _by_name(row, row.above, index, stock, notes)
    elif row.unit is not None:
        row.parent = stock.by_pk.get(row.unit.parent_id or 0)
    else:
        _by_own_code(row, index, stock, notes)


def _by_code(code: str, index: Index, stock: Stock) -> Place | None:
    row = index.by_code.get(code)
    return row if row is not None else stock.by_code.get(code)


def _by_name(row: Row, name: str, index: Index, stock: Stock, notes: Notes) -> None:
    key = names.key(name)
    rows = [other for other in index.by_name.get(key, []) if other is not row]
    # A table that has a row of that name means this row, which may be about the very unit that is there.
    found: list[Place] = [*rows] or [*stock.named(key)]
    if stock.under is not None and names.key(stock.under.name) == key and len(found) > 1:
        found = [unit for unit in found if isinstance(unit, Known) and unit.pk == stock.under.pk] or found
    if len(found) == 1:
        row.parent = found[0]
    else:
        problem = problems.ROW_PARENT_SEVERAL if found else problems.ROW_PARENT_MISSING
        notes.add(row, "above", problem, above=name)


def _by_own_code(row: Row, index: Index, stock: Stock, notes: Notes) -> None:
    """A statistical code says what is above; an office or an enterprise may say in which area it lies."""
    if row.kind is not None and kinds.is_area(row.kind) and row.kind is not Kind.NATION and codes.is_code(row.code):
        ancestors = codes.ancestors(row.code)
        # The prefecture above a county may be one in name only (市辖区); a street or a community has a unit right above it.
        wanted = ancestors if codes.level(row.code) <= codes.Level.COUNTY else ancestors[:1]
        row.parent = next((found for code in wanted if (found := _by_code(code, index, stock)) is not None), None)
        into_uncoded = stock.under is not None and not stock.under.code
        if (row.parent is None and not into_uncoded and codes.level(row.code) > index.highest) or (
            row.parent is None and stock.under is not None and stock.under.code and stock.under.code not in ancestors
        ):
            notes.add(row, "parent", problems.ROW_PARENT_MISSING, above=ancestors[0])
    elif row.area_code:
        row.parent = _by_code(row.area_code, index, stock)


def in_order(rows: list[Row], notes: Notes) -> list[Row]:
    """The rows so that each stands behind the one above it. Those that stand below themselves are noted and left out."""
    done: set[Row] = set()
    ordered: list[Row] = []
    for start in rows:
        way: list[Row] = []
        seen: dict[Row, int] = {}
        row: Place | None = start
        while isinstance(row, Row) and row not in done:
            if row in seen:
                circle = way[seen[row] :]
                shown = " → ".join(f"{each.name}（{each.number}）" for each in [*circle[:6], row])
                for each in circle:
                    notes.add(each, "parent", problems.ROW_CYCLE, name=each.name, way=shown)
                break
            seen[row] = len(way)
            way.append(row)
            row = row.parent
        for each in reversed(way):
            done.add(each)
            ordered.append(each)
    return [row for row in ordered if row not in notes.wrong] if notes.wrong else ordered
