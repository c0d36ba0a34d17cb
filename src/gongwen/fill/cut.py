"""A form alone: the notice's own file with the body cut down to the form's blocks."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from ..model import Document, Paragraph
from ..readers.docx.styles import W
from ..spec import Evidence, Field, Form, NoticeSpec
from ..structure import Grid, Item, Line, Part, clean_title, items_of, mend, parts_of
from .package import with_part
from .trace import TracedDocx
from .xmltext import Edits, Node

_IMPRINT = re.compile(r"^\s*抄\s*[送报]\s*[:：]|印\s*发\s*$|^\s*[（(]?共印\s*\d+\s*份")


class FormPart(NamedTuple):
    """A form as a file of its own, and the form with its evidence pointing into that file."""

    data: bytes
    form: Form


def block_range(document: Document, spec: NoticeSpec, form: Form) -> tuple[int, int]:
    """The blocks of a form, from its label or title to its notes (the second number is the first block after them)."""
    used = [field.evidence.block for field in form.fields]
    first, last = min(used), max(used)
    last = max(last, *(_end_of(document, block) for block in used)) if used else last
    part = _part(document, first)
    lines = [*part.title_lines, *part.items]
    start = min((_block(item) for item in lines), default=first)
    stop = max((_block(item) for item in lines), default=last) + 1
    start, stop = max(0, min(start, first)), max(stop, last + 1)
    start = _own_title(document, form, start, first, is_body=part.label is None and not part.title_lines)
    stop = min([stop, *_next_titles(document, spec, form, last)])
    for block in document.blocks[last + 1 : stop]:
        if isinstance(block, Paragraph) and _IMPRINT.search(block.text):
            return start, block.block
        if not isinstance(block, Paragraph) and any(_IMPRINT.search(cell.text) for cell in block.cells):
            return start, block.block
    return start, stop


def cut_docx(data: bytes, document: Document, spec: NoticeSpec, form: Form) -> FormPart:
    """The file with its body cut to the form; headers, footers, page set-up, styles and widths are the notice's own."""
    start, stop = block_range(document, spec, form)
    docx = TracedDocx(data, document.name)
    while stop - 1 > max(field.evidence.block for field in form.fields) and _is_empty(docx, stop - 1):
        stop -= 1
    edits = Edits()
    keep = _keep(docx, start, stop)
    body = next(node for node in docx.xml.nodes if node.name == W + "body")
    for child in body.children:
        if child.name != W + "sectPr":
            _thin(child, keep, edits)
    _set_section(docx, body, keep, edits)
    _no_leading_break(keep, docx, edits)
    content = edits.apply(docx.xml.text)
    return FormPart(with_part(data, docx.main, docx.xml.encode(content), document.name), relocated(form, start))


def relocated(form: Form, start: int) -> Form:
    """The form with its evidence counted from a block on, in a file of its own."""

    def moved(evidence: Evidence) -> Evidence:
        also = [moved(one) for one in evidence.also] if isinstance(evidence.also, list) else evidence.also
        return msgspec.structs.replace(evidence, source=0, block=evidence.block - start, also=also)

    fields: list[Field] = [msgspec.structs.replace(field, evidence=moved(field.evidence)) for field in form.fields]
    return msgspec.structs.replace(form, fields=fields)


# -- where a form begins and ends


def _part(document: Document, block: int) -> Part:
    items, _ = mend(items_of(document, 0))
    found = parts_of(items, 0)
    for part in found:
        if any(_block(item) <= block <= _last_block(item) for item in part.items):
            return part
    return found[0]


def _block(item: Item) -> int:
    return item.block


def _last_block(item: Item) -> int:
    if isinstance(item, Grid):
        return max([item.block, *(paragraph.block for cell in item.table.cells for paragraph in cell.paragraphs)])
    return max(piece.block for piece in item.pieces)


def _end_of(document: Document, block: int) -> int:
    """The last line of a table in a text file, else the block itself."""
    found = document.blocks[block] if block < len(document.blocks) else None
    if found is None or isinstance(found, Paragraph):
        return block
    return max([block, *(paragraph.block for cell in found.cells for paragraph in cell.paragraphs)])


def _own_title(document: Document, form: Form, start: int, first: int, *, is_body: bool) -> int:
    """Where the form's title stands; a form in the notice's body begins there, or right at its first line."""
    titles = [place for place in range(start, first + 1) if _is_title(document, place, form.title)]
    if is_body:
        return titles[-1] if titles else first if _has_prose(document, start, first) else start
    others = titles and any(_has_blanks(document, place) for place in range(start, titles[-1]))
    return titles[-1] if others else start


