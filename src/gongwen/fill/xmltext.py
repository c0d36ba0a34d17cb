"""The text of an XML part with the place of every element in it, and edits that leave all else as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from ..readers.docx.styles import W

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OPEN_TAG = re.compile(r"<[^\s/>]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_PIECE = re.compile(r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|&[^;]+;|\r\n|.", re.DOTALL)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_ONCE = frozenset(("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"))


class Node:
    """An element: its open tag stands at ``start:inner``, its content at ``inner:close``, its end tag at ``close:end``."""

    __slots__ = ("children", "close", "end", "index", "inner", "name", "parent", "start")

    def __init__(self, name: str, start: int, parent: Node | None, index: int) -> None:
        self.name, self.start, self.parent, self.index = name, start, parent, index
        self.inner = self.close = self.end = start
        self.children: list[Node] = []

    @property
    def is_empty(self) -> bool:
        """Whether it is written as one tag (``<w:p/>``)."""
        return self.inner == self.end

    def child(self, name: str) -> Node | None:
        """The first child of a WordprocessingML name."""
        return next((child for child in self.children if child.name == W + name), None)

    def above(self, name: str) -> Node | None:
        """The nearest ancestor of a WordprocessingML name."""
        node = self.parent
        while node is not None and node.name != W + name:
            node = node.parent
        return node

    def within(self, name: str) -> list[Node]:
        """Every descendant of a full name, in order."""
        found = []
        for child in self.children:
            if child.name == name:
                found.append(child)
            found.extend(child.within(name))
        return found


class XmlText:
    """The text of a part and its elements in file order. Offsets count characters of ``text``."""

    def __init__(self, data: bytes) -> None:
        self._encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        self._mark = data[:2] if self._encoding == "utf-16" else b""
        if self._mark:
            self._encoding = "utf-16-le" if self._mark == b"\xff\xfe" else "utf-16-be"
        self.text = data[len(self._mark) :].decode(self._encoding)
        self.nodes: list[Node] = []
        self._parse()

    def encode(self, text: str) -> bytes:
        """Text in the part's own encoding."""
        return self._mark + text.encode(self._encoding)

    def raw(self, node: Node) -> str:
        """An element as written."""
        return self.text[node.start : node.end]

    def tag(self, node: Node) -> str:
        """The open tag as written."""
        return self.text[node.start : node.inner]

    def prefix(self, node: Node) -> str:
        """The prefix of an element, with its colon: ``w:`` nearly always."""
        found = re.match(r"<([^\s/>:]+:)?", self.text[node.start : node.start + 60])
        return found.group(1) or "" if found else ""

    def places(self, node: Node) -> list[tuple[int, int]]:
        """Where each character of an element's text is written; a reference such as ``&amp;`` is one character."""
        found: list[tuple[int, int]] = []
        for match in _PIECE.finditer(self.text, node.inner, node.close):
            if match.group("cdata") is not None:
                found.extend((at, at + 1) for at in range(*match.span("cdata")))
            elif not match.group(0).startswith(("<!--", "<?")):
                found.append(match.span())
        return found

    def _parse(self) -> None:
        data = self.text.encode()
        parser = expat.ParserCreate("UTF-8", "}")
        stack: list[Node] = []
        seen = [0, 0]  # bytes, characters

        def place() -> int:
            at = parser.CurrentByteIndex
            seen[1] += len(data[seen[0] : at].decode())
            seen[0] = at
            return seen[1]

        def opened(name: str, _: dict[str, str]) -> None:
            node = Node("{" + name.replace(_STRICT, W[1:]), place(), stack[-1] if stack else None, len(self.nodes))
            match = _OPEN_TAG.match(self.text, node.start)
            node.inner = match.end() if match else node.start
            if stack:
                stack[-1].children.append(node)
            self.nodes.append(node)
            stack.append(node)

        def closed(_: str) -> None:
            node = stack.pop()
            if self.text[node.inner - 2 : node.inner] == "/>":
                node.close = node.end = node.inner
            else:
                node.close = place()
                node.end = self.text.index(">", node.close) + 1

        parser.StartElementHandler, parser.EndElementHandler = opened, closed
        parser.Parse(data, True)


class Edit(NamedTuple):
    """Characters from ``start`` to ``end`` replaced."""

    start: int
    end: int
    text: str


@dataclass
class Edits:
    """Replacements that do not overlap, applied together. The same one asked for twice counts once."""

    found: list[Edit] = field(default_factory=list)
    _keys: set[tuple[int, int]] = field(default_factory=set)

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace a span; a span replaced already is left as it was replaced."""
        if start < end:
            if (start, end) in self._keys:
                return
            self._keys.add((start, end))
        self.found.append(Edit(start, end, text))

    def drop(self, node: Node | None) -> None:
        """Take an element out."""
        if node is not None:
            self.replace(node.start, node.end, "")

    def apply(self, text: str, start: int = 0, end: int | None = None) -> str:
        """The span of the text with the edits that fall into it made; an edit inside a dropped span is dropped."""
        end = len(text) if end is None else end
        pieces: list[str] = []
        at = start
        for edit in sorted(self.found, key=lambda one: (one.start, one.end > one.start)):
            if edit.start < at or edit.end > end or edit.start < start:
                continue
            pieces += text[at : edit.start], edit.text
            at = edit.end
        return "".join((*pieces, text[at:end]))


def clean(text: str) -> str:
    """Text without what XML does not allow, line ends as ``\\n``."""
    return _ILLEGAL.sub("", re.sub(r"\r\n?|[\u2028\u2029\v\f]", "\n", text))


def escape(text: str) -> str:
    """Text as XML content."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def copied(xml: XmlText, edits: Edits, nodes: Iterable[Node]) -> None:
    """Mark what may stand only once in a document (bookmarks, ids) to be left out of a copy of these elements."""
    for node in nodes:
        for inner in [node, *(one for child in node.children for one in _all(child))]:
            local = inner.name.rpartition("}")[2]
            of_control = local == "id" and inner.parent is not None and inner.parent.name == W + "sdtPr"
            if local in _ONCE or of_control:
                edits.drop(inner)
            elif local in ("p", "tr"):
                tag = xml.tag(inner)
                bare = re.sub(r"\s[\w.-]+:(?:paraId|textId)\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", tag)
                if bare != tag:
                    edits.replace(inner.start, inner.inner, bare)


def _all(node: Node) -> list[Node]:
    return [node, *(one for child in node.children for one in _all(child))]
