"""When a duty is chased, and how hard: arithmetic over deadlines, working days and what was done before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from anyue.kernel import clock
from anyue.kernel.workdays import Hours, IsWorking, add_working_days, is_open, next_open

REMIND, LATE, LEADER = "remind", "late", "leader"
_HARDNESS = (REMIND, LATE, LEADER)
_LONGEST_REST = 40


class Rule(NamedTuple):
    """A step: so many working days, then hours, before (negative) or after the deadline. ``kind`` and ``level`` empty: all."""

    working_days: int
    hours: int
    step: str
    kind: str = ""
    level: str = ""

    @property
    def mark(self) -> str:
        """What it is called where it is written down that a duty was chased for it."""
        return f"{self.step}{self.working_days:+}d{self.hours:+}h"


DEFAULTS = (Rule(-1, 0, REMIND), Rule(0, 0, LATE), Rule(1, 0, LATE), Rule(2, 0, LEADER))
"""One working day before, at the deadline, one working day after, then the leader after two."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an office works."""

    hours: Hours
    is_working: IsWorking

    def is_open(self, instant: datetime) -> bool:
        """Somebody is there."""
        return is_open(instant, self.hours, self.is_working)


@dataclass(frozen=True, slots=True)
class Past:
    """What was done about one duty: the marks of its present deadline, the last day it was chased, and whether it was chased
    since the deadline passed.
    """

    marks: frozenset[str] = frozenset()
    last_on: date | None = None
    was_told: bool = False


class Choice(NamedTuple):
    """What is to be done now: a step, and the marks of all steps that are settled by it."""

    step: str
    marks: tuple[str, ...]


def rules_for(rules: Iterable[Rule], *, kind: str, level: str) -> list[Rule]:
    """The rules of duties of ``kind`` of units of ``level``: those made for both, else for what is missing, else for the level,
    else for all.
    """
    known = list(rules)
    for wanted in ((kind, level), (kind, ""), ("", level), ("", "")):
        found = [rule for rule in known if (rule.kind, rule.level) == wanted]
        if found:
            return found
    return []


def moment(rule: Rule, due: datetime, calendar: Calendar) -> datetime:
    """The instant from which ``rule`` applies to a deadline (the first instant that is too late).

    Days before begin in the morning of their working day; days after end at the deadline's own time of day. A reminder that
    falls into hours when nobody is there, with no working hour left before the deadline, comes in the last hour before.
    """
    day = clock.day_of(due - timedelta(microseconds=1))
    at = due
    if rule.working_days < 0:
        before = add_working_days(day, rule.working_days, calendar.is_working)
        at = clock.at(before, calendar.hours.opens.hour, calendar.hours.opens.minute)
    elif rule.working_days > 0:
        later = add_working_days(day, rule.working_days, calendar.is_working)
        at = due + (clock.start_of(later) - clock.start_of(day))
    at += timedelta(hours=rule.hours)
    if at < due and next_open(at, calendar.hours, calendar.is_working) >= due:
        return _last_hour(at, calendar)
    return at


def choose(
    rules: Sequence[Rule],
    *,
    due: datetime,
    at: datetime,
    since: datetime,
    past: Past,
    calendar: Calendar,
) -> Choice | None:
    """What is to be done ``at`` this instant about a duty due at ``due`` that is asked for ``since``; None: nothing.

    Outside office hours nothing. On one day nobody is chased twice for the same duty. Steps that were missed are not made up
    for: the latest counts and settles those before it. The leader hears of it only after the unit itself was told since the
    deadline passed, unless no rule tells the unit. What is asked for shorter than a reminder runs ahead needs none.
    """
    if not calendar.is_open(at) or (past.last_on is not None and past.last_on >= clock.day_of(at)):
        return None
    begun = [rule for when, rule in _in_time(rules, due, calendar) if _counts(when, due=due, at=at, since=since)]
    if not past.was_told and any(rule.step == LATE for rule in begun):
        begun = [rule for rule in begun if rule.step != LEADER]
    before = max((number for number, rule in enumerate(begun) if rule.mark in past.marks), default=-1)
    fresh = [
        rule
        for number, rule in enumerate(begun)
        if rule.mark not in past.marks and (number > before or rule.step == LEADER)
    ]
    return Choice(fresh[-1].step, tuple(rule.mark for rule in fresh)) if fresh else None


def _in_time(rules: Sequence[Rule], due: datetime, calendar: Calendar) -> list[tuple[datetime, Rule]]:
    """The rules with their moments, the earliest first; of two at one moment the harder one comes later."""
    found = [(moment(rule, due, calendar), rule) for rule in rules]
    return sorted(found, key=lambda one: (one[0], _HARDNESS.index(one[1].step), one[1].mark))


def _counts(when: datetime, *, due: datetime, at: datetime, since: datetime) -> bool:
    """The step that applies from ``when`` has begun ``at`` this instant. A reminder ends with the deadline."""
    return when <= at and (when >= due or (since <= when and at < due))


def settled(
    rules: Iterable[Rule], *, due: datetime, at: datetime, marks: Collection[str], calendar: Calendar
) -> list[str]:
    """The marks that a chase by hand ``at`` this instant settles: every step that has begun, but not the leader's."""
    return [
        rule.mark
        for rule in rules
        if rule.step != LEADER and rule.mark not in marks and moment(rule, due, calendar) <= at
    ]


def hardest(steps: Iterable[str]) -> str:
    """The hardest of some steps."""
    return max(steps, key=_HARDNESS.index)


def _last_hour(instant: datetime, calendar: Calendar) -> datetime:
    """An hour before the office closes for the last time before ``instant``."""
    for back in range(_LONGEST_REST):
        day = clock.day_of(instant) - timedelta(days=back)
        closes = clock.at(day, calendar.hours.closes.hour, calendar.hours.closes.minute)
        if calendar.is_working(day) and closes <= instant:
            opens = clock.at(day, calendar.hours.opens.hour, calendar.hours.opens.minute)
            return max(opens, closes - timedelta(hours=1))
    return instant
