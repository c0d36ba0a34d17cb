"""Answers kept, so that a request that is sent again does nothing again."""

from __future__ import annotations

from django.db import models

from anyue.kernel.clock import now


class StoredAnswer(models.Model):
    """What was answered to the POST that an actor sent under a key; kept for 24 hours.

    ``digest`` is SHA-256 over the request: the same key with another request is a mistake of the caller. The row is written in
    the transaction of the change itself, so that there is neither a change without its answer nor an answer without its change.
    """

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    content_type = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["actor", "key"], name="stored_answer_once"),)
