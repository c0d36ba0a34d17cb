"""Campaigns, their tasks, and the one table of duties that chasing, completeness, calendar and home pages read."""

from .calendars import CalendarAddress
from .campaigns import Campaign, CampaignVersion, KeyDay, Participation, Requirement, Target, Task
from .chasing import Chase, ChasedStep, ChaseRule
from .documents import DraftDocument
from .door import Knock
from .duties import Duty, Evidence, Extension, LiaisonOfficer

__all__ = [
    "CalendarAddress",
    "Campaign",
    "CampaignVersion",
    "Chase",
    "ChaseRule",
    "ChasedStep",
    "DraftDocument",
    "Duty",
    "Evidence",
    "Extension",
    "KeyDay",
    "Knock",
    "LiaisonOfficer",
    "Participation",
    "Requirement",
    "Target",
    "Task",
]
