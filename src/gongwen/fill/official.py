"""The official table: a collection's totals and texts in the issuer's own layout."""

from __future__ import annotations

from collections.abc import Iterable

from ..collection import NOT_APPLICABLE, Collection, Reply, Scalar, Value
from ..model import Document
from ..spec import Field, Form, NoticeSpec
from .derived import derived_values
from .docx import fill_docx, groups_of
from .forms import form_part
from .ink import printed


def official_table(
    data: bytes | None, document: Document, spec: NoticeSpec, form: Form, collection: Collection, *, whole: bool = False
) -> bytes:
    """The form filled with what was collected: alone, or (``whole``) where it stands in the notice's own .docx."""
    if whole and data is not None:
        return fill_totals(data, form, collection)
    part = form_part(data, document, spec, form)
    return fill_docx(part.data, part.form, total_values(form, collection))


def fill_totals(source_docx: bytes, form: Form, collection: Collection) -> bytes:
    """The file with the form's blanks filled with what was collected."""
    return fill_docx(source_docx, form, total_values(form, collection))


def total_values(form: Form, collection: Collection) -> dict[str, Value]:
    """A value for every field of the official table.

    Sums are the collection's. Texts are listed, ``【单位】`` before each; a group has the rows of all units; 合计 is computed.
    Heading fields (填报单位, 联系人 …), rates and choices are left to the office that sums up.
    """
    replies = counted_replies(collection)
    values: dict[str, Value] = dict(collection.totals)
    for field in form.fields:
        if field.group is not None:
            continue
        if field.aggregate == "list" and field.type != "choice":
            values[field.id] = _listed(field, replies)
        elif field.aggregate == "latest":
            values[field.id] = _latest(field, replies)
    for group, fields in groups_of(form).items():
        values[group] = _group_rows(group, fields, replies)
    values.update(derived_values(form, values))
    return values


def counted_replies(collection: Collection) -> list[Reply]:
    """The replies that the totals rest on, in the roster's order where there is one."""
    counted = set(collection.counted)
    found = [
        reply
        for reply in collection.replies
        if reply.status != "rejected" and reply.unit is not None and (not counted or reply.file in counted)
    ]
    order = {unit.name: number for number, unit in enumerate(collection.roster)}
    return sorted(found, key=lambda reply: order.get(reply.unit or "", len(order)))


def _listed(field: Field, replies: Iterable[Reply]) -> str | None:
    lines = []
    for reply in replies:
        value = reply.values.get(field.id)
        if _says_something(value):
            assert not isinstance(value, list)
            lines.append(f"【{reply.unit}】{printed(value).strip()}")
    return "\n".join(lines) or None


def _latest(field: Field, replies: Iterable[Reply]) -> Scalar:
    found = [(reply.filled_on or "", reply.values.get(field.id)) for reply in replies]
    said = [(day, value) for day, value in found if not isinstance(value, list) and _says_something(value)]
    return max(said, key=lambda pair: pair[0])[1] if said else None


def _group_rows(group: str, fields: list[Field], replies: Iterable[Reply]) -> list[dict[str, Scalar]]:
    """The rows of all units, the unit's name before the first words of each."""
    named = next((field.id for field in fields if field.type in ("text", "longtext", "unit")), None)
    given = [(reply.unit or "", rows) for reply in replies if isinstance(rows := reply.values.get(group), list)]
    said = [
        (unit, row) for unit, rows in given for row in rows if any(_says_something(value) for value in row.values())
    ]
    return [_signed(row, named, unit) for unit, row in said]


def _signed(row: dict[str, Scalar], named: str | None, unit: str) -> dict[str, Scalar]:
    if named is None:
        return dict(row)
    said = row.get(named)
    return {**row, named: f"【{unit}】{printed(said) if _says_something(said) else ''}"}


def _says_something(value: Value) -> bool:
    return value is not None and value != NOT_APPLICABLE and str(value).strip() not in ("", "无", "/")
