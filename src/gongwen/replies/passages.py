"""Blanks among words: the form's words aligned with the reply's, and what stands between them."""

from __future__ import annotations

import re
from itertools import islice

from ..collection import Scalar
from ..lexicon.quantities import bare
from .likeness import unnumbered
from .stream import CELL_END, Stream, align, core_of
from .template import Passage, Placed, Slot, Template, Words
from .values import Reading, value_of


def read_passages(reading: Reading, stream: Stream, template: Template) -> float:
    """Align all passages with the reply at once; returns the share of the words of the passages that were found."""
    if not template.passages:
        return 1.0
    if template.words is None:
        template.words = _words_of(template)
    known, marks, cuts, commas = template.words
    source = align(known, stream.core, [mark.at for mark in marks])
    moved = _relocate(stream, known, source, marks, cuts)
    moved += _relocate(stream, known, source, marks, [*cuts, *commas])
    _read_slots(reading, stream, marks, source)
    return (sum(place >= 0 for place in source) + moved) / max(1, len(known))


def _words_of(template: Template) -> Words:
    words: list[str] = []
    marks: list[Placed] = []
    cuts: list[int] = []
    commas: list[int] = []
    at = 0
    for passage in template.passages:
        low = 0
        lead = core_of(passage.lead)
        words.append(lead)
        at += len(lead)
        cuts.append(at)
        for end, slot in [*((slot.start, slot) for slot in passage.slots), (len(passage.text), None)]:
            piece = passage.text[low:end]
            literal = core_of(piece)
            words.append(literal)
            cuts.extend(at + len(core_of(piece[: stop.start()])) for stop in _STOPS.finditer(piece))
            commas.extend(at + len(core_of(piece[: stop.start()])) for stop in _COMMAS.finditer(piece))
            at += len(literal)
            if slot is not None:
                marks.append(Placed(slot, passage, at))
                low = slot.end
        cuts.append(at)
    words.append(core_of(template.notes))
    return Words("".join(words), marks, cuts, commas)


_STOPS = re.compile(r"[；;。\n]")
_COMMAS = re.compile(r"[，,、]")


def _relocate(stream: Stream, known: str, source: list[int], marks: list[Placed], cuts: list[int]) -> int:
    """Clauses that stand elsewhere than in the form (people swap them): aligned anew where their words are.

    An alignment that keeps the order matches such a clause with scraps; one whose words are mostly not found in runs is
    looked for by its first words. Returns how many characters were so found beyond those matched before.
    """
    low = gained = 0
    for high in sorted(set(cuts)):
        inside = [mark for mark in marks if low <= mark.at <= high and mark.slot.field.group is None]
        if high - low >= 5 and inside:
            label = known[low : inside[0].at]
            if (
                _in_runs(source, low, high) < 0.7
                or _is_torn(source, inside)
                or (_in_runs(source, low, low + len(label)) < 1.0 and len(label) >= 5 and label in stream.core)
            ):
                gained += _align_clause(stream, known, source, low, high, label)
        low = high
    return gained


def _is_torn(source: list[int], inside: list[Placed]) -> bool:
    """Whether a number's blank is matched with a long stretch: its two sides then belong to different places."""
    for slot, _, at in inside:
        if (
            slot.field.unit
            and 0 < at < len(source)
            and source[at - 1] >= 0
            and source[at] >= 0
            and source[at] - source[at - 1] > 16
        ):
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


def _align_clause(stream: Stream, known: str, source: list[int], low: int, high: int, label: str) -> int:
    clause = known[low:high]
    best: tuple[float, int, list[int]] | None = None
    for size in dict.fromkeys((len(label), 16, 8, 5)):
        if not 4 <= size <= len(label):
            continue
        for piece in (label[:size], label[-size:]):
            for match in islice(re.finditer(re.escape(piece), stream.core), 6):
                begin = max(0, match.start() - (0 if piece is label[:size] else len(label) - size))
                for room in (16, 30, 60):
                    fresh = align(clause, stream.core[begin : begin + len(clause) + room])
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


def _read_slots(
    reading: Reading,
    stream: Stream,
    marks: list[Placed],
    source: list[int],
) -> None:
    groups: dict[str, list[tuple[Slot, str]]] = {}
    for slot, _, at in marks:
        pieces = _written(stream, source, at, slot).split(CELL_END)
        written = pieces[0]
        if slot.field.type in _ONE_LINE and len(pieces) > 1 and not bare(written.strip(":： ")):
            written = pieces[1].strip("\n") if len(pieces[1]) <= 40 else written  # in the cell beside its label
        if not bare(written) and slot.field.type in ("integer", "decimal"):
            written = _moved(stream, source, slot, at) or written
        if slot.field.type in ("integer", "decimal"):
            written = _innermost(_before_unit(written, slot.field.unit))
        if slot.field.type in _ONE_LINE:
            written = written.split("\n")[0]
        if slot.field.group is not None and slot.field.rows is None:
            groups.setdefault(slot.field.group, []).append((slot, written))
            continue
        if slot.field.aggregate == "derived" and not bare(written):
            reading.values[slot.field.id] = None
            continue
        reading.values[slot.field.id] = value_of(reading, slot.field, written, slot.printed)
    for group, slots in groups.items():
        reading.values[group] = _group_rows(reading, stream, slots, marks, source)


