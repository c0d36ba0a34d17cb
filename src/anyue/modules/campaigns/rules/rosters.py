"""The liaison officers in the blanks of the issuer's own form: a roster with a row for each, or a slip for each unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongwen.collection import Value
from gongwen.fill import FormPart, fill_docx
from gongwen.spec import Field, Form

from .slips import Officer, label_key

_BY_TYPE = {"unit": "unit", "person": "name", "email": "email"}


def is_roster(form: Form) -> bool:
    """It has a blank for the name of a liaison officer."""
    return any(_key(field) == "name" for field in form.fields)


def has_rows(form: Form) -> bool:
    """It takes many officers, a row for each; otherwise it is a slip for one."""
    return _group(form) is not None


def filled_roster(part: FormPart, officers: Sequence[Officer]) -> bytes:
    """The form with a row for each of ``officers``. Where no column is the unit's, its name stands before the officer's."""
    group = _group(part.form)
    assert group is not None
    fields = [field for field in part.form.fields if field.group == group]
    keys = {field.id: _key(field) for field in fields}
    rows = [_row(one, keys) for one in officers]
    if "unit" not in keys.values():
        names = [field for field, key in keys.items() if key == "name"]
        rows = [{**row, names[0]: f"【{one.unit}】{one.name}"} for row, one in zip(rows, officers, strict=True)]
    return fill_docx(part.data, part.form, {group: rows})


def filled_slip(part: FormPart, officer: Officer) -> bytes:
    """The slip of one unit."""
    keys = {field.id: _key(field) for field in part.form.fields if field.group is None}
    values: Mapping[str, Value] = _row(officer, keys)
    return fill_docx(part.data, part.form, values)


def _group(form: Form) -> str | None:
    return next((field.group for field in form.fields if field.group and _key(field) == "name"), None)


def _key(field: Field) -> str:
    return label_key(field.label) or _BY_TYPE.get(field.type, "")


def _row(one: Officer, keys: Mapping[str, str]) -> dict[str, str | int | float | None]:
    alone = not {"mobile", "office_phone"} & set(keys.values())
    said = {
        "unit": one.unit,
        "name": one.name,
        "post": one.post,
        "mobile": one.mobile,
        "office_phone": one.office_phone,
        # One column for all numbers has the one at which she is reached; beside another it has what that one has not.
        "phone": one.mobile or one.office_phone,
        "email": one.email,
    }
    if not alone and "mobile" in keys.values():
        said["phone"] = one.office_phone
    elif not alone:
        said["phone"] = one.mobile
    return {field: said.get(key) or None for field, key in keys.items()}
