"""The tree as one person sees it, now or on a past day: tops, children, search. Rows of one shape for both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from anyue.kernel import paths
from anyue.platform.authz import Actor, scopes

from ..models import Kind, PastUnit, Unit
from ..permissions import UnitPermission
from .past import Node, children_on, nodes_on
from .units import search, units_for

PAGE = 200
FOUND = 100


@dataclass(frozen=True, slots=True)
class Branch:
    """A row of the tree."""

    id: int
    name: str
    kind: Kind
    code: str
    has_children: bool
    above: str = ""


@dataclass(frozen=True, slots=True)
class Branches:
    """Some rows and the number at which the next ones begin; None: these are all."""

    rows: Sequence[Branch]
    next: int | None = None


def tops_seen(actor: Actor, day: date | None = None, start: int = 0) -> Branches:
    """Where the tree begins for ``actor``."""
    seen = scopes(actor, UnitPermission.VIEW)
    if seen.everything:
        return _children(actor, None, day, start)
    tops = Unit.objects.filter(path__in=[*seen.subtrees, *seen.places], closed_on=None)
    if day is not None:
        return _past(actor, nodes_on(day, list(tops.values_list("pk", flat=True))), day, start)
    return _now(actor, tops.order_by("path"), start)


def children_seen(actor: Actor, unit: Unit, day: date | None = None, start: int = 0) -> Branches:
    """What stands right below ``unit``, as far as ``actor`` sees it."""
    return _children(actor, unit, day, start)


def _children(actor: Actor, unit: Unit | None, day: date | None, start: int) -> Branches:
    if day is None:
        rows = Unit.objects.filter(parent=unit, closed_on=None).filter(scopes(actor, UnitPermission.VIEW).q())
        return _now(actor, rows.order_by("order", "path"), start)
    return _past(actor, children_on(unit, day), day, start)


def _now(actor: Actor, rows: QuerySet[Unit], start: int) -> Branches:
    below = Unit.objects.filter(parent=OuterRef("pk"), closed_on=None).filter(scopes(actor, UnitPermission.VIEW).q())
    found = list(rows.annotate(has_children=Exists(below))[start : start + PAGE + 1])
    shown = [Branch(unit.pk, unit.name, Kind(unit.kind), unit.code or "", unit.has_children) for unit in found[:PAGE]]
    return Branches(shown, start + PAGE if len(found) > PAGE else None)


def _past(actor: Actor, nodes: Sequence[Node], day: date, start: int) -> Branches:
    seen = _seen_keys(actor, [node.id for node in nodes])
    kept = [node for node in nodes if node.id in seen]
    shown = kept[start : start + PAGE]
    keys = [node.id for node in shown]
    states = (
        Unit.objects.filter(parent__in=keys, since_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day)),
        PastUnit.objects.filter(parent__in=keys, from_on__lte=day, until_on__gt=day),
    )
    parents = {key for rows in states for key in rows.order_by().values_list("parent_id", flat=True).distinct()}
    rows = [Branch(node.id, node.name, node.kind, node.code or "", node.id in parents) for node in shown]
    return Branches(rows, start + PAGE if len(kept) > start + PAGE else None)


def _seen_keys(actor: Actor, keys: Iterable[int]) -> set[int]:
    """Those of ``keys`` that ``actor`` may see: by where the units stand today, closed ones too."""
    seen = scopes(actor, UnitPermission.VIEW)
    wanted = list(keys)
    if seen.everything:
        return set(wanted)
    return set(Unit.objects.filter(seen.q(), pk__in=wanted).values_list("pk", flat=True))


def found_seen(actor: Actor, words: str, kinds: Sequence[str] = (), day: date | None = None) -> Branches:
    """The first units that ``words`` and ``kinds`` find, each with what stands above it. ``next`` is set when there are more."""
    if day is not None:
        return _found_on(actor, words, kinds, day)
    rows = search(units_for(actor), words)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    found = list(rows.order_by("path")[: FOUND + 1])
    above = names_above([unit.path for unit in found[:FOUND]])
    shown = [
        Branch(unit.pk, unit.name, Kind(unit.kind), unit.code or "", False, above[unit.path]) for unit in found[:FOUND]
    ]
    return Branches(shown, FOUND if len(found) > FOUND else None)


def _found_on(actor: Actor, words: str, kinds: Sequence[str], day: date) -> Branches:
    where = Q(name__contains=words) | Q(short_name__contains=words) | Q(code__startswith=words) if words else Q()
    if kinds:
        where &= Q(kind__in=kinds)
    nodes = nodes_on(day, where=where, most=FOUND * 10)
    seen = _seen_keys(actor, [node.id for node in nodes])
    kept = [node for node in nodes if node.id in seen]
    over = nodes_on(day, where=Q(path__in={path for node in kept[:FOUND] for path in paths.ancestors(node.path)}))
    name_at = {node.path: node.name for node in over}
    shown = [
        Branch(node.id, node.name, node.kind, node.code or "", False, _way(node.path, name_at)) for node in kept[:FOUND]
    ]
    return Branches(shown, FOUND if len(kept) > FOUND else None)


def names_above(given: Sequence[str]) -> dict[str, str]:
    """For each path the names of what stands above it, topmost first. One query."""
    wanted = {path for each in given for path in paths.ancestors(each)}
    name_at = dict(Unit.objects.filter(path__in=wanted).values_list("path", "name"))
    return {each: _way(each, name_at) for each in given}


def _way(path: str, name_at: dict[str, str]) -> str:
    return " › ".join(name_at[above] for above in paths.ancestors(path) if above in name_at)
