"""The list of jobs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anyue.platform.pages.lists import Choice, Column, DateRange, Empty, ListSpec

from .models import Progress
from .selectors import STATES, label_of, trouble_of


def _state(row: Any) -> str:
    return str(STATES[row.state])


JOBS: ListSpec[Progress] = ListSpec(
    key="jobs.jobs",
    title=_("Jobs"),
    columns=(
        Column("label", _("Job"), label_of, link=lambda row: reverse("jobs:job", args=[row.pk])),
        Column("subject", _("About"), lambda row: row.subject_label, blank="—"),
        Column("state", _("State"), _state, sort="state", part="jobs/state.html"),
        Column("trouble", _("Why"), trouble_of, blank="—"),
        Column("attempts", _("Attempts"), lambda row: row.attempts, figure=True, sort="attempts"),
        Column("starter", _("Started by"), lambda row: row.started_label, sort="started_label", blank="—"),
        Column("enqueued", _("Enqueued"), lambda row: row.task.enqueued_at, sort="task__enqueued_at"),
        Column("finished", _("Ended at"), lambda row: row.task.finished_at, sort="task__finished_at", blank="—"),
    ),
    filters=(
        Choice("state", _("State"), field="state", choices=[(state.value, label) for state, label in STATES.items()]),
        DateRange("enqueued", _("Enqueued"), field="task__enqueued_at"),
    ),
    search=("job", "subject_label", "started_label"),
    order=("-task__enqueued_at",),
    empty=Empty(_("No jobs"), _("What takes longer than a page appears here, with what came of it.")),
)
