"""What is cleared away at night."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from anyue.platform.jobs.job import job
from anyue.platform.jobs.schedules import daily

from . import lockout


@daily(hour=3, minute=0)
@job("accounts.sweep", label=_("Clear away ended sign-ins and old counts of failed ones"), retries=1)
def sweep() -> dict[str, int]:
    """Sessions that have expired, with what lists them as devices; failures that no longer count."""
    engine: Any = import_module(settings.SESSION_ENGINE)
    engine.SessionStore.clear_expired()
    ended = [device.pk for device in UserSession.objects.iterator() if not device.exists()]
    UserSession.objects.filter(pk__in=ended).delete()
    return {"devices": len(ended), "failures": lockout.forget_old()}
