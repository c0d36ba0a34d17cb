"""What can be read of units: as they are, as they were on a day, in groups."""

from __future__ import annotations

from .groups import groups_for, members_of
from .history import history_of
from .past import Node, PastTree, children_on, descendants_on, path_on, tree_on
from .units import ancestors_of, below, children_of, level_of, search, unit_at, units_for

__all__ = [
    "Node",
    "PastTree",
    "ancestors_of",
    "below",
    "children_of",
    "children_on",
    "descendants_on",
    "groups_for",
    "history_of",
    "level_of",
    "members_of",
    "path_on",
    "search",
    "tree_on",
    "unit_at",
    "units_for",
]
