"""People, the posts they hold, the roles they are granted, and the keys that programs act with."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anyue.kernel.clock import now, today
from anyue.modules.orgs.models import Unit


class UserManager(BaseUserManager["User"]):
    """How allauth and tests find people; new ones come from ``services.person_add``."""

    def get_by_natural_key(self, username: str | None) -> User:
        """By user name, whatever the case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person with an account. Without a usable password she has been invited and has not yet set one."""

    class Appearance(models.TextChoices):
        """Light or dark."""

        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    username = models.CharField(_("user name"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    initials = models.CharField(max_length=40, blank=True, db_index=True)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    appearance = models.CharField(_("appearance"), max_length=5, choices=Appearance.choices, default=Appearance.AUTO)
    elderly_mode = models.BooleanField(_("elderly mode"), default=False)
    created_at = models.DateTimeField(default=now)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_by = models.CharField(max_length=120, blank=True)
    password_set_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    # allauth asks Django's own model for them; here grants alone allow anything.
    is_staff = is_superuser = False

    objects = UserManager()

    class Meta:
        ordering = ("username",)
        constraints = (
            models.UniqueConstraint(Lower("username"), name="username_once_in_any_case"),
            models.CheckConstraint(condition=~Q(username="") & ~Q(name=""), name="person_named"),
            models.CheckConstraint(
                condition=Q(suspended_at=None, suspended_by="", is_active=True)
                | (Q(suspended_at__isnull=False, is_active=False) & ~Q(suspended_by="")),
                name="person_suspension_pair",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """Her name."""
        return self.name


class Post(models.Model):
    """A person works at a unit. A person may have several; ``is_leader``: she leads it and hears of what is late."""

    user = models.ForeignKey(User, models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(_("post"), max_length=60, blank=True)
    is_leader = models.BooleanField(_("leads the unit"), default=False)
    from_on = models.DateField(_("from"), default=today)
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("user", "id")
        constraints = (
            models.UniqueConstraint(fields=["user", "unit"], condition=Q(until_on=None), name="post_once"),
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="post_days"),
        )


class Grant(models.Model):
    """A role at a unit (none: the whole installation) for a time. Ended, never deleted.

    ``delegated_from``: handed over by the holder of that grant while on leave; it never outlives it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    from_at = models.DateTimeField(default=now)
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    delegated_from = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="delegations")
    given_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("user", "id")
        indexes = (models.Index(fields=["user", "ended_at"]),)
        constraints = (
            models.CheckConstraint(condition=Q(until_at=None) | Q(until_at__gt=F("from_at")), name="grant_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="grant_end_pair",
            ),
            models.CheckConstraint(
                condition=Q(delegated_from=None) | Q(until_at__isnull=False), name="grant_delegation_ends"
            ),
        )


class ApiToken(models.Model):
    """A key with which a program acts for a person: some permissions, until a day. Only its SHA-256 is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)


class Invitation(models.Model):
    """A one-time link with which a person sets her first password, or a new one. Only its SHA-256 is kept.

    ``user`` None: the very first link of an installation, which makes the three system accounts.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class PastPassword(models.Model):
    """The hash of a password that a person had: she does not take one of the last five again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-set_at", "-id")


class FailedSignIns(models.Model):
    """How often sign-in failed for one typed name or from one address since ``since``, and until when it is refused.

    Kept for names that nobody has as well, so that being locked out tells nothing. ``digest`` is an HMAC: a password that is
    typed into the wrong field is not kept.
    """

    class Of(models.TextChoices):
        """What is counted."""

        NAME = "name", _("user name")
        ADDRESS = "address", _("address")

    of = models.CharField(max_length=7, choices=Of.choices)
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=now)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["of", "digest"], name="failed_sign_ins_once"),)
