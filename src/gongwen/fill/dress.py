"""The formatting of new runs: a blank's own, its paragraph mark's, or that of its neighbours."""

from __future__ import annotations

from ..readers.docx.styles import W
from .xmltext import Node, XmlText

_AFTER_UNDERLINE = frozenset(
    W + name
    for name in "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange".split()
)
_TRACKED = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"))
_HEADLINE = frozenset(
    W + name for name in ("b", "bCs", "i", "iCs", "rStyle", "u", "color", "highlight", "shd", "vanish", "rPrChange")
)
_PROMPT = frozenset((W + "rStyle", W + "color"))


def dressed(
    xml: XmlText,
    properties: Node | None,
    *,
    without: frozenset[str] = frozenset(),
    underlined: bool = False,
    prefix: str = "w:",
) -> str:
    """Run properties as written, some left out, underlined where asked; nothing where nothing is left."""
    children = [child for child in properties.children if child.name not in without] if properties is not None else []
    pieces = [xml.raw(child) for child in children]
    if underlined:
        place = next((number for number, child in enumerate(children) if child.name in _AFTER_UNDERLINE), len(children))
        pieces = (
            [piece for number, piece in enumerate(pieces) if children[number].name != W + "u"]
            if any(c.name == W + "u" for c in children)
            else pieces
        )
        pieces.insert(min(place, len(pieces)), f'<{prefix}u {prefix}val="single"/>')
    return f"<{prefix}rPr>{''.join(pieces)}</{prefix}rPr>" if pieces else ""


def of_empty(xml: XmlText, paragraph: Node) -> str:
    """The formatting of text in an empty paragraph: its mark's, its style's, else that of the text beside it."""
    prefix = xml.prefix(paragraph)
    properties = paragraph.child("pPr")
    mark = properties.child("rPr") if properties is not None else None
    own = dressed(xml, mark, without=_TRACKED, prefix=prefix)
    if own or (properties is not None and properties.child("pStyle") is not None):
        return own
    near = _neighbour(paragraph)
    return dressed(xml, near.child("rPr"), without=_HEADLINE, prefix=prefix) if near is not None else ""


def of_prompt(xml: XmlText, run: Node, control: Node) -> str:
    """The formatting of text that takes a placeholder's place: what the control asks for, else the prompt's without its grey."""
    prefix = xml.prefix(run)
    properties = control.child("sdtPr")
    wanted = properties.child("rPr") if properties is not None else None
    if wanted is not None:
        return dressed(xml, wanted, without=_TRACKED, prefix=prefix)
    return dressed(xml, run.child("rPr"), without=_PROMPT, prefix=prefix)


def _neighbour(paragraph: Node) -> Node | None:
    """The nearest run with text: in the cell, the row to the left, the rows above; outside tables the paragraph before."""
    cell, row = paragraph.above("tc"), paragraph.above("tr")
    if cell is None or row is None or row.parent is None:
        before = (
            [node for node in paragraph.parent.children if node.start < paragraph.start][-3:]
            if paragraph.parent
            else []
        )
        return next((run for node in reversed(before) for run in _runs(node)), None)
    left = [node for node in row.children if node.start < cell.start]
    right = [node for node in row.children if node.start > cell.start]
    above = [node for node in row.parent.children if node.start < row.start]
    for node in [cell, *reversed(left), *right, *reversed(above)]:
        found = _runs(node)
        if found:
            return found[0]
    return None


def _runs(node: Node) -> list[Node]:
    if node.name == W + "pPr":
        return []
    if node.name == W + "r" and any(child.name == W + "t" and not child.is_empty for child in node.children):
        return [node]
    return [run for child in node.children for run in _runs(child)]
