"""Filters: each reads its own parameters of the address, narrows the rows and says as chips what it does.

What an address says that no filter knows is left out, never an error: links grow old.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from anyue.kernel import clock
from anyue.platform.authz.engine import subtree

from .cells import Text

Values = Mapping[str, Sequence[str]]
Pairs = Iterable[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the list now: in words, and the one value whose removal ends it."""

    text: str
    param: str
    value: str


class Filter(ABC):
    """One filter. ``template`` draws its control."""

    key: str
    label: Text
    template: str

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters of the address that are its own."""
        return (self.key,)

    def ready(self) -> Filter:
        """For one page: what it must look up, it looks up once."""
        return self

    @abstractmethod
    def read(self, given: Values) -> dict[str, tuple[str, ...]]:
        """Its own parameters, without what makes no sense."""

    @abstractmethod
    def condition(self, values: Values) -> Q:
        """The rows that pass."""

    @abstractmethod
    def chips(self, values: Values) -> list[Chip]:
        """What it does now, in words."""

    @abstractmethod
    def control(self, values: Values) -> dict[str, Any]:
        """What ``template`` needs."""


@dataclass(frozen=True)
class Choice(Filter):
    """One or more of some values. ``field`` is compared with them, or ``where`` says what each one means.

    ``choices`` may be a function, asked once a page.
    """

    key: str
    label: Text
    field: str = ""
    choices: Pairs | Callable[[], Pairs] = ()
    where: Callable[[str], Q] | None = None
    template: str = "pages/lists/choice.html"

    def ready(self) -> Filter:
        return replace(self, choices=list(self.choices())) if callable(self.choices) else self

    def _pairs(self) -> dict[str, str]:
        found = self.choices() if callable(self.choices) else self.choices
        return {str(value): str(label) for value, label in found}

    def read(self, given: Values) -> dict[str, tuple[str, ...]]:
        known = self._pairs()
        kept = tuple(dict.fromkeys(value for value in given.get(self.key, ()) if value in known))
        return {self.key: kept} if kept else {}

    def condition(self, values: Values) -> Q:
        if self.where is None:
            return Q(**{f"{self.field}__in": list(values[self.key])})
        found = Q(pk__in=[])
        for value in values[self.key]:
            found |= self.where(value)
        return found

    def chips(self, values: Values) -> list[Chip]:
        known = self._pairs()
        return [
            Chip(gettext("%(label)s: %(value)s") % {"label": self.label, "value": known[value]}, self.key, value)
            for value in values.get(self.key, ())
        ]

    def control(self, values: Values) -> dict[str, Any]:
        chosen = values.get(self.key, ())
        return {"options": [(value, label, value in chosen) for value, label in self._pairs().items()]}


@dataclass(frozen=True)
class DateRange(Filter):
    """From a day to a day, both included. ``instant``: the field is a moment, and days are those of Shanghai."""

    key: str
    label: Text
    field: str
    instant: bool = False
    template: str = "pages/lists/date_range.html"

    @property
    def params(self) -> tuple[str, ...]:
        return f"{self.key}_from", f"{self.key}_until"

    def read(self, given: Values) -> dict[str, tuple[str, ...]]:
        found = {param: day for param in self.params if (day := _day(given.get(param, ())))}
        return {param: (day.isoformat(),) for param, day in found.items()}

    def condition(self, values: Values) -> Q:
        since, until = (_day(values.get(param, ())) for param in self.params)
        found = Q()
        if since:
            found &= Q(**{f"{self.field}__gte": clock.start_of(since) if self.instant else since})
        if until and self.instant:
            found &= Q(**{f"{self.field}__lt": clock.end_of(until)})
        elif until:
            found &= Q(**{f"{self.field}__lte": until})
        return found

    def chips(self, values: Values) -> list[Chip]:
        words = (gettext("%(label)s: from %(day)s"), gettext("%(label)s: until %(day)s"))
        return [
            Chip(text % {"label": self.label, "day": values[param][0]}, param, values[param][0])
            for param, text in zip(self.params, words, strict=True)
            if values.get(param)
        ]

    def control(self, values: Values) -> dict[str, Any]:
        since, until = self.params
        return {"since": (since, *values.get(since, ())), "until": (until, *values.get(until, ()))}


def _day(given: Sequence[str]) -> date | None:
    try:
        found = date.fromisoformat(given[0])
    except (IndexError, ValueError):
        return None
    return found if date(1900, 1, 1) <= found <= date(2999, 12, 31) else None


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the tree: its path and its name."""

    path: str
    label: str


@dataclass(frozen=True)
class Subtree(Filter):
    """A place and all below it. ``find`` looks a value up, limited to what the actor sees: None for what she does not.

    ``options`` gives values and names to choose from; without them the filter is set by links alone.
    """

    key: str
    label: Text
    find: Callable[[str], Place | None]
    field: str = "unit__path"
    options: Callable[[], Pairs] | None = None
    template: str = "pages/lists/subtree.html"

    def ready(self) -> Filter:
        return replace(self, find=cache(self.find))

    def read(self, given: Values) -> dict[str, tuple[str, ...]]:
        value = next(iter(given.get(self.key, ())), "")
        return {self.key: (value,)} if value and self.find(value) else {}

    def condition(self, values: Values) -> Q:
        place = self.find(values[self.key][0])
        return subtree(place.path, self.field) if place else Q(pk__in=[])

    def chips(self, values: Values) -> list[Chip]:
        value = next(iter(values.get(self.key, ())), "")
        place = self.find(value) if value else None
        text = gettext("%(label)s: %(value)s and all below") % {
            "label": self.label,
            "value": place.label if place else "",
        }
        return [Chip(text, self.key, value)] if place else []

    def control(self, values: Values) -> dict[str, Any]:
        chosen = next(iter(values.get(self.key, ())), "")
        pairs = self.options() if self.options else ()
        return {
            "options": [(str(value), str(label), str(value) == chosen) for value, label in pairs],
            "chosen": chosen,
            "can_choose": self.options is not None,
        }
