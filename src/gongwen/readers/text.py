"""Plain text: every line is a block, and tables that were flattened on the way are rebuilt over their lines."""

from __future__ import annotations

import re

from ..errors import Unreadable
from ..model import Block, Document, Paragraph, Table
from .encoding import decode
from .flat_boxes import find_box_table
from .flat_tables import FlatTable, Line, find_tab_table
from .source import sha256

_LINE_END = re.compile(r"\r\n|\n|\r")


def read_text(data: bytes, name: str) -> Document:
    """A text file. ``blocks[i]`` is its line ``i``, a rebuilt table standing at its first line.

    The paragraphs of such a table's cells carry their own line as ``block`` and where they begin in it as ``offset``;
    its further lines are empty paragraphs. Raises ``Unreadable``: U007 for noise, U008 where there is nothing but space.
    """
    text = decode(data)
    if text is None:
        raise Unreadable(name, "U007")
    if not text.strip():
        raise Unreadable(name, "U008")
    return Document(name=name, format="text", reader="text", sha256=sha256(data), blocks=blocks_of(text))


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text, one a line; a form feed at the beginning of a line is a page break."""
    lines = _LINE_END.split(text)
    if lines[-1] == "":
        lines.pop()
    stored = [_line(number, line) for number, line in enumerate(lines)]
    blocks: list[Block] = [
        Paragraph(line.number, line.text, page_break=line.page_break, offset=line.offset) for line in stored
    ]
    number = 0
    while number < len(stored):
        table = find_box_table(stored, number) or find_tab_table(stored, number)
        if table:
            _lay(table, blocks)
        number = table.end if table else number + 1
    return tuple(blocks)


def _line(number: int, line: str) -> Line:
    text = line.lstrip("\f")
    return Line(number, text.replace("\f", " "), len(line) - len(text))


def _lay(table: FlatTable, blocks: list[Block]) -> None:
    """The table at its first line, empty paragraphs at the others."""
    for number in range(table.start, table.end):
        blocks[number] = Paragraph(number, "")
    blocks[table.start] = Table(
        block=table.start, rows=table.rows, columns=table.columns, cells=table.cells, ruled=table.ruled
    )
