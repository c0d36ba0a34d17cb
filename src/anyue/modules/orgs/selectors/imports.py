"""Tables of units on their way in, for who brought them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from anyue.platform.authz import Actor

from ..models import UnitImport


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, in the language of the reader."""

    row: int
    column: str
    sentence: str


def imports_of(actor: Actor) -> QuerySet[UnitImport]:
    """The tables that ``actor`` brought, newest first."""
    return UnitImport.objects.filter(owner=actor.key).select_related("file__blob", "under")


def faults_of(row: UnitImport) -> list[Fault]:
    """The first cells that are wrong."""
    found = row.outcome.get("faults", [])
    return [Fault(one["row"], one["column"], _said(one)) for one in found]


def trouble_of(row: UnitImport) -> str:
    """Why it could not go on; "" if it could."""
    return _said(row.trouble) if row.trouble else ""


def is_abandoned(row: UnitImport) -> bool:
    """A job should have it, and its job has failed for good or is gone. No query for one that no job has."""
    if not row.is_busy:
        return False
    return (
        row.task is None
        or not DBTaskResult.objects.filter(pk=row.task).exclude(status=TaskResultStatus.FAILED).exists()
    )


def _said(kept: Mapping[str, Any]) -> str:
    try:
        return str(gettext(kept["text"]) % kept["details"])
    except (KeyError, ValueError, TypeError):  # a sentence of an older version
        return gettext(kept.get("text", ""))
