"""What can be done to units. Every function is one transaction, authorised and audited."""

from __future__ import annotations

from .adding import Draft, unit_add
from .changing import unit_close, unit_edit, unit_move, unit_rename
from .groups import group_add, group_change, group_remove
from .merging import unit_split, units_merge
from .successions import Succession, follow

__all__ = [
    "Draft",
    "Succession",
    "follow",
    "group_add",
    "group_change",
    "group_remove",
    "unit_add",
    "unit_close",
    "unit_edit",
    "unit_move",
    "unit_rename",
    "unit_split",
    "units_merge",
]
