"""A run of the quick desk: what she dropped, what became of each file, and what she takes away.

Nobody but its owner sees a run. Files wait outside storage (``files.holding``) until they have been read once; those that
bear a mark of secrecy, and those that nobody can read, never come further.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now
from anyue.modules.notices.models import Notice
from anyue.modules.orgs.models import Unit
from anyue.platform.files.models import StoredFile

KEPT_FOR = timedelta(days=30)
GATHERED_FOR = timedelta(days=2)
"""Files that nobody has had read are not left lying about."""


def _gathered_until() -> datetime:
    return now() + GATHERED_FOR


class QuickRun(models.Model):
    """A notice and its replies on their way to the official table. ``owner`` is the actor's key, ``owner_label`` her name.

    ``form`` is the form that she chose ("" leaves it to the program); ``summary`` is what the page shows of the collection;
    ``trouble`` is why it failed: a code with its details, said by ``selectors.trouble_words``.
    ``work`` names the folder in which a job works at this moment, so that the next one clears up after one that was killed.
    """

    class State(models.TextChoices):
        """How far it is."""

        GATHERING = "gathering", _("Files are being gathered")
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Being read")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        REMOVED = "removed", _("Removed")

    owner = models.CharField(max_length=80, db_index=True)
    owner_label = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.GATHERING)
    title = models.CharField(_("title"), max_length=300, blank=True)
    form = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=12, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    trouble = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    work = models.CharField(max_length=40, blank=True)
    notice = models.ForeignKey(Notice, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(default=_gathered_until, db_index=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("run of the quick desk")
        indexes = (models.Index(fields=["owner", "state"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed"), finished_at__isnull=False)
                | Q(state="removed")
                | Q(state__in=("gathering", "waiting", "reading"), finished_at=None),
                name="quick_run_finished_when_ended",
            ),
        )

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"

    @property
    def is_busy(self) -> bool:
        """A job has it, or will have it soon: nothing may be added or changed."""
        return self.state in (self.State.WAITING, self.State.READING)


class QuickFile(models.Model):
    """A file of a run. ``path`` is its name with the folders it came in; two of one path and role replace each other.

    It waits as ``held`` (a folder of ``files.holding`` and its place in it, ``member`` within a .zip), or is ``stored``, or
    both: then what waits takes its place when the run is started again. One with neither was not kept. ``is_dropped``: it
    is left out from the next start on. Of a reply: whose it is, whether its numbers are in the totals, what is wrong with it,
    and its numbers by field. A file that was refused for its mark of secrecy keeps only its place in the list.
    """

    class Role(models.TextChoices):
        """Which of the three places it was dropped on."""

        NOTICE = "notice", _("Notice")
        REPLY = "reply", _("Reply")
        ROSTER = "roster", _("List of units")

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        READ = "read", _("Read")
        ACCEPTED = "accepted", _("Taken as it is")
        DOUBTFUL = "doubtful", _("To be checked")
        REJECTED = "rejected", _("Cannot be used")
        SECRET = "secret", _("Refused: marked secret")

    run = models.ForeignKey(QuickRun, models.CASCADE, related_name="files")
    role = models.CharField(max_length=6, choices=Role.choices)
    order = models.PositiveIntegerField()
    path = models.CharField(max_length=400, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    held = models.CharField(max_length=48, blank=True)
    member = models.PositiveIntegerField(null=True, blank=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    unit = models.CharField(max_length=200, blank=True)
    is_dropped = models.BooleanField(default=False)
    is_counted = models.BooleanField(default=False)
    issues = models.JSONField(default=list)
    numbers = models.JSONField(default=dict)

    class Meta:
        ordering = ("order", "id")
        indexes = (models.Index(fields=["run", "role", "state"]),)
        constraints = (
            models.UniqueConstraint(fields=["run", "role", "path"], condition=~Q(path=""), name="quick_file_once"),
        )

    def __str__(self) -> str:
        return self.path

    @property
    def name(self) -> str:
        """Without its folders."""
        return self.path.rpartition("/")[2]

    @property
    def is_problem(self) -> bool:
        """A person has to look at it."""
        return self.state in (self.State.DOUBTFUL, self.State.REJECTED, self.State.SECRET)


class QuickOutput(models.Model):
    """A file that a run made; made anew by every run."""

    class Kind(models.TextChoices):
        """What it is, in the order of the row on the page."""

        TABLE = "table", _("Official table (Word)")
        PDF = "pdf", _("Official table (PDF)")
        WORKBOOK = "workbook", _("Workbook by unit (Excel)")
        REMINDER = "reminder", _("Reminder (text)")
        REPORT = "report", _("Covering report (Word)")
        JSON = "json", _("Data (JSON)")
        ALL = "all", _("Everything (.zip)")

    run = models.ForeignKey(QuickRun, models.CASCADE, related_name="outputs")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    order = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["run", "kind"], name="quick_output_once"),)
