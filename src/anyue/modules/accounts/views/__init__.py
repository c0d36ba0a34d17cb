"""Pages about people."""

from .links import first, invitation
from .working import work_as

__all__ = ["first", "invitation", "work_as"]
