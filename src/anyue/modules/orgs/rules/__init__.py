"""What is true of units without a database: codes, kinds, names."""

from __future__ import annotations

from . import codes, kinds, names, uscc

__all__ = ["codes", "kinds", "names", "uscc"]
