"""Units as they are now, how they were before, and lists of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now, today
from anyue.platform.files.models import StoredFile


class Kind(models.TextChoices):
    """What a unit is. The first seven are the levels of administration (domain facts §6, §7)."""

    NATION = "nation", _("Nation")
    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County or district")
    ZONE = "zone", _("Development zone")
    TOWNSHIP = "township", _("Township or street")
    COMMUNITY = "community", _("Community or village")
    DEPARTMENT = "department", _("Department")
    INSTITUTION = "institution", _("Institution directly under")
    STATIONED = "stationed", _("Stationed agency")
    SCHOOL = "school", _("School")
    ENTERPRISE = "enterprise", _("Enterprise")


ADMINISTRATION = (
    Kind.NATION,
    Kind.PROVINCE,
    Kind.PREFECTURE,
    Kind.COUNTY,
    Kind.ZONE,
    Kind.TOWNSHIP,
    Kind.COMMUNITY,
)


class Unit(models.Model):
    """One unit as it is now. ``path`` is its place (``kernel.paths``). A closed unit has ``closed_on``, the first day without it, and
    goes along when the unit above it moves, so that its records stay with those who answer for them.

    ``code`` is the 12-digit statistical code, or a code of the office's own for a department; ``area_code`` the 12-digit code
    of the area that an enterprise lies in; ``uscc`` the unified social credit code (GB 32100-2015).
    """

    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=24, null=True, blank=True, unique=True)
    area_code = models.CharField(_("area code"), max_length=12, blank=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    parent = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=64, unique=True)
    # Of its children: the number of the next one, never given twice, so that a path once used means one unit.
    next_child = models.PositiveIntegerField(default=0)
    order = models.PositiveIntegerField(_("order"), default=0)
    initials = models.CharField(max_length=120, blank=True, db_index=True)
    phone = models.CharField(_("duty phone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    opened_on = models.DateField(_("since"), default=today)
    # The first day of what it is now; what it was before stands in ``PastUnit``.
    since_on = models.DateField(default=today)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ("path",)
        indexes = (
            models.Index(fields=["parent", "order", "path"]),
            models.Index(fields=["name"]),
            models.Index(fields=["kind", "path"]),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="unit_named"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")), name="unit_days"
            ),
            models.CheckConstraint(condition=Q(since_on__gte=models.F("opened_on")), name="unit_since"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Still there."""
        return self.closed_on is None

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


class Trunk(models.Model):
    """What the units at the top hang from: one row, with the number of the next one. Who changes the tree locks it, so that two
    changes at the same moment never make a circle.
    """

    next_child = models.PositiveIntegerField(default=0)


class PastUnit(models.Model):
    """What a unit was from ``from_on`` up to, not including, ``until_on``: one row for each state that has ended.

    Last year's tree is the present rows and these, each on its day (``selectors.tree_on``).
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="past")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=24, null=True, blank=True)
    parent = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=64)
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        ordering = ("unit", "from_on")
        indexes = (models.Index(fields=["path"]),)
        constraints = (
            models.CheckConstraint(condition=Q(until_on__gt=models.F("from_on")), name="past_unit_days"),
            models.UniqueConstraint(fields=["unit", "from_on"], name="past_unit_once"),
        )


class Change(models.Model):
    """A change of the tree that people speak of: renamed, moved, merged, split, closed."""

    class What(models.TextChoices):
        """What happened."""

        OPENED = "opened", _("set up")
        RENAMED = "renamed", _("renamed")
        MOVED = "moved", _("moved")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split off")
        CLOSED = "closed", _("closed")

    what = models.CharField(max_length=8, choices=What.choices)
    on = models.DateField()
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="changes")
    # Merged into it, or split off from it.
    other = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="other_changes")
    # Its name, or the name of the unit above it, as they were called then.
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    note = models.CharField(_("basis of the change"), max_length=240, blank=True)

    class Meta:
        ordering = ("-on", "-id")


class Group(models.Model):
    """A list of units under a name, kept by ``owner``: an addressee list.

    In it are ``units``, and where ``kinds`` names some, every open unit of these kinds below ``below`` as it is on the day of use.
    """

    owner = models.ForeignKey(Unit, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=80)
    units = models.ManyToManyField(Unit, related_name="in_groups", blank=True)
    below = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    kinds = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["owner", "name"], name="group_once"),)

    def __str__(self) -> str:
        return self.name


class UnitImport(models.Model):
    """A table of units on its way in: looked at, confirmed by who brought it, then written by a job, whole or not at all.

    ``outcome`` is what the job found (``services.importing.runs``), ``trouble`` why it could not go on: a sentence of a catalogue
    (a msgid) and what belongs into it. ``task`` is the job that has it now or had it last.
    """

    class State(models.TextChoices):
        """How far it is. The codes are those of ``pages.statuses``."""

        READING = "reading", _("Being looked at")
        REVIEW = "review", _("Waits to be confirmed")
        REFUSED = "refused", _("Cells are wrong")
        RUNNING = "running", _("Being written")
        DONE = "done", _("Brought in")
        FAILED = "failed", _("Could not be brought in")
        WITHDRAWN = "withdrawn", _("Called off")

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    under = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField()
    owner = models.CharField(max_length=80, db_index=True)
    owner_label = models.CharField(max_length=120)
    state = models.CharField(max_length=9, choices=State.choices, default=State.READING)
    outcome = models.JSONField(default=dict, blank=True)
    trouble = models.JSONField(default=dict, blank=True)
    task = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(finished_at=None, state__in=("reading", "review", "running"))
                | (Q(finished_at__isnull=False) & ~Q(state__in=("reading", "review", "running"))),
                name="import_finished",
            ),
        )

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_busy(self) -> bool:
        """A job has it."""
        return self.state in (self.State.READING, self.State.RUNNING)
