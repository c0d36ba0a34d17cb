"""Days at the edges of the calendar, as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from anyue.kernel import clock


@pytest.mark.parametrize("day", [date.min, date(1, 1, 2), date(9999, 12, 30), date.max])
def test_every_day_that_can_be_typed_has_a_beginning_and_an_end(day: date) -> None:
    assert clock.start_of(day) <= clock.end_of(day)


def test_an_end_is_the_beginning_of_the_next_day() -> None:
    assert clock.end_of(date(9999, 12, 30)) == clock.start_of(date.max)
    assert clock.end_of(date(2026, 6, 20)) == clock.start_of(date(2026, 6, 21))
