"""Entries, and the seals that chain them. Database triggers (migration 0001) refuse every change and deletion."""

from __future__ import annotations

from django.db import models

from anyue.kernel.clock import now


class Entry(models.Model):
    """Who did what to what, before and after, from where. Persons and subjects by value: they may go, the entry stays.

    ``action`` is ``subject.done`` in the past tense (``notice.published``); ``place`` is the path of the unit concerned.
    """

    at = models.DateTimeField(default=now, db_index=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=120)
    action = models.CharField(max_length=64, db_index=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=240)
    place = models.CharField(max_length=64, blank=True, db_index=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    address = models.CharField(max_length=64, blank=True)
    device = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["actor_kind", "actor_id"]),
        )


class Seal(models.Model):
    """One link of the chain: ``digest`` is SM3 over the digest before it and the entry's own bytes.

    ``number`` counts from 1 without a gap; ``entry`` is the entry's id by value.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("number",)


class Checkpoint(models.Model):
    """The chain's state at a moment, to be copied out of the house: a chain rewritten as a whole does not match it."""

    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)
    signature = models.CharField(max_length=64, help_text="HMAC-SM3 with the key of this installation")
