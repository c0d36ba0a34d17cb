"""What an entry changed, field by field, as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from . import values
from .models import Entry


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its label, what it was and what it is; "" is nothing. ``changed`` is False where it is named but the same."""

    label: str
    before: str
    after: str
    changed: bool


def differences(entry: Entry) -> list[Difference]:
    """In the order of ``values.in_order``, the same on every database; what nobody should have to read is left out."""
    names = values.in_order(entry.subject_kind, [*entry.after, *entry.before])
    return [_difference(entry, name) for name in names]


def _difference(entry: Entry, name: str) -> Difference:
    before, after = entry.before.get(name), entry.after.get(name)
    kind = entry.subject_kind
    return Difference(
        values.field_named(kind, name),
        values.value_said(kind, name, before),
        values.value_said(kind, name, after),
        before != after,
    )


def summary(entry: Entry) -> str:
    """All changes on one line, for a list or a table of Excel."""
    parts = []
    for one in differences(entry):
        if one.changed and entry.before:
            parts.append(f"{one.label}: {one.before or '—'} → {one.after or '—'}")
        elif one.after:
            parts.append(f"{one.label}: {one.after}")
    return gettext("; ").join(parts)
