"""Writing entries and sealing them. ``record`` stands inside the transaction of the change, so that neither is kept without
the other; sealing comes afterwards and by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from anyue.platform.authz import Actor

from .filters import Filters
from .models import Entry
from .sealing import entries_seal, entries_seal_all

__all__ = ["Subject", "entries_seal", "entries_seal_all", "record", "trail_exported"]


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
        before=_storable(dict(before or {})),
        after=_storable(dict(after or {})),
        address=by.address[:64],
        device=by.device[:240],
    )


def trail_exported(*, by: Actor, filters: Filters) -> Entry:
    """Write down that ``by`` took the trail away, and what she had asked for."""
    asked = {name: value for name, value in dataclasses.asdict(filters).items() if value}
    return record(by=by, action="trail.exported", subject=Subject("audit.entry", "", ""), after=asked)


def _storable(value: Any) -> Any:
    """Without what no database keeps in JSON: NUL and half a character. It came from outside and must not stop a service."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {_storable(str(key)): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value
