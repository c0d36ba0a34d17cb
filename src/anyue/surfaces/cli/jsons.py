"""JSON as the contracts have it."""

from __future__ import annotations

import json
from typing import Any, Protocol

from .words import shown


class Contract(Protocol):
    """A compiled notice or a collection."""

    def to_dict(self) -> dict[str, Any]: ...

    def to_json(self) -> bytes: ...


def as_json(result: Contract) -> bytes:
    """The object as UTF-8. The name of a file whose bytes are no text is made printable; nothing else can be so."""
    try:
        return result.to_json()
    except UnicodeEncodeError:
        return json.dumps(_clean(result.to_dict()), ensure_ascii=False, indent=2).encode()


def _clean(value: Any) -> Any:
    match value:
        case str():
            return value if value.isascii() or not any("\ud800" <= c <= "\udfff" for c in value) else shown(value)
        case list() | tuple():
            return [_clean(item) for item in value]
        case dict():
            return {_clean(key): _clean(item) for key, item in value.items()}
    return value
