"""Writing entries. ``record`` stands inside the transaction of the change, so that neither is kept without the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from anyue.platform.authz import Actor

from .models import Entry


@dataclass(frozen=True, slots=True)
class Subject:
    """What was changed, by value."""

    kind: str
    id: str
    label: str

    @staticmethod
    def of(row: models.Model, label: str | None = None) -> Subject:
        """A row as a subject: its model's label, its key and what it calls itself."""
        return Subject(row._meta.label_lower, str(row.pk), (str(row) if label is None else label)[:240])


def record(
    *,
    by: Actor,
    action: str,
    subject: models.Model | Subject,
    place: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """Write down that ``by`` did ``action`` to ``subject`` at the unit with path ``place``.

    ``before`` and ``after`` hold what changed, ready for JSON; never a secret, a password or a reporter's identity.
    """
    about = subject if isinstance(subject, Subject) else Subject.of(subject)
    return Entry.objects.create(
        actor_kind=by.kind.value,
        actor_id=by.id,
        actor_label=by.label[:120],
        action=action,
        subject_kind=about.kind,
        subject_id=about.id,
        subject_label=about.label,
        place=place,
        before=dict(before or {}),
        after=dict(after or {}),
        address=by.address,
        device=by.device[:240],
    )
