"""Lines to paragraphs: by indent, by alignment, and by whether the next line's first word would have fitted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from ...model import Box, Mark, Paragraph
from .lines import Line
from .page import CLOSING, OPENING, SENTENCE_END, around, is_wide

_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|附\s*件|注[：:]|附[：:])"
)
_QUOTES = frozenset("“”‘’\"'")
_BLANK_BROKEN = 4
"""Spaces put back where a line ends inside an empty bracket: those at a line's end are not on the page."""


@dataclass(slots=True)
class Margins:
    """Where lines begin and end, how far the tops of neighbouring lines are apart; ``play``, in characters, is how far
    ends of lines may be off.
    """

    left: float
    right: float
    pitch: float
    size: float = 12.0
    cell: bool = False
    play: float = 0.0


@dataclass(slots=True)
class Draft:
    """A paragraph in the making. ``full`` says that its last line had no room for another character."""

    lines: list[Line] = field(default_factory=list)
    align: str = "left"
    indent: float = 0.0
    page_break: bool = False
    margins: Margins | None = None

    @property
    def text(self) -> str:
        return self.composed()[0]

    @property
    def full(self) -> bool:
        assert self.margins is not None
        return self.margins.right - self.lines[-1].x1 < (1.6 + self.margins.play) * self.lines[-1].size

    def composed(self) -> tuple[str, list[tuple[int, int]]]:
        """The joined text, and the underlined spans in it."""
        text = ""
        spans: list[tuple[int, int]] = []
        for line in self.lines:
            if (
                text
                and _latin(text[-1])
                and _latin(line.text[0])
                and not (text[-1].isdigit() and line.text[0].isdigit())
            ):
                text += " "
            if text[-1:] in ("（", "(") and line.text[0] in "）)":
                text += " " * _BLANK_BROKEN
            spans += [(start + len(text), end + len(text)) for start, end in line.underlined]
            text += line.text
        return text, spans

    def paragraph(self, block: int) -> Paragraph:
        """The paragraph, numbered; its box is that of its part on its first page."""
        text, spans = self.composed()
        first = [line for line in self.lines if line.page == self.lines[0].page]
        align = self.align if self.align in ("center", "right") else "left"
        return Paragraph(
            block,
            text,
            align=align,  # type: ignore[arg-type]
            indent=round(self.indent, 1) if align == "left" else 0.0,
            size=round(self.lines[0].size, 1),
            page_break=self.page_break,
            marks=tuple(Mark("underline", start, end) for start, end in spans),
            page=self.lines[0].page,
            box=around([line.box for line in first]),
        )


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def page_margins(lines: list[Line], play: float = 0.0) -> Margins:
    """The margins of running text by the places where most lines begin and end."""
    size = _median([line.size for line in lines]) or 12.0
    left = _common([line.x0 for line in lines], size, smallest=True)
    held = [line.x1 for line in lines if line.text[-1] not in CLOSING]  # marks may hang over the edge
    right = _common(held or [line.x1 for line in lines], size, smallest=False)
    steps = [b.top - a.top for a, b in pairwise(lines) if 0.5 * size < b.top - a.top < 3 * size]
    return Margins(left, right, _median(steps) or 1.5 * size, size, play=play)


def cell_margins(box: Box, padding: float, lines: list[Line], play: float = 0.0) -> Margins:
    """The margins inside a cell."""
    size = _median([line.size for line in lines]) or 10.0
    steps = [b.top - a.top for a, b in pairwise(lines)]
    return Margins(box[0] + padding, box[2] - padding, _median(steps) or 1.5 * size, size, cell=True, play=play)


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


def _common(values: list[float], size: float, smallest: bool) -> float:
    """The outermost place that at least two values share within half a character; of a few values, the outermost."""
    if len(values) < 8:
        return min(values) if smallest else max(values)
    counts = Counter(round(value / (size / 2)) for value in values)
    shared = [place for place, count in counts.items() if count + counts[place + 1] + counts[place - 1] > 1]
    if not shared:
        return min(values) if smallest else max(values)
    place = min(shared) if smallest else max(shared)
    near = [value for value in values if abs(value / (size / 2) - place) <= 1]
    return min(near) if smallest else max(near)


