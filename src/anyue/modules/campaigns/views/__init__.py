"""Pages of campaigns. One file for each concept."""

from .door import door_open

__all__ = ["door_open"]
