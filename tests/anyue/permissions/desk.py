"""Home pages."""

from __future__ import annotations

from .world import Subject, Subjects

SUBJECTS: Subjects = {"desk:home": lambda world: Subject()}
