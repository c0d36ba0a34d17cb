"""The words of a reply in reading order, and their alignment with the words of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from ..model import Document, Paragraph, Table
from .template import label_key

_CORE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_FULL = {ord(c): ord(c) - 0xFEE0 for c in map(chr, range(0xFF01, 0xFF5F))}
CELL_END = "\x1d"
"""Stands in the stream behind each cell, so that what fills the end of a cell does not run on."""


@dataclass(slots=True)
class Stream:
    """The reply's text as written, the same in half width, and its letters and digits alone with their places."""

    text: str
    half: str
    core: str
    places: list[int]


def stream_of(document: Document, title: str) -> Stream:
    """The words of the document from the form's title on, cells in reading order."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts.extend(_table_text(block))
    text = "\n".join(parts)
    text = text[_title_at(text, title) :]
    half = text.translate(_FULL)
    places = [match.start() for match in _CORE.finditer(half)]
    return Stream(text, half, "".join([half[place] for place in places]), places)


def _table_text(table: Table) -> list[str]:
    found: list[str] = []
    for cell in table.cells:
        found.append(cell.text + CELL_END)
        for inner in cell.tables:
            found.extend(_table_text(inner))
    return found


def _title_at(text: str, title: str) -> int:
    """Where the form begins: behind the last line that is its title (the notice's body may name it too)."""
    key = label_key(title)
    if not key:
        return 0
    at = offset = 0
    for line in text.split("\n"):
        here = label_key(line)
        if here == key or (key in here and len(here) <= len(key) + 6):
            at = offset + len(line)
        offset += len(line) + 1
    return at


def core_of(text: str) -> str:
    """The letters, digits and Chinese characters of a text, full width folded."""
    return "".join(_CORE.findall(text.translate(_FULL)))


def align(known: str, core: str) -> list[int]:
    """For each character of the form its place in the reply, -1 where it is not there."""
    source = [-1] * len(known)
    for code in Indel.opcodes(known, core):
        if code.tag == "equal":
            source[code.src_start : code.src_end] = range(code.dest_start, code.dest_end)
    return source
