"""Paragraph and character styles, and automatic numbers: what Word shows but does not store in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from ...lexicon.numerals import format_number
from .package import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"


class Style(NamedTuple):
    """What a style gives to a paragraph or run; None where it says nothing."""

    heading: int | None
    align: str | None
    num_id: str | None
    num_level: int | None
    vanish: bool
    underline: bool
    bold: bool
    size: float | None


NO_STYLE = Style(None, None, None, None, False, False, False, None)


class Level(NamedTuple):
    """A level of a list: format, text with %n, first number, level whose change restarts it."""

    format: str
    text: str
    start: int
    restart: int | None
    legal: bool


Styles = dict[str, Style]
Numbering = dict[str, tuple[str, dict[int, Level], dict[int, int]]]
"""numId to (abstractNumId, levels, start overrides)."""


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle property is there and not switched off."""
    return element is not None and element.get(VAL, "1") not in ("0", "false", "off", "none")


class StyleSheet(dict[str, Style]):
    """Styles by id with inheritance resolved, each read when ``sheet[style_id]`` first asks for it."""

    def __init__(self, element_of: Callable[[str], etree._Element | None]) -> None:
        super().__init__()
        self._element_of = element_of

    def __missing__(self, style_id: str) -> Style:
        style = self._resolved(style_id, 0)
        if style is None:
            raise KeyError(style_id)
        return style

    def _resolved(self, style_id: str, depth: int) -> Style | None:
        if style_id in self:
            return self[style_id]
        element = self._element_of(style_id) if depth <= 32 else None
        if element is None:
            return None
        based = element.find(W + "basedOn")
        parent = self._resolved(based.get(VAL, ""), depth + 1) if based is not None else None
        style = self[style_id] = _own(element, parent or NO_STYLE)
        return style


def read_styles(data: bytes) -> tuple[Styles, str | None]:
    """The styles, and the default paragraph style.

    Most of a style sheet is styles that no paragraph has, so those of an ordinary one are cut out and parsed one by one.
    """
    return _cut_styles(data) or _all_styles(data)


def _all_styles(data: bytes) -> tuple[Styles, str | None]:
    root = parse(data, "styles.xml", "styles.xml")
    elements: dict[str, etree._Element] = {}
    default: str | None = None
    for style in root.iterchildren(W + "style"):
        style_id = style.get(W + "styleId", "")
        elements[style_id] = style
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
            default = style_id
    return StyleSheet(elements.get), default


