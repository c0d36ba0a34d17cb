"""Paragraph and character styles, and automatic numbers: what Word shows but does not store in the text."""

from __future__ import annotations

from functools import lru_cache
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


@lru_cache(maxsize=32)
def read_styles(data: bytes) -> tuple[Styles, str | None]:
    """Styles by id with inheritance resolved, and the default paragraph style. Cached: replies share one style sheet."""
    root = parse(data, "styles.xml", "styles.xml")
    raw: dict[str, etree._Element] = {}
    default: str | None = None
    for style in root.iterchildren(W + "style"):
        style_id = style.get(W + "styleId", "")
        raw[style_id] = style
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
            default = style_id
    resolved: Styles = {}

    def resolve(style_id: str, depth: int = 0) -> Style:
        if style_id in resolved:
            return resolved[style_id]
        element = raw.get(style_id)
        if element is None or depth > 32:
            return Style(None, None, None, None, False, False, False, None)
        based = element.find(W + "basedOn")
        parent = (
            resolve(based.get(VAL, ""), depth + 1)
            if based is not None
            else Style(None, None, None, None, False, False, False, None)
        )
        style = _own(element, parent)
        resolved[style_id] = style
        return style

    for style_id in raw:
        resolve(style_id)
    return resolved, default


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


@lru_cache(maxsize=32)
def read_numbering(data: bytes) -> Numbering:
    """The lists of a document. Cached as ``read_styles`` is."""
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
