"""Values into the blanks of the issuer's own Word file; nothing else in it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..collection import Scalar, Value
from ..spec import Field, Form
from .fields import FieldWriter
from .fonts import Fonts
from .groups import Row, write_group
from .package import with_part
from .trace import TracedDocx
from .writer import Writer


def fill_docx(data: bytes, form: Form, values: Mapping[str, Value]) -> bytes:
    """The file with the blanks of a form filled.

    ``values`` maps field ids to a number, a string, None (the blank stays as it is) or ``"n/a"`` (printed as ``/``), and
    a group's id to its rows. Every other part of the package, and in the main part all but the blanks, stay byte for
    byte. Raises ``Unreadable``.
    """
    docx = TracedDocx(data)
    writer = FieldWriter(Writer(docx, Fonts(docx.styles_data)))
    single = [
        (field, docx.place(field.evidence), value)
        for field in form.fields
        if not isinstance(value := values.get(field.id), list) and field.group is None
    ]
    writer.prepare(single)
    for field, place, value in single:
        writer.write(field, place, value)
    for group, fields in groups_of(form).items():
        write_group(writer, fields, _rows(group, fields, values))
    text = writer.writer.finish().apply(docx.xml.text)
    if text == docx.xml.text:
        return data
    return with_part(data, docx.main, docx.xml.encode(text), "docx")


def groups_of(form: Form) -> dict[str, list[Field]]:
    """The fields of each group, in the form's order."""
    found: dict[str, list[Field]] = {}
    for field in form.fields:
        if field.group is not None:
            found.setdefault(field.group, []).append(field)
    return found


def _rows(group: str, fields: Sequence[Field], values: Mapping[str, Value]) -> list[Row]:
    """The rows of a group; values given for its fields one by one make a single row."""
    rows = values.get(group)
    if isinstance(rows, list):
        return list(rows)
    single: dict[str, Scalar] = {}
    for field in fields:
        value = values.get(field.id)
        if value is not None and not isinstance(value, list):
            single[field.id] = value
    return [single] if single else []
