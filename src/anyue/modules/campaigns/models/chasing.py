"""Chases that were made, and when they are due."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now
from anyue.modules.orgs.models import Kind, Unit

from .campaigns import Campaign
from .duties import Duty

BY_ITSELF = "campaigns.chase"
"""The job that chases without anybody's doing, as it stands in ``Chase.by``."""


class Chase(models.Model):
    """A chase (催办) that was made: to whom, about which duties, by which channel, how far up.

    ``recipient`` are the names of those who were written or spoken to, ``reached`` how many messages went out. ``on`` is the day
    (Shanghai). The unit's link never stands in ``text``: a copy of the database opens no door.
    """

    class Step(models.TextChoices):
        """How hard."""

        REMIND = "remind", _("Reminder before the deadline")
        LATE = "late", _("Chase after the deadline")
        LEADER = "leader", _("Escalation to the unit's leader")

    class Channel(models.TextChoices):
        """By what."""

        SYSTEM = "system", _("by messages of the system")
        CHAT = "chat", _("in a chat group")
        PHONE = "phone", _("by telephone")
        NONE = "none", _("nobody could be reached")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="chases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="chases")
    step = models.CharField(_("step"), max_length=6, choices=Step.choices)
    duties = models.ManyToManyField(Duty, related_name="chases")
    channel = models.CharField(_("by what"), max_length=12, choices=Channel.choices)
    recipient = models.CharField(_("to whom"), max_length=120, blank=True)
    reached = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    at = models.DateTimeField(default=now)
    by = models.CharField(max_length=120)
    on = models.DateField()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["campaign", "unit", "-at"]),)

    @property
    def done_by(self) -> str:
        """Who chased, in words."""
        return gettext("by itself") if self.by == BY_ITSELF else self.by


class ChaseRule(models.Model):
    """When duties of a kind, of units of a level, are chased: working days, then hours, before (negative) or after the deadline.

    ``kind`` and ``level`` (a kind of unit) empty: all. A campaign without rules of its own follows ``rules.chasing.DEFAULTS``.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="chase_rules")
    kind = models.CharField(_("what is missing"), max_length=8, choices=Duty.Kind.choices, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Kind.choices, blank=True)
    working_days = models.SmallIntegerField(_("working days"), default=0)
    hours = models.IntegerField(_("hours"), default=0)
    step = models.CharField(_("how"), max_length=6, choices=Chase.Step.choices)

    class Meta:
        ordering = ("kind", "level", "working_days", "hours", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "kind", "level", "working_days", "hours"], name="chase_rule_once"
            ),
        )


class ChasedStep(models.Model):
    """A duty was chased for one rule of one deadline: never again for the same, whatever the order in which jobs run.

    ``mark`` is ``rules.chasing.Rule.mark``. A deadline that was moved is another one.
    """

    chase = models.ForeignKey(Chase, models.CASCADE, related_name="steps")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="chased_steps")
    mark = models.CharField(max_length=24)
    due_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["duty", "mark", "due_at"], name="chased_once"),)
