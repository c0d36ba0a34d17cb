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


def mark_of_secrecy(document: Document) -> str | None:
    """绝密, 机密 or 秘密 with its term, as printed at the head of any part, in a page header, or in the first rows of a
    document that begins with a table. None for 内部 and the like, which are no state secrets.
    """
    items, _ = mend(items_of(document, 0))
    found = classification(Reading([document], parts_of(items, 0)))
    if found is not None and _LEVELS.search(found):
        return found
    return next((mark for block in document.blocks[:3] if isinstance(block, Table) and (mark := _on_top(block))), None)


def _on_top(table: Table) -> str | None:
    for cell in table.cells:
        text = cell.text.strip()
        if cell.row >= _ROWS or len(text) > 24:
            continue
        match = SECRECY.match(text)
        if match and ("★" in match["mark"] or (cell.row == 0 and _ALONE.fullmatch(text))):
            return re.sub(r"\s", "", match["mark"])
    return None
