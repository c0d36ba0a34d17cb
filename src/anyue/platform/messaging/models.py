"""What is sent to whom, by which channel, when, and what came of it."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now


class Kind(models.TextChoices):
    """By what it goes."""

    IN_APP = "in_app", _("In the system")
    EMAIL = "email", _("E-mail message")
    SMS = "sms", _("Text message")
    WECOM = "wecom", _("WeCom group robot")
    DINGTALK = "dingtalk", _("DingTalk group robot")


class Message(models.Model):
    """One message to one recipient by one channel. Recipient and subject by value; nothing is ever deleted from the log.

    ``not_before``: office hours, the next attempt, or the end of the window in which messages gather. ``merged_into``: it went
    as a part of that one. ``read_at`` is of those in the system alone.
    """

    class State(models.TextChoices):
        """What came of it."""

        WAITING = "waiting", _("to be sent")
        SENT = "sent", _("sent")
        MERGED = "merged", _("sent as part of a digest")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    channel = models.CharField(_("channel"), max_length=10, choices=Kind.choices)
    recipient_kind = models.CharField(max_length=40)
    recipient_id = models.CharField(max_length=64)
    recipient_label = models.CharField(_("recipient"), max_length=120)
    address = models.CharField(max_length=600, blank=True)
    template = models.CharField(max_length=64)
    subject = models.CharField(_("subject line"), max_length=200, blank=True)
    body = models.TextField(_("text"))
    link = models.CharField(max_length=300, blank=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    about_label = models.CharField(max_length=240, blank=True)
    place = models.CharField(max_length=64, blank=True, db_index=True)
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    created_at = models.DateTimeField(default=now)
    created_by = models.CharField(max_length=80)
    created_label = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["state", "not_before"]),
            models.Index(fields=["recipient_kind", "recipient_id", "channel", "read_at"]),
            models.Index(fields=["about_kind", "about_id"]),
            models.Index(fields=["place", "-created_at"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"), name="message_sent_when"
            ),
            models.CheckConstraint(condition=Q(read_at=None) | Q(channel="in_app"), name="message_read_in_app"),
        )

    def __str__(self) -> str:
        return self.subject or self.body[:60]

    @property
    def chat_text(self) -> str:
        """What is pasted into a chat: the words, and where they lead."""
        return f"{self.body}\n{settings.PUBLIC_ADDRESS}{self.link}" if self.link else self.body

    @property
    def written_by(self) -> str:
        """Who wrote it, in words."""
        return gettext("by itself") if self.created_by.startswith("system:") else self.created_label


class Channel(models.Model):
    """Whether and how the unit at ``place`` (and all below that say nothing of their own) sends by a channel.

    ``place`` "" is the whole installation. ``address`` of a robot is its webhook, sealed with the installation's key;
    ``secret`` likewise.
    """

    place = models.CharField(max_length=64, blank=True)
    kind = models.CharField(_("channel"), max_length=10, choices=Kind.choices)
    is_on = models.BooleanField(_("on"), default=False)
    address = models.TextField(blank=True)
    secret = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=now)
    changed_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("place", "kind")
        constraints = (models.UniqueConstraint(fields=["place", "kind"], name="channel_once"),)


class OfficeHours(models.Model):
    """When the unit at ``place``, and all below that say nothing of their own, may be written to."""

    place = models.CharField(max_length=64, blank=True, unique=True)
    opens = models.TimeField(_("opens"), default=time(8, 30))
    closes = models.TimeField(_("closes"), default=time(18, 0))
    changed_at = models.DateTimeField(default=now)
    changed_by = models.CharField(max_length=120)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="office_hours_order"),)
