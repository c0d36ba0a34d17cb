"""Check boxes of every make, and lists to choose from."""

from __future__ import annotations

import re

from ..readers.docx.elements import W14
from ..readers.docx.styles import W
from .blanks import Change
from .trace import Control, Spot, Trace
from .writer import Writer
from .xmltext import Node

_WINGDINGS = {"wingdings": "FE", "wingdings 2": "52"}
_OPEN = "□☐❏❑▢◻▫"


def tick(writer: Writer, trace: Trace, at: int) -> None:
    """Tick the box at a character of a paragraph, whatever it is made of."""
    spot = trace.spots[at] if at < len(trace.spots) else None
    control = next((one for one in reversed(trace.controls) if one.start <= at < one.end), None)
    if control is not None and control.is_field:
        _tick_field(writer, control)
        return
    mark = "☑"
    if control is not None:
        box = next(iter(control.node.within(W14 + "checkbox")), None)
        mark = _tick_control(writer, box) if box is not None else mark
    if spot is None:
        return
    if spot.node.name == W + "sym":
        _tick_symbol(writer, spot.node)
    elif trace.text[at] in _OPEN:
        writer.write(trace, Change(at, at + 1, _private(writer, spot) or mark))


def pick(writer: Writer, trace: Trace, control: Control, value: str) -> None:
    """Choose an entry of a legacy drop-down list; one that it does not have is written behind it."""
    listing = next(iter(control.node.within(W + "ddList")), None)
    if listing is None:
        writer.write_control(trace, control, value)
        return
    xml = writer.docx.xml
    prefix = xml.prefix(listing)
    element = writer.docx.elements[listing.index]
    entries = [entry.get(W + "val", "") for entry in element.iterchildren(W + "listEntry")]
    if value not in entries:
        ended = control.ended.parent if control.ended is not None else None
        if ended is not None:
            writer.edits.replace(
                ended.end, ended.end, f"<{prefix}r><{prefix}t>{writer.text(value, prefix)}</{prefix}t></{prefix}r>"
            )
        return
    result = f'<{prefix}result {prefix}val="{entries.index(value)}"/>'
    known = listing.child("result")
    if known is not None:
        writer.edits.replace(known.start, known.end, result)
    else:
        writer.edits.replace(listing.inner, listing.inner, result)


def _tick_field(writer: Writer, control: Control) -> None:
    box = next(iter(control.node.within(W + "checkBox")), None)
    if box is None:
        return
    prefix = writer.docx.xml.prefix(box)
    known = box.child("checked")
    if known is not None:
        writer.edits.replace(known.start, known.end, f"<{prefix}checked/>")
    else:
        writer.into(box, f"<{prefix}checked/>")


def _tick_control(writer: Writer, box: Node) -> str:
    """Set the state of a check box control; the sign that it shows when ticked."""
    xml = writer.docx.xml
    prefix = xml.prefix(box)
    state = next((child for child in box.children if child.name == W14 + "checked"), None)
    made = f'<{prefix}checked {prefix}val="1"/>'
    if state is not None:
        writer.edits.replace(state.start, state.end, made)
    elif box.is_empty:
        writer.into(box, made)
    else:
        writer.edits.replace(box.inner, box.inner, made)
    shown = next((child for child in box.children if child.name == W14 + "checkedState"), None)
    code = re.search(r":val\s*=\s*[\"']([0-9A-Fa-f]{4,5})", xml.raw(shown)) if shown is not None else None
    return chr(int(code.group(1), 16)) if code else "☒"


def _tick_symbol(writer: Writer, node: Node) -> None:
    tag = writer.docx.xml.raw(node)
    font = re.search(r":font\s*=\s*[\"']([^\"']*)", tag)
    code = _WINGDINGS.get(font.group(1).lower() if font else "", "FE")
    changed = re.sub(r"(:char\s*=\s*[\"'][0-9A-Fa-f]*?)[0-9A-Fa-f]{2}([\"'])", rf"\g<1>{code}\2", tag)
    writer.edits.replace(node.start, node.end, changed)


def _private(writer: Writer, spot: Spot) -> str | None:
    """The ticked box of the symbol font that a character is set in, None for an ordinary one."""
    xml = writer.docx.xml
    low, high = xml.places(spot.node)[spot.at]
    written = writer.docx.elements[spot.node.index].text or ""
    if not 0xF000 <= ord(written[spot.at]) <= 0xF0FF or low == high:
        return None
    properties = spot.run.child("rPr")
    font = re.search(r"Wingdings 2", xml.raw(properties)) if properties is not None else None
    return chr(0xF000 + int("52" if font else "FE", 16))
