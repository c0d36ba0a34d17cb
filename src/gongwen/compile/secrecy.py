"""The mark of secrecy that one document bears: asked for before anything of it is kept."""

from __future__ import annotations

import re

from ..model import Document, Table
from ..structure import items_of, mend, parts_of
from .header import SECRECY, classification
from .reading import Reading

_LEVELS = re.compile(r"绝密|机密|秘密")
_ALONE = re.compile(r"(?:绝\s*密|机\s*密|秘\s*密)(?:\s*(?:特急|加急|件))?")
_ROWS = 4
"""Rows of a first table in which a sheet carries its mark."""
_WORKBOOKS = frozenset(("xlsx", "xlsb", "ods", "xls", "et"))


def mark_of_secrecy(document: Document) -> str | None:
    """绝密, 机密 or 秘密 with its term, as printed at the head of any part, in a page header, in the first rows of a
    document that begins with a table, or at the head of any sheet of a workbook. None for 内部 and the like, which are no
    state secrets.
    """
    items, _ = mend(items_of(document, 0))
    found = classification(Reading([document], parts_of(items, 0)))
    if found is not None and _LEVELS.search(found):
        return found
    is_workbook = document.format in _WORKBOOKS
    for block in document.blocks if is_workbook else document.blocks[:3]:
        mark = _on_top(block) if isinstance(block, Table) else _with_star(block.text) if is_workbook else None
        if mark:
            return mark
    return None


def _on_top(table: Table) -> str | None:
    for cell in table.cells:
        text = cell.text.strip()
        if cell.row >= _ROWS or len(text) > 24:
            continue
        if found := _with_star(text):
            return found
        if cell.row == 0 and _ALONE.fullmatch(text) and (match := SECRECY.match(text)):
            return re.sub(r"\s", "", match["mark"])
    return None


def _with_star(text: str) -> str | None:
    """A short line that is a mark with its term: 机密★1年."""
    match = SECRECY.match(text.strip()) if len(text.strip()) <= 24 else None
    return re.sub(r"\s", "", match["mark"]) if match and "★" in match["mark"] else None
