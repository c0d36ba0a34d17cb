"""The tree as it was on a day: exact after whatever was renamed, moved, merged, split and closed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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


def _nodes(day: date, where: Q, most: int | None = None) -> list[Node]:
    """The states that held on ``day`` and fit ``where``, in the order of the tree. Two queries."""
    now = Unit.objects.filter(where, since_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))
    then = PastUnit.objects.filter(where, from_on__lte=day, until_on__gt=day)
    return _as_nodes(now.order_by().values_list(*_NOW)[:most], then.order_by().values_list(*_THEN)[:most])


def _as_nodes(*states: Iterable[tuple[Any, ...]]) -> list[Node]:
    rows = [row for each in states for row in each]
    return sorted((Node(row[0], row[1], row[2], Kind(row[3]), *row[4:]) for row in rows), key=lambda node: node.path)


def nodes_on(
    day: date, keys: Sequence[int] | None = None, *, where: Q | None = None, most: int | None = None
) -> list[Node]:
    """The units with these keys (None: all that fit ``where``) as they were on ``day``, those that were there."""
    if keys is None:
        return _nodes(day, where or Q(), most)
    now = Unit.objects.filter(pk__in=keys, since_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))
    then = PastUnit.objects.filter(unit__in=keys, from_on__lte=day, until_on__gt=day)
    return _as_nodes(now.order_by().values_list(*_NOW), then.order_by().values_list(*_THEN))


def node_on(unit: Unit, day: date) -> Node | None:
    """``unit`` as it was on ``day``; None if it was not there."""
    return next(iter(nodes_on(day, [unit.pk])), None)


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
