"""What an auditor looks for, read from the address of the page and written back into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Filters:
    """All that the trail can be narrowed by; empty means: not narrowed by it.

    ``actor`` is kind and id (``person:12``), ``person`` a name; ``subject`` is kind and id (``notices.notice:7``); ``unit`` words that
    name a unit, with all below it; ``since`` and ``until`` Shanghai days, both included; ``words`` stand somewhere in the entry.
    """

    actor: str = ""
    person: str = ""
    action: str = ""
    subject: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    @staticmethod
    def read(given: Mapping[str, str]) -> Filters:
        """From the query of an address; what cannot be read narrows nothing."""
        return Filters(
            **{name: given.get(name, "").replace("\0", "").strip()[:120] for name in _TEXTS},
            since=_day(given.get("since", "")),
            until=_day(given.get("until", "")),
        )

    @property
    def query(self) -> str:
        """As the query of an address."""
        return urlencode({name: str(value) for name in _NAMES if (value := getattr(self, name))})

    def without(self, name: str) -> Filters:
        """The same, not narrowed by ``name``."""
        nothing: dict[str, Any] = {name: None if name in ("since", "until") else ""}
        return replace(self, **nothing)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in _NAMES)


_NAMES = tuple(field.name for field in fields(Filters))
_TEXTS = tuple(name for name in _NAMES if name not in ("since", "until"))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
