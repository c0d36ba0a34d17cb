"""What a person keeps for herself: views of lists, drafts of forms. Persons by value (``Actor.key``)."""

from __future__ import annotations

from django.db import models

from anyue.kernel.clock import now


class SavedView(models.Model):
    """A state of a list under a name: ``query`` is the canonical query string of the list called ``list_key``."""

    user = models.CharField(max_length=80)
    list_key = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=["user", "list_key", "name"], name="saved_view_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_view_named"),
        )

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What a person has typed into a form and not yet sent: never a password, never a file.

    ``form_key`` names the form and its subject (``notices.decide:12``).
    """

    user = models.CharField(max_length=80)
    form_key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        ordering = ("-saved_at",)
        constraints = (models.UniqueConstraint(fields=["user", "form_key"], name="draft_once"),)

    def __str__(self) -> str:
        return self.form_key
