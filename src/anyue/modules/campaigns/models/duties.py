"""The one table of duties that chasing, completeness, calendar and home pages read, and what belongs to a duty."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anyue.kernel.clock import now
from anyue.modules.orgs.models import Unit
from anyue.platform.files.models import StoredFile

from .campaigns import Campaign, Requirement, Task
from .pairs import pair


class Duty(models.Model):
    """Something a unit owes by a time: a receipt, a liaison officer, a task, a return. The one table of duties.

    ``due_at`` is the first instant that is too late. ``done_at`` says when it was done in the eyes of the unit, ``accepted_at`` that
    the office above agrees; a duty that is ``not_ours`` counts as answered, not as done: ``declined_at`` says when. ``returned_at``
    is when the office last sent it back, with ``answer`` as its words. ``subject`` points at a thing by value
    (``campaigns.requirement:4``, ``reports.return:17`` of a higher module).
    """

    class Kind(models.TextChoices):
        """What is owed."""

        RECEIPT = "receipt", _("Sign receipt")
        LIAISON = "liaison", _("Name the liaison officer")
        TASK = "task", _("Task")
        RETURN = "return", _("Return")

    class State(models.TextChoices):
        """How far it is, in the eyes of both."""

        OPEN = "open", _("To do")
        STARTED = "started", _("In progress")
        DONE = "done", _("Done")
        NOT_OURS = "not_ours", _("Not ours")
        DROPPED = "dropped", _("No longer asked")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="duties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="duties")
    requirement = models.ForeignKey(Requirement, models.CASCADE, null=True, blank=True, related_name="duties")
    subject = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    progress = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.CharField(max_length=120, blank=True)
    # Done through a link without an account, and not yet confirmed by an account holder.
    by_link = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=120, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(fields=["campaign", "unit", "kind"]),
            models.Index(fields=["unit", "state", "due_at"]),
            models.Index(fields=["campaign", "state", "due_at"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "unit", "task"], condition=Q(kind="task"), name="duty_task_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "unit", "kind"], condition=Q(kind__in=["receipt", "liaison"]), name="duty_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "unit", "subject"], condition=Q(kind="return"), name="duty_return_once"
            ),
            models.CheckConstraint(condition=Q(kind="task", task__isnull=False) | ~Q(kind="task"), name="duty_of_task"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="duty_progress"),
            models.CheckConstraint(condition=~Q(state="not_ours") | ~Q(reason=""), name="duty_not_ours_reason"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at=None)),
                name="duty_done_when_done",
            ),
            pair("done", "duty"),
            pair("declined", "duty"),
            pair("accepted", "duty"),
            pair("returned", "duty"),
        )

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A file that shows the progress of a duty (佐证)."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField(default=now)
    added_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("id",)
        constraints = (pair("removed", "evidence"),)


class LiaisonOfficer(models.Model):
    """Whom a unit names for a campaign (联络员). Named anew: the earlier one stays with ``until_at``."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="liaison_officers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="liaison_officers")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    post = models.CharField(_("post"), max_length=60, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=40, blank=True)
    mobile = models.CharField(_("mobile phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    named_at = models.DateTimeField(default=now)
    named_by = models.CharField(max_length=120)
    by_link = models.BooleanField(default=False)
    # The act itself was taken back, by whom; a mere change of person leaves it empty.
    undone_by = models.CharField(max_length=120, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("unit__path", "-named_at")
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "unit"], condition=Q(until_at=None), name="liaison_officer_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Extension(models.Model):
    """More time asked for a duty, and the answer."""

    class State(models.TextChoices):
        """The answer."""

        ASKED = "asked", _("Asked")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="extensions")
    wanted_at = models.DateTimeField()
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=now)
    asked_by = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(fields=["duty"], condition=Q(state="asked"), name="extension_one_open"),
            pair("answered", "extension"),
        )
