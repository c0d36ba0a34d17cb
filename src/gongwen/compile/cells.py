"""A cell to be filled: its blank, and what is printed in it beside the blank."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..lexicon.measures import bracketed
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


_SIGNATURE = re.compile(
    r"(?:填[表报]|制表|审[核批签定]|复核|校对|经办|统计|报送|上报|汇总|联系|联络|(?:单位|部门|分管|主管|主要)?负责|签[字名发])(?:人员?|员|者|领导)?"
    r"|(?:(?:填[表报]人?|报送|上报|联系|单位|办公)?(?:联系)?(?:电话|手机号?码?|方式|邮箱|传真))|(?:填[表报]|制表|报送|上报|审核)?(?:日期|时间)"
    r"|(?:填[表报]|报送|上报)(?:单位|部门|学校)"
)


def is_foot(cells: list[Cell], heads_of: Callable[[Cell], tuple[str, ...]]) -> bool:
    """Whether a row below the data asks who filled the table, how to reach them, when: labels, an empty cell behind each.

    ``heads_of`` gives the labels above a cell.
    """
    labels = [cell for cell in cells if cell.text.strip()]
    asked = [cell for cell in cells if not cell.text.strip()]
    if not labels or not asked or labels[0] is not cells[0] or not all(_is_signature(one.text) for one in labels):
        return False
    if len(labels) > 1:
        return True
    # One label alone may head a row of its own (负责人： under 姓名, 电话), but nobody is a number of inspections.
    colon = re.search(r"[:：]\s*$", labels[0].text)
    return bool(colon) and any(bracketed(head)[0] is not None for cell in asked for head in heads_of(cell))


def _is_signature(text: str) -> bool:
    bare = re.sub(r"\s|[:：]|[（(][^（()）]*[)）]", "", text)
    return bool(_SIGNATURE.fullmatch(bare))


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
