"""Texts cut into runs, so that any number of items can be marked in them, whatever they share or cross."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar

from msgspec import UNSET, Struct

from ..model import Document, Mark
from ..spec import Evidence
from .addresses import Address, Place, places

Marked = TypeVar("Marked")


class PageSpan(Struct, frozen=True):
    """Characters that an item stands on: the address of ``gongwen.spec.Evidence`` with the item's key and kind.

    ``key`` is one word without blanks; several spans may bear the same. ``start == end`` is a blank without characters.
    """

    key: str
    source: int
    block: int
    row: int | None
    column: int | None
    start: int
    end: int
    nested: tuple[int, ...] = ()
    kind: str = "item"

    @property
    def address(self) -> Address:
        """What the offsets count in."""
        return Address(self.block, self.row, self.column, self.nested)


def spans_of(key: str, kind: str, evidence: Evidence) -> list[PageSpan]:
    """The spans of an evidence, its further ones (``also``) included."""
    also = [] if evidence.also is UNSET else evidence.also
    nested = () if evidence.nested is UNSET else tuple(evidence.nested)
    first = PageSpan(
        key,
        evidence.source,
        evidence.block,
        evidence.row,
        evidence.column,
        evidence.start,
        evidence.end,
        nested,
        kind,
    )
    return [first, *(span for one in also for span in spans_of(key, kind, one))]


class Marker:
    """Marks the spans of one document in its texts. ``known`` are keys that already have their id on the page."""

    def __init__(self, document: Document, source: int, spans: Iterable[PageSpan], known: set[str]) -> None:
        self._spans: dict[Address, list[PageSpan]] = defaultdict(list)
        self._known = known
        self._placed: set[PageSpan] = set()
        self._wanted = [span for span in spans if span.source == source]
        room: dict[Address, int] = {}
        for place in places(document):
            end = place.start + len(place.paragraph.text)
            room[place.address] = max(end, room.get(place.address, 0))
        for span in self._wanted:
            if _is_word(span.key) and 0 <= span.start <= span.end <= room.get(span.address, -1):
                self._spans[span.address].append(span)

    def unplaced(self) -> list[PageSpan]:
        """What could not be marked in the texts that were asked for."""
        return [span for span in self._wanted if span not in self._placed]

    def runs(self, place: Place) -> str:
        """The text of a paragraph as elements, each with ``data-start``."""
        text, marks = place.paragraph.text, place.paragraph.marks
        end = place.start + len(text)
        spans = [one for one in self._spans.get(place.address, ()) if one.start <= end and one.end >= place.start]
        here = [(one, one.start - place.start, one.end - place.start) for one in spans]
        inside = [(one, one.start, one.end) for one in marks]
        cuts = sorted(_cuts(here, len(text)) | _cuts(inside, len(text)))
        html = []
        for number, at in enumerate(cuts):
            empty, blank = _at(here, at), _at(inside, at)
            if empty or blank or not text:
                html.append(self._run("", place.start + at, empty, blank))
            if number + 1 < len(cuts):
                until = cuts[number + 1]
                html.append(
                    self._run(text[at:until], place.start + at, _over(here, at, until), _over(inside, at, until))
                )
        return "".join(html)

    def _run(self, text: str, start: int, spans: Sequence[PageSpan], marks: Sequence[Mark]) -> str:
        classes = [name for mark in marks for name in _mark_classes(mark)]
        title = "".join(f' title="{_attribute(hint)}"' for hint in _hints(marks)[:1])
        if not spans:
            shown = f' class="{" ".join(dict.fromkeys(classes))}"' if classes else ""
            return f'<span data-start="{start}"{shown}{title}>{safe(text)}</span>'
        keys = list(dict.fromkeys(span.key for span in spans))
        classes = ["item", *sorted({kind_class(span.kind) for span in spans}), *classes]
        classes += ["shared"] if len(keys) > 1 else []
        classes += [] if text else ["blank"]
        new = [key for key in keys if key not in self._known]
        self._known.update(new)
        self._placed.update(spans)
        anchors = "".join(f'<span id="item-{_attribute(key)}" class="anchor"></span>' for key in new[1:])
        own = f' id="item-{_attribute(new[0])}"' if new else ""
        return (
            f'{anchors}<mark{own} data-start="{start}" data-item="{_attribute(" ".join(keys))}"'
            f' class="{" ".join(dict.fromkeys(classes))}"{title}>{safe(text)}</mark>'
        )


def safe(text: str) -> str:
    """Text as HTML that a browser reads back character by character: as many as are stored."""
    text = re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
    return escape(text, quote=False).replace("\r", "&#13;")


def kind_class(kind: str) -> str:
    """The class of a kind: ``kind-task``."""
    return "kind-" + (re.sub(r"[^A-Za-z0-9]+", "-", kind).strip("-").lower() or "item")


def _attribute(text: str) -> str:
    return escape(re.sub("[\x00\ud800-\udfff]", "\ufffd", text), quote=True)


def _is_word(key: str) -> bool:
    return key.split() == [key]


def _cuts(ranges: Iterable[tuple[object, int, int]], length: int) -> set[int]:
    return {0, length, *(min(max(edge, 0), length) for _, *edges in ranges for edge in edges)}


def _at(ranges: Iterable[tuple[Marked, int, int]], at: int) -> list[Marked]:
    return [one for one, start, end in ranges if start == end == at]


def _over(ranges: Iterable[tuple[Marked, int, int]], start: int, end: int) -> list[Marked]:
    return [one for one, low, high in ranges if low <= start and end <= high]


def _mark_classes(mark: Mark) -> list[str]:
    if mark.kind in ("bold", "underline"):
        return [mark.kind]
    return ["control", f"control-{mark.kind}", *(["placeholder"] if mark.empty else [])]


def _hints(marks: Iterable[Mark]) -> list[str]:
    """What a control says of itself: its title, or what can be chosen."""
    return [mark.title or "／".join(mark.options) for mark in marks if mark.title or mark.options]
