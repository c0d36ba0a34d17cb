"""The tree as it was on a day: exact after whatever was renamed, moved, merged, split and closed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from anyue.kernel import paths
from anyue.platform.authz.engine import subtree

from ..models import Kind, PastUnit, Unit


@dataclass(frozen=True, slots=True)
class Node:
    """A unit on a day. ``id`` is the unit's key, which never changes."""

    id: int
    name: str
    short_name: str
    kind: Kind
    code: str | None
    parent_id: int | None
    path: str

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


_NOW = ("pk", "name", "short_name", "kind", "code", "parent_id", "path")
_THEN = ("unit_id", *_NOW[1:])


def _nodes(day: date, where: Q) -> list[Node]:
    """The states that held on ``day`` and fit ``where``, by path. Two queries."""
    now = Unit.objects.filter(where, since_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))
    then = PastUnit.objects.filter(where, from_on__lte=day, until_on__gt=day)
    rows = [*now.order_by().values_list(*_NOW), *then.order_by().values_list(*_THEN)]
    return sorted((Node(row[0], row[1], row[2], Kind(row[3]), *row[4:]) for row in rows), key=lambda node: node.path)


def node_on(unit: Unit, day: date) -> Node | None:
    """``unit`` as it was on ``day``; None if it was not there."""
    now = _nodes_of(unit.pk, day)
    return now[0] if now else None


def _nodes_of(key: int, day: date) -> list[Node]:
    now = Unit.objects.filter(pk=key, since_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))
    then = PastUnit.objects.filter(unit=key, from_on__lte=day, until_on__gt=day)
    rows = [*now.order_by().values_list(*_NOW), *then.order_by().values_list(*_THEN)]
    return [Node(row[0], row[1], row[2], Kind(row[3]), *row[4:]) for row in rows]


def path_on(unit: Unit, day: date) -> str | None:
    """The place of ``unit`` on ``day``; None if it was not there."""
    node = node_on(unit, day)
    return node.path if node else None


def children_on(unit: Unit | None, day: date) -> list[Node]:
    """What stood right below ``unit`` (None: at the top) on ``day``."""
    return _nodes(day, Q(parent=unit))


def descendants_on(unit: Unit, day: date, *, itself: bool = False) -> list[Node]:
    """All that stood below ``unit`` on ``day``, by path. Nothing if it was not there."""
    place = path_on(unit, day)
    if place is None:
        return []
    return [node for node in _nodes(day, subtree(place)) if itself or node.id != unit.pk]


@dataclass(frozen=True, slots=True)
class PastTree:
    """A whole tree on a day, in memory."""

    day: date
    nodes: dict[int, Node]

    def children(self, key: int | None) -> list[Node]:
        """Right below the unit with ``key`` (None: at the top)."""
        return [node for node in self.nodes.values() if node.parent_id == key]

    def descendants(self, key: int, *, itself: bool = False) -> Iterator[Node]:
        """All below the unit with ``key``."""
        top = self.nodes.get(key)
        for node in self.nodes.values() if top else ():
            if top and paths.within(node.path, top.path) and (itself or node.id != key):
                yield node


def tree_on(day: date, top: Unit | None = None) -> PastTree:
    """The tree (or what ``top`` was then, with all below it) as it was on ``day``."""
    found = _nodes(day, Q()) if top is None else descendants_on(top, day, itself=True)
    return PastTree(day, {node.id: node for node in found})
