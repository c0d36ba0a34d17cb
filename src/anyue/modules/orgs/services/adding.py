"""New units."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from anyue.kernel import paths
from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from .. import problems
from ..models import Change, Kind, Trunk, Unit
from ..rules import kinds, names
from . import states
from .drafts import Draft, Faults, named_faults

__all__ = ["Draft", "create", "unit_add"]


def unit_add(  # noqa: PLR0913 - what a unit is, each by its name
    *,
    by: Actor,
    name: str,
    kind: Kind | str,
    parent: Unit | None = None,
    code: str | None = None,
    short_name: str = "",
    area_code: str = "",
    uscc: str | None = None,
    phone: str = "",
    address: str = "",
    on: date | None = None,
) -> Unit:
    """A new unit below ``parent`` (None: at the top), there from ``on`` (today) on.

    Refused where ``by`` may not change units, where the kind may not stand, for a code that is wrong or belongs to another
    unit, and for a name that an open unit beside it bears.
    """
    draft = Draft(name, Kind(kind), code, short_name, area_code, uscc, phone, address)
    day = on or today()
    with transaction.atomic():
        trunk = states.lock()
        above = states.again(parent) if parent else None
        states.authorise(by, above)
        unit = create(draft, above, trunk=trunk, on=day)
        Change.objects.create(what=Change.What.OPENED, on=day, unit=unit, after=unit.name)
        record(
            by=by, action="unit.added", subject=unit, place=unit.path, after=described(unit) | {"on": day.isoformat()}
        )
    return unit


def create(draft: Draft, parent: Unit | None, *, trunk: Trunk, on: date) -> Unit:
    """The row of a new unit, checked; the caller holds the lock, authorises and audits."""
    draft = draft.tidied()
    if parent is None:
        states.must_not_be_early(on)
    else:
        states.must_be_open(parent)
        states.must_not_be_early(on, parent)
    check(draft, parent)
    return Unit.objects.create(
        name=draft.name,
        short_name=draft.short_name,
        kind=draft.kind,
        code=draft.code,
        area_code=draft.area_code,
        uscc=draft.uscc,
        phone=draft.phone,
        address=draft.address,
        parent=parent,
        path=states.next_place(trunk, parent),
        initials=names.initials(draft.name),
        opened_on=on,
        since_on=on,
    )


def check(draft: Draft, parent: Unit | None, unit: Unit | None = None) -> None:
    """Refuse a tidied draft that is wrong by itself, at this place, or beside what is there (but for ``unit`` itself)."""
    faults = Faults()
    for field, problem, details in named_faults(draft):
        faults.add(field, problem, **details)
    if not kinds.may_stand_below(draft.kind, Kind(parent.kind) if parent else None):
        above = Kind(parent.kind).label if parent else ""
        faults.add("kind", problems.KIND_PLACE, kind=draft.kind.label, above_kind=above)
    others = Unit.objects.exclude(pk=unit.pk) if unit else Unit.objects.all()
    taken = Q(pk__in=[])
    if draft.code:
        taken |= Q(code=draft.code)
    if draft.uscc:
        taken |= Q(uscc=draft.uscc)
    for other in others.filter(taken):
        if draft.code and other.code == draft.code:
            faults.add("code", problems.CODE_TAKEN, code=draft.code, holder=other.name)
        else:
            faults.add("uscc", problems.USCC_TAKEN, uscc=draft.uscc, uscc_holder=other.name)
    twin = twin_of(draft.name, draft.code, parent, but=unit)
    if twin is not None:
        faults.add("name", problems.NAME_TAKEN, name=twin.name, above=parent.name if parent else "/")
    faults.refuse()


def twin_of(name: str, code: str | None, parent: Unit | None, *, but: Unit | None = None) -> Unit | None:
    """An open unit right below ``parent`` of the same name. Two with codes of their own are two, whatever their names."""
    beside = Unit.objects.filter(parent=parent, closed_on=None, name=name)
    if but is not None:
        beside = beside.exclude(pk=but.pk)
    if code:
        beside = beside.filter(code=None)
    return beside.first()


def described(unit: Unit) -> dict[str, str]:
    """A unit in an audit entry: what is set of it."""
    fields = ("name", "short_name", "kind", "code", "area_code", "uscc", "phone", "address")
    found = {field: str(getattr(unit, field)) for field in fields if getattr(unit, field)}
    above = unit.parent.name if unit.parent else ""
    return found | ({"parent": above} if above else {})


def refuse_beneath(unit: Unit, place: Unit) -> None:
    """``place`` is ``unit`` itself or lies below it."""
    if paths.within(place.path, unit.path):
        raise RefusedError(problems.CYCLE, name=place.name, unit=unit.name)
