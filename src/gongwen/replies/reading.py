"""One filled form against its template: the value of every field and what is doubtful about it.

The words around the blanks are aligned with the reply's own words (longest common subsequence), so that added lines,
deleted brackets, other punctuation and moved line breaks do not matter; whole-cell blanks are found by their labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz.distance import Indel

from ..collection import NOT_APPLICABLE, Issue, Scalar, Value
from ..lexicon.dates import find_dates, resolve
from ..lexicon.quantities import Quantity, bare, read_quantity
from ..messages import say
from ..model import Cell, Document, Paragraph, Table
from ..spec import Field
from .template import CellSlot, GridTemplate, Passage, Slot, Template, label_key

_DOUBTS = {"approximate": "R101", "words": "R102", "several": "R103", "range": "R104", "unit": "R105", "fraction": "R106", "negative": "R107"}
_CORE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_FULL = {ord(c): ord(c) - 0xFEE0 for c in map(chr, range(0xFF01, 0xFF5F))}
_CELL_END = "\x1d"
"""Stands in the stream behind each cell, so that what fills the end of a cell does not run on."""
_INCLUDES = re.compile(r"(?:以上|上述|此表|本表|所填|所报|填报)?(?:的)?(?:数据|数字|统计数|情况|内容)?[已均]?(?:包含|包括|含)(?:了)?(?:所属|下属|所辖|辖区|各|下辖|直属|社区|基层)[^，。；\n）)]{0,24}")


@dataclass(slots=True)
class Reading:
    """What a reply says. ``matched`` is the share of the form's words found in it."""

    values: dict[str, Value] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    matched: float = 0.0
    year: int | None = None


@dataclass(slots=True)
class _Stream:
    """The reply's text as written, the same in half width, and its letters and digits alone with their places."""

    text: str
    half: str
    core: str
    places: list[int]


def read_reply(document: Document, template: Template) -> Reading:
    """The values of a reply. Nothing is guessed in silence: what is unclear has an issue."""
    reading = Reading(year=template.year)
    by_id = _by_field_id(document, template)
    if by_id is not None:
        _take_cells(reading, template, by_id)
        reading.matched = 1.0
        return reading
    stream = _stream(document, template.title)
    grid_score = _read_grids(reading, document, template)
    passage_score = _read_passages(reading, stream, template)
    total = sum(len(passage.slots) for passage in template.passages), sum(len(grid.slots) for grid in template.grids)
    reading.matched = (passage_score * total[0] + grid_score * total[1]) / max(1, sum(total))
    for match in _INCLUDES.finditer(stream.text):
        if re.search(r"数据|数字|统计|以上|上述|此表|本表|所填|所报", match.group(0)) or re.search(r"下属|所属|所辖|辖区", match.group(0)):
            reading.issues.append(_issue("R110", None, None, match.group(0).strip(), doubt=True))
            break
    return reading


def _issue(code: str, one: Field | None, section: str | None, found: str | None, *, doubt: bool, **details: str) -> Issue:
    label = (one.label if one.subject is None or one.subject in one.label else f"{one.subject} {one.label}") if one else ""
    details = {"label": label, "found": found or "", **details}
    return Issue(code, one.id if one else None, say(code, **details), found, section or (one.section if one else None), doubt, details)


# -- passages


