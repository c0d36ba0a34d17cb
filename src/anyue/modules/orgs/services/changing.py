"""Units that are renamed, moved, closed, or described anew. What they were stays (``PastUnit``)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor
from anyue.platform.authz.engine import subtree

from .. import problems
from ..models import Change, Kind, Unit
from ..rules import kinds, names
from . import states
from .adding import check, described, refuse_beneath
from .drafts import Draft
from .successions import Division, divide


def unit_rename(*, by: Actor, unit: Unit, name: str, on: date, short_name: str | None = None, note: str = "") -> Unit:
    """Another name from ``on`` on; before it the unit is called as it was. ``short_name`` None: as it is."""
    with transaction.atomic():
        states.lock()
        unit = states.again(unit)
        states.authorise(by, unit)
        states.must_be_open(unit)
        states.must_not_be_early(on, unit)
        before = described(unit)
        draft = draft_of(unit, name=name, short_name=unit.short_name if short_name is None else short_name).tidied()
        if draft.name == unit.name and draft.short_name == unit.short_name:
            raise RefusedError(problems.SAME_NAME, name=unit.name, fields={"name": problems.SAME_NAME})
        check(draft, unit.parent, unit)
        old = unit.name
        states.end_states(Unit.objects.filter(pk=unit.pk), on)
        unit.name, unit.short_name, unit.since_on = draft.name, draft.short_name, on
        unit.initials = names.initials(draft.name)
        unit.save(update_fields=["name", "short_name", "initials"])
        Change.objects.create(what=Change.What.RENAMED, on=on, unit=unit, before=old, after=unit.name, note=note[:240])
        after = described(unit) | {"on": on.isoformat(), "note": note}
        record(by=by, action="unit.renamed", subject=unit, place=unit.path, before=before, after=after)
    return unit


def unit_edit(  # noqa: PLR0913 - what a unit is, each by its name
    *,
    by: Actor,
    unit: Unit,
    on: date,
    code: str | None = None,
    kind: Kind | str | None = None,
    area_code: str | None = None,
    uscc: str | None = None,
    phone: str | None = None,
    address: str | None = None,
    order: int | None = None,
) -> Unit:
    """What is given anew: code and kind from ``on`` on with what they were before kept, the rest in place. "" empties; None leaves."""
    with transaction.atomic():
        states.lock()
        unit = states.again(unit)
        states.authorise(by, unit)
        states.must_be_open(unit)
        before = described(unit)
        draft = draft_of(
            unit,
            code=code,
            kind=Kind(kind) if kind else None,
            area_code=area_code,
            uscc=uscc,
            phone=phone,
            address=address,
        ).tidied()
        check(draft, unit.parent, unit)
        _refuse_kind_above(unit, draft.kind)
        if (draft.code, draft.kind) != (unit.code, unit.kind):
            states.must_not_be_early(on, unit)
            states.end_states(Unit.objects.filter(pk=unit.pk), on)
            unit.since_on = on
        unit.code, unit.kind, unit.area_code, unit.uscc = draft.code, draft.kind, draft.area_code, draft.uscc
        unit.phone, unit.address = draft.phone, draft.address
        unit.order = unit.order if order is None else order
        unit.save(update_fields=["code", "kind", "area_code", "uscc", "phone", "address", "order"])
        after = described(unit)
        if after != before or order is not None:
            record(by=by, action="unit.edited", subject=unit, place=unit.path, before=before, after=after)
    return unit


def unit_move(*, by: Actor, unit: Unit, parent: Unit | None, on: date, note: str = "") -> Unit:
    """Hang ``unit`` with all below it under ``parent`` (None: at the top) from ``on`` on. Needs the right at both places."""
    with transaction.atomic():
        trunk = states.lock()
        unit = states.again(unit)
        above = states.again(parent) if parent else None
        states.authorise(by, unit.parent)
        states.authorise(by, above)
        states.must_be_open(unit)
        if above is not None:
            states.must_be_open(above)
            refuse_beneath(unit, above)
            states.must_not_be_early(on, above)
        if unit.parent == above:
            raise RefusedError(problems.SAME_PLACE, unit=unit.name, above=above.name if above else "/")
        states.must_not_be_early(on, unit, below=True)
        check(draft_of(unit), above, unit)
        before = {"parent": unit.parent.name if unit.parent else "", "path": unit.path}
        place = states.next_place(trunk, above, states.levels_below(unit))
        moved = states.move_subtree(unit, above, place, on)
        after = {
            "parent": above.name if above else "",
            "path": place,
            "units": moved,
            "on": on.isoformat(),
            "note": note,
        }
        Change.objects.create(
            what=Change.What.MOVED,
            on=on,
            unit=unit,
            before=str(before["parent"]),
            after=str(after["parent"]),
            note=note[:240],
        )
        record(by=by, action="unit.moved", subject=unit, place=place, before=before, after=after)
    return unit


def unit_close(*, by: Actor, unit: Unit, on: date, below: bool = False, note: str = "") -> Unit:
    """``on`` is the first day without ``unit``. Refused while open units hang below it, unless they close with it (``below``)."""
    with transaction.atomic():
        states.lock()
        unit = states.again(unit)
        states.authorise(by, unit.parent)
        states.must_be_open(unit)
        states.must_not_be_early(on, unit, below=True)
        rows = Unit.objects.filter(subtree(unit.path), closed_on=None)
        count = rows.count() - 1
        if count and not below:
            raise RefusedError(problems.HAS_UNITS, count=count, name=unit.name)
        gone = list(rows.order_by("path").values_list("pk", flat=True))
        rows.update(closed_on=on)
        Change.objects.bulk_create(
            [Change(what=Change.What.CLOSED, on=on, unit_id=pk, note=note[:240]) for pk in gone], batch_size=500
        )
        unit.closed_on = on
        after = {"closed_on": on.isoformat(), "units": len(gone), "note": note}
        record(by=by, action="unit.closed", subject=unit, place=unit.path, after=after)
        closed = Unit.objects.filter(subtree(unit.path), closed_on=on)
        divide(Division(tuple(closed), (), on, by, is_closed=True))
    return unit


def draft_of(unit: Unit, **other: str | Kind | None) -> Draft:
    """``unit`` as a draft, with what is given instead."""
    given = {name: value for name, value in other.items() if value is not None}
    fields = ("name", "code", "short_name", "area_code", "uscc", "phone", "address")
    return Draft(**({name: getattr(unit, name) for name in fields} | {"kind": Kind(unit.kind)} | given))


def _refuse_kind_above(unit: Unit, kind: Kind) -> None:
    """What hangs below ``unit`` could not stand below a unit of ``kind``."""
    if kind == unit.kind:
        return
    for below in Unit.objects.filter(parent=unit, closed_on=None).order_by().values_list("kind", flat=True).distinct():
        if not kinds.may_stand_below(Kind(below), kind):
            place = problems.KIND_PLACE
            raise RefusedError(place, fields={"kind": place}, kind=Kind(below).label, above_kind=kind.label)
