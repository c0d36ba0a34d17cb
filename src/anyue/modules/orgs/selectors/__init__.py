"""What can be read of units: as they are, as they were on a day, in groups."""

from __future__ import annotations

from .groups import groups_for, members_of
from .history import history_of
from .imports import Fault, faults_of, imports_of, is_abandoned, trouble_of
from .past import Node, PastTree, children_on, descendants_on, node_on, nodes_on, path_on, tree_on
from .seen import Branch, Branches, children_seen, found_seen, names_above, tops_seen
from .units import ancestors_of, below, children_of, level_of, paths_above, search, unit_at, units_for

__all__ = [
    "Branch",
    "Branches",
    "Fault",
    "Node",
    "PastTree",
    "ancestors_of",
    "below",
    "children_of",
    "children_on",
    "children_seen",
    "descendants_on",
    "faults_of",
    "found_seen",
    "groups_for",
    "history_of",
    "imports_of",
    "is_abandoned",
    "level_of",
    "members_of",
    "names_above",
    "node_on",
    "nodes_on",
    "path_on",
    "paths_above",
    "search",
    "tops_seen",
    "tree_on",
    "trouble_of",
    "unit_at",
    "units_for",
]
