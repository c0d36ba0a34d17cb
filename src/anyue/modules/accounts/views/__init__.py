"""Pages about people."""

from .links import first, invitation
from .working import stay, work_as

__all__ = ["first", "invitation", "stay", "work_as"]
