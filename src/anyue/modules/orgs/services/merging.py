"""Units that become one, and one that becomes several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from .. import problems
from ..models import Change, Kind, Trunk, Unit
from ..rules import kinds, names
from . import states
from .adding import create, refuse_beneath
from .drafts import Draft
from .successions import Division, Succession, divide, succeed


def units_merge(*, by: Actor, units: Sequence[Unit], into: Unit | Draft, on: date, note: str = "") -> Unit:
    """``units`` go on in ``into`` from ``on`` on: one of their kind that is there, or a new one beside the first of them.

    What hangs below them moves below it; where both have an open unit of one name and kind without codes (two 党政办), these become one
    too. They close, and groups and whatever follows (``successions``) goes along.
    """
    with transaction.atomic():
        trunk = states.lock()
        gone = [states.again(unit) for unit in {unit.pk: unit for unit in units}.values()]
        stays = states.again(into) if isinstance(into, Unit) else None
        gone = [unit for unit in gone if unit != stays]
        if not gone:
            raise RefusedError(problems.MERGE_NOTHING)
        for place in [unit.parent for unit in gone] + [stays.parent if stays else gone[0].parent]:
            states.authorise(by, place)
        for unit in gone:
            states.must_be_open(unit)
        states.must_not_be_early(on, *gone, below=True)
        if isinstance(into, Draft):
            stays = _new(by, trunk, into, gone[0], {unit.pk for unit in gone}, on)
        assert stays is not None
        states.must_be_open(stays)
        states.must_not_be_early(on, stays, below=True)
        for unit in gone:
            _merge(by, trunk, unit, stays, on, note)
    return states.again(stays)


def _new(by: Actor, trunk: Trunk, draft: Draft, beside: Unit, gone: set[int], on: date) -> Unit:
    """The new unit that several become. It may bear the name and the code of one of them, which thereby becomes what was."""
    Unit.objects.filter(pk__in=gone).update(closed_on=on)
    tidied = draft.tidied()
    if tidied.code:
        _release_code(gone, tidied.code, on)
    stays = create(draft, beside.parent, trunk=trunk, on=on)
    Unit.objects.filter(pk__in=gone).update(closed_on=None)
    Change.objects.create(what=Change.What.OPENED, on=on, unit=stays, after=stays.name)
    record(
        by=by, action="unit.added", subject=stays, place=stays.path, after={"name": stays.name, "on": on.isoformat()}
    )
    return stays


def _release_code(gone: set[int], code: str, on: date) -> None:
    holder = Unit.objects.filter(pk__in=gone, code=code)
    if holder.exists():
        states.end_states(holder, on)
        holder.update(code=None)


def _merge(by: Actor, trunk: Trunk, unit: Unit, into: Unit, on: date, note: str) -> None:
    unit, into = states.again(unit), states.again(into)
    if unit.kind != into.kind:
        raise RefusedError(problems.MERGE_KIND, unit=unit.name, into=into.name)
    refuse_beneath(unit, into)
    moved = 0
    twins = {(names.key(twin.name), twin.kind): twin for twin in _open_below(into) if not twin.code and twin != unit}
    for below in _open_below(unit):
        twin = None if below.code else twins.get((names.key(below.name), below.kind))
        if twin is not None:
            _merge(by, trunk, below, twin, on, note)
            continue
        if not kinds.may_stand_below(Kind(below.kind), Kind(into.kind)):
            raise RefusedError(problems.KIND_PLACE, kind=Kind(below.kind).label, above_kind=Kind(into.kind).label)
        moved += _rehang(trunk, below, into, on)
    Unit.objects.filter(pk=unit.pk).update(closed_on=on)
    unit.closed_on = on
    Change.objects.create(what=Change.What.MERGED, on=on, unit=unit, other=into, note=note[:240], after=into.name)
    after = {"into": into.name, "units": moved, "on": on.isoformat(), "note": note}
    record(by=by, action="unit.merged", subject=unit, place=unit.path, after=after)
    succeed(Succession(unit, into, on, by))


def _open_below(unit: Unit) -> list[Unit]:
    return list(Unit.objects.filter(parent=unit, closed_on=None).order_by("order", "path"))


def _rehang(trunk: Trunk, unit: Unit, parent: Unit, on: date) -> int:
    place = states.next_place(trunk, parent, states.levels_below(unit))
    before = unit.parent.name if unit.parent else ""
    moved = states.move_subtree(unit, parent, place, on)
    Change.objects.create(what=Change.What.MOVED, on=on, unit=unit, before=before, after=parent.name)
    return moved


def unit_split(
    *,
    by: Actor,
    unit: Unit,
    into: Sequence[Draft],
    on: date,
    below: Mapping[int, int] | None = None,
    close: bool = False,
    note: str = "",
) -> list[Unit]:
    """New units beside ``unit`` from ``on`` on, of its kind. ``below`` sends units right below it (their keys) to the new one of that
    number; the rest stay. ``close``: nothing is left of it; then each of them must go somewhere. Gives the new ones.
    """
    with transaction.atomic():
        trunk = states.lock()
        unit = states.again(unit)
        states.authorise(by, unit.parent)
        states.must_be_open(unit)
        states.must_not_be_early(on, unit, below=True)
        if not into:
            raise RefusedError(problems.SPLIT_NOTHING)
        for draft in into:
            if draft.kind != unit.kind:
                raise RefusedError(problems.MERGE_KIND, unit=unit.name, into=draft.name)
        going = _going(unit, below or {}, len(into), close=close)
        if close:
            Unit.objects.filter(pk=unit.pk).update(closed_on=on)
        codes = {draft.tidied().code for draft in into}
        if close and unit.code in codes - {None}:
            _release_code({unit.pk}, str(unit.code), on)
        new = [create(draft, unit.parent, trunk=trunk, on=on) for draft in into]
        for child, number in going:
            _rehang(trunk, child, new[number], on)
        for one in new:
            Change.objects.create(
                what=Change.What.SPLIT, on=on, unit=one, other=unit, before=unit.name, after=one.name, note=note[:240]
            )
        if close:
            Change.objects.create(what=Change.What.CLOSED, on=on, unit=unit, note=note[:240])
        after = {
            "into": [one.name for one in new],
            "units": len(going),
            "closed": close,
            "on": on.isoformat(),
            "note": note,
        }
        record(by=by, action="unit.split", subject=unit, place=unit.path, after=after)
        new = [states.again(one) for one in new]
        divide(Division((unit,), tuple(new), on, by, is_closed=close))
    return new


def _going(unit: Unit, below: Mapping[int, int], new: int, *, close: bool) -> list[tuple[Unit, int]]:
    """Who goes to which of the new ones."""
    children = {child.pk: child for child in _open_below(unit)}
    for key, number in below.items():
        if key not in children or not 0 <= number < new:
            stranger = Unit.objects.filter(pk=key).first()
            raise RefusedError(problems.SPLIT_CHILD, name=stranger.name if stranger else "?", unit=unit.name)
    if close and (left := len(children) - len(below)):
        raise RefusedError(problems.SPLIT_LEFT, unit=unit.name, count=left)
    return [(children[key], number) for key, number in below.items()]
