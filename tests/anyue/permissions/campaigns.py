"""Campaigns, and the door of units without accounts."""

from __future__ import annotations

from .world import Subject, Subjects

SUBJECTS: Subjects = {
    "door:open": lambda world: Subject(
        {"token": "unknown"}, also={("*", "GET"): ({404}, "no such link"), ("*", "POST"): ({404}, "no such link")}
    ),
}
