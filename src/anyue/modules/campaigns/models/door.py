"""How often the door was knocked at, counted in the database so that all processes count together."""

from __future__ import annotations

from django.db import models


class Knock(models.Model):
    """Requests at the door in one window of time: by address, by link, and with a token that opens nothing."""

    key = models.CharField(max_length=80)
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "window"], name="knock_once"),)
