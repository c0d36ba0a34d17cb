"""Pages of campaigns. One file for each concept."""

from . import campaigns, door, duties, editing, office, publishing, reissuing, units

__all__ = ["campaigns", "door", "duties", "editing", "office", "publishing", "reissuing", "units"]
