"""The shell: how pages look is everybody's choice; pages of the sign-in library that this house does not have."""

from __future__ import annotations

from anyue.surfaces.console.urls import CLOSED

from .world import Subject, Subjects

_NO_CHOICE = {("*", "POST"): ({404, 422}, "nothing was chosen")}
_NEVER = {("*", "GET"): ({404}, "there is no such page"), ("*", "POST"): ({404}, "there is no such page")}

SUBJECTS: Subjects = {
    f"^{CLOSED}": lambda world: Subject(also=_NEVER),
    "console:elderly": lambda world: Subject(),
    "console:appearance": lambda world: Subject(also=_NO_CHOICE),
    "console:language": lambda world: Subject(also=_NO_CHOICE),
    "console:campaign": lambda world: Subject(also=_NO_CHOICE),
}
