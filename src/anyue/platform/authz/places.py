"""What follows a unit: rows of the platform that name their unit by its path, when the path is another.

A place is a value, so that the platform needs no module of units; the module that moves a unit says so here, inside its own
transaction. Each app registers its columns in ``AppConfig.ready``. The audit trail does not: it keeps the path of its day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, Model, Value
from django.db.models.functions import Concat, Substr

from .engine import subtree


@dataclass(frozen=True, slots=True)
class Column:
    """A column of places. ``succeeds``: on a merger its rows go on at the unit that goes on; a unit's own settings do not."""

    model: type[Model]
    name: str
    succeeds: bool


_COLUMNS: dict[str, Column] = {}


def follows(model: type[Model], name: str = "place", *, succeeds: bool = True) -> None:
    """Let the column ``name`` of ``model`` follow units."""
    _COLUMNS[f"{model._meta.label}.{name}"] = Column(model, name, succeeds)


def columns() -> Iterator[Column]:
    """All that follow."""
    yield from _COLUMNS.values()


def moved(old: str, new: str) -> int:
    """A unit went from the path ``old`` to ``new`` with all below it: so does what is theirs. One statement a column; how many rows."""
    at = len(old) + 1
    return sum(
        column.model._default_manager.filter(subtree(old, column.name)).update(
            **{column.name: Concat(Value(new), Substr(column.name, at), output_field=CharField(max_length=64))}
        )
        for column in columns()
    )


def succeeded(old: str, new: str) -> int:
    """The unit at ``old`` goes on in the one at ``new``, which keeps its own settings. Units below it move on their own."""
    return sum(
        column.model._default_manager.filter(**{column.name: old}).update(**{column.name: new})
        for column in columns()
        if column.succeeds
    )
