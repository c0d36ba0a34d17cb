"""What stands in ``before`` and ``after`` of an entry, as a person reads it: labels instead of names of columns, words instead of codes.

A module makes known how its own values read, when it starts::

    values.register({"role": role_label, "files.storedfile:kind": kind_label})
    values.hide("owner_key", "notices.item:value")

The order of fields is that of the columns of the subject's model, then that in which ``sentences.register_fields`` got them, then
that of their labels: never that of the database, which PostgreSQL's ``jsonb`` makes up itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from anyue.kernel.clock import SHANGHAI

MOST = 20
"""Items of a list that are said; the others are counted."""
Read = Callable[[Any], str]
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d:\d\d|Z)")
_FIELDS: dict[str, str] = {}
_READS: dict[str, Read] = {}
_HIDDEN: set[str] = set()


def register_fields(labels: Mapping[str, str]) -> None:
    """Names for keys of ``before`` and ``after`` that are no column of the subject: ``{"unit": _("unit")}``; of one kind of
    subject alone: ``{"accounts.user:title": _("post")}``.
    """
    _FIELDS.update(labels)


def register(reads: Mapping[str, Read]) -> None:
    """How the values of a key read, of every kind of subject (``role``) or of one (``files.storedfile:kind``)."""
    _READS.update(reads)


def hide(*names: str) -> None:
    """Keys, of every kind of subject or of one, that the trail keeps for programs and shows to nobody: a key of a row, a path
    in the tree.
    """
    _HIDDEN.update(names)


def is_shown(kind: str, name: str) -> bool:
    """A person may read it."""
    return not {name, f"{kind}:{name}"} & _HIDDEN


def in_order(kind: str, names: Iterable[str]) -> list[str]:
    """``names`` as they are shown, without those that are hidden: the same on every database."""
    model = model_of(kind)
    columns = {column.name: place for place, column in enumerate(model._meta.get_fields())} if model else {}
    registered = {name: place for place, name in enumerate(_FIELDS)}

    def place(name: str) -> tuple[int, int, str]:
        if name in columns:
            return 0, columns[name], ""
        known = registered.get(f"{kind}:{name}", registered.get(name))
        if known is not None:
            return 1, known, ""
        return 2, 0, field_named(kind, name)

    shown = {name for name in names if is_shown(kind, name)}
    return sorted(shown, key=lambda name: (*place(name), name))


def field_named(kind: str, name: str) -> str:
    """The label of a key of ``before`` and ``after``."""
    label = _FIELDS.get(f"{kind}:{name}") or _FIELDS.get(name)
    if label is not None:
        return capfirst(gettext(label))
    column = _column(kind, name)
    return capfirst(str(column.verbose_name)) if column is not None else name.replace("_", " ")


def value_said(kind: str, name: str, value: Any) -> str:
    """A value as a person reads it: labels of choices, times of the place, yes and no; "" for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return _list_said(kind, name, value)
    read = _READS.get(f"{kind}:{name}") or _READS.get(name)
    if read is not None:
        return read(value)
    if isinstance(value, dict):
        shown = [(key, value_said(kind, key, value[key])) for key in in_order(kind, value)]
        return gettext("; ").join(f"{field_named(kind, key)}: {said}" for key, said in shown if said)
    column = _column(kind, name)
    labels = dict(column.flatchoices) if column is not None and column.choices else {}
    return str(labels.get(value, _at_the_place(value)))


def _list_said(kind: str, name: str, value: list[Any]) -> str:
    said = gettext(", ").join(value_said(kind, name, item) for item in value[:MOST])
    more = len(value) - MOST
    if more <= 0:
        return said
    return ngettext("%(some)s and %(count)s more", "%(some)s and %(count)s more", more) % {"some": said, "count": more}


def _at_the_place(value: Any) -> Any:
    """An instant as a clock in Shanghai shows it."""
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return value
    return f"{datetime.fromisoformat(value).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def model_of(kind: str) -> type[models.Model] | None:
    """The model behind a kind of subject; None where it is no row."""
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def _column(kind: str, name: str) -> models.Field[Any, Any] | None:
    model = model_of(kind)
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None
