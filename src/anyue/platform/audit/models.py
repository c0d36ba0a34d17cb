"""Entries, and the seals that chain them. Triggers of the database (migration 0002) refuse every change and deletion."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now

from .encoding import Encoder


class Entry(models.Model):
    """Who did what to what, before and after, from where. Persons and subjects by value: they may go, the entry stays.

    ``action`` is ``subject.done`` in the past tense (``notice.published``); ``place`` is the path of the unit concerned.
    Every index ends in the order in which the trail is read, so that a page of it costs the same at any depth.
    """

    at = models.DateTimeField(_("time"), default=now)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(_("person"), max_length=120)
    action = models.CharField(_("action"), max_length=64)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(_("subject"), max_length=240)
    place = models.CharField(_("unit"), max_length=64, blank=True)
    before = models.JSONField(_("before"), default=dict, encoder=Encoder)
    after = models.JSONField(_("after"), default=dict, encoder=Encoder)
    address = models.CharField(_("address"), max_length=64, blank=True)
    device = models.CharField(_("device"), max_length=240, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=["at", "id"], name="audit_entry_at"),
            models.Index(fields=["actor_kind", "actor_id", "at", "id"], name="audit_entry_actor"),
            models.Index(fields=["actor_label", "at", "id"], name="audit_entry_name"),
            models.Index(fields=["action", "at", "id"], name="audit_entry_action"),
            models.Index(fields=["subject_kind", "subject_id", "at", "id"], name="audit_entry_subject"),
            models.Index(fields=["place"], name="audit_entry_place"),
        )


class Seal(models.Model):
    """One link of the chain: ``digest`` is SM3 over the digest before it and the entry's own bytes (``chain``).

    ``number`` counts from 1 without a gap, in the order of sealing; ``entry`` is the entry's id by value.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)


class Checkpoint(models.Model):
    """The chain's state at a moment, to be copied out of the house: a chain rewritten as a whole does not match it."""

    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)
    signature = models.CharField(max_length=64, help_text="HMAC-SM3 with the key of this installation")

    class Meta:
        ordering = ("number", "id")


class Sealer(models.Model):
    """Where the sealer stands: one row, which it also holds while it works. The one table here that changes.

    ``settled``: no entry with this id or a smaller one can still appear, and all of them are sealed. ``until`` and ``waiting``:
    once the transactions in ``waiting`` have ended, ``settled`` may rise to ``until`` (``sealing`` says why).
    """

    settled = models.BigIntegerField(default=0)
    until = models.BigIntegerField(default=0)
    waiting = models.JSONField(default=list)