_ONE_LINE = ("unit", "person", "phone", "email", "date", "datetime")
"""Types whose value stands on the line of its label: what follows on the next line is the form going on."""


def _written(stream: Stream, source: list[int], at: int, slot: Slot) -> str:
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
    match = re.match(
        rf"[\s(（_【\[]*(?:约|近)?[\d０-９][\d０-９.,，]*\s*[万亿余多+]*[\s)）_】\]]*(?={re.escape(unit)}[\s]*[(（,，、;；])",
        written,
    )
    return match.group(0) if match else written


def _innermost(written: str) -> str:
    """Of a stretch that still holds words of the form, the bracket or line at its end: there the value stands."""
    if len(core_of(written)) <= 8 or not re.match(r"[^\d（(_【\[]{4}", written.strip()):
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
    if stop >= 0 and text[start:stop].strip(" :：\u3000") == CELL_END:
        stop = text.find("\n", stop + 1)  # the label ends its cell: the value may stand in the next one
    return text[start : stop if stop >= 0 else len(text)][:80]


def _moved(stream: Stream, source: list[int], slot: Slot, at: int) -> str:
    """A number that slipped behind the unit (参与人次12), where nothing stands before it."""
    unit = core_of(slot.field.unit or "")
    if not unit or at + len(unit) > len(source) or any(place < 0 for place in source[at : at + len(unit)]):
        return ""
    low = stream.places[source[at + len(unit) - 1]] + 1
    match = re.match(
        rf"(?:[ \t(:为是共_]*|[ \t)]*{CELL_END}\n[ \t]*)((?:约|近)?\d[\d.,]*\s*[万亿余多+]?)[ \t)_]*(?=[,;。，；、\n{CELL_END}]|$)",
        stream.half[low : low + 24],
    )
    return match.group(1) if match else ""


def _group_rows(
    reading: Reading,
    stream: Stream,
    slots: list[tuple[Slot, str]],
    marks: list[Placed],
    source: list[int],
) -> list[dict[str, Scalar]]:
    """The rows of a group that repeats its line: wherever its first words stand again, the line is aligned anew."""
    passage = next(passage for slot, passage, _ in marks if slot is slots[0][0])
    line, places = _line_words(passage, [slot for slot, _ in slots])
    low, high = _group_region(stream, slots, marks, source)
    head = line[: places[0]]
    starts = [low + match.start() for match in re.finditer(re.escape(head), stream.core[low:high])] if head else []
    rows: list[dict[str, Scalar]] = []
    for number, start in enumerate(starts):
        end = _unnumbered_end(stream, starts[number + 1]) if number + 1 < len(starts) else high
        own = [place + start if place >= 0 else -1 for place in align(line, stream.core[start:end])]
        row: dict[str, Scalar] = {}
        for (slot, _), at in zip(slots, places, strict=True):
            written = _written(stream, own, at, slot).split(CELL_END)[0]
            if not bare(written) and slot.field.unit:
                written = _moved(stream, own, slot, at) or written
            written = _innermost(_before_unit(written, slot.field.unit)) if slot.field.unit else written.split("\n")[0]
            row[slot.field.id] = value_of(reading, slot.field, written, slot.printed)
        if any(value is not None for value in row.values()):
            rows.append(row)
    if rows or starts:
        return rows
    row = {
        slot.field.id: value_of(reading, slot.field, written if len(written) < 200 else "", slot.printed)
        for slot, written in slots
    }
    return [row] if any(value is not None for value in row.values()) else []


def _unnumbered_end(stream: Stream, start: int) -> int:
    """Where a line ends before the next one that begins at ``start``: the next line's number is not its own."""
    place = stream.places[start]
    match = re.search(
        r"(?<![\d.])[(]?(\d{1,2}|[一二三四五六七八九十]{1,2})[)．.、][ \t]*$", stream.half[max(0, place - 8) : place]
    )
    return start - len(match.group(1)) if match else start


def _line_words(passage: Passage, slots: list[Slot]) -> tuple[str, list[int]]:
    """The words of the group's line without its blanks, and where each blank stands among them."""
    low = passage.text.rfind("\n", 0, slots[0].start) + 1
    line, places = "", []
    low += len(passage.text[low : slots[0].start]) - len(unnumbered(passage.text[low : slots[0].start]))
    for slot in slots:
        line += core_of(passage.text[low : slot.start])
        places.append(len(line))
        low = slot.end
    return line + core_of(slots[-1].field.unit or passage.text[low : low + 3]), places


def _group_region(
    stream: Stream, slots: list[tuple[Slot, str]], marks: list[Placed], source: list[int]
) -> tuple[int, int]:
    """From the words before the group's first blank to those of the blank behind the group, as places in the core."""
    order = [slot for slot, _, _ in marks]
    first, last = order.index(slots[0][0]), order.index(slots[-1][0])
    at = marks[first].at
    label = len(core_of(slots[0][0].field.label))
    begin = next((source[place] for place in range(max(0, at - label), at) if source[place] >= 0), 0)
    high = len(stream.core)
    if last + 1 < len(marks):
        until = marks[last + 1].at
        unit_end = marks[last].at + len(core_of(slots[-1][0].field.unit or ""))
        behind = next((source[place] for place in range(unit_end, until) if source[place] >= 0), None)
        if behind is not None and behind > begin:
            high = behind
    return max(0, begin), high
