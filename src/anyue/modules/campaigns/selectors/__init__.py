"""What is known about campaigns, limited to what the actor may see. One file for each concept."""

from .campaigns import campaign_for, campaigns_for, owed_by, participations_for, running_for
from .duties import duties_for, duties_of, duty_for
from .limits import limit_of, limits_above
from .naming import names_below, proposals, targets_of, words_used

__all__ = [
    "campaign_for",
    "campaigns_for",
    "duties_for",
    "duties_of",
    "duty_for",
    "limit_of",
    "limits_above",
    "names_below",
    "owed_by",
    "participations_for",
    "proposals",
    "running_for",
    "targets_of",
    "words_used",
]
