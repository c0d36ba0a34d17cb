"""Notices, the files they came in, each reading of them, and what a person decided about every item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now
from anyue.modules.orgs.models import Unit
from anyue.platform.files.models import StoredFile

from .rules import shown


class Notice(models.Model):
    """A notice that a unit received, or drafted itself. ``parent`` is the notice it implements (上级通知).

    ``internal``: marked 内部; it stays out of all that is public. A notice with a mark of secrecy is never stored.
    """

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading", _("Being read")
        UNREADABLE = "unreadable", _("Could not be read")
        REVIEW = "review", _("To be reviewed")
        REVIEWED = "reviewed", _("Reviewed")
        ISSUED = "issued", _("Issued")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="following")
    title = models.CharField(_("title"), max_length=300, blank=True)
    doc_no = models.CharField(_("document number"), max_length=80, blank=True)
    issuer = models.CharField(_("issuing office"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    internal = models.BooleanField(default=False)
    # Why it could not be read, in a sentence; and the folder where its files wait to be read, not yet stored.
    trouble = models.TextField(blank=True)
    holding = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=now)
    created_by = models.CharField(max_length=120)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = tuple(
            models.CheckConstraint(
                condition=Q(**{f"{what}_at": None, f"{what}_by": ""})
                | (Q(**{f"{what}_at__isnull": False}) & ~Q(**{f"{what}_by": ""})),
                name=f"notice_{what}_pair",
            )
            for what in ("reviewed", "issued")
        )

    def __str__(self) -> str:
        return self.title or self.doc_no or f"#{self.pk}"


class NoticeFile(models.Model):
    """A file of a notice: the body first, then its attachments, in the order in which they are read."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "id")


class Version(models.Model):
    """One reading of the files: the compiled notice (contract ``anyue/notice@1``) and the pages as HTML. Never changed."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    spec = models.JSONField()
    html = models.TextField(blank=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=120)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["notice", "number"], name="version_once"),)


class Item(models.Model):
    """Something the compiler proposes, or a person added, and what was decided about it. Nothing goes live undecided."""

    class State(models.TextChoices):
        """Decided how."""

        PROPOSED = "proposed", _("To be decided")
        ACCEPTED = "accepted", _("Accepted")
        CORRECTED = "corrected", _("Corrected")
        ADDED = "added", _("Added")
        DROPPED = "dropped", _("Dropped")

    version = models.ForeignKey(Version, models.CASCADE, related_name="items")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    label = models.TextField(blank=True)
    # Its place in the compiled notice (RFC 6901); none for what a person added.
    pointer = models.CharField(max_length=80, blank=True)
    proposed = models.JSONField(null=True)
    value = models.JSONField(null=True)
    evidence = models.JSONField(null=True)
    is_sure = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=["version", "key"], name="item_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by="") | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="item_decided_pair",
            ),
            models.CheckConstraint(
                condition=(Q(state="proposed") & Q(decided_at=None))
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="item_decided_when_not_proposed",
            ),
        )

    def __str__(self) -> str:
        """What it says, as far as one line holds it."""
        return (shown(self.kind, self.value) or self.label or self.key)[:120]


class Page(models.Model):
    """A picture of one page of the original, one key away from the reading."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="pages")
    source = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("source", "number")
        constraints = (models.UniqueConstraint(fields=["notice", "source", "number"], name="notice_page_once"),)
