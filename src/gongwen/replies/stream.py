"""The words of a reply in reading order, and their alignment with the words of the form."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from ..model import Document, Paragraph, Table
from .likeness import label_key

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


def stream_of(document: Document, title: str, heads: Sequence[str] = ()) -> Stream:
    """The words of the document from the form's title on, cells in reading order; ``heads`` are its first labels."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts.extend(_table_text(block))
    text = "\n".join(parts)
    text = text[_title_at(text, title, heads) :]
    half = text.translate(_FULL)
    places = [match.start() for match in _CORE.finditer(half)]
    return Stream(text, half, "".join(_CORE.findall(half)), places)


def _table_text(table: Table) -> list[str]:
    found: list[str] = []
    for cell in table.cells:
        found.append(cell.text + CELL_END)
        for inner in cell.tables:
            found.extend(_table_text(inner))
    return found


def _title_at(text: str, title: str, heads: Sequence[str]) -> int:
    """Where the form begins: behind the last line that is its title (the notice's body may name it too).

    A title that is printed again within the form (in the table's first row, on the next page) ends nothing: behind the
    one before it stand the form's own heading labels.
    """
    key = label_key(title)
    if not key:
        return 0
    at = offset = 0
    for line in text.split("\n"):
        here = label_key(line) if key[0] in line else ""
        if here == key or (key in here and len(here) <= len(key) + 6):
            if at and any(head in label_key(text[at:offset]) for head in heads):
                break
            at = offset + len(line)
        offset += len(line) + 1
    return at


@lru_cache(8192)
def core_of(text: str) -> str:
    """The letters, digits and Chinese characters of a text, full width folded."""
    return "".join(_CORE.findall(text.translate(_FULL)))


def align(known: str, core: str, blanks: Collection[int] = ()) -> list[int]:
    """For each character of the form its place in the reply, -1 where it is not there.

    ``blanks`` are the places in the form before which a value may stand: letters of a value that the words behind the
    blank begin with too (安小宁, 安全宣讲) are left to the value.
    """
    source = [-1] * len(known)
    for code in Indel.opcodes(known, core):
        if code.tag == "equal":
            source[code.src_start : code.src_end] = range(code.dest_start, code.dest_end)
    for start in blanks:
        end = start
        while end < len(known) and source[end] >= 0 and (end == start or source[end] == source[end - 1] + 1):
            end += 1
        if not 0 < end - start <= 4 or end == len(known) or source[end] < 0:
            continue
        low = source[end] - (end - start)
        if low > source[start] and core.startswith(known[start:end], low):
            source[start:end] = range(low, low + end - start)
    return source
