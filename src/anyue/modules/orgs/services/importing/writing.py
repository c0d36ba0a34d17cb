"""A plan without faults becomes rows: level by level, in batches, paths counted in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from anyue.kernel import paths

from ...models import Change, Kind, Trunk, Unit
from ...rules import kinds, names
from .. import states
from .known import Known, Stock
from .planning import changes, has_new_state, target
from .result import Act, Progress
from .rows import Row

BATCH = 2000
_FEW = 500
_ORDER = {
    Kind.DEPARTMENT: 0, Kind.INSTITUTION: 1, Kind.STATIONED: 2, Kind.SCHOOL: 4, Kind.ENTERPRISE: 5,
}  # fmt: skip
Item = TypeVar("Item")


def write(rows: list[Row], stock: Stock, trunk: Trunk, on: date, progress: Progress, total: int) -> None:
    """Write what the rows plan. Places first, from the top down; then names and the rest."""
    levels = _levels(rows, stock)
    children = _new_children(rows, stock)
    done = 2 * total
    for level in levels:
        for row in level:
            if row.act is Act.MOVE:
                _move(row, stock, trunk, on)
        new = sorted((row for row in level if row.act is Act.ADD), key=_by_code)
        _add(new, stock, trunk, children, on)
        done += len(level)
        progress(min(done, 3 * total), 3 * total)
    _change([row for row in rows if row.unit is not None and row.act is not Act.KEEP and changes(row)], on)


def _by_code(row: Row) -> tuple[int, str, int]:
    """Offices as the table has them, areas by their codes, then schools and enterprises."""
    kind = row.kind or Kind.DEPARTMENT
    return _ORDER.get(kind, 3), row.code if kinds.is_area(kind) else "", row.number


def _levels(rows: list[Row], stock: Stock) -> list[list[Row]]:
    """Rows that take a place, each behind whatever the place depends on: rows above it, or units above it that move."""
    moved = {row.unit: row for row in rows if row.act is Act.MOVE}
    level_of: dict[Row, int] = {}
    levels: dict[int, list[Row]] = defaultdict(list)

    def level(start: Row) -> int:
        """By hand instead of by recursion: a chain may be as long as the tree is deep."""
        way: list[Row] = []
        here: Row | Known | None = start
        base = 0
        while here is not None:
            if isinstance(here, Row):
                if here in level_of:
                    base = level_of[here]
                    break
                way.append(here)
                here = target(here, stock)
            elif here in moved and moved[here] not in way:
                here = moved[here]
            else:
                # Through a unit that stays, up to one that does not.
                here = stock.by_pk.get(here.parent_id or 0) if moved else None
        for row in reversed(way):
            base += row.act in (Act.ADD, Act.MOVE)
            level_of[row] = base
        return level_of[start]

    for row in rows:
        if row.act in (Act.ADD, Act.MOVE):
            levels[level(row)].append(row)
    return [levels[number] for number in sorted(levels)]


def _new_children(rows: list[Row], stock: Stock) -> dict[Row, int]:
    found: dict[Row, int] = defaultdict(int)
    for row in rows:
        above = target(row, stock)
        if row.act is Act.ADD and isinstance(above, Row) and above.unit is None:
            found[above] += 1
    return found


class _Places:
    """Hands out the paths below units that are there, and writes back how far each has come."""

    def __init__(self, parents: Iterable[int | None], trunk: Trunk) -> None:
        self.trunk, self.number, self.path = trunk, dict[int, int](), dict[int, str]()
        wanted = set(parents)
        self.at_top = states.first_free(trunk) if None in wanted else None
        for chunk in _chunks(sorted(pk for pk in wanted if pk is not None), 800):
            for pk, path, number in Unit.objects.filter(pk__in=chunk).values_list("pk", "path", "next_child"):
                self.path[pk], self.number[pk] = path, number

    def next(self, parent: int | None) -> str:
        """The next path below ``parent``; None: at the top."""
        if parent is None:
            assert self.at_top is not None
            self.at_top += 1
            return paths.child("", self.at_top - 1)
        number = self.number[parent]
        self.number[parent] = number + 1
        return paths.child(self.path[parent], number)

    def save(self) -> None:
        """Write back the numbers."""
        if self.at_top is not None:
            self.trunk.next_child = self.at_top
            self.trunk.save(update_fields=["next_child"])
        rows = [Unit(pk=pk, next_child=number) for pk, number in self.number.items()]
        Unit.objects.bulk_update(rows, ["next_child"], batch_size=_FEW)


def _add(new: list[Row], stock: Stock, trunk: Trunk, children: dict[Row, int], on: date) -> None:
    if not new:
        return
    parents = {id(row): _pk(target(row, stock)) for row in new}
    places = _Places(parents.values(), trunk)
    # The numbers of new units' children were reserved when they were written.
    reserved = {
        pk: 0 for row in new if isinstance(above := target(row, stock), Row) and above.unit is None and (pk := above.pk)
    }
    places.number |= reserved
    for chunk in _chunks(new, BATCH):
        units = [_unit(row, parents[id(row)], places.next(parents[id(row)]), children.get(row, 0), on) for row in chunk]
        for row, unit in zip(chunk, Unit.objects.bulk_create(units), strict=True):
            row.pk = unit.pk
    for pk in reserved:
        del places.number[pk]
    places.save()


def _pk(place: Row | Known | None) -> int | None:
    if isinstance(place, Row):
        return place.unit.pk if place.unit is not None else place.pk
    return place.pk if place is not None else None


def _unit(row: Row, parent: int | None, path: str, children: int, on: date) -> Unit:
    return Unit(
        name=row.name,
        short_name=row.short_name,
        kind=row.kind or Kind.DEPARTMENT,
        code=row.code or None,
        area_code=row.area_code,
        uscc=row.uscc or None,
        phone=row.phone,
        address=row.address,
        parent_id=parent,
        path=path,
        next_child=children,
        initials=names.initials(row.name),
        opened_on=on,
        since_on=on,
    )


def _move(row: Row, stock: Stock, trunk: Trunk, on: date) -> None:
    assert row.unit is not None
    unit = Unit.objects.select_related("parent").get(pk=row.unit.pk)
    key = _pk(target(row, stock))
    above = Unit.objects.get(pk=key) if key is not None else None
    before = unit.parent.name if unit.parent else ""
    place = states.next_place(trunk, above, states.levels_below(unit))
    states.move_subtree(unit, above, place, on)
    after = above.name if above else ""
    Change.objects.create(what=Change.What.MOVED, on=on, unit=unit, before=before, after=after)


def _change(rows: list[Row], on: date) -> None:
    for chunk in _chunks(rows, _FEW):
        dated = [row.unit.pk for row in chunk if row.unit is not None and has_new_state(row)]
        if dated:
            states.end_states(Unit.objects.filter(pk__in=dated), on)
        units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[row.unit.pk for row in chunk if row.unit])}
        fields: set[str] = set()
        renamed = []
        for row in chunk:
            assert row.unit is not None
            unit, given = units[row.unit.pk], changes(row)
            for field, value in given.items():
                setattr(unit, field, value)
            fields |= given.keys()
            if "name" in given:
                unit.initials = names.initials(row.name)
                fields.add("initials")
                renamed.append(Change(what=Change.What.RENAMED, on=on, unit=unit, before=row.unit.name, after=row.name))
        Unit.objects.bulk_update(list(units.values()), sorted(fields), batch_size=100)
        Change.objects.bulk_create(renamed)


def _chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
