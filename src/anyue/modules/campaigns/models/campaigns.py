"""A campaign, what it asks for, of whom, and the units that it addresses."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now
from anyue.modules.notices.models import Notice
from anyue.modules.orgs.models import Group, Unit
from anyue.platform.audit.models import Entry

from .pairs import pair


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
    # The names of the notice's addressees; ``addressees`` are lists of the office's own that were chosen instead or besides.
    addressed = models.JSONField(default=list)
    addressees = models.ManyToManyField(Group, blank=True, related_name="+")
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=40, blank=True)
    contact_email = models.CharField(_("contact e-mail"), max_length=120, blank=True)
    # What is late is chased by itself, by its rules.
    chases_itself = models.BooleanField(_("chase automatically"), default=True)
    # The last day on which a link opens the door, however long the campaign stays open.
    links_until = models.DateField(_("links are valid until"), null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    created_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    # Why it was withdrawn, shown to the units.
    reason = models.TextField(blank=True)
    # 1 when it is published, one more with each change since (``CampaignVersion``).
    version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_days"),
            pair("published", "campaign"),
            pair("closed", "campaign"),
            pair("withdrawn", "campaign"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def addressed_now(self) -> models.QuerySet[Participation]:
        """The units that it addresses; those that it no longer does are left out."""
        return self.participations.filter(dropped_at=None)


class CampaignVersion(models.Model):
    """What changed with one version of a published campaign: the entry of the audit trail says who, when, before and after."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # No constraint in the database: nothing outside the trail may stand in the way of what guards and checks it.
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["campaign", "number"], name="campaign_version_once"),)


class KeyDay(models.Model):
    """A named day of a campaign (6·16 宣传咨询日)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="key_days")
    on = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ("on", "id")


class Requirement(models.Model):
    """Something that units hand in by a time (报送事项): the receipt, the liaison officer's slip, a form, a summary.

    ``who`` holds the units' names as the notice has them. A recurring one of the notice is one row for each of its days.
    ``form`` is the id of the notice's form that is to be filled, by value. ``parent`` is the requirement above that it serves.
    """

    class Kind(models.TextChoices):
        """What is handed in; the codes are those of ``Duty.Kind``."""

        RECEIPT = "receipt", _("Receipt")
        LIAISON = "liaison", _("Liaison officer")
        RETURN = "return", _("Return")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="requirements")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("what is handed in"), max_length=200)
    who = models.JSONField(_("who"), default=list)
    recipient = models.CharField(_("to whom"), max_length=120, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    form = models.CharField(max_length=40, blank=True)
    item_key = models.CharField(max_length=120, blank=True)
    evidence = models.JSONField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("campaign", "number", "id")
        constraints = (
            pair("dropped", "requirement"),
            models.UniqueConstraint(
                fields=["campaign", "kind"],
                condition=Q(kind__in=["receipt", "liaison"], dropped_at=None),
                name="requirement_once",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """One thing to be done, by units of some levels. ``parent`` is the task of the campaign above that it carries out.

    ``levels`` are those of ``gongwen.spec.LEVELS``, ``responsible`` the units' names as the notice has them; which units that
    means stands in the campaign's targets. A task may outlive the month: it ``continues``, with a later due time or none.
    ``covered_by``: its sentence only asks for that requirement, so that nobody owes the same thing twice.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    # The item of the review that it came from and its place in the notice, by value: its evidence is one click away.
    item_key = models.CharField(max_length=120, blank=True)
    evidence = models.JSONField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=0)
    section = models.CharField(_("section"), max_length=200, blank=True)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("what is to be done"))
    levels = models.JSONField(_("levels"), default=list)
    responsible = models.JSONField(_("responsible"), default=list)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    continues = models.BooleanField(_("goes on after the campaign"), default=False)
    covered_by = models.ForeignKey(Requirement, models.SET_NULL, null=True, blank=True, related_name="covers")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("campaign", "number", "id")
        constraints = (pair("dropped", "task"),)

    def __str__(self) -> str:
        return self.text[:60]


class Target(models.Model):
    """Whom a name of the notice (各街道, 区教育局, the level of a column) means among the units: a proposal until a person decided.

    One row for each name, whatever the number of tasks that use it. ``units`` holds their ids; ``why`` and ``details`` say
    how the proposal was found (``rules.naming.REASONS``).
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets")
    words = models.CharField(max_length=200)
    units = models.JSONField(default=list)
    why = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    is_sure = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["campaign", "words"], name="target_once"),
            pair("decided", "target"),
        )

    def __str__(self) -> str:
        return self.words


class Participation(models.Model):
    """A unit that a campaign addresses: how it is reached, and its door without an account.

    The token in its link is computed from ``link_nonce`` with the installation's key, so that every chase text can carry it;
    ``link_digest`` is SHA-256 of the token, and a revoked link has none. A copy of the database opens no door.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="participations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    link_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    link_nonce = models.CharField(max_length=32, blank=True)
    link_made_at = models.DateTimeField(null=True, blank=True)
    link_revoked_at = models.DateTimeField(null=True, blank=True)
    link_used_at = models.DateTimeField(null=True, blank=True)
    # No longer addressed: what it did stays readable, it owes nothing, its link opens nothing.
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=120, blank=True)
    drop_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("unit__path",)
        constraints = (
            models.UniqueConstraint(fields=["campaign", "unit"], name="participation_once"),
            pair("dropped", "participation"),
        )