def paragraphs_of(lines: list[Line], margins: Margins) -> list[Draft]:
    """The paragraphs of lines that follow one another on one page or in one cell."""
    if margins.cell and len(lines) > 1 and all(len(line.text) <= 2 for line in lines):
        return [Draft(list(lines), "center", margins=margins)]  # written downwards
    drafts: list[Draft] = []
    for line in lines:
        if drafts and continues(drafts[-1], line, margins, same_page=True):
            drafts[-1].lines.append(line)
        else:
            drafts.append(_begin(line, margins))
    return drafts


def _begin(line: Line, margins: Margins) -> Draft:
    align = _align(line, margins)
    return Draft([line], align, max(0.0, (line.x0 - margins.left) / line.size), margins=margins)


def _align(line: Line, margins: Margins) -> str:
    before, after = line.x0 - margins.left, margins.right - line.x1
    if min(before, after) > 1.5 * line.size and abs(before - after) < _centre_play(before, after, line.size):
        return "center"
    if before > max(6 * line.size, 3 * after) and after < 6 * line.size and not margins.cell:
        return "right"
    return "left"


def _centre_play(before: float, after: float, size: float) -> float:
    """How far a centred line may be off; less where it could as well be a first line set in by two characters."""
    return 0.25 * size if before < 3.2 * size else max(0.6 * size, 0.04 * (before + after))


def continues(draft: Draft, line: Line, margins: Margins, same_page: bool) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = draft.lines[-1]
    size = max(last.size, line.size)
    if not _same_print(last, line, margins):
        return False
    if same_page and line.top - last.top > max(
        1.45 * margins.pitch, margins.pitch + 0.5 * size, 2.4 * size if size > 1.12 * margins.size else 0
    ):
        return False
    if not margins.cell and _indented(draft, line, margins) and not _goes_on_centred(last, line, margins):
        return False
    ended = last.text[-1:] in SENTENCE_END
    if ended and _NUMBERED.match(line.text):
        return False
    if last.text.endswith("_" * 10) and line.text[0] != "_" and line.text[0] not in CLOSING:
        return False
    here = draft.margins or margins
    if _align(last, here) == "right":
        return False
    room = here.right - last.x1
    if _align(last, here) == "center" or (margins.cell and _centred(last, here)):
        room += last.x0 - here.left
    spare = (0.15 if ended else 0.6) + here.play
    return room < _first_word(line) + spare * size


def _same_print(last: Line, line: Line, margins: Margins) -> bool:
    """Letters of the same size; a scan's are told by the height of the lines, which short lines share with long ones."""
    if margins.play:
        heights = sorted((last.bottom - last.top, line.bottom - line.top))
        return heights[0] > 0.68 * heights[1]
    return abs(last.size - line.size) <= 0.18 * max(last.size, line.size)


def _goes_on_centred(last: Line, line: Line, margins: Margins) -> bool:
    """The second line of a title: larger than the text, under a line that fills the width evenly."""
    before, after = last.x0 - margins.left, margins.right - last.x1
    even = abs(before - after) < 0.6 * last.size and after < last.size
    return line.size > 1.12 * margins.size and even and _align(line, margins) == "center"


def _centred(line: Line, margins: Margins) -> bool:
    before, after = line.x0 - margins.left, margins.right - line.x1
    return before > 0.3 * line.size and abs(before - after) < 0.8 * line.size


def _indented(draft: Draft, line: Line, margins: Margins) -> bool:
    """A first line is set in by about two characters; a block that is set in further as a whole is not."""
    indent = line.x0 - margins.left
    last = draft.lines[-1]
    if indent < 1.2 * line.size:
        return False
    return indent < 3.2 * line.size or abs(last.x0 - line.x0) > 0.6 * line.size


def _first_word(line: Line) -> float:
    """The width of what cannot be broken at the beginning of a line: a character with the marks that cling to it."""
    inked = [glyph for glyph in line.glyphs if not glyph.space]
    end = 0
    while end < len(inked) - 1 and (inked[end].text in OPENING or _sticks(inked[end].text, inked[end + 1].text)):
        end += 1
    return inked[end].x1 - inked[0].x0 if inked else 0.0


def _sticks(left: str, right: str) -> bool:
    """No line breaks before a closing mark, inside a word or a number, and beside a quotation mark."""
    return right in CLOSING or left in _QUOTES or right in _QUOTES or (not is_wide(left) and not is_wide(right))
