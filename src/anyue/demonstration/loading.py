"""Fill an empty data folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from anyue.kernel import clock
from anyue.kernel.errors import Problem, RefusedError
from anyue.modules.accounts.models import User
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor

from .district import district_make
from .month import month_run
from .staff import accounts_write, staff_make

Progress = Callable[[int, int, str], None]
STEPS = ("units", "people", "month", "accounts")
AGO = timedelta(days=60)
"""The offices and their people were there before the month began."""
NOT_EMPTY = Problem(
    "demonstration.not_empty",
    409,
    "There are units or people here already. The demonstration fills an empty data folder only.",
)


def demo_load(*, progress: Progress = lambda _done, _total, _step: None, times: int = 1) -> Path:
    """The district, its people and its month; returns the file with the accounts. ``times``: so many times as many streets.

    Raises ``RefusedError`` where there is a unit or a person already.
    """
    if Unit.objects.exists() or User.objects.exists():
        raise RefusedError(NOT_EMPTY)
    by = Actor.system("demonstration")
    settled = clock.at(clock.today() - AGO, 9)
    progress(0, len(STEPS), STEPS[0])
    with clock.held_at(settled):
        district = district_make(by=by, times=times)
    progress(1, len(STEPS), STEPS[1])
    with clock.held_at(settled):
        staff = staff_make(by=by, district=district)
    progress(2, len(STEPS), STEPS[2])
    month_run(district=district, staff=staff)
    progress(3, len(STEPS), STEPS[3])
    return accounts_write(by=by, staff=staff, folder=Path(settings.DATA))
