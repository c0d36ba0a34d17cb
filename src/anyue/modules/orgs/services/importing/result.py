"""What an import found and did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext

from anyue.kernel.errors import Problem

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""


class Act(Enum):
    """What becomes of a row."""

    ADD = "add"
    RENAME = "rename"
    MOVE = "move"
    CHANGE = "change"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one cell: the row as the file numbers it, the heading of its column, what and what to do."""

    row: int
    column: str
    problem: Problem
    details: dict[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """In the language of the person."""
        return gettext(self.problem.text) % self.details


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row that changes something, for the preview."""

    row: int
    act: Act
    name: str
    before: str = ""
    above: str = ""


@dataclass(slots=True)
class ImportResult:
    """Counts by what became of the rows; ``faults`` by row. With a fault nothing is written; ``done`` says whether it was."""

    rows: int = 0
    counts: dict[Act, int] = field(default_factory=lambda: dict.fromkeys(Act, 0))
    faults: list[RowFault] = field(default_factory=list)
    preview: list[RowPlan] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    done: bool = False

    @property
    def added(self) -> int:
        """New units."""
        return self.counts[Act.ADD]

    @property
    def renamed(self) -> int:
        """Units with another name."""
        return self.counts[Act.RENAME]

    @property
    def moved(self) -> int:
        """Units at another place."""
        return self.counts[Act.MOVE]

    @property
    def changed(self) -> int:
        """Units of which something else changes."""
        return self.counts[Act.CHANGE]

    @property
    def unchanged(self) -> int:
        """Rows that say what is there."""
        return self.counts[Act.KEEP]

    @property
    def is_clean(self) -> bool:
        """No fault in any row."""
        return not self.faults

    @property
    def touches(self) -> int:
        """Rows that change something."""
        return self.rows - self.unchanged
