"""Pages by cursor: each begins behind the last row of the one before, so that rows that come or go shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from ninja import Field, Schema

from anyue.kernel.errors import RefusedError

from . import problems

Row = TypeVar("Row", bound=Model)
T = TypeVar("T")


class Cursor(Schema):
    """What a caller sends: nothing for the first page, then ``next`` of the page before."""

    cursor: str = ""
    limit: int = Field(100, ge=1, le=500)


class Page(Schema, Generic[T]):
    """Some rows, and the cursor of the next ones; null behind the last."""

    items: list[T]
    next: str | None


def page_of(rows: QuerySet[Row], at: Cursor, *, order: Sequence[str] = ("pk",)) -> dict[str, Any]:
    """The page of ``rows`` that ``at`` asks for, by the columns ``order``, which together are unique and never null.

    One query, whatever the page. Refuses a cursor that is none of ours.
    """
    fields = [_column(rows, name) for name in order]
    found = rows.order_by(*fields)
    if at.cursor:
        found = found.filter(_behind(fields, _read(at.cursor, len(fields))))
    taken = list(found[: at.limit + 1])
    more = len(taken) > at.limit
    items = taken[: at.limit]
    return {"items": items, "next": _write(items[-1], fields) if more else None}


def _column(rows: QuerySet[Row], name: str) -> str:
    return rows.model._meta.pk.name if name == "pk" and rows.model._meta.pk is not None else name


def _behind(fields: Sequence[str], values: Sequence[Any]) -> Q:
    behind = Q()
    for number in range(len(fields) - 1, -1, -1):
        name, value = fields[number], values[number]
        behind = Q(**{f"{name}__gt": value}) | (Q(**{name: value}) & behind if behind else Q(pk__in=[]))
    return behind


def _write(row: Model, fields: Sequence[str]) -> str:
    values = [_plain(row, name) for name in fields]
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _plain(row: Model, name: str) -> Any:
    value: Any = row
    for step in name.split("__"):
        value = getattr(value, step)
    return value


def _read(cursor: str, count: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        values = None
    plain = isinstance(values, list) and len(values) == count
    if not plain or not all(isinstance(value, str | int) and "\x00" not in str(value) for value in values):
        raise RefusedError(problems.CURSOR)
    return list(values)
