"""What a list is, and the state that an address gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise

from .cells import Column, Row, Text
from .filters import Chip, Filter

SIZES = (20, 50, 100, 200)
MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list says while there is nothing at all: a sentence, advice, and the address of what to do first."""

    text: Text
    hint: Text = ""
    url: str | Promise = ""
    action: Text = ""


@dataclass(frozen=True)
class Select(Generic[Row]):
    """A tick box before each row, which belongs to the form with the id ``form`` somewhere on the page."""

    form: str
    name: str
    value: Callable[[Row], Any]
    label: Callable[[Row], str]


@dataclass(frozen=True)
class ListSpec(Generic[Row]):
    """A list, declared. The first column is always shown and stays in sight.

    ``order`` is the order until another is asked for, by field names; ``tiebreak`` makes every order total. ``search`` names the
    fields in which each word must occur, or ``search_with`` says which rows a text finds. ``exported`` is told how many rows
    left the house in a workbook of at most ``export_limit`` rows, so that an app may audit it.
    """

    key: str
    title: Text
    columns: tuple[Column[Row], ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    search_with: Callable[[Any, str], Any] | None = None
    search_hint: Text = ""
    order: tuple[str, ...] = ()
    tiebreak: str = "pk"
    size: int = 50
    empty: Empty | None = None
    select: Select[Row] | None = None
    export_limit: int = 100_000
    exported: Callable[[Any, int], None] | None = None

    @property
    def element(self) -> str:
        """The id of its section on the page."""
        return "list-" + self.key.replace(".", "-")

    @property
    def has_search(self) -> bool:
        """There is a search box."""
        return bool(self.search or self.search_with)

    def column(self, key: str) -> Column[Row] | None:
        """The column called ``key``."""
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True)
class State:
    """What an address asks of a list: only what the list knows, in one canonical form."""

    search: str = ""
    sort: str = ""
    page: int = 1
    size: int = 0
    columns: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def narrows(self) -> bool:
        """Something is searched or filtered."""
        return bool(self.search or self.values)

    def query(self, **changes: Any) -> str:
        """The query string of this state with ``changes``; what is usual is left out. Another question begins at page 1."""
        state = replace(self, **({"page": 1} | changes))
        pairs: list[tuple[str, str]] = [("q", state.search)] if state.search else []
        pairs += [(param, value) for param, values in state.values.items() for value in values]
        pairs += [("columns", key) for key in state.columns]
        pairs += [("sort", state.sort)] if state.sort else []
        pairs += [("size", str(state.size))] if state.size else []
        pairs += [("page", str(state.page))] if state.page > 1 else []
        return urlencode(pairs)

    def without(self, chip: Chip) -> str:
        """The query string after a chip is taken away."""
        left = {
            param: tuple(value for value in values if (param, value) != (chip.param, chip.value))
            for param, values in self.values.items()
        }
        return self.query(values={param: values for param, values in left.items() if values})


def read_state(spec: ListSpec[Any], given: QueryDict) -> State:
    """The state that an address gives ``spec``. Unknown, broken and old parameters are left out."""
    clean = {param: [value.replace("\0", "") for value in given.getlist(param)] for param in given}
    values: dict[str, tuple[str, ...]] = {}
    for one in spec.filters:
        values |= one.read(clean)
    sort = (clean.get("sort") or [""])[0]
    column = spec.column(sort.removeprefix("-"))
    chosen = [column.key for column in spec.columns if column.key in clean.get("columns", ())]
    usual = [column.key for column in spec.columns if column.shown]
    size = _number((clean.get("size") or [""])[0])
    return State(
        search=" ".join((clean.get("q") or [""])[0].split())[:100] if spec.has_search else "",
        sort=sort if column and column.sort else "",
        page=min(max(_number((clean.get("page") or [""])[0]), 1), MOST_PAGES),
        size=size if size in SIZES and size != spec.size else 0,
        columns=() if not chosen or chosen == usual else tuple(chosen),
        values=values,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
