"""Why a job did not end well, in words for a person; and what is refused on its page."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

TIMEOUT = Problem("jobs.timeout", 504, _("It took longer than the %(seconds)s seconds it has and was ended."))
LOST = Problem(
    "jobs.lost",
    500,
    _("The process that ran it ended without a word (restart, power, memory), %(attempts)s times in all."),
)
UNKNOWN = Problem("jobs.unknown", 500, _("This version of the program no longer has this job (%(path)s)."))
DATABASE = Problem("jobs.database", 503, _("The database did not answer: %(error)s."))
UNREACHABLE = Problem("jobs.unreachable", 502, _("Another machine could not be reached: %(error)s."))
DISK = Problem("jobs.disk", 507, _("A file could not be read or written: %(error)s."))
FAULT = Problem(
    "jobs.fault", 500, _("A fault of the program: %(error)s. Pass the details on to whoever looks after it.")
)
NOT_FAILED = Problem("jobs.not_failed", 409, _("This job has not failed, or somebody has started it again already."))
