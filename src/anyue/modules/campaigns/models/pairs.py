"""Constraints that several models share."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


def pair(what: str, model: str) -> models.CheckConstraint:
    """``what_at`` and ``what_by`` are set together or not at all."""
    return models.CheckConstraint(
        condition=Q(**{f"{what}_at": None, f"{what}_by": ""})
        | (Q(**{f"{what}_at__isnull": False}) & ~Q(**{f"{what}_by": ""})),
        name=f"{model}_{what}_pair",
    )
