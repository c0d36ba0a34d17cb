"""What can be done to units. Every function is one transaction, authorised and audited."""

from __future__ import annotations

from .adding import Draft, unit_add
from .changing import unit_close, unit_edit, unit_move, unit_rename
from .groups import group_add, group_change, group_remove
from .importing import Act, ImportResult, RowFault, units_import
from .imports import import_begin, import_confirm, import_fail, import_withdraw
from .merging import unit_split, units_merge
from .successions import Division, Succession, follow, follow_divisions

__all__ = [
    "Act",
    "Division",
    "Draft",
    "ImportResult",
    "RowFault",
    "Succession",
    "follow",
    "follow_divisions",
    "group_add",
    "group_change",
    "group_remove",
    "import_begin",
    "import_confirm",
    "import_fail",
    "import_withdraw",
    "unit_add",
    "unit_close",
    "unit_edit",
    "unit_move",
    "unit_rename",
    "unit_split",
    "units_import",
    "units_merge",
]
