"""What takes longer than a request: reading a run, wiping one, and ending those whose time is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.jobs.job import Job, job
from anyue.platform.jobs.reporting import progress
from anyue.platform.jobs.schedules import daily

from . import services
from .models import QuickRun

HOUR = 3600


@job("desk.quick_read", label=_("Quick desk: read a notice and its replies"), timeout=2 * HOUR, queue="slow")
def read(pk: int) -> None:
    """Read a run that waits."""
    run = QuickRun.objects.get(pk=pk)
    with progress() as steps:

        def report(done: int, total: int) -> None:
            steps.done, steps.total = done, total
            steps.say("")

        services.quick_run_read(by=Actor.system("desk.quick_read"), run=run, report=report)


@job("desk.quick_purge", label=_("Quick desk: wipe a run that was removed"), timeout=HOUR)
def purge(pk: int) -> None:
    """Wipe a run that its owner removed."""
    services.quick_run_purge(by=Actor.system("desk.quick_purge"), run=QuickRun.objects.get(pk=pk))


@daily(hour=2, minute=40)
@job("desk.quick_expire", label=_("Quick desk: remove runs whose time is over"), timeout=HOUR, queue="slow")
def expire() -> int:
    """Remove every run whose time is over; how many."""
    return services.quick_runs_expire(by=Actor.system("desk.quick_expire"))


def starting(what: Job[[int], Any], by: Actor, run: QuickRun) -> Callable[[int], object]:
    """What a service calls once its change is committed: the job is about this run, and its owner sees how far it is."""
    return what.by(by, subject=Subject("desk.quickrun", str(run.pk), ""), place=run.unit.path).enqueue
