"""How far duties are, counted: one tally for a cell, a row, a column or a whole campaign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .states import DONE, DROPPED, NOT_OURS


@dataclass(frozen=True, slots=True)
class Tally:
    """Duties that are asked, without those no longer asked.

    ``done`` of them, ``done_late`` of these behind the deadline; ``late``: the deadline has passed and nothing came; ``declined``: a
    unit says that it is not its business and waits for the answer; ``exempt``: the office agreed.
    """

    asked: int = 0
    done: int = 0
    done_late: int = 0
    late: int = 0
    declined: int = 0
    exempt: int = 0

    @property
    def expected(self) -> int:
        """What is to be done: all that is asked but what the office agreed is not the unit's business."""
        return self.asked - self.exempt

    @property
    def open(self) -> int:
        """Neither done nor late nor answered: there is still time."""
        return self.expected - self.done - self.late - self.declined

    @property
    def rate(self) -> float | None:
        """Of 1, how much is done; None where nothing is expected, which is neither nought nor all."""
        return self.done / self.expected if self.expected else None

    @property
    def percent(self) -> int | None:
        """The rate in percent; 100 only for all of it and 0 only for none."""
        if not self.expected:
            return None
        rounded = round(100 * self.done / self.expected)
        return min(max(rounded, 1 if self.done else 0), 100 if self.done == self.expected else 99)

    def __add__(self, other: Tally) -> Tally:
        # Written out: a table of 1,600 units adds some thousands, and a loop over the fields costs ten times as much.
        return Tally(
            self.asked + other.asked,
            self.done + other.done,
            self.done_late + other.done_late,
            self.late + other.late,
            self.declined + other.declined,
            self.exempt + other.exempt,
        )


def tally(*, state: str, due_at: datetime | None, done_at: datetime | None, accepted: bool, at: datetime) -> Tally:
    """One duty, as it stands ``at`` an instant."""
    if state == DROPPED:
        return Tally()
    done = state == DONE
    is_over = due_at is not None and at >= due_at
    return Tally(
        asked=1,
        done=int(done),
        done_late=int(done and due_at is not None and done_at is not None and done_at >= due_at),
        late=int(state not in (DONE, NOT_OURS) and is_over),
        declined=int(state == NOT_OURS and not accepted),
        exempt=int(state == NOT_OURS and accepted),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return sum(tallies, start=Tally())
