"""Tables as rows that either database reads, and the digest of what is in them.

A row is the list of its columns in the order of their names: instants in UTC with six digits, days and times as ISO, decimals and
keys as text, bytes in base64, JSON as it is. The digest of a table is SHA-256 over the canonical bytes (``kernel.canonical``) of its
rows in the order of the primary key, so it is the same on SQLite and on PostgreSQL.

Left out is what is no data of anybody: sessions (people sign in again) and what Django derives from the code.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.functions import Collate
from django.utils.duration import duration_string

from anyue.kernel.canonical import canonical, instant

LEFT_OUT = frozenset({"auth", "contenttypes", "sessions", "usersessions"})
CHUNK = 2000
Table = type[models.Model]
Column = models.Field[Any, Any]


def tables(apps: Any) -> list[Table]:
    """The tables of ``apps`` in an order in which a row stands behind what it points at, wherever that is possible."""
    found = {
        model._meta.label_lower: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and not model._meta.swapped
        and model._meta.app_label not in LEFT_OUT
    }
    order: TopologicalSorter[str] = TopologicalSorter()
    for label, model in sorted(found.items()):
        order.add(label, *sorted((targets(model) & found.keys()) - {label}))
    return [found[label] for label in order.static_order()]


def targets(model: Table) -> set[str]:
    """The labels of the tables that rows of ``model`` point at."""
    return {
        field.related_model._meta.label_lower
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model and not isinstance(field.related_model, str)
    }


def columns(model: Table) -> list[Column]:
    """The columns that are written, in the order of their names."""
    stored = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
    return sorted(stored, key=lambda field: str(field.column))


def rows(model: Table) -> Iterator[list[Any]]:
    """All rows in the order of the primary key, ready for JSON."""
    key = model._meta.pk
    order: Any = "pk"
    if connection.vendor == "postgresql" and isinstance(key, (models.CharField, models.TextField)):
        order = Collate("pk", "C")  # SQLite orders text by its bytes
    names = [field.attname for field in columns(model)]
    for row in model._base_manager.order_by(order).values_list(*names).iterator(chunk_size=CHUNK):
        yield [plain(value) for value in row]


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case datetime():
            return instant(value)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def line(row: list[Any]) -> bytes:
    """A row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Digest:
    """The digest of a table while its rows pass by."""

    def __init__(self) -> None:
        self.hash, self.rows = hashlib.sha256(), 0

    def add(self, row: list[Any]) -> None:
        """One more row."""
        self.hash.update(canonical(row) + b"\n")
        self.rows += 1

    def hexdigest(self) -> str:
        """Of all rows so far."""
        return self.hash.hexdigest()


def prepared(model: Table) -> tuple[str, list[Column]]:
    """The statement that adds a row, and the columns in its order."""
    fields = columns(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", fields  # noqa: S608 - names of ours


def stored(fields: list[Column], row: list[Any]) -> list[Any]:
    """The values of a row as the database takes them."""
    return [_stored(field, value) for field, value in zip(fields, row, strict=True)]


def _stored(field: Column, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        if value is None and field.null:
            return None
        return connection.ops.adapt_json_value(value, field.encoder)
    return field.get_db_prep_save(field.to_python(value), connection)


def last_id(model: Table) -> int | None:
    """The last id that the table gave out, so that it is never given again; None where it gives none out."""
    if not isinstance(model._meta.pk, models.AutoField):
        return None
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            return int(found[0]) if found else None
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), model._meta.pk.column]
        )
        (sequence,) = cursor.fetchone()
        if sequence is None:
            return None
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - as the database names it
        value, is_called = cursor.fetchone()
        return int(value) if is_called else None


def go_on_from(model: Table, last: int | None) -> None:
    """The next id is behind ``last`` and behind every id that there is."""
    if not isinstance(model._meta.pk, models.AutoField):
        return
    table, key = model._meta.db_table, str(model._meta.pk.column)
    highest = model._base_manager.aggregate(highest=models.Max("pk"))["highest"] or 0
    last = max(last or 0, highest)
    if last == 0:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            return
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [connection.ops.quote_name(table), key, last]
        )


def total(digests: Iterable[tuple[str, int, str]], files: str) -> str:
    """One digest over all tables (label, rows, digest) and all files."""
    lines = [f"{label} {count} {digest}\n" for label, count, digest in sorted(digests)]
    return hashlib.sha256("".join([*lines, f"files {files}\n"]).encode()).hexdigest()
