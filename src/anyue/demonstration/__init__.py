"""The demonstration: a fictional district in the middle of its month, made only by the services that people use.

District, people, numbers and addresses are invented. The history happened at the days it tells of (``kernel.clock.held_at``), so that
lateness, due times and the trail read as they would.
"""

from .loading import NotEmptyError, Progress, demo_load

__all__ = ["NotEmptyError", "Progress", "demo_load"]
