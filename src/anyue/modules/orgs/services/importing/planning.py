"""What becomes of each row: a new unit, another name, another place, something else, or nothing."""

from __future__ import annotations

from datetime import date

from anyue.kernel import paths

from ... import problems
from ...rules import kinds, names
from ..states import DEEPEST
from .known import Known, Stock
from .placing import Index, in_order, place
from .result import Act, ImportResult, Progress, RowPlan
from .rows import Notes, Row, is_mark, kind_words

PREVIEW = 200


def plan(rows: list[Row], stock: Stock, notes: Notes, on: date, progress: Progress) -> list[Row]:
    """The rows in the order in which they can be written, each with its unit, its place and its act; faults in ``notes``."""
    index = Index(rows, notes)
    stock.take_in_others(
        {row.code for row in rows if row.code} | {row.parent_code for row in rows if row.parent_code},
        {row.uscc for row in rows if row.uscc},
    )
    for row in rows:
        _match_by_code(row, stock, notes)
        place(row, index, stock, notes)
    ordered = in_order(rows, notes)
    beside: dict[tuple[int, str], Row] = {}
    for number, row in enumerate(ordered, 1):
        _match_by_name(row, stock)
        _check(row, stock, notes, on)
        _check_twin(row, stock, notes, beside)
        if number % 4000 == 0:
            progress(len(rows) + number, 3 * len(rows))
    _follow_up(ordered, stock, notes)
    return ordered


def _match_by_code(row: Row, stock: Stock, notes: Notes) -> None:
    by_code = stock.by_code.get(row.code) if row.code else None
    by_uscc = stock.by_uscc.get(row.uscc) if row.uscc else None
    if by_uscc is not None and (by_code or by_uscc) is not by_uscc:
        notes.add(row, "uscc", problems.USCC_TAKEN, uscc=row.uscc, uscc_holder=by_uscc.name)
    row.unit = by_code or by_uscc
    if is_mark(row.code):
        if by_code is None:
            notes.add(row, "code", problems.CODE_SHAPE, code=row.code)
        row.code = ""
    if row.unit is None:
        return
    if row.unit.closed_on is not None:
        details = {"code": row.code or row.uscc, "name": row.unit.name, "on": row.unit.closed_on}
        notes.add(row, "code" if by_code else "uscc", problems.ROW_CLOSED, **details)
    elif not stock.is_inside(row.unit):
        place_name = stock.under.name if stock.under else ""
        notes.add(row, "code", problems.ROW_OUTSIDE, name=row.unit.name, place=place_name)
    elif by_code is None and row.unit.code and row.code:
        notes.add(row, "uscc", problems.USCC_TAKEN, uscc=row.uscc, uscc_holder=row.unit.name)


def _top(stock: Stock) -> Known | None:
    return stock.by_pk[stock.under.pk] if stock.under else None


def _place_of(row: Row, stock: Stock) -> Known | Row | None:
    """Where the row's unit is to stand: for one that is there and of which the table says nothing, where it stands."""
    return row.parent if row.parent is not None or _stays(row) else _top(stock)


def _stays(row: Row) -> bool:
    return row.unit is not None and not row.says_parent


def _match_by_name(row: Row, stock: Stock) -> None:
    """A row without a known code is the unit of that name at that place, if the one has no code or the other."""
    if row.unit is not None:
        return
    above = _place_of(row, stock)
    parent = above.unit if isinstance(above, Row) else above
    if isinstance(above, Row) and parent is None:
        return  # below a new unit stands nothing yet
    found = stock.beside(parent.pk if parent else None, names.key(row.name))
    found = [unit for unit in found if not (row.code and unit.code)]
    if len(found) == 1 and not (row.uscc and found[0].uscc and row.uscc != found[0].uscc):
        row.unit, row.parent = found[0], above


def _check(row: Row, stock: Stock, notes: Notes, on: date) -> None:
    above = _place_of(row, stock)
    if row.kind is None or (row.unit is not None and not row.word):
        row.kind = row.unit.kind if row.unit else row.kind
    if row.kind is None:
        if row.word == "":
            notes.add(row, "kind", problems.ROW_KIND_MISSING, name=row.name, kinds=kind_words())
        return
    above_unit = above.unit if isinstance(above, Row) else above
    row.act = _act(row, above, above_unit)
    if above_unit is not None and row.act in (Act.ADD, Act.MOVE):
        if not stock.is_inside(above_unit):
            notes.add(row, "parent", problems.ROW_OUTSIDE, name=row.name, place=stock.under.name if stock.under else "")
        elif above_unit.closed_on is not None:
            notes.add(row, "parent", problems.CLOSED, name=above_unit.name, on=above_unit.closed_on)
        elif above_unit.since_on > on:
            notes.add(row, "parent", problems.TOO_EARLY, name=above_unit.name, last=above_unit.since_on, on=on)
    above_kind = above.kind if above is not None else None
    asks = row.act in (Act.ADD, Act.MOVE) or (row.unit is not None and row.unit.kind != row.kind)
    if asks and not kinds.may_stand_below(row.kind, above_kind):
        label = above_kind.label if above_kind else ""
        notes.add(row, "kind", problems.KIND_PLACE, kind=row.kind.label, above_kind=label)
    if row.unit is not None and row.act is not Act.KEEP:
        touched = stock.within(row.unit) if row.act is Act.MOVE else [row.unit] if has_new_state(row) else []
        late = max((unit for unit in touched if unit.since_on > on), key=lambda unit: unit.since_on, default=None)
        if late is not None:
            notes.add(row, "name", problems.TOO_EARLY, name=late.name, last=late.since_on, on=on)


