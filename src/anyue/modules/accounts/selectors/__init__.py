"""What is read about people."""

from .actors import actor_of, actor_of_token, grants_in_force, in_force, running_posts, units_of, working_unit
from .people import colleagues_of, people_seen, person_seen
from .rights import Reason, Right, rights_of, who_may

__all__ = [
    "Reason",
    "Right",
    "actor_of",
    "actor_of_token",
    "colleagues_of",
    "grants_in_force",
    "in_force",
    "people_seen",
    "person_seen",
    "rights_of",
    "running_posts",
    "units_of",
    "who_may",
    "working_unit",
]
