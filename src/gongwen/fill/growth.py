"""Rows of a fixed height that a value does not fit into: they may grow, nothing is cut off."""

from __future__ import annotations

import math

from ..readers.docx.styles import W
from .ink import width
from .trace import Trace
from .writer import Writer

_MARGINS = 216
"""Left and right of a cell together, in twentieths of a point, where nothing else is said."""


def may_grow(writer: Writer, trace: Trace, value: str) -> None:
    """Turn an exact row height into a least one where the paragraph with its value needs more lines than it holds."""
    row, cell = trace.node.above("tr"), trace.node.above("tc")
    if row is None or cell is None:
        return
    properties = row.child("trPr")
    height = properties.child("trHeight") if properties is not None else None
    element = writer.docx.elements[height.index] if height is not None else None
    if height is None or element is None or element.get(W + "hRule") != "exact":
        return
    sizes = writer.docx.elements[cell.index].find(f"{W}tcPr/{W}tcW")
    room = (
        _number(sizes.get(W + "w") if sizes is not None and sizes.get(W + "type") == "dxa" else None, 2400) - _MARGINS
    )
    size = 20 * ((trace.paragraph.size if trace.paragraph is not None else None) or 10.5)
    text = trace.text.rstrip() + value
    lines = sum(max(1, math.ceil(width(line) * size / max(room, size))) for line in text.split("\n"))
    if lines * size * 1.3 > _number(element.get(W + "val"), 0):
        tag = writer.docx.xml.tag(height)
        writer.edits.replace(
            height.start, height.inner, tag.replace('"exact"', '"atLeast"').replace("'exact'", "'atLeast'")
        )


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isdigit() else default
