"""Web pages, and what office suites save as such under the name .doc: by lxml, no network, no scripts."""

from __future__ import annotations

import email
import email.policy
import re

from lxml import etree
from lxml import html as lxml_html

from ..errors import Unreadable
from ..model import Block, Document, Paragraph, ReadWarning
from .encoding import decode
from .html_walk import Walker
from .source import sha256

_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


def read_html(data: bytes, name: str) -> Document:
    """A web page as blocks in order: headings, paragraphs, tables with their spans, nested tables in their cells.

    Scripts and styles are left out, hidden elements stand apart, pictures are listed, nothing is fetched. Raises
    ``Unreadable``: U007 for noise, U008 where there is no text.
    """
    return _document(data, data, name, ())


def read_mht(data: bytes, name: str) -> Document:
    """A web page saved as one file (.mht, also under the name .doc): its first page; the other parts are listed."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise Unreadable(name, "U008")
    images = [
        str(part.get("Content-Location") or part.get_content_type())
        for part in message.walk()
        if part.get_content_maintype() == "image"
    ]
    payload = pages[0].get_payload(decode=True)
    return _document(payload if isinstance(payload, bytes) else b"", data, name, tuple(images))


def _document(page: bytes, data: bytes, name: str, images: tuple[str, ...]) -> Document:
    text = decode(page)
    if text is None:
        raise Unreadable(name, "U007")
    body = _body(text, name)
    walker = Walker()
    blocks = walker.blocks(body)
    if not any(_has_text(block) for block in blocks):
        raise Unreadable(name, "U008")
    hidden = tuple(walker.hidden)
    return Document(
        name=name,
        format="html",
        reader="html",
        sha256=sha256(data),
        blocks=tuple(blocks),
        warnings=(ReadWarning("N141", {"count": str(len(hidden))}),) if hidden else (),
        images=images or tuple(walker.images),
        hidden=hidden,
    )


def _body(text: str, name: str) -> etree._Element:
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(_PROLOG.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(name, "U004", what="HTML") from error
    body = root.find("body")
    return root if body is None else body


def _has_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.text.strip() or cell.tables for cell in block.cells)
