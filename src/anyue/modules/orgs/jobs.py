"""What takes longer than a request: tables of units."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.jobs.job import Job, job
from anyue.platform.jobs.reporting import Steps, progress

from .models import UnitImport
from .services import imports

HOUR = 3600


@job("orgs.import_look", label=_("Look at a table of units"), timeout=HOUR)
def look(pk: int) -> None:
    """What it would change, and what is wrong in it."""
    with progress() as steps:
        imports.import_look(row=_row(pk), tell=_telling(steps, 2, 3))


@job("orgs.import_write", label=_("Bring units in from a table"), timeout=HOUR)
def write(pk: int) -> None:
    """Write it in one transaction, which is why the steps are not written down."""
    with progress() as steps:
        steps.unwritten = True
        imports.import_write(row=_row(pk), tell=_telling(steps, 1, 1))
        steps.unwritten = False


def _row(pk: int) -> UnitImport:
    return UnitImport.objects.select_related("file__blob", "under").get(pk=pk)


def _telling(steps: Steps, parts: int, of: int) -> Callable[[int, int], None]:
    """Hands on how far it is; ``parts`` ``of`` the steps of a whole import are all that this job does."""

    def tell(done: int, total: int) -> None:
        steps.done, steps.total = done, total * parts // of
        steps.say(gettext("Step %(done)s of %(total)s") % {"done": steps.done, "total": steps.total})

    return tell


def starting(what: Job[[int], None], by: Actor) -> imports.Start:
    """What a service calls inside its transaction: the job is about this table, and its owner sees how far it is."""

    def start(row: UnitImport) -> uuid.UUID:
        place = row.under.path if row.under else ""
        return uuid.UUID(str(what.by(by, subject=Subject.of(row), place=place).enqueue(row.pk).id))

    return start
