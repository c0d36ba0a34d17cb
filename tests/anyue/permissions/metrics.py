"""Figures for monitoring: off, there is no such page for anybody (tests/anyue/metrics tries it switched on)."""

from __future__ import annotations

from .world import Subject, Subjects

_OFF = ({404}, "off unless the operator switches it on")

SUBJECTS: Subjects = {
    "metrics": lambda world: Subject(also={("*", "GET"): _OFF, ("*", "POST"): _OFF}),
}
