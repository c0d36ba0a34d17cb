"""Campaigns, their tasks, and the one table of duties that chasing, completeness, calendar and home pages read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anyue.kernel.clock import now
from anyue.modules.notices.models import Notice
from anyue.modules.orgs.models import Group, Unit
from anyue.platform.files.models import StoredFile


def _pair(what: str, model: str) -> models.CheckConstraint:
    """``what_at`` and ``what_by`` are set together or not at all."""
    return models.CheckConstraint(
        condition=Q(**{f"{what}_at": None, f"{what}_by": ""})
        | (Q(**{f"{what}_at__isnull": False}) & ~Q(**{f"{what}_by": ""})),
        name=f"{model}_{what}_pair",
    )


class Campaign(models.Model):
    """An activity that ``unit`` runs for the units below it. ``parent`` is the campaign that it re-issues (转发).

    The cascade is this chain: nation, province, … each with tasks and deadlines of its own, never later than the parent's.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Draft")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="campaigns")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # Units without accounts may act by the link in their chase text.
    links_open = models.BooleanField(_("links for units without accounts"), default=True)
    addressees = models.ManyToManyField(Group, blank=True, related_name="+")
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=40, blank=True)
    created_at = models.DateTimeField(default=now)
    created_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_days"),
            _pair("published", "campaign"),
            _pair("closed", "campaign"),
        )

    def __str__(self) -> str:
        return self.name


class KeyDay(models.Model):
    """A named day of a campaign (6·16 宣传咨询日)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="key_days")
    on = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ("on", "id")


class Task(models.Model):
    """One thing to be done, by units of some levels. ``parent`` is the task of the campaign above that it carries out.

    ``levels`` are those of ``gongwen.spec.LEVELS``, ``responsible`` the units' names as the notice has them; the units that owe it
    are its duties. A task may outlive the month: ``due_at`` after ``campaign.ends_on``, or None for one without an end.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    # The item of the review that it came from, by value: its evidence is one click away.
    item_key = models.CharField(max_length=120, blank=True)
    number = models.PositiveSmallIntegerField(default=0)
    section = models.CharField(_("section"), max_length=200, blank=True)
    text = models.TextField(_("what is to be done"))
    levels = models.JSONField(_("levels"), default=list)
    responsible = models.JSONField(_("responsible"), default=list)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    continues = models.BooleanField(_("goes on after the campaign"), default=False)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("campaign", "number", "id")
        constraints = (_pair("dropped", "task"),)

    def __str__(self) -> str:
        return self.text[:60]


class Participation(models.Model):
    """A unit that a campaign addresses: how it is reached, and its door without an account.

    ``link_digest`` is SHA-256 of the token in its link; a revoked link has none.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="participations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    link_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    link_made_at = models.DateTimeField(null=True, blank=True)
    link_revoked_at = models.DateTimeField(null=True, blank=True)
    link_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("unit__path",)
        constraints = (models.UniqueConstraint(fields=["campaign", "unit"], name="participation_once"),)


class Duty(models.Model):
    """Something a unit owes by a time: a receipt, a liaison officer, a task, a return. The one table of duties.

    ``due_at`` is the first instant that is too late. ``done_at`` says when it was done in the eyes of the unit, ``accepted_at`` that
    the office above agrees; a duty that is ``not_ours`` counts as answered, not as done. ``subject`` points at the
    thing of a higher module (``reports.return:17``) by value.
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
    subject = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    progress = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)
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
            _pair("done", "duty"),
            _pair("accepted", "duty"),
            _pair("returned", "duty"),
        )

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A file that shows the progress of a duty (佐证)."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)
    added_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("id",)


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
            _pair("answered", "extension"),
        )


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


class DraftDocument(models.Model):
    """A document that the system drafted for signature: the re-issued notice, a circular on progress.

    Number, signer and seal are left open and entered afterwards with the signed copy; no seal is ever drawn.
    """

    class Kind(models.TextChoices):
        """Which."""

        NOTICE = "notice", _("Re-issued notice")
        CIRCULAR = "circular", _("Circular on progress")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=120)
    doc_no = models.CharField(_("document number"), max_length=80, blank=True)
    signer = models.CharField(_("signer"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_copy = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-made_at",)


class ChaseRule(models.Model):
    """When duties of a kind are chased: hours before (negative) or after the deadline, and how hard."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="chase_rules")
    kind = models.CharField(max_length=8, choices=Duty.Kind.choices, blank=True)
    hours = models.IntegerField()
    step = models.CharField(max_length=6, choices=Chase.Step.choices)

    class Meta:
        ordering = ("hours",)
        constraints = (models.UniqueConstraint(fields=["campaign", "kind", "hours"], name="chase_rule_once"),)