_SHEET = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml(?P<said>[^>]*)\?>)?\s*(?P<root><w:styles\s[^>]*?\bxmlns:w=[\"']"
    + re.escape(W[1:-1].encode())
    + rb"[\"'][^>]*>).*</w:styles>\s*",
    re.DOTALL,
)
_OPEN, _CLOSE = b"<w:style ", b"</w:style>"
_ATTRIBUTE = re.compile(rb"w:(styleId|type|default)=(?:\"([^\"]*)\"|'([^']*)')")


def _cut_styles(data: bytes) -> tuple[Styles, str | None] | None:
    """The styles of a sheet written as office programs write it; None for any other, which is to be parsed whole."""
    sheet = _SHEET.fullmatch(data)
    if sheet is None or b"<!" in data or b"AlternateContent" in data or data.count(b"xmlns:w=") > 1:
        return None
    said = (sheet["said"] or b"").lower()
    pieces = data.split(_OPEN)[1:]
    if (b"encoding" in said and b"utf-8" not in said) or data.count(_CLOSE) != len(pieces):
        return None
    cut: dict[str, bytes] = {}
    default: str | None = None
    for piece in pieces:
        head, end = piece[: piece.find(b">")], piece.find(_CLOSE)
        if end < 0 or b"&" in head:
            return None
        about = {name: double or single for name, double, single in _ATTRIBUTE.findall(head)}
        style_id = about.get(b"styleId", b"").decode("utf-8", "replace")
        cut[style_id] = piece[:end]
        if about.get(b"type") == b"paragraph" and about.get(b"default") in (b"1", b"true"):
            default = style_id
    root = sheet["root"]

    def element_of(style_id: str) -> etree._Element | None:
        if style_id not in cut:
            return None
        return parse(root + _OPEN + cut[style_id] + _CLOSE + b"</w:styles>", "styles.xml", "styles.xml")[0]

    return StyleSheet(element_of), default


def _own(element: etree._Element, parent: Style) -> Style:
    name = element.find(W + "name")
    title = (name.get(VAL, "") if name is not None else "").lower()
    heading = parent.heading
    if title.startswith("heading ") and title[8:].isdigit():
        heading = int(title[8:])
    properties, run = element.find(W + "pPr"), element.find(W + "rPr")
    align, num_id, num_level = parent.align, parent.num_id, parent.num_level
    if properties is not None:
        outline = properties.find(W + "outlineLvl")
        if outline is not None and outline.get(VAL, "9").isdigit():
            level = int(outline.get(VAL, "9"))
            heading = level + 1 if level < 9 else None
        jc = properties.find(W + "jc")
        align = jc.get(VAL) if jc is not None else align
        numbered = properties.find(W + "numPr")
        if numbered is not None:
            num, level_element = numbered.find(W + "numId"), numbered.find(W + "ilvl")
            num_id = num.get(VAL) if num is not None else num_id
            num_level = int(level_element.get(VAL, "0")) if level_element is not None else (num_level or 0)
    if run is None:
        return Style(heading, align, num_id, num_level, parent.vanish, parent.underline, parent.bold, parent.size)
    vanish, underline, bold, size = run.find(W + "vanish"), run.find(W + "u"), run.find(W + "b"), run.find(W + "sz")
    return Style(
        heading, align, num_id, num_level,
        is_on(vanish) if vanish is not None else parent.vanish,
        is_on(underline) if underline is not None else parent.underline,
        is_on(bold) if bold is not None else parent.bold,
        half_points(size) if size is not None else parent.size,
    )  # fmt: skip


def half_points(element: etree._Element) -> float | None:
    """A size in points from half points, None where it is not a number."""
    try:
        return float(element.get(VAL, "")) / 2
    except ValueError:
        return None


def read_numbering(data: bytes) -> Numbering:
    """The lists of a document."""
    root = parse(data, "numbering.xml", "numbering.xml")
    abstract: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    for definition in root.iterchildren(W + "abstractNum"):
        key = definition.get(W + "abstractNumId", "")
        abstract[key] = {int(level.get(W + "ilvl", "0")): _level(level) for level in definition.iterchildren(W + "lvl")}
        link = definition.find(W + "numStyleLink")
        style = definition.find(W + "styleLink")
        if style is not None:
            links["style:" + style.get(VAL, "")] = key
        if link is not None:
            links[key] = "style:" + link.get(VAL, "")
    numbering: Numbering = {}
    for num in root.iterchildren(W + "num"):
        base = num.find(W + "abstractNumId")
        key = base.get(VAL, "") if base is not None else ""
        key = links.get(links.get(key, ""), key)
        levels, starts = dict(abstract.get(key, {})), {}
        for override in num.iterchildren(W + "lvlOverride"):
            depth = int(override.get(W + "ilvl", "0"))
            own, start = override.find(W + "lvl"), override.find(W + "startOverride")
            if own is not None:
                levels[depth] = _level(own)
            if start is not None and start.get(VAL, "").isdigit():
                starts[depth] = int(start.get(VAL, "1"))
        numbering[num.get(W + "numId", "")] = (key, levels, starts)
    return numbering


def _level(element: etree._Element) -> Level:
    def value(tag: str, default: str) -> str:
        found = element.find(W + tag)
        return default if found is None else found.get(VAL, default)

    start, restart = value("start", "1"), value("lvlRestart", "")
    return Level(
        value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1,
        int(restart) if restart.isdigit() else None, is_on(element.find(W + "isLgl")),
    )  # fmt: skip


class Counter:
    """The running numbers of one document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()

    def next(self, num_id: str, level: int) -> str | None:
        """The label that Word prints before the next paragraph of the list; None for a bullet or no list."""
        if num_id not in self._numbering:
            return None
        key, levels, starts = self._numbering[num_id]
        if level not in levels:
            return None
        counts = self._counts.setdefault(key, {})
        if num_id not in self._seen:
            self._seen.add(num_id)
            for depth, start in starts.items():
                counts[depth] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [depth for depth in counts if depth > level]:
            if deeper in levels and levels[deeper].restart != 0:
                del counts[deeper]
        return self._label(levels, counts, level)

    def _label(self, levels: dict[int, Level], counts: dict[int, int], level: int) -> str | None:
        rule = levels[level]
        if rule.format in ("bullet", "none"):
            return rule.text if rule.format == "none" and rule.text and "%" not in rule.text else None
        label = rule.text
        for depth in range(level + 1):
            if f"%{depth + 1}" in label and depth in levels:
                number = counts.get(depth, levels[depth].start)
                style = "decimal" if rule.legal and depth < level else levels[depth].format
                label = label.replace(f"%{depth + 1}", format_number(number, style))
        return label.strip() or None
