"""Rows narrowed and put into a total order, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.db.models.fields.related import ForeignObject

from .spec import ListSpec, State

Rows = QuerySet[Any, Any]


def narrowed(spec: ListSpec[Any], rows: Rows, state: State) -> Rows:
    """The rows that pass the search and every filter."""
    for one in spec.filters:
        if any(param in state.values for param in one.params):
            rows = rows.filter(one.condition(state.values))
    if state.search and spec.search_with:
        found_rows: Rows = spec.search_with(rows, state.search)
        return found_rows
    for word in state.search.split()[:8]:
        found = Q()
        for name in spec.search:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows


def ordered(spec: ListSpec[Any], rows: Rows, state: State) -> Rows:
    """In the order asked for, or the usual one; what is empty stands last both ways; ties broken."""
    column = spec.column(state.sort.removeprefix("-"))
    asked = column.sort.split() if column and state.sort else []
    if state.sort.startswith("-"):
        asked = [name[1:] if name.startswith("-") else f"-{name}" for name in asked]
    orders: dict[str, OrderBy | str] = {}
    for name in (*asked, *spec.order, spec.tiebreak):
        plain = name.removeprefix("-")
        orders.setdefault(plain, _order(rows.model, plain, back=name.startswith("-")))
    return rows.order_by(*orders.values())


def _order(model: type[Model], name: str, *, back: bool) -> OrderBy | str:
    if not _may_be_empty(model, name):
        return f"-{name}" if back else name
    return F(name).desc(nulls_last=True) if back else F(name).asc(nulls_last=True)


def _may_be_empty(model: type[Model], name: str) -> bool:
    """A column on the way may be NULL; an annotation may always be."""
    here: type[Model] | None = model
    for step in name.split("__"):
        if step == "pk":
            return False
        try:
            field = here._meta.get_field(step) if here else None
        except FieldDoesNotExist:
            return True
        if field is None or not getattr(field, "concrete", False) or getattr(field, "null", True):
            return True
        here = field.related_model if isinstance(field, ForeignObject) else None
    return False