def _stream(document: Document, title: str) -> _Stream:
    """The words of the document from the form's title on, cells in reading order."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts.extend(_table_text(block))
    text = "\n".join(parts)
    text = text[_title_at(text, title) :]
    half = text.translate(_FULL)
    places = [match.start() for match in _CORE.finditer(half)]
    return _Stream(text, half, "".join([half[place] for place in places]), places)


def _table_text(table: Table) -> list[str]:
    found: list[str] = []
    for cell in table.cells:
        found.append(cell.text + _CELL_END)
        for inner in cell.tables:
            found.extend(_table_text(inner))
    return found


def _title_at(text: str, title: str) -> int:
    """Where the form begins: behind the last line that is its title (the notice's body may name it too)."""
    key = label_key(title)
    if not key:
        return 0
    at = offset = 0
    for line in text.split("\n"):
        here = label_key(line)
        if here == key or (key in here and len(here) <= len(key) + 6):
            at = offset + len(line)
        offset += len(line) + 1
    return at


def _core(text: str) -> str:
    return "".join(_CORE.findall(text.translate(_FULL)))


def _read_passages(reading: Reading, stream: _Stream, template: Template) -> float:
    """Align all passages with the reply at once; returns the share of the words of the passages that were found."""
    if not template.passages:
        return 1.0
    words: list[str] = []
    marks: list[tuple[Slot, Passage, int, int]] = []
    cuts: list[int] = []
    at = 0
    for passage in template.passages:
        low = 0
        lead = _core(passage.lead)
        words.append(lead)
        at += len(lead)
        cuts.append(at)
        for end, slot in [*((slot.start, slot) for slot in passage.slots), (len(passage.text), None)]:
            piece = passage.text[low:end]
            literal = _core(piece)
            words.append(literal)
            cuts.extend(at + len(_core(piece[: stop.start()])) for stop in _STOPS.finditer(piece))
            at += len(literal)
            if slot is not None:
                marks.append((slot, passage, at, low))
                low = slot.end
        cuts.append(at)
    words.append(_core(template.notes))
    known = "".join(words)
    source = _alignment(known, stream.core)
    moved = _relocate(stream, known, source, marks, cuts)
    _read_slots(reading, stream, template, marks, source, known)
    return (sum(place >= 0 for place in source) + moved) / max(1, len(known))


_STOPS = re.compile(r"[；;。\n]")


def _relocate(stream: _Stream, known: str, source: list[int], marks: list[tuple[Slot, Passage, int, int]], cuts: list[int]) -> int:
    """Clauses that stand elsewhere than in the form (people swap them): aligned anew where their words are.

    An alignment that keeps the order matches such a clause with scraps; one whose words are mostly not found in runs is
    looked for by its first words. Returns how many characters were so found beyond those matched before.
    """
    low = gained = 0
    for high in sorted(set(cuts)):
        inside = [mark for mark in marks if low <= mark[2] <= high and mark[0].field.group is None]
        if high - low >= 5 and inside:
            label = known[low : inside[0][2]]
            if _in_runs(source, low, high) < 0.7 or _is_torn(source, inside) or (_in_runs(source, low, low + len(label)) < 1.0 and len(label) >= 5 and label in stream.core):
                gained += _align_clause(stream, known, source, low, high, label)
        low = high
    return gained


def _is_torn(source: list[int], inside: list[tuple[Slot, Passage, int, int]]) -> bool:
    """Whether a number's blank is matched with a long stretch: its two sides then belong to different places."""
    for slot, _, at, _ in inside:
        if slot.field.unit and 0 < at < len(source) and source[at - 1] >= 0 and source[at] >= 0 and source[at] - source[at - 1] > 16:
            return True
    return False


def _in_runs(source: list[int], low: int, high: int) -> float:
    """The share of a stretch that is matched in runs of three or more."""
    run = total = 0
    for place in range(low, high + 1):
        if place < high and source[place] >= 0 and (run == 0 or source[place] == source[place - 1] + 1):
            run += 1
            continue
        total += run if run >= 3 else 0
        run = 1 if place < high and source[place] >= 0 else 0
    return total / max(1, high - low)


def _align_clause(stream: _Stream, known: str, source: list[int], low: int, high: int, label: str) -> int:
    clause = known[low:high]
    best: tuple[float, int, list[int]] | None = None
    for size in dict.fromkeys((len(label), 16, 8, 5)):
        if not 4 <= size <= len(label):
            continue
        for piece in (label[:size], label[-size:]):
            for match in islice(re.finditer(re.escape(piece), stream.core), 6):
                begin = max(0, match.start() - (0 if piece is label[:size] else len(label) - size))
                for room in (16, 30, 60):
                    fresh = _alignment(clause, stream.core[begin : begin + len(clause) + room])
                    found = [place for place in fresh if place >= 0]
                    score = len(found) - 0.1 * (found[-1] - found[0] + 1 - len(found)) if found else 0.0
                    if best is None or score > best[0]:
                        best = (score, begin, fresh)
        if best is not None:
            break
    if best is None:
        return 0
    _, begin, fresh = best
    before = sum(place >= 0 for place in source[low:high])
    after = sum(place >= 0 for place in fresh)
    if after < 0.7 * len(clause):
        return 0
    for step, place in enumerate(fresh):
        source[low + step] = place + begin if place >= 0 else -1
    return max(0, after - before)


def _alignment(known: str, core: str) -> list[int]:
    """For each character of the form its place in the reply, -1 where it is not there."""
    source = [-1] * len(known)
    for tag, low, high, first, last in Indel.opcodes(known, core):
        if tag == "equal":
            source[low:high] = range(first, last)
    return source


def _read_slots(reading: Reading, stream: _Stream, template: Template, marks: list[tuple[Slot, Passage, int, int]], source: list[int], known: str) -> None:
    groups: dict[str, list[tuple[Slot, str]]] = {}
    for slot, _, at, _ in marks:
        written = _written(stream, source, at, slot, known).split(_CELL_END)[0]
        if not bare(written) and slot.field.type in ("integer", "decimal"):
            written = _moved(stream, source, slot, at) or written
        if slot.field.type in ("integer", "decimal"):
            written = _innermost(_before_unit(written, slot.field.unit))
        if slot.field.group is not None and slot.field.rows is None:
            groups.setdefault(slot.field.group, []).append((slot, written))
            continue
        if slot.field.aggregate == "derived" and not bare(written):
            reading.values[slot.field.id] = None
            continue
        reading.values[slot.field.id] = _value(reading, slot.field, written, slot.printed)
    for group, slots in groups.items():
        reading.values[group] = _group_rows(reading, stream, slots, marks, source, known)


def _written(stream: _Stream, source: list[int], at: int, slot: Slot, known: str) -> str:
    """What stands between the words before a blank and the words after it."""
    lost = next((back for back in range(min(12, at)) if source[at - 1 - back] >= 0), None)
    before = source[at - 1 - lost] if lost is not None else None
    after = next((source[place] for place in range(at, min(len(source), at + 12)) if source[place] >= 0), None)
    if before is None and after is None:
        return ""
    if before is None:
        assert after is not None
        return _line_before(stream.text, stream.places[after])
    low = stream.places[before] + 1
    if lost:
        low = _behind_reworded(stream.half, low, lost)
    if after is None:
        return stream.text[low : low + 4000] if slot.field.type == "longtext" else _line_after(stream.text, low)
    if after <= before:
        return ""
    return stream.text[low : stream.places[after]]


def _before_unit(written: str, unit: str | None) -> str:
    """A number up to its own unit, where a remark runs on behind it: (60)人次(含线上观看2)."""
    if not unit:
        return written
    match = re.match(rf"[\s(（_【\[]*(?:约|近)?[\d０-９][\d０-９.,，]*\s*[万亿余多+]*[\s)）_】\]]*(?={re.escape(unit)}[\s]*[(（,，、;；])", written)
    return match.group(0) if match else written


def _innermost(written: str) -> str:
    """Of a stretch that still holds words of the form, the bracket or line at its end: there the value stands."""
    if len(_core(written)) <= 8 or not re.match(r"[^\d（(_【\[]{4}", written.strip()):
        return written
    match = re.search(r"[（(【\[﹙_]([^（）()【】\[\]_\n]*)[）)】\]_]*[\s]*$", written)
    return match.group(1) if match else written


def _behind_reworded(text: str, low: int, lost: int) -> int:
    """Behind the words that stand for ``lost`` words of the form (参加 for 参与): the blank begins after them."""
    opened = re.compile(rf"[\u4e00-\u9fff]{{1,{lost + 4}}}\s*(?=[(_\[【〔])").match(text, low)
    if opened:
        return opened.end()
    skipped = re.compile(rf"[\u4e00-\u9fff]{{1,{lost}}}").match(text, low)
    return skipped.end() if skipped else low


def _line_before(text: str, end: int) -> str:
    return text[max(text.rfind("\n", 0, end) + 1, end - 40) : end]


def _line_after(text: str, start: int) -> str:
    stop = text.find("\n", start)
    return text[start : stop if stop >= 0 else len(text)][:80]


def _moved(stream: _Stream, source: list[int], slot: Slot, at: int) -> str:
    """A number that slipped behind the unit (参与人次12), where nothing stands before it."""
    unit = _core(slot.field.unit or "")
    if not unit or at + len(unit) > len(source) or any(place < 0 for place in source[at : at + len(unit)]):
        return ""
    low = stream.places[source[at + len(unit) - 1]] + 1
    match = re.match(r"[ \t(:为是共_]*((?:约|近)?\d[\d.,]*\s*[万亿余多+]?)[ \t)_]*(?=[,;。，；、\n]|$)", stream.half[low : low + 24])
    return match.group(1) if match else ""


# -- values


def _value(reading: Reading, one: Field, written: str, printed: str) -> Scalar:
    """A value by its type; an issue where it is not plain."""
    if one.type in ("integer", "decimal"):
        return _number(reading, one, written, printed)
    text = _tidy(written)
    if one.type == "choice":
        return _choice(one, written)
    if not text or label_key(text) == label_key(printed) and label_key(printed) != "":
        return None
    if one.type in ("date", "datetime"):
        return _date(text, reading.year) or text
    if re.fullmatch(r"[/／—\-－]+|不涉及|不适用", text):
        return NOT_APPLICABLE
    return text


def _number(reading: Reading, one: Field, written: str, printed: str) -> Scalar:
    if written.strip() == printed.strip() or not bare(written):
        blank = re.sub(r"[\s_(（)）\u3000\xa0]", "", written)
        if not blank or blank == re.sub(r"[\s_(（)）\u3000\xa0]", "", printed):
            return None
    quantity: Quantity = read_quantity(written, one.unit, decimal=one.type == "decimal")
    if quantity.doubt is not None:
        found = bare(written).strip() or written.strip()
        reading.issues.append(_issue(_DOUBTS[quantity.doubt], one, None, found[:60], doubt=one.aggregate in ("sum", "derived")))
    return quantity.value


def _tidy(written: str) -> str:
    """A text value without the blank's own marks, lines kept."""
    lines = [re.sub(r"^[_\s:：（(【\[]+|[_\s）)】\]]+$", "", line) if line.count("(") + line.count("（") != line.count(")") + line.count("）") else line.strip(" _\t\u3000:：") for line in written.split("\n")]
    text = "\n".join(line for line in lines if line)
    inner = re.fullmatch(r"[(（]([^()（）]*)[)）][,，;；。、]?", text.strip())
    if inner:
        text = inner.group(1)
    if re.fullmatch(r"[\W_]*", text) and not re.search(r"[/／—\-－]", text):
        return ""
    return text.strip(" \u3000\t,，;；、_:：")


def _choice(one: Field, written: str) -> Scalar:
    """The options that are ticked, joined; None where none is."""
    chosen = []
    for match in re.finditer(r"[☑☒■√✓✔Vv]\s*[)）\]]?\s*([^□☐☑☒■√✓✔\s]{1,20})|([^□☐☑☒■√✓✔\s、，(（]{1,20})\s*[(（\[]?\s*[√✓✔☑]", written):
        text = (match.group(1) or match.group(2) or "").strip("，,；;。 ")
        option = next((option for option in one.options or [] if label_key(option) and (label_key(text).startswith(label_key(option)) or label_key(option) == label_key(text))), None)
        if option and option not in chosen:
            chosen.append(option)
    plain = bare(written)
    if not chosen and one.options and plain in one.options:
        return plain
    return "、".join(chosen) or None


def _date(text: str, year: int | None = None) -> str | None:
    """An ISO day or instant; ``year`` where the text has none (6月13日)."""
    closed = re.sub(r"\s+", "", text)
    for word in find_dates(closed):
        if word.kind == "day" and (word.year or year) and word.month and word.days:
            day = resolve(word.year or year or 0, word.month, word.days[0])
            if day:
                return f"{day.isoformat()}T{word.time}" if word.time else day.isoformat()
    match = re.fullmatch(r"(20\d\d)(\d{2})(\d{2})", closed)
    if match:
        day = resolve(int(match.group(1)), int(match.group(2)), int(match.group(3))) if 1 <= int(match.group(2)) <= 12 else None
        return day.isoformat() if day else None
    return None


def _group_rows(reading: Reading, stream: _Stream, slots: list[tuple[Slot, str]], marks: list[tuple[Slot, Passage, int, int]], source: list[int], known: str) -> list[dict[str, Scalar]]:
    """The rows of a group that repeats its line: wherever its first words stand again, the line is aligned anew."""
    passage = next(passage for slot, passage, _, _ in marks if slot is slots[0][0])
    line, places = _line_words(passage, [slot for slot, _ in slots])
    low, high = _group_region(stream, slots, marks, source)
    head = line[: places[0]]
    starts = [low + match.start() for match in re.finditer(re.escape(head), stream.core[low:high])] if head else []
    rows: list[dict[str, Scalar]] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else high
        own = [place + start if place >= 0 else -1 for place in _alignment(line, stream.core[start:end])]
        row: dict[str, Scalar] = {}
        for (slot, _), at in zip(slots, places, strict=True):
            written = _written(stream, own, at, slot, line).split(_CELL_END)[0]
            if not bare(written) and slot.field.unit:
                written = _moved(stream, own, slot, at) or written
            written = _innermost(_before_unit(written, slot.field.unit)) if slot.field.unit else written.split("\n")[0]
            row[slot.field.id] = _value(reading, slot.field, written, slot.printed)
        if any(value is not None for value in row.values()):
            rows.append(row)
    if rows or starts:
        return rows
    row = {slot.field.id: _value(reading, slot.field, written if len(written) < 200 else "", slot.printed) for slot, written in slots}
    return [row] if any(value is not None for value in row.values()) else []


def _line_words(passage: Passage, slots: list[Slot]) -> tuple[str, list[int]]:
    """The words of the group's line without its blanks, and where each blank stands among them."""
    low = passage.text.rfind("\n", 0, slots[0].start) + 1
    line, places = "", []
    for slot in slots:
        line += _core(passage.text[low : slot.start])
        places.append(len(line))
        low = slot.end
    return line + _core(slots[-1].field.unit or passage.text[low : low + 3]), places


def _group_region(stream: _Stream, slots: list[tuple[Slot, str]], marks: list[tuple[Slot, Passage, int, int]], source: list[int]) -> tuple[int, int]:
    """From the words before the group's first blank to those of the blank behind the group, as places in the core."""
    order = [slot for slot, _, _, _ in marks]
    first, last = order.index(slots[0][0]), order.index(slots[-1][0])
    at = marks[first][2]
    label = len(_core(slots[0][0].field.label))
    begin = next((source[place] for place in range(max(0, at - label), at) if source[place] >= 0), 0)
    high = len(stream.core)
    if last + 1 < len(marks):
        until = marks[last + 1][2]
        unit_end = marks[last][2] + len(_core(slots[-1][0].field.unit or ""))
        behind = next((source[place] for place in range(unit_end, until) if source[place] >= 0), None)
        if behind is not None and behind > begin:
            high = behind
    return max(0, begin), high


# -- grids


def _read_grids(reading: Reading, document: Document, template: Template) -> float:
    """Whole-cell blanks by their labels; returns the share of the labels found."""
    if not template.grids:
        return 1.0
    tables = [block for block in document.blocks if isinstance(block, Table)]
    tables += [inner for table in tables for cell in table.cells for inner in cell.tables]
    keyed = [({label_key(cell.text) for cell in table.cells}, table) for table in tables]
    hits = total = 0
    for grid in template.grids:
        best = max(keyed, key=lambda pair: len(pair[0] & grid.labels), default=None)
        total += len(grid.labels)
        if best is None or len(best[0] & grid.labels) < 0.4 * len(grid.labels):
            for slot in grid.slots:
                reading.values.setdefault(slot.field.group if slot.field.rows and slot.field.group else slot.field.id, None)
            continue
        hits += len(best[0] & grid.labels)
        _read_grid(reading, best[1], grid)
    return hits / max(1, total)


def _read_grid(reading: Reading, table: Table, grid: GridTemplate) -> None:
    at = table.grid()
    where: dict[str, list[Cell]] = {}
    for cell in table.cells:
        where.setdefault(label_key(cell.text), []).append(cell)
    for group, slots in grid.groups.items():
        reading.values[group] = _roster_rows(reading, table, at, where, slots)
    for slot in grid.slots:
        if slot.field.rows is not None and slot.field.group in grid.groups:
            continue
        cell = _find_cell(at, where, slot)
        written = cell.text if cell is not None else ""
        if cell is not None and label_key(written) in {label_key(label) for label in (*slot.row_labels[-1:], *slot.column_labels[-1:])}:
            written = ""
        reading.values[slot.field.id] = _value(reading, slot.field, written, slot.field.evidence.text)


def _find_cell(at: dict[tuple[int, int], Cell], where: dict[str, list[Cell]], slot: CellSlot) -> Cell | None:
    """The cell where a row's label and a column's label meet, else the one right of its label."""
    rows = [where.get(label_key(label), []) for label in slot.row_labels]
    columns = [where.get(label_key(label), []) for label in slot.column_labels]
    row_cells = next((cells for cells in reversed(rows) if cells), [])
    column_cells = next((cells for cells in reversed(columns) if cells), [])
    if len(slot.row_labels) > 1 and rows[0] and row_cells is not rows[0] and len(row_cells) > 1:
        span = rows[0][0]
        row_cells = [cell for cell in row_cells if span.row <= cell.row < span.row + span.rows] or row_cells
    for row_cell in row_cells:
        for column_cell in column_cells:
            if column_cell.row < row_cell.row and column_cell.column + column_cell.columns > row_cell.column + row_cell.columns - 1:
                met = at.get((row_cell.row, column_cell.column))
                if met is not None and met is not row_cell:
                    return met
    for row_cell in row_cells:
        right = at.get((row_cell.row, row_cell.column + row_cell.columns))
        if right is not None:
            return right
    if not slot.row_labels:
        for column_cell in column_cells:
            below = at.get((column_cell.row + column_cell.rows, column_cell.column))
            if below is not None:
                return below
    return None


_STOP_ROW = re.compile(r"^(?:合计|小计|总计|注|备注|说明|填表|填报|审核|负责人)")


def _roster_rows(reading: Reading, table: Table, at: dict[tuple[int, int], Cell], where: dict[str, list[Cell]], slots: list[CellSlot]) -> list[dict[str, Scalar]]:
    """Every row below the heads that says something, one object a row."""
    columns: dict[str, int] = {}
    head = -1
    for slot in slots:
        cells = where.get(label_key(slot.column_labels[-1]), []) if slot.column_labels else []
        if cells:
            columns[slot.field.id] = cells[0].column
            head = max(head, cells[0].row + cells[0].rows - 1)
    rows: list[dict[str, Scalar]] = []
    for row in range(head + 1, table.rows):
        first = at.get((row, 0))
        if first is not None and _STOP_ROW.match(re.sub(r"\s", "", first.text)) and first.row == row:
            continue
        values: dict[str, Scalar] = {}
        for slot in slots:
            column = columns.get(slot.field.id)
            cell = at.get((row, column)) if column is not None else None
            own = cell is not None and cell.row == row
            values[slot.field.id] = _value(reading, slot.field, cell.text, "") if own and cell is not None else None
        if any(value is not None for value in values.values()):
            rows.append(values)
    return rows


# -- our own workbook


def _by_field_id(document: Document, template: Template) -> dict[str, list[str]] | None:
    """Values beside field ids, where the reply is a workbook that ``anyue forms`` made."""
    if document.reader != "sheet":
        return None
    ids = {one.id for one in template.form.fields}
    found: dict[str, list[str]] = {}
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        for cell in block.cells:
            key = cell.text.strip()
            if key in ids:
                row = sorted((other for other in block.cells if other.row == cell.row and other is not cell), key=lambda c: c.column)
                found.setdefault(key, [other.text for other in row])
    return found if len(found) >= max(1, len(ids) // 2) else None


def _take_cells(reading: Reading, template: Template, rows: dict[str, list[str]]) -> None:
    for one in template.form.fields:
        written = rows.get(one.id, [""])[-1] if rows.get(one.id) else ""
        reading.values[one.id] = _value(reading, one, written, "")
