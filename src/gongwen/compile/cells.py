"""A cell to be filled: its blank, and what is printed in it beside the blank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Cell
from ..structure import Line
from .blanks import Blank


@dataclass(frozen=True, slots=True)
class CellBlank:
    """A blank of a table: its line and characters, and the heads that name it.

    ``row_heads`` from left to right, ``column_heads`` from top to bottom; ``whole`` says that the cell holds nothing else.
    ``unit`` is printed in the cell, ``row_unit`` in the row's column of units.
    """

    cell: Cell
    line: Line
    blank: Blank
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    whole: bool
    derived: bool = False
    unit: str | None = None
    row_unit: str | None = None
    rows: int | None = None


_SEALS = re.compile(
    r"[（(][^（()）]{0,20}(?:章|签字|签名|另附页?|附页|字以内|字左右|不超过|可附|照片)[^（()）]{0,12}[)）]"
)


def is_remark(text: str) -> bool:
    """A cell in which only a remark is printed: （可另附页）, （盖章）."""
    return bool(text.strip()) and not _SEALS.sub("", text).strip()


def is_signed(lines: list[Line], inline: list[tuple[Line, Blank]]) -> bool:
    """Whether a cell holds nothing but what stands below an opinion: signatures, seals, a date."""
    rest = ""
    for line in lines:
        text = list(line.text)
        for owner, blank in inline:
            if owner is line:
                text[blank.start : blank.end] = " " * (blank.end - blank.start)
        rest += _SEALS.sub("", "".join(text)) + "\n"
    return not re.sub(r"[\u4e00-\u9fff]{2,10}(?:[（(][^（()）]*[)）])?\s*[:：]|\s|[年月日]", "", rest)


def merged_choices(inline: list[tuple[Line, Blank]]) -> list[tuple[Line, Blank]]:
    """Check boxes of one choice set on lines of their own are one field."""
    merged: list[tuple[Line, Blank]] = []
    for line, blank in inline:
        if (
            merged
            and blank.kind == "choice"
            and merged[-1][1].kind == "choice"
            and merged[-1][0] is not line
            and blank.options
            and merged[-1][1].options
            and not line.text[: blank.start].strip()
        ):
            first, known = merged[-1]
            if not first.text[known.end :].strip():
                merged[-1] = (first, Blank(known.start, known.end, "choice", known.options + blank.options))
                continue
        merged.append((line, blank))
    return merged


def flat(text: str) -> str:
    """A cell\'s text on one line."""
    return re.sub(r"\s*\n\s*", "", text).strip()
