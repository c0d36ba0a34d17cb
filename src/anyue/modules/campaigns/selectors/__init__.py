"""What is known about campaigns, limited to what the actor may see. One file for each concept."""

from .agenda import AgendaItem, agenda, agenda_between
from .campaigns import campaign_for, campaigns_for, owed_by, participations_for, place_for, running_for
from .completeness import Completeness, Item, Part, completeness, completeness_by_part
from .duties import duties_for, duties_of, duty_for
from .lateness import LateUnit, Missing, late_by_unit, missing
from .limits import limit_of, limits_above
from .naming import names_below, proposals, targets_of, words_used

__all__ = [
    "AgendaItem",
    "Completeness",
    "Item",
    "LateUnit",
    "Missing",
    "Part",
    "agenda",
    "agenda_between",
    "campaign_for",
    "campaigns_for",
    "completeness",
    "completeness_by_part",
    "duties_for",
    "duties_of",
    "duty_for",
    "late_by_unit",
    "limit_of",
    "limits_above",
    "missing",
    "names_below",
    "owed_by",
    "participations_for",
    "place_for",
    "proposals",
    "running_for",
    "targets_of",
    "words_used",
]
