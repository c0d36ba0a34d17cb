"""A form for units to fill in, alone and empty, whatever the notice came as."""

from __future__ import annotations

import msgspec

from ..compile import compile_documents
from ..errors import Unreadable
from ..model import Document
from ..readers.docx import read_docx
from ..spec import Field, Form, NoticeSpec
from .cut import FormPart, cut_docx
from .rebuild import rebuild_docx


def form_docx(data: bytes | None, document: Document, spec: NoticeSpec, form: Form) -> bytes:
    """An empty .docx of the form alone: cut out of the notice's own .docx, else built anew from what was read."""
    return form_part(data, document, spec, form).data


def form_part(data: bytes | None, document: Document, spec: NoticeSpec, form: Form) -> FormPart:
    """As ``form_docx``, with the form as it stands in the new file, so that the file can be filled.

    ``document`` is the source that the form's evidence numbers, ``data`` that file as .docx; it may be what LibreOffice
    made of a .doc, as long as ``document`` was read from it. Anything else is as good as None.
    """
    if data is not None and _is_same(data, document):
        return cut_docx(data, document, spec, form)
    return rebuild_docx(document, spec, form)


def _is_same(data: bytes, document: Document) -> bool:
    """Whether bytes are a Word file with the blocks that were read."""
    if document.reader not in ("docx", "office") or data[:2] != b"PK":
        return False
    try:
        return len(read_docx(data, document.name).blocks) == len(document.blocks)
    except Unreadable:
        return False


def form_evidence(data: bytes, form: Form) -> Form:
    """The form as it stands in another .docx of it: evidence from there, ids from here.

    Fields are matched by id, then by their words in order; one that is not there is left out.
    """
    found = compile_documents([read_docx(data, "form.docx")]).forms
    theirs = max(found, key=lambda other: _overlap(other, form), default=None)
    if theirs is None:
        return msgspec.structs.replace(form, fields=[])
    by_id = {field.id: field for field in theirs.fields}
    spare = [field for field in theirs.fields if field.id not in {one.id for one in form.fields}]
    fields = []
    for field in form.fields:
        match = by_id.get(field.id) or _take(spare, field)
        if match is not None:
            fields.append(msgspec.structs.replace(field, evidence=match.evidence, rows=match.rows))
    return msgspec.structs.replace(form, fields=fields)


def _overlap(other: Form, form: Form) -> float:
    ids = {field.id for field in form.fields}
    return sum(field.id in ids for field in other.fields) + 0.5 * (other.title == form.title)


def _take(spare: list[Field], field: Field) -> Field | None:
    for number, other in enumerate(spare):
        if (other.label, other.unit) == (field.label, field.unit) and (other.group is None) == (field.group is None):
            return spare.pop(number)
    return None
