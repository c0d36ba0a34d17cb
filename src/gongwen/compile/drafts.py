"""A field of a cell that is a blank as a whole: named by its row and its column, with the unit that they give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon.measures import bracketed, is_measure
from ..spec import Evidence, FieldType
from .cells import CellBlank
from .naming import strip_label, subject_of, type_of


@dataclass(slots=True)
class Draft:
    """A field before its id."""

    section: str | None
    subject: str | None
    label: str
    type: FieldType
    unit: str | None
    evidence: Evidence
    group: str | None = None
    rows: int | None = None
    options: list[str] | None = None
    derived: bool = False
    head: bool = False
    order: tuple[int, int] = (0, 0)


_NEUTRAL = re.compile(
    r"^(?:完成情况|工作情况|情况|内容|进展情况|活动进展情况|数量|数据|填报内容|填写内容|填报情况|统计数据|具体内容|备注内容"
    r"|结果|数值|指标值|开展情况|本单位情况|工作量|数|[（(]?(?:计量)?单位[)）]?)$"
)
_MONEY = re.compile(r"额|资金|投入|支出|费用|收入|损失|经费|产值|罚款|罚没|奖励|补助|补贴|成本|价值")


def cell_draft(blank: CellBlank, chapter: str | None, caption: list[str], number: int, *, numeric: bool) -> Draft:
    """The field of a cell that holds nothing else: named by its row, its column, or both."""
    columns, column_unit = _named(blank.column_heads)
    rows, row_unit = _named(blank.row_heads)
    remark = bool(blank.column_heads) and bool(re.search(r"备\s*注|说明", blank.column_heads[-1]))
    unit = None if remark else blank.unit or column_unit or blank.row_unit or row_unit
    useful = [name for name in columns if name and not _NEUTRAL.match(name)]
    section = chapter
    if rows and useful:
        label, section, last = "/".join([rows[-1], *useful]), rows[0], useful[-1]
    elif rows:
        label, section = rows[-1], rows[0] if len(rows) > 1 else chapter
        last = label
    else:
        label = "/".join(useful or columns)
        last = useful[-1] if useful else label
    single = blank.cell.columns == 1
    numeric = numeric and single and not remark
    if unit is None and not remark:
        unit = _caption_of(caption, blank, label, numeric=numeric)
    wide = not single and (blank.cell.columns >= 3 or not blank.column_heads)
    wide = (wide or bool(re.search(r"字以内|情况|做法", label))) and not numeric
    kind = type_of(blank.blank, last, unit, numeric=numeric and bool(columns), wide=wide)
    if blank.rows and unit is None and kind == "integer" and not re.search(r"数|量|额|次|率", last):
        kind = "text"
    counted = bool(unit) or kind in ("integer", "decimal")
    return Draft(
        section,
        (rows[-1] if rows and useful else subject_of(label)) if counted else None,
        label,
        kind,
        unit,
        blank.line.evidence(blank.blank.start, blank.blank.end),
        group=f"r{number}:{blank.cell.row}" if blank.rows else None,
        rows=blank.rows,
        options=list(blank.blank.options) or None if blank.blank.kind == "choice" else None,
        derived=blank.derived and kind in ("integer", "decimal"),
    )


def _named(heads: tuple[str, ...]) -> tuple[list[str], str | None]:
    """The names of heads, and the unit that the nearest of them gives; a head that is only a measure gives no name."""
    names: list[str] = []
    unit: str | None = None
    for head in reversed(heads):
        bare = head.strip("（）() \u3000")
        if is_measure(bare) and (len(heads) > 1 or head.strip() != bare):
            unit = unit or bare
            continue
        measure, label = bracketed(head)
        unit = unit or measure
        names.append(strip_label(label if measure else head))
    return names[::-1], unit


def _caption_of(caption: list[str], blank: CellBlank, label: str, *, numeric: bool) -> str | None:
    """The unit that a caption such as 单位：万元 gives a cell; one of several by the order of the columns."""
    if len(caption) > 1:
        place = blank.cell.column - max(1, len(blank.row_heads))
        return caption[place] if 0 <= place < len(caption) and blank.column_heads else None
    if not caption:
        return None
    if re.search("元", caption[0]):
        return (
            caption[0] if _MONEY.search(label) or (numeric and not re.search(r"数$|次|人|率|起|家|期", label)) else None
        )
    return caption[0] if numeric else None
