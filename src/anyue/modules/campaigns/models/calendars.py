"""Secret addresses from which calendar programs read."""

from __future__ import annotations

from django.db import models

from anyue.kernel.clock import now
from anyue.modules.accounts.models import User


class CalendarAddress(models.Model):
    """A person's own calendar address. Only the digest of its secret is kept; renewed it is another, closed the row is gone."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True, blank=True)
