"""One filled form against its template: the value of every field and what is doubtful about it.

The words around the blanks are aligned with the reply's own words (longest common subsequence), so that added lines,
deleted brackets, other punctuation and moved line breaks do not matter; whole-cell blanks are found by their labels.
"""

from __future__ import annotations

import re

from ..model import Document
from .grids import by_field_id, read_grids, take_cells
from .passages import read_passages
from .stream import stream_of
from .template import Template
from .values import Reading, issue_of

_INCLUDES = re.compile(
    r"(?:以上|上述|此表|本表|所填|所报|填报)?(?:的)?(?:数据|数字|统计数|情况|内容)?[已均]?(?:包含|包括|含)(?:了)?(?:所属|下属|所辖|辖区|各|下辖|直属|社区|基层)[^，。；\n）)]{0,24}"
)


def read_reply(document: Document, template: Template) -> Reading:
    """The values of a reply. Nothing is guessed in silence: what is unclear has an issue."""
    reading = Reading(year=template.year)
    by_id = by_field_id(document, template)
    if by_id is not None:
        take_cells(reading, template, by_id)
        reading.matched = 1.0
        return reading
    stream = stream_of(document, template.title)
    grid_score = read_grids(reading, document, template)
    passage_score = read_passages(reading, stream, template)
    total = sum(len(passage.slots) for passage in template.passages), sum(len(grid.slots) for grid in template.grids)
    reading.matched = (passage_score * total[0] + grid_score * total[1]) / max(1, sum(total))
    said = _includes_subordinates(stream.text)
    if said:
        reading.issues.append(issue_of("R110", None, None, said, doubt=True))
    return reading


def _includes_subordinates(text: str) -> str | None:
    """The remark that the numbers include those of subordinate units, as written, stray blanks or not."""
    places = [place for place, char in enumerate(text) if char not in " \t\u3000\xa0"]
    for match in _INCLUDES.finditer("".join(text[place] for place in places)):
        if re.search(r"数据|数字|统计|以上|上述|此表|本表|所填|所报|下属|所属|所辖|辖区", match.group(0)):
            return text[places[match.start()] : places[match.end() - 1] + 1].strip()
    return None
