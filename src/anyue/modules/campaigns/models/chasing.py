"""Chases that were made, and when they are due."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now
from anyue.modules.orgs.models import Unit

from .campaigns import Campaign
from .duties import Duty


class Chase(models.Model):
    """A chase (催办) that was made: to whom, about which duties, by which channel, how far up."""

    class Step(models.TextChoices):
        """How hard."""

        REMIND = "remind", _("Reminder before the deadline")
        LATE = "late", _("Chase after the deadline")
        LEADER = "leader", _("Escalation to the unit's leader")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="chases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="chases")
    step = models.CharField(max_length=6, choices=Step.choices)
    duties = models.ManyToManyField(Duty, related_name="chases")
    channel = models.CharField(max_length=12)
    recipient = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    at = models.DateTimeField(default=now)
    by = models.CharField(max_length=120)
    on = models.DateField()

    class Meta:
        ordering = ("-at", "-id")


class ChaseRule(models.Model):
    """When duties of a kind are chased: hours before (negative) or after the deadline, and how hard."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="chase_rules")
    kind = models.CharField(max_length=8, choices=Duty.Kind.choices, blank=True)
    hours = models.IntegerField()
    step = models.CharField(max_length=6, choices=Chase.Step.choices)

    class Meta:
        ordering = ("hours",)
        constraints = (models.UniqueConstraint(fields=["campaign", "kind", "hours"], name="chase_rule_once"),)
