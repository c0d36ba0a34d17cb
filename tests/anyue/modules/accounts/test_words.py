"""How the end of a role is written."""

from __future__ import annotations

from datetime import date

from anyue.kernel.clock import at, end_of
from anyue.modules.accounts.templatetags.people import until_moment


def test_a_role_until_a_day_ends_at_24_hours_of_it() -> None:
    assert until_moment(end_of(date(2026, 6, 20))) == "2026-06-20 24:00"
    assert until_moment(at(date(2026, 6, 20), 18)) == "2026-06-20 18:00"
    assert until_moment(None) == "—"
