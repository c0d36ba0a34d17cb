"""One text for one value: what is digested has the same bytes whatever database it went through.

JSON in UTF-8 without blanks, keys in the order of their code points. A number is written by its value: ``3``, ``3.0`` and
``3e0`` are the same text, because PostgreSQL's ``jsonb`` keeps the value of a number and SQLite its spelling. Instants are UTC
with six digits of a second, so that the time zone of a session does not matter.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID


def instant(moment: datetime) -> str:
    """``2026-06-20T10:00:00.000000Z``; ``moment`` must know its zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical(value: Any) -> bytes:
    """The bytes of ``value``. Raises ``TypeError`` for what has no canonical form."""
    return _text(value).encode()


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, dict):
        members = sorted((str(key), item) for key, item in value.items())
        return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{_text(item)}" for key, item in members) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, datetime):
        return f'"{instant(value)}"'
    if isinstance(value, date | time):
        return f'"{value.isoformat()}"'
    if isinstance(value, UUID):
        return f'"{value.hex}"'
    if isinstance(value, bytes | memoryview):
        return f'"{bytes(value).hex()}"'
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _number(value: float | Decimal) -> str:
    """By value alone. ``repr`` of a float is the shortest decimal that reads back as it, and that is the value meant."""
    if isinstance(value, int):
        return str(value)
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        return f'"{exact}"'
    if exact == exact.to_integral_value():
        return str(int(exact))
    return format(exact, "f").rstrip("0")
