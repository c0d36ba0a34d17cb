"""The tree as rows: the lock, what ends when a state ends, what a subtree becomes when it moves. All inside a transaction of a caller."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Case, F, Max, Q, QuerySet, Value, When
from django.db.models.fields import CharField, DateField
from django.db.models.functions import Coalesce, Concat, Greatest, Length, Substr

from anyue.kernel import paths
from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.platform.authz import Actor, can, places
from anyue.platform.authz.engine import subtree

from .. import problems
from ..models import PastUnit, Trunk, Unit
from ..permissions import UnitPermission

DEEPEST = 64 // paths.STEP
_KEPT = ("id", "name", "short_name", "kind", "code", "parent_id", "path", "since_on")
_INTO = ("unit_id", "name", "short_name", "kind", "code", "parent_id", "path", "from_on", "until_on")


def lock() -> Trunk:
    """Wait until no one else changes the tree. Changes of it are rare and short; reading never waits."""
    trunk, _ = Trunk.objects.select_for_update().get_or_create(pk=1)
    return trunk


def again(unit: Unit) -> Unit:
    """The unit as it is now that the tree is locked: what the caller holds may be older."""
    return Unit.objects.select_related("parent").get(pk=unit.pk)


def authorise(by: Actor, place: Unit | None) -> None:
    """``by`` may change units at ``place``; None: at the top of the installation."""
    if not can(by, UnitPermission.MANAGE, place.path if place else ""):
        raise RefusedError(problems.NOT_ALLOWED, place=place.name if place else "/")


def must_be_open(unit: Unit) -> None:
    """A closed unit is history."""
    if unit.closed_on is not None:
        raise RefusedError(problems.CLOSED, name=unit.name, on=unit.closed_on)


def must_not_be_early(on: date, *units: Unit, below: bool = False) -> None:
    """Nothing of ``units`` (and of all ``below`` them) has changed after ``on``, and ``on`` is not to come."""
    if on > today():
        raise RefusedError(problems.IN_FUTURE, on=on)
    late = Q(since_on__gt=on) | Q(closed_on__gt=on)
    for unit in units:
        rows = Unit.objects.filter(subtree(unit.path) if below else Q(pk=unit.pk)).filter(late)
        first = rows.order_by(Greatest("since_on", Coalesce("closed_on", "since_on")).desc()).first()
        if first is not None:
            last = max(day for day in (first.since_on, first.closed_on) if day is not None)
            raise RefusedError(problems.TOO_EARLY, name=first.name, last=last, on=on)


def next_place(trunk: Trunk, parent: Unit | None, deep: int = 1) -> str:
    """A path below ``parent`` that has never been given, for something of ``deep`` levels."""
    above = parent.path if parent else ""
    if paths.depth(above) + deep > DEEPEST:
        raise RefusedError(problems.TOO_DEEP)
    holder: Trunk | Unit = parent or trunk
    if parent is None:
        trunk.next_child = first_free(trunk)
    number = holder.next_child
    type(holder)._default_manager.filter(pk=holder.pk).update(next_child=number + 1)
    holder.next_child = number + 1
    return paths.child(above, number)


def first_free(trunk: Trunk) -> int:
    """The number of the next unit at the top, behind all that are or were there."""
    last = max(model.objects.filter(parent=None).aggregate(n=Max("path"))["n"] or "" for model in (Unit, PastUnit))
    return max(trunk.next_child, paths.number_of(last) + 1 if last else 0)


def end_states(rows: QuerySet[Unit], on: date) -> None:
    """Write down what ``rows`` were until ``on``, in one statement; a state of no day leaves no trace. ``rows`` begin anew on ``on``.

    Of a closed unit the state ended when it was closed.
    """
    until = Case(When(closed_on__lt=on, then=F("closed_on")), default=Value(on, DateField()), output_field=DateField())
    ended = rows.alias(until_on=until).filter(since_on__lt=F("until_on")).order_by()
    sql, given = ended.annotate(until=until).values_list(*_KEPT, "until").query.sql_with_params()
    quoted = ", ".join(connection.ops.quote_name(name) for name in _INTO)
    table = connection.ops.quote_name(PastUnit._meta.db_table)
    with connection.cursor() as cursor:
        # Names of our own columns, no words of anybody.
        cursor.execute(f"INSERT INTO {table} ({quoted}) {sql}", given)
    rows.update(since_on=on)


def move_subtree(unit: Unit, parent: Unit | None, place: str, on: date) -> int:
    """Hang ``unit`` and all below it at the path ``place``: and what is theirs with them: a few statements, whatever their number.
    Gives how many units there are.
    """
    old = unit.path
    rows = Unit.objects.filter(subtree(old))
    end_states(rows, on)
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    moved = rows.order_by().update(
        path=Concat(Value(place), Substr("path", len(old) + 1), output_field=CharField(max_length=64))
    )
    places.moved(old, place)
    unit.parent, unit.path, unit.since_on = parent, place, on
    return moved


def levels_below(unit: Unit) -> int:
    """How many levels ``unit`` and what hangs below it take."""
    deepest: int = Unit.objects.filter(subtree(unit.path)).aggregate(n=Max(Length("path")))["n"]
    return (deepest - len(unit.path)) // paths.STEP + 1
