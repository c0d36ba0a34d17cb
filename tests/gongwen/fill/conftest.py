"""Notices in a few lines, compiled, and the forms that stand in files."""

from __future__ import annotations

from pathlib import Path

from gongwen.compile import compile_documents
from gongwen.model import Document, Paragraph, Table
from gongwen.readers.docx import read_docx
from gongwen.spec import Form, NoticeSpec
from tests.support.notation import docx_from

ROOT = Path(__file__).parents[3]


class Sample:
    """A notice as bytes, as read, compiled."""

    def __init__(self, data: bytes, name: str = "通知.docx") -> None:
        self.data = data
        self.document: Document = read_docx(data, name)
        self.spec: NoticeSpec = compile_documents([self.document])

    @classmethod
    def of(cls, text: str) -> Sample:
        return cls(docx_from(text))

    @property
    def form(self) -> Form:
        return self.spec.forms[0]

    def ids(self) -> dict[str, str]:
        """Label to field id, of the first form."""
        return {field.label: field.id for field in self.form.fields}


def texts(data: bytes) -> list[str]:
    """Every paragraph and cell of a file, in order."""
    found: list[str] = []
    for block in read_docx(data, "x.docx").blocks:
        found += [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    return found


def tables(data: bytes) -> list[Table]:
    return list(read_docx(data, "x.docx").tables())
