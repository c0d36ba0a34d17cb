"""One page of a list: the rows, what surrounds them and where every link leads. At most three queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic

from django.db.models import QuerySet
from django.http import HttpRequest

from anyue.platform.pages.models import SavedView

from .cells import Cell, Column, Row
from .filters import Chip, Filter
from .ordering import narrowed, ordered
from .spec import SIZES, ListSpec, State, read_state

CAP = 10_000


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """What ``pages/list.html`` draws."""

    spec: ListSpec[Row]
    state: State
    path: str
    rows: list[Row]
    has_next: bool
    total: int
    views: list[SavedView]

    @property
    def size(self) -> int:
        """Rows on a page."""
        return self.state.size or self.spec.size

    @property
    def first(self) -> int:
        """The number of the first row on this page, from 1."""
        return (self.state.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return self.first + len(self.rows) - 1

    @property
    def has_more_than_counted(self) -> bool:
        """There are more than ``CAP`` rows; how many was not counted."""
        return self.total > CAP

    @property
    def cap(self) -> int:
        """Up to here rows are counted."""
        return CAP

    @property
    def columns(self) -> list[Column[Row]]:
        """Those shown, in the order of the declaration; the first always."""
        chosen = self.state.columns or tuple(column.key for column in self.spec.columns if column.shown)
        return [one for number, one in enumerate(self.spec.columns) if not number or one.key in chosen]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """Each column with the link that sorts by it."""
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column[Row]) -> dict[str, Any]:
        up, down = self.state.sort == column.key, self.state.sort == f"-{column.key}"
        asked = f"-{column.key}" if up else column.key
        return {
            "column": column,
            "url": f"?{self.state.query(sort=asked)}" if column.sort else "",
            "aria": "ascending" if up else "descending" if down else "",
        }

    @property
    def lines(self) -> Iterator[tuple[Row, Cell, list[tuple[Column[Row], Cell]]]]:
        """Each row with its first cell and the others."""
        first, *others = self.columns
        for row in self.rows:
            yield row, first.cell(row), [(column, column.cell(row)) for column in others]

    @property
    def ticks(self) -> Iterator[dict[str, Any]]:
        """For each row the value and the name of its tick box."""
        select = self.spec.select
        if select:
            yield from ({"value": select.value(row), "label": select.label(row)} for row in self.rows)

    @property
    def chips(self) -> list[tuple[Chip, str]]:
        """What narrows the list, each with the address without it."""
        found = [chip for one in self.spec.filters for chip in one.chips(self.state.values)]
        return [(chip, f"?{self.state.without(chip)}") for chip in found]

    @property
    def controls(self) -> list[tuple[Filter, dict[str, Any]]]:
        """Each filter with what its template needs."""
        return [(one, one.control(self.state.values)) for one in self.spec.filters]

    @property
    def choosable(self) -> list[tuple[Column[Row], bool]]:
        """The columns that may be shown or hidden."""
        shown = {column.key for column in self.columns}
        return [(column, column.key in shown) for column in self.spec.columns[1:]]

    @property
    def sizes(self) -> list[tuple[int, bool]]:
        """How many rows a page may have."""
        return [(size, size == self.size) for size in sorted({*SIZES, self.spec.size})]

    @property
    def query(self) -> str:
        """This state from its first page, as a saved view keeps it."""
        return self.state.query()

    @property
    def address(self) -> str:
        """The canonical address of this page."""
        asked = self.state.query(page=self.state.page)
        return f"{self.path}?{asked}" if asked else self.path

    @property
    def first_url(self) -> str:
        """The address of the first page."""
        return f"{self.path}?{self.query}"

    @property
    def previous(self) -> str:
        """The address of the page before; empty on the first."""
        return f"?{self.state.query(page=self.state.page - 1)}" if self.state.page > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page behind; empty on the last."""
        return f"?{self.state.query(page=self.state.page + 1)}" if self.has_next else ""

    @property
    def export_url(self) -> str:
        """The address of the workbook of all that is filtered now."""
        return "?" + "&".join(part for part in (self.state.query(), "export=xlsx") if part)

    @property
    def current_view(self) -> SavedView | None:
        """The saved view that is open."""
        return next((view for view in self.views if view.query == self.query), None)


def prepared(spec: ListSpec[Any]) -> ListSpec[Any]:
    """The declaration for one page: what its filters look up, they look up once."""
    return replace(spec, filters=tuple(one.ready() for one in spec.filters))


def _count(found: QuerySet[Any, Any]) -> int:
    """How many, as far as anybody counts; what is read of each row besides is not worked out for it."""
    return found.order_by().values("pk")[: CAP + 1].count()


def list_page(request: HttpRequest, spec: ListSpec[Row], rows: QuerySet[Any, Any]) -> ListPage[Row]:
    """The page of ``spec`` over ``rows`` that the address of ``request`` asks for."""
    spec = prepared(spec)
    state = read_state(spec, request.GET)
    found = narrowed(spec, rows, state)
    size = state.size or spec.size
    start = (state.page - 1) * size
    here = list(ordered(spec, found, state)[start : start + size + 1])
    has_next = len(here) > size
    ends_here = not has_next and (here or start == 0)
    total = start + len(here) if ends_here else _count(found)
    return ListPage(
        spec=spec,
        state=state,
        path=request.path,
        rows=here[:size],
        has_next=has_next,
        total=total,
        views=list(SavedView.objects.filter(user=request.actor.key, list_key=spec.key)),  # type: ignore[attr-defined]
    )
