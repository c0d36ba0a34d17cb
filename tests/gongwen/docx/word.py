"""A .docx from the notation or from bare WordprocessingML, read."""

from __future__ import annotations

from gongwen.model import Document, Paragraph, Table
from gongwen.readers.docx import read_docx
from tests.support.containers import docx
from tests.support.notation import DECLARED, docx_from


def read(text: str) -> Document:
    """The document that the notation describes."""
    return read_docx(docx_from(text), "通知.docx")


def read_xml(body: str, **parts: str) -> Document:
    """The document with this body; ``styles`` and ``numbering`` are the inside of those parts."""
    more: dict[str, str | bytes] = {
        f"word/{name}.xml": f"<w:{name} {DECLARED}>{inside}</w:{name}>" for name, inside in parts.items()
    }
    return read_docx(docx(xml=f"<w:document {DECLARED}><w:body>{body}</w:body></w:document>", more=more), "通知.docx")


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def item(text: str, depth: int = 0, num: int = 1) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def level(depth: int, style: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def only(document: Document) -> Paragraph:
    """The one paragraph."""
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    return block


def paragraphs(document: Document) -> list[Paragraph]:
    return list(document.paragraphs())


def table(document: Document) -> Table:
    """The first table."""
    return next(document.tables())


def marks(paragraph: Paragraph, kind: str) -> list[str]:
    """The marked words of a kind."""
    return [paragraph.text[mark.start : mark.end] for mark in paragraph.marks if mark.kind == kind]
