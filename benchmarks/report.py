"""Results as they are printed: a line for each contestant, ours first, and the goal with its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import east_asian_width

from .measure import Runs


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached, what was, and whether that is enough."""

    wanted: str
    found: str
    met: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One benchmark: its contestants by name, ours first; notes say what the numbers do not.

    ``by`` is what the last column compares, each to the first."""

    name: str
    what: str
    contestants: Sequence[tuple[str, Runs]]
    goals: Sequence[Goal]
    notes: Sequence[str] = field(default_factory=tuple)
    shows_memory: bool = False
    by: Literal["time", "memory"] = "time"

    def lines(self) -> Iterator[str]:
        """The lines to print."""
        yield f"{self.name}: {self.what}"
        own = self._size(self.contestants[0][1])
        for name, runs in self.contestants:
            ratio = "1" if name == self.contestants[0][0] else f"{self._size(runs) / own:.2f}"
            taken = f"{_time(runs.seconds):>9}  {_time(runs.fastest):>9} – {_time(runs.slowest):<9} cpu {_time(runs.cpu):>9}"
            peak = f"  {runs.peak_mb:5.0f} MB" if self.shows_memory or self.by == "memory" else ""
            yield f"  {_padded(name, 44)}{taken}  × {ratio:<6}{peak}".rstrip()
        for note in self.notes:
            yield f"  {note}"
        for goal in self.goals:
            yield f"  goal {goal.wanted}: {goal.found}, {'met' if goal.met else 'MISSED'}"

    def _size(self, runs: Runs) -> float:
        return runs.seconds if self.by == "time" else runs.peak_mb


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def _padded(text: str, width: int) -> str:
    """Padded on a terminal, where a Chinese character takes two places."""
    return text + " " * max(1, width - sum(2 if east_asian_width(c) in "WF" else 1 for c in text))
