"""Last year's notice beside this year's: what is asked again, what changed, what is new and what is gone."""

from .diff import DiffRun, diff
from .notices import Change, Comparison, compare_notices

__all__ = ["Change", "Comparison", "DiffRun", "compare_notices", "diff"]