def _act(row: Row, above: Known | Row | None, above_unit: Known | None) -> Act:
    unit = row.unit
    if unit is None:
        return Act.ADD
    moved = not _stays(row) and (
        (isinstance(above, Row) and above_unit is None) or (above_unit.pk if above_unit else None) != unit.parent_id
    )
    if moved:
        return Act.MOVE
    if row.name != unit.name:
        return Act.RENAME
    return Act.CHANGE if changes(row) else Act.KEEP


def changes(row: Row) -> dict[str, object]:
    """The fields of the unit that the row gives another value. An empty cell leaves what is there."""
    unit = row.unit
    assert unit is not None
    given: dict[str, object] = {"name": row.name, "kind": row.kind if row.word else unit.kind}
    for field in ("code", "area_code", "uscc", "short_name", "phone", "address"):
        given[field] = getattr(row, field) or getattr(unit, field)
    return {field: value for field, value in given.items() if value != getattr(unit, field)}


def has_new_state(row: Row) -> bool:
    """What changes is kept by date."""
    return not changes(row).keys().isdisjoint({"name", "short_name", "kind", "code"})


def _check_twin(row: Row, stock: Stock, notes: Notes, beside: dict[tuple[int, str], Row]) -> None:
    """No two of one name at one place, unless each has its code."""
    above = _place_of(row, stock)
    key = names.key(row.name)
    owner = above.unit if isinstance(above, Row) and above.unit is not None else above
    twin = beside.setdefault((id(owner), key), row)
    if twin is not row and not (row.code and twin.code):
        name = above.name if above is not None else "/"
        notes.add(row, "name", problems.ROW_NAME_TWICE, name=row.name, above=name, row=twin.number)
    if row.act in (Act.RENAME, Act.MOVE) and not (isinstance(above, Row) and above.unit is None):
        parent = owner.pk if isinstance(owner, Known) else None
        code = row.code or (row.unit.code if row.unit else None)
        for other in stock.beside(parent, key):
            if other is not row.unit and not (code and other.code):
                notes.add(row, "name", problems.NAME_TAKEN, name=row.name, above=above.name if above else "/")
                break


def _follow_up(rows: list[Row], stock: Stock, notes: Notes) -> None:
    """What only the whole plan tells: a unit that is moved below itself by way of units that the table leaves where they are, and depth."""
    by_unit = {row.unit: row for row in rows if row.unit is not None and row.act is Act.MOVE}
    depths: dict[Row, int] = {}
    for row in rows:
        above = _place_of(row, stock)
        if row.act is Act.MOVE and row.unit is not None:
            _refuse_circle(row, above, by_unit, stock, notes)
        depths[row] = 1 + (
            depths.get(above, 0) if isinstance(above, Row) else paths.depth(above.path) if above is not None else 0
        )
        below = 0
        if row.act is Act.MOVE and row.unit is not None:
            below = max(paths.depth(unit.path) for unit in stock.within(row.unit)) - paths.depth(row.unit.path)
        if row.act in (Act.ADD, Act.MOVE) and depths[row] + below > DEEPEST:
            notes.add(row, "parent", problems.TOO_DEEP)


def _refuse_circle(row: Row, above: Known | Row | None, moved: dict[Known, Row], stock: Stock, notes: Notes) -> None:
    steps = 0
    here: Known | Row | None = above
    while here is not None and steps <= 2 * DEEPEST + len(moved):
        steps += 1
        unit = here.unit if isinstance(here, Row) else here
        if unit is not None and unit is row.unit:
            notes.add(
                row,
                "parent",
                problems.ROW_CYCLE,
                name=row.name,
                way=f"{row.name} → {above.name if above else ''} → {row.name}",
            )
            return
        if isinstance(here, Known) and here not in moved:
            here = stock.by_pk.get(here.parent_id or 0)
        else:
            here = _place_of(here if isinstance(here, Row) else moved[here], stock)


def summarise(rows: list[Row], total: int, stock: Stock, result: ImportResult) -> None:
    """Counts, and the first rows that change something."""
    for row in rows:
        result.counts[row.act] += 1
        if row.act is not Act.KEEP and len(result.preview) < PREVIEW:
            above = _place_of(row, stock)
            before = row.unit.name if row.unit is not None and row.act is Act.RENAME else ""
            if row.unit is not None and row.act is Act.MOVE:
                parent = stock.by_pk.get(row.unit.parent_id or 0)
                before = parent.name if parent else ""
            result.preview.append(
                RowPlan(row.number, row.act, row.name, before, above.name if above is not None else "")
            )
    result.rows = total


def target(row: Row, stock: Stock) -> Known | Row | None:
    """Where the row's unit is to stand; for the writer."""
    return _place_of(row, stock)
