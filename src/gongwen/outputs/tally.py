"""The totals of the summary sheet: each a formula, with the result that the formula has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell

from ..collection import NOT_APPLICABLE
from ..fill import derived_sources
from ..spec import Form
from .columns import Column, Entry, add, is_number

_MOST_PARTS = 200
"""A formula takes 255 arguments."""


@dataclass(slots=True)
class Tally:
    """What a column adds up to, without keeping its cells."""

    whole: int = 0
    parts: list[float] = field(default_factory=list)
    numbers: int = 0

    def take(self, entry: Entry) -> None:
        """Count a cell."""
        if entry == NOT_APPLICABLE or not is_number(entry):
            return
        self.numbers += 1
        if isinstance(entry, int):
            self.whole += entry
        elif isinstance(entry, float):
            self.parts.append(entry)

    def total(self) -> int | float:
        """The sum, as the formula gives it."""
        return add([self.whole, *self.parts])


@dataclass(frozen=True, slots=True)
class Total:
    """A formula and its result; an empty result is a total of nothing."""

    formula: str
    value: int | float | str


def totals(
    columns: Sequence[Column], tallies: Sequence[Tally], form: Form | None, rows: tuple[int, int], first: int
) -> list[Total | None]:
    """The total of every column over ``rows`` (first and last), in the row below them; None where there is none.

    What is summed is added up over the units; 合计 and 小计 of the form are added up from the totals of their parts, as in
    the official table, whatever the units wrote there. ``first`` is where the first column stands.
    """
    found: dict[str, Total] = {}
    for place, (column, tally) in enumerate(zip(columns, tallies, strict=True), first):
        if column.summed:
            found[column.key] = _sum(f"{xl_rowcol_to_cell(rows[0], place)}:{xl_rowcol_to_cell(rows[1], place)}", tally)
    places = {column.key: place for place, column in enumerate(columns, first)}
    for key, parts in (derived_sources(form) if form is not None else {}).items():
        if key in places and parts and len(parts) <= _MOST_PARTS and all(part in found for part in parts):
            cells = ",".join(xl_rowcol_to_cell(rows[1] + 1, places[part]) for part in parts)
            numbers = [found[part].value for part in parts if is_number(found[part].value)]
            found[key] = Total(f"=SUM({cells})", add(numbers)) if numbers else _blank(cells)
    return [found.get(column.key) for column in columns]


def _sum(cells: str, tally: Tally) -> Total:
    return Total(f"=SUM({cells})", tally.total()) if tally.numbers else _blank(cells)


def _blank(cells: str) -> Total:
    """Nobody gave a number: the total is not zero but blank, until somebody fills one in."""
    return Total(f'=IF(COUNT({cells})=0,"",SUM({cells}))', "")
