"""When a duty is chased: working days around holidays, and never twice for one step."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue.kernel import clock
from anyue.kernel.workdays import Hours, is_open
from anyue.modules.campaigns.rules.chasing import (
    DEFAULTS,
    LATE,
    LEADER,
    REMIND,
    Calendar,
    Past,
    Rule,
    choose,
    moment,
    rules_for,
    settled,
)
from gongwen.compile.dues import is_working_day

OFFICE = Calendar(Hours(), is_working_day)
LONG_AGO = clock.at(date(2026, 1, 5), 9)
REMINDER, AT_ONCE, NEXT_DAY, TO_LEADER = DEFAULTS


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return clock.at(date(2026, month, day), hour, minute)


def run(
    due: datetime, ticks: list[datetime], rules: tuple[Rule, ...] = DEFAULTS, since: datetime = LONG_AGO
) -> list[tuple[datetime, str]]:
    """What a job that ticks at these instants does about one duty that stays undone."""
    marks: set[str] = set()
    last: date | None = None
    told = False
    done = []
    for tick in ticks:
        past = Past(frozenset(marks), last, told)
        choice = choose(rules, due=due, at=tick, since=since, past=past, calendar=OFFICE)
        if choice:
            assert not marks & set(choice.marks)
            marks |= set(choice.marks)
            last = max(clock.day_of(tick), last or date.min)
            told = told or tick >= due
            done.append((tick, choice.step))
    return done


def every_half_hour(first: date, days: int) -> list[datetime]:
    return [clock.start_of(first) + timedelta(minutes=30 * n) for n in range(48 * days)]


def test_an_ordinary_week_a_reminder_then_the_deadline_the_day_after_and_the_leader() -> None:
    friday_24 = clock.end_of(date(2026, 6, 12))
    assert run(friday_24, every_half_hour(date(2026, 6, 8), 14)) == [
        (at(6, 11, 8, 30), REMIND),
        (at(6, 15, 8, 30), LATE),
        (at(6, 16, 8, 30), LATE),
        (at(6, 17, 8, 30), LEADER),
    ]


def test_a_deadline_within_the_day_is_chased_within_the_day() -> None:
    assert run(at(6, 10, 16), every_half_hour(date(2026, 6, 8), 7)) == [
        (at(6, 9, 8, 30), REMIND),
        (at(6, 10, 16), LATE),
        (at(6, 11, 16), LATE),
        (at(6, 12, 16), LEADER),
    ]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        # Labour Day 2026: off 1 to 5 May, Saturday 9 May is worked for it.
        (clock.end_of(date(2026, 4, 30)), [(at(4, 29, 8, 30), REMIND), (at(5, 6, 8, 30), LATE), (at(5, 7, 8, 30), LATE), (at(5, 8, 8, 30), LEADER)]),
        (clock.end_of(date(2026, 5, 7)), [(at(5, 6, 8, 30), REMIND), (at(5, 8, 8, 30), LATE), (at(5, 9, 8, 30), LATE), (at(5, 11, 8, 30), LEADER)]),
        # Due on a worked Saturday, and on a Sunday that is none.
        (at(5, 9, 17), [(at(5, 8, 8, 30), REMIND), (at(5, 9, 17), LATE), (at(5, 11, 17), LATE), (at(5, 12, 17), LEADER)]),
        (at(6, 14, 12), [(at(6, 12, 8, 30), REMIND), (at(6, 15, 8, 30), LATE), (at(6, 16, 8, 30), LATE), (at(6, 17, 8, 30), LEADER)]),
        # Dragon Boat Festival 2026: off Friday 19 June to Sunday.
        (clock.end_of(date(2026, 6, 18)), [(at(6, 17, 8, 30), REMIND), (at(6, 22, 8, 30), LATE), (at(6, 23, 8, 30), LATE), (at(6, 24, 8, 30), LEADER)]),
    ],
)  # fmt: skip
def test_holidays_and_the_days_that_are_worked_for_them(due: datetime, expected: list[tuple[datetime, str]]) -> None:
    assert run(due, every_half_hour(date(2026, 4, 20), 70)) == expected


def test_hours_before_are_kept_and_moved_into_the_day_where_nobody_is_there() -> None:
    two_hours = Rule(0, -2, REMIND)
    assert moment(two_hours, at(6, 10, 16), OFFICE) == at(6, 10, 14)
    assert moment(two_hours, clock.end_of(date(2026, 6, 10)), OFFICE) == at(6, 10, 17)
    assert moment(two_hours, clock.end_of(date(2026, 6, 14)), OFFICE) == at(6, 12, 17)  # a Sunday


def test_what_is_asked_for_later_than_its_reminder_is_not_reminded_of() -> None:
    assert run(at(6, 10, 16), every_half_hour(date(2026, 6, 9), 1), since=at(6, 9, 10)) == []


def test_a_job_that_stood_still_does_not_make_up_for_what_it_missed_and_tells_the_unit_before_its_leader() -> None:
    assert run(at(6, 1, 16), every_half_hour(date(2026, 6, 22), 3)) == [
        (at(6, 22, 8, 30), LATE),
        (at(6, 23, 8, 30), LEADER),
    ]


def test_the_leader_alone_where_no_rule_tells_the_unit() -> None:
    only = (Rule(1, 0, LEADER),)
    assert run(at(6, 1, 16), every_half_hour(date(2026, 6, 1), 3), only) == [(at(6, 2, 16), LEADER)]


def test_rules_made_for_what_is_missing_and_for_a_level_go_before_those_for_all() -> None:
    general, for_return = Rule(0, 0, LATE), Rule(0, 4, LATE, kind="return")
    for_street, both = Rule(0, 8, LATE, level="township"), Rule(0, 9, LATE, kind="return", level="township")
    table = (general, for_return, for_street, both)
    assert rules_for(table, kind="return", level="township") == [both]
    assert rules_for(table, kind="return", level="community") == [for_return]
    assert rules_for(table, kind="task", level="township") == [for_street]
    assert rules_for(table, kind="task", level="community") == [general]
    assert rules_for((for_return,), kind="task", level="community") == []


def test_a_chase_by_hand_settles_what_had_begun_but_not_the_leaders_step() -> None:
    found = settled(DEFAULTS, due=at(6, 1, 16), at=at(6, 10), marks=(), calendar=OFFICE)
    assert found == [REMINDER.mark, AT_ONCE.mark, NEXT_DAY.mark]
    assert TO_LEADER.mark not in found


_rules = st.lists(
    st.builds(Rule, st.integers(-3, 4), st.integers(-5, 5), st.sampled_from([REMIND, LATE, LEADER])),
    max_size=5,
    unique_by=lambda rule: rule.mark,
).map(tuple)
_instants = st.integers(0, 60 * 24 * 30).map(
    lambda minutes: clock.at(date(2026, 4, 25), 0) + timedelta(minutes=minutes)
)


@given(rules=st.one_of(st.just(DEFAULTS), _rules), due=_instants, ticks=st.lists(_instants, max_size=60))
def test_no_step_is_done_twice_and_no_day_has_two_whatever_the_order_of_ticks(
    rules: tuple[Rule, ...], due: datetime, ticks: list[datetime]
) -> None:
    done = run(due, ticks, rules)  # asserts that no mark comes twice
    days = [clock.day_of(tick) for tick, _ in done]
    assert len(days) == len(set(days))
    for tick, step in done:
        assert is_open(tick, OFFICE.hours, is_working_day)
        assert any(rule.step == step and moment(rule, due, OFFICE) <= tick for rule in rules)
    if any(rule.step == LATE for rule in rules) and rules == DEFAULTS:
        steps = [step for _, step in done]
        assert LEADER not in steps or LATE in steps[: steps.index(LEADER)]
