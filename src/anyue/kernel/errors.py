"""The one way in which a request is refused: a problem out of a catalogue, with its details.

A module keeps its problems in ``problems.py``. The page shows the sentence beside the form, REST sends it as
problem+json, the command line prints it as one line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of refusal. ``text`` is an English msgid with named places: what happened, why, what to do next."""

    code: str
    status: int
    text: str


class RefusedError(Exception):
    """A request that is refused. ``fields`` says for each field of the form which sentence belongs to it."""

    def __init__(self, problem: Problem, /, *, fields: Mapping[str, Problem] | None = None, **details: object) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.details = details
        self.fields: Mapping[str, Problem] = fields or {}
