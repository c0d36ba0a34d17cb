"""What takes longer than a request: reading a notice."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.jobs.job import job
from anyue.platform.jobs.reporting import progress

from . import services
from .models import Notice

STEPS = {"reading": _("Reading the files"), "storing": _("Keeping what was read"), "pictures": _("Drawing the pages")}


@job("notices.read", label=_("Read a notice"), retries=2, timeout=900)
def read_notice(notice: int) -> None:
    """Read a notice that came in; one that has gone meanwhile (refused, or read by an earlier run) is left alone."""
    row = Notice.objects.select_related("unit").filter(pk=notice).first()
    if row is None:
        return
    with progress(len(STEPS)) as steps:
        services.notice_read(by=_program(), notice=row, step=lambda code: steps.step(gettext(str(STEPS[code]))))


@job("notices.compile", label=_("Read a notice again"), retries=2, timeout=900)
def compile_notice(notice: int) -> None:
    """Read the stored files again as a new version."""
    row = Notice.objects.select_related("unit").filter(pk=notice).first()
    if row is not None:
        services.notice_compile(by=_program(), notice=row)


def read(by: Actor) -> Callable[[Notice], object]:
    """What ``notice_receive`` calls inside its transaction. The job does not name the file: it may have to be forgotten."""

    def start(notice: Notice) -> object:
        about = Subject.of(notice, label="")
        return read_notice.by(by, subject=about, place=notice.unit.path).enqueue(notice.pk)

    return start


def compile_again(by: Actor) -> Callable[[Notice], object]:
    """What ``notice_reread`` calls inside its transaction."""
    return lambda notice: compile_notice.by(by, subject=Subject.of(notice), place=notice.unit.path).enqueue(notice.pk)


def _program() -> Actor:
    return Actor.system("notices.read")
