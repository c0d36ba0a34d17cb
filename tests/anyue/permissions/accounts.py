"""People. What stands behind a one-time link leads nowhere for who has none."""

from __future__ import annotations

from .world import Subject, Subjects

_NO_LINK = {("*", "GET"): ({404, 410}, "no such link"), ("*", "POST"): ({404, 410}, "no such link")}

SUBJECTS: Subjects = {
    "people:first": lambda world: Subject({"token": "unknown"}, also=_NO_LINK),
    "people:invitation": lambda world: Subject({"token": "unknown"}, also=_NO_LINK),
    "people:stay": lambda world: Subject(),
    "people:work-as": lambda world: Subject(also={("*", "POST"): ({403, 404, 422}, "no unit is chosen")}),
}
