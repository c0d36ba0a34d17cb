"""合计 and 小计: what a form computes from its own cells. Pure arithmetic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ..collection import Value
from ..spec import Field, Form

_TOTAL = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|总\s*数|共\s*计|汇\s*总|累\s*计\s*合\s*计|合计数?)(?:[（(].*[)）])?$")
_SUBTOTAL = re.compile(r"^小\s*计")
_PART = re.compile(r"^[\W\d_]*(?:其\s*中|含(?![义山量油水糖硫氯税])|包\s*括|内\s*含|内\s*[:：])")

Number = int | float


def derived_values(form: Form, values: Mapping[str, Value]) -> dict[str, Number | None]:
    """The value of every derived field: the sum over its row or column; None where nothing that it sums was given.

    A total at the foot of a column sums the rows above it (小计 those since the last 小计, 合计 all but the 小计); one at
    its head, those below; one at the end of a row, the row. 其中 rows and columns are parts of others and not summed again;
    what is measured in another unit is left out; n/a counts nothing.
    """
    sources = derived_sources(form)
    found: dict[str, Number | None] = {}
    for key, parts in sources.items():
        numbers = [number for part in parts for number in _numbers(part, form, {**values, **found})]
        found[key] = _sum(numbers) if numbers else None
    return {field.id: found.get(field.id) for field in form.fields if field.aggregate == "derived"}


def derived_sources(form: Form) -> dict[str, list[str]]:
    """The ids that each derived field sums, those that others rest on first."""
    derived = [field for field in form.fields if field.aggregate == "derived" and field.evidence.row is not None]
    across = {field.id: _in_row(form, field) for field in derived if not _is_foot(field)}
    down = {field.id: _in_column(form, field) for field in derived if _is_foot(field)}
    return {**across, **down}


def is_part(label: str) -> bool:
    """Whether a row's or a column's words say that it is a part of the one before it: 其中：…, 含…"""
    return _PART.match(label) is not None


def _parts(field: Field) -> list[str]:
    return [field.section or "", *field.label.split("/")]


def _is_foot(field: Field) -> bool:
    """A total of a column, named so by its row; else it is named by its column and sums its row."""
    parts = field.label.split("/")
    return any(_TOTAL.match(part) for part in [field.section or "", parts[0]])


def _is_sub(field: Field) -> bool:
    return any(_SUBTOTAL.match(part) for part in _parts(field))


def _is_counted(field: Field) -> bool:
    """A number of its own: no total, no share, no part of the line above."""
    if field.type not in ("integer", "decimal") or field.aggregate == "none":
        return False
    return not any(is_part(part) for part in _parts(field))


def _same_table(a: Field, b: Field) -> bool:
    return (a.evidence.source, a.evidence.block, a.evidence.nested) == (
        b.evidence.source,
        b.evidence.block,
        b.evidence.nested,
    )


def _same_unit(a: Field, b: Field) -> bool:
    return a.unit is None or b.unit is None or a.unit == b.unit


def _row(field: Field) -> int:
    return field.evidence.row or 0


def _in_column(form: Form, total: Field) -> list[str]:
    column = sorted(
        (
            field
            for field in form.fields
            if _same_table(field, total) and field.evidence.column == total.evidence.column and field is not total
        ),
        key=_row,
    )
    own = [
        field
        for field in column
        if not (field.aggregate == "derived" and _is_foot(field)) and _is_counted(field) and _same_unit(field, total)
    ]
    border = [
        _row(field)
        for field in column
        if field.aggregate == "derived" and _is_foot(field) and (_is_sub(field) or not _is_sub(total))
    ]
    if _is_sub(total):
        low = max((row for row in border if row < _row(total)), default=-1)
    else:
        low = max(
            (
                _row(field)
                for field in column
                if field.aggregate == "derived" and _is_foot(field) and not _is_sub(field) and _row(field) < _row(total)
            ),
            default=-1,
        )
    above = [field.id for field in own if low < _row(field) < _row(total)]
    if above:
        return above
    high = min((row for row in border if row > _row(total)), default=1 << 30)
    return [field.id for field in own if _row(total) < _row(field) < high]


def _in_row(form: Form, total: Field) -> list[str]:
    row = [
        field
        for field in form.fields
        if _same_table(field, total)
        and _row(field) == _row(total)
        and field is not total
        and _is_counted(field)
        and _same_unit(field, total)
    ]
    return [field.id for field in row if field.aggregate != "derived"]


def _numbers(key: str, form: Form, values: Mapping[str, Value]) -> list[Number]:
    """The numbers given for a field, one a row where it repeats."""
    field = next(one for one in form.fields if one.id == key)
    rows = values.get(field.group) if field.group else None
    found: list[object] = [row.get(key) for row in rows] if isinstance(rows, list) else [values.get(key)]
    return [one for one in found if isinstance(one, (int, float)) and not isinstance(one, bool)]


def _sum(numbers: list[Number]) -> Number:
    if all(isinstance(number, int) for number in numbers):
        return sum(int(number) for number in numbers)
    total = sum((Decimal(repr(number)) for number in numbers), Decimal())
    return int(total) if total == total.to_integral_value() else float(total)