def _next_titles(document: Document, spec: NoticeSpec, form: Form, last: int) -> list[int]:
    """Where the next forms of the same file begin."""
    found = []
    for other in spec.forms:
        if other.id == form.id or not other.fields or other.fields[0].evidence.source != form.fields[0].evidence.source:
            continue
        begun = min(field.evidence.block for field in other.fields)
        if begun <= last:
            continue
        place = next((at for at in range(last + 1, begun + 1) if _is_title(document, at, other.title)), begun)
        found.append(place)
    return found


def _is_title(document: Document, place: int, title: str | None) -> bool:
    block = document.blocks[place]
    if not title or not isinstance(block, Paragraph):
        return False
    text = clean_title(block.text)
    return bool(text) and (text == title or (len(text) > 3 and title.startswith(text)))


def _has_blanks(document: Document, place: int) -> bool:
    block = document.blocks[place]
    return not isinstance(block, Paragraph) or bool(re.search(r"[（(]\s*[)）]|_{2,}", block.text))


def _has_prose(document: Document, start: int, first: int) -> bool:
    return (
        sum(
            len(block.text)
            for block in document.blocks[start:first]
            if isinstance(block, Paragraph) and "。" in block.text
        )
        > 120
    )


# -- cutting


def _keep(docx: TracedDocx, start: int, stop: int) -> list[Node]:
    """The elements of the blocks that stay."""
    kept = []
    for block in docx.blocks[start:stop]:
        node = docx.trace(block).node if isinstance(block, Paragraph) else docx.table(block)
        if node is not None:
            kept.append(node)
    return kept


def _is_empty(docx: TracedDocx, place: int) -> bool:
    """An empty paragraph, one that a table needs behind it excepted."""
    block = docx.blocks[place]
    if not isinstance(block, Paragraph) or block.text.strip() or docx.trace(block).node.within(W + "drawing"):
        return False
    return not place or isinstance(docx.blocks[place - 1], Paragraph) or not docx.trace(block).node.within(W + "sectPr")


def _thin(node: Node, keep: list[Node], edits: Edits) -> None:
    """Drop an element unless blocks that stay are in it; of a content control the others are dropped."""
    inside = [one for one in keep if node.start <= one.start and one.end <= node.end]
    if not inside:
        edits.drop(node)
    elif inside[0].start != node.start:
        content = node.child("sdtContent") or node
        for child in content.children:
            _thin(child, keep, edits)


def _set_section(docx: TracedDocx, body: Node, keep: list[Node], edits: Edits) -> None:
    """The page set-up of the form's last block becomes that of the file; what a section takes over from one before stays."""
    sections = [node for node in body.within(W + "sectPr") if node.above("sectPrChange") is None]
    final = next((node for node in body.children if node.name == W + "sectPr"), None)
    governing = next((node for node in sections if node.end > keep[-1].start), final)
    first = next((node for node in sections if node.end > keep[0].start), final)
    if governing is None:
        return
    text = _with_references(docx, sections, first) if first is governing else docx.xml.raw(governing)
    if first is not None and first is not governing:
        edits.replace(first.start, first.end, _with_references(docx, sections, first))
    if final is not None:
        if governing is not final and governing.start >= keep[-1].start and governing.end <= keep[-1].end:
            edits.drop(governing)
        edits.replace(final.start, final.end, text)
    else:
        edits.replace(body.close, body.close, text)


def _with_references(docx: TracedDocx, sections: list[Node], section: Node | None) -> str:
    """A section with the headers and footers that it takes over from the sections before it."""
    inherited: dict[tuple[str, str], str] = {}
    if section is None:
        return ""
    for node in sections:
        own: dict[tuple[str, str], str] = {}
        for child in node.children:
            kind = child.name.rpartition("}")[2]
            if kind in ("headerReference", "footerReference"):
                own[kind, docx.elements[child.index].get(W + "type", "default")] = docx.xml.raw(child)
        if node is section:
            missing = "".join(raw for key, raw in inherited.items() if key not in own)
            return (
                docx.xml.tag(node) + missing + docx.xml.text[node.inner : node.end]
                if not node.is_empty
                else docx.xml.raw(node)
            )
        inherited.update(own)
    return docx.xml.raw(section)


def _no_leading_break(keep: list[Node], docx: TracedDocx, edits: Edits) -> None:
    """The page break before the form would leave an empty first page."""
    first = keep[0]
    text = next((node.start for node in first.within(W + "t")), first.end)
    for node in first.within(W + "br"):
        if docx.elements[node.index].get(W + "type") == "page" and node.start < text:
            edits.drop(node)


__all__ = ["FormPart", "Line", "block_range", "cut_docx", "relocated"]
