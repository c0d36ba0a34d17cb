"""One filled form against its template: the value of every field and what is doubtful about it.

The words around the blanks are aligned with the reply's own words (longest common subsequence), so that added lines,
deleted brackets, other punctuation and moved line breaks do not matter; whole-cell blanks are found by their labels.
"""

from __future__ import annotations

import re

from msgspec import structs

from ..model import Cell, Document, Paragraph, Table
from ..readers import Source
from .grids import read_grids
from .likeness import label_key
from .own_sheets import by_field_id, take_cells
from .passages import read_passages
from .stream import Stream, stream_of
from .template import Template
from .values import Reading, issue_of

_INCLUDES = re.compile(
    r"(?:以上|上述|此表|本表|所填|所报|填报)?(?:的)?(?:数据|数字|统计数|情况|内容)?[已均]?(?:包含|包括|含)(?:了)?(?:所属|下属|所辖|辖区|各|下辖|直属|社区|基层)[^，。；\n）)]{0,24}"
)


def read_reply(document: Document, template: Template, source: Source | None = None) -> Reading:
    """The values of a reply. Nothing is guessed in silence: what is unclear has an issue.

    ``source`` is the file that the document was read from: a workbook of our own says on a hidden sheet what is where.
    """
    reading = Reading(year=template.year)
    by_id = by_field_id(document, template, source)
    if by_id is not None:
        take_cells(reading, template, by_id)
        reading.matched = 1.0
        return reading
    stream = stream_of(document, template.title, template.heads)
    grid_score = read_grids(reading, _retyped(document), template)
    passage_score = read_passages(reading, stream, template)
    total = sum(len(passage.slots) for passage in template.passages), sum(len(grid.slots) for grid in template.grids)
    reading.matched = (passage_score * total[0] + grid_score * total[1]) / max(1, sum(total))
    said = _includes_subordinates(stream.text)
    if said:
        reading.issues.append(issue_of("R110", None, None, said, doubt=True))
    if _has_lost_its_numbers(reading, template, stream):
        reading.issues.append(issue_of("R118", None, None, None, doubt=True))
    units = _units_named(document, template)
    if len(units) > 1:
        reading.issues.append(issue_of("R119", None, None, "、".join(units), doubt=True))
    return reading


def _units_named(document: Document, template: Template) -> list[str]:
    """The different units that stand behind the form's own label for its unit: more than one fill two forms."""
    field = next((one for one in template.form.fields if one.type == "unit" and one.group is None), None)
    label = label_key(field.label) if field is not None else ""
    if len(label) < 3 or not label.startswith(("填报", "报送", "上报", "填表")):
        return []
    labelled = re.compile(rf"{label}(?:[（(][^（()）]*[)）])?[:：][ \u3000_]*([\u4e00-\u9fffA-Za-z0-9]{{2,30}})")
    said = (match for block in document.paragraphs() for match in labelled.finditer(block.text))
    return list(dict.fromkeys(match.group(1) for match in said))


def _has_lost_its_numbers(reading: Reading, template: Template, stream: Stream) -> bool:
    """Whether no number was read though several are asked for and several that the form does not print are there."""
    asked = [one for one in template.form.fields if one.type in ("integer", "decimal")]
    if len(asked) < 3:
        return False
    if any(isinstance(reading.values.get(one.group or one.id), int | float | list) for one in asked):
        return False
    printed = {number for passage in template.passages for number in re.findall(r"\d+", passage.text)}
    lines = (line for line in stream.half.split("\n") if not re.search(r"电话|手机|日期|\d年", line))
    return len([number for line in lines for number in re.findall(r"\d+", line) if number not in printed]) >= 3


_PAIR = re.compile(r"\s*([^:：\s][^:：]{0,24}?)\s*[:：][ \t\u3000]*(.*)")
_APART = re.compile(r"[\t\u3000]+|[ ]{2,}(?=[^:：]{1,24}[:：])")


def _retyped(document: Document) -> Document:
    """A reply without any table, but with lines of label：value, as a table of such pairs: a form typed into a mail."""
    if any(isinstance(block, Table) for block in document.blocks):
        return document
    rows: list[tuple[str, str]] = []
    for line in (line for block in document.paragraphs() for line in block.text.split("\n")):
        for piece in filter(str.strip, _APART.split(line)):
            pair = _PAIR.fullmatch(piece)
            if pair is not None:
                rows.append((pair[1], pair[2].strip()))
            elif rows and _goes_on(rows[-1][1], piece):
                rows[-1] = (rows[-1][0], f"{rows[-1][1]}\n{piece.strip()}".strip())
    if len(rows) < 2:
        return document
    number = len(document.blocks)
    cells = [
        Cell(row, column, text, tuple(Paragraph(number, part) for part in text.split("\n")))
        for row, pair in enumerate(rows)
        for column, text in enumerate(pair)
    ]
    return structs.replace(document, blocks=(*document.blocks, Table(number, len(rows), 2, tuple(cells), ruled=False)))


def _goes_on(value: str, line: str) -> bool:
    """Whether a line without a label belongs to the value above: the label stood alone, or both are prose (no signature)."""
    return not value or all(re.search(r"[，。；、]", text) for text in (value, line))


def _includes_subordinates(text: str) -> str | None:
    """The remark that the numbers include those of subordinate units, as written, stray blanks or not."""
    if "包" not in text and "含" not in text:
        return None
    places = [place for place, char in enumerate(text) if char not in " \t\u3000\xa0"]
    for match in _INCLUDES.finditer("".join(text[place] for place in places)):
        if re.search(r"数据|数字|统计|以上|上述|此表|本表|所填|所报|下属|所属|所辖|辖区", match.group(0)):
            return text[places[match.start()] : places[match.end() - 1] + 1].strip()
    return None
