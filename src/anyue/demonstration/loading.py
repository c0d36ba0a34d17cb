"""Fill an empty data folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from anyue.kernel import clock
from anyue.modules.accounts.models import User
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor
from anyue.platform.jobs.statistics import statistics_renew

from .district import district_make
from .month import month_run
from .staff import Staff, accounts_write, staff_make

Progress = Callable[[int, int, str], None]
STEPS = ("units", "people", "month", "accounts")
AGO = timedelta(days=60)
"""The offices and their people were there before the month began."""


class NotEmptyError(Exception):
    """There are units or people already: the demonstration fills an empty data folder only."""


def demo_load(*, progress: Progress = lambda _done, _total, _step: None, times: int = 1) -> Path:
    """The district, its people and its month; returns the file with the accounts. ``times``: so many times as many streets.

    Raises ``NotEmptyError`` where there is a unit or a person already.
    """
    if Unit.objects.exists() or User.objects.exists():
        raise NotEmptyError
    by = Actor.system("demonstration")
    with transaction.atomic():  # ended half-way, it leaves an empty folder behind
        staff = _fill(by, progress, times)
    statistics_renew()
    return accounts_write(by=by, staff=staff, folder=Path(settings.DATA))


def _fill(by: Actor, progress: Progress, times: int) -> Staff:
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
    return staff
