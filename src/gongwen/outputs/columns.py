"""The columns of the summary sheet: which blanks of the form they show, how wide, and what a reply has in them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..collection import NOT_APPLICABLE, Collection, Reply, Scalar, Value
from ..spec import Field, Form
from .naming import Label, labels, one_line, width_of

HEAD_LINES = 6
MAX_DECIMALS = 4
ABOUT = "填报信息"
Entry = int | float | str | None
"""What stands in a cell: a number, a text (``"n/a"`` among them), or None for a blank."""


@dataclass(frozen=True, slots=True)
class Column:
    """One blank of the form, or the sum over the rows of a group. ``ids`` are what issues may name it by."""

    key: str
    section: str
    head: str
    full: str
    unit: str
    kind: Literal["number", "text"] = "number"
    summed: bool = True
    group: str | None = None
    ids: tuple[str, ...] = ()
    decimals: int = 0
    width: float = 9

    def of(self, reply: Reply) -> Entry:
        """What the reply has here."""
        value = reply.values.get(self.group or self.key)
        if self.group is None or not isinstance(value, list):
            return _entry(value, self.key)
        return _over_rows([row.get(self.key) for row in value])


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that repeat together."""

    key: str
    section: str
    fields: tuple[tuple[Field, Label], ...]


def _entry(value: Value, key: str) -> Entry:
    if isinstance(value, list):
        return _over_rows([row.get(key) for row in value])
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _over_rows(values: Sequence[Scalar]) -> Entry:
    """The sum of the numbers; without any, not applicable if a row says so; else blank."""
    numbers = [value for value in values if is_number(value)]
    if numbers:
        return add(numbers)
    return NOT_APPLICABLE if NOT_APPLICABLE in values else None


def is_number(value: object) -> bool:
    """A number that can be added."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def add(numbers: Iterable[object]) -> int | float:
    """An exact sum: of whole numbers whole, of others without the dust of binary fractions."""
    kept = [number for number in numbers if isinstance(number, int | float)]
    if all(isinstance(number, int) for number in kept):
        return sum(int(number) for number in kept)
    total = round(math.fsum(kept), 8)
    return int(total) if total == int(total) else total


def columns_of(collection: Collection, replies: Sequence[Reply]) -> list[Column]:
    """The columns in the form's order, the fields about the sender last."""
    form = collection.form_spec
    if form is None:
        found = [Column(key, "", key, key, "", ids=(key,)) for key in collection.totals]
    else:
        names = labels(form)
        body = [field for field in form.fields if not _is_about_sender(field) and not is_narrative(field)]
        about = [field for field in form.fields if _is_about_sender(field) and field.type != "unit"]
        found = [_column(field, names[field.id]) for field in body if not field.group or field.aggregate == "sum"]
        found += [replace(_column(field, names[field.id]), section=ABOUT) for field in about]
    return [_measured(column, replies) for column in found]


def _column(field: Field, label: Label) -> Column:
    return Column(
        key=field.id,
        section=label.section,
        head=label.head + ("（各行合计）" if field.group else ""),
        full=label.full + ("（各行合计）" if field.group else ""),
        unit=one_line(field.unit or ""),
        kind="number" if field.type in ("integer", "decimal") else "text",
        summed=field.aggregate == "sum",
        group=field.group,
        ids=(field.id, field.group) if field.group else (field.id,),
    )


def _is_about_sender(field: Field) -> bool:
    """填报单位, 联系人, 电话, 填报日期: the heading of the form."""
    return (
        field.section is None
        and field.aggregate in ("none", "latest")
        and field.type not in ("integer", "decimal", "longtext")
        and (not field.group or field.rows is None)
    )


def is_narrative(field: Field) -> bool:
    """A text that is listed, not counted."""
    return not field.group and (
        field.type == "longtext" or (field.aggregate == "list" and field.type not in ("integer", "decimal"))
    )


def groups_of(form: Form | None) -> list[Group]:
    """The groups of the form in its order; a heading field with a stray group name is none."""
    if form is None:
        return []
    names = labels(form)
    found: dict[str, list[tuple[Field, Label]]] = {}
    for field in form.fields:
        if field.group and not _is_about_sender(field):
            found.setdefault(field.group, []).append((field, names[field.id]))
    return [Group(key, names[key].section, tuple(fields)) for key, fields in found.items()]


def _measured(column: Column, replies: Sequence[Reply]) -> Column:
    """The column with its decimals and a width that holds its head and its longest number."""
    widest, decimals, total = 0, 0, 0.0
    for reply in replies:
        value = column.of(reply)
        if isinstance(value, float) and value != int(value):
            decimals = max(decimals, len(f"{value:.{MAX_DECIMALS}f}".rstrip("0").partition(".")[2]))
        if isinstance(value, int | float):
            total += abs(value)
        elif value is not None and value != NOT_APPLICABLE:
            widest = max(widest, min(width_of(str(value)), 24))
    widest = max(widest, len(f"{total:,.0f}") + (decimals + 1 if decimals else 0))
    head = 2 * math.ceil(len(column.head) / HEAD_LINES) + 1
    return replace(column, decimals=decimals, width=max(7.5, min(head, 17), widest + 3.0, width_of(column.unit) + 2))
