"""What happened to a unit."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ..models import Change, Unit


def history_of(unit: Unit) -> QuerySet[Change]:
    """The changes of ``unit`` and those of others that it was part of, newest first."""
    return Change.objects.filter(Q(unit=unit) | Q(other=unit)).select_related("unit", "other").order_by("-on", "-pk")
