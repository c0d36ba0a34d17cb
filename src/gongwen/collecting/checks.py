"""What a person would notice on looking over the returns: pairs, parts, outliers, copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log1p
from statistics import median

from ..collection import Issue, Value
from ..fill.derived import derived_sources, is_part
from ..messages import say
from ..spec import Field, Form

_SESSION_UNITS = {"场", "场次", "场/次", "次", "期", "班次", "场（次）", "场(次)", "课时"}
_PEOPLE_UNITS = {"人次", "人", "万人次", "名"}
Z_LIMIT = 3.5
"""A robust z-score beyond this is far from the peers (Iglewicz and Hoaglin's customary bound); see ``outliers``."""


def label_of(one: Field) -> str:
    """The words that name a field for a person."""
    return one.label if one.subject is None or one.subject in one.label else f"{one.subject} {one.label}"


def pairs_of(form: Form) -> list[tuple[Field, Field]]:
    """Sessions and the attendance that belongs to them: 场 and the 人次 of the same subject."""
    found: list[tuple[Field, Field]] = []
    sessions: dict[tuple[str | None, str | None, str | None], Field] = {}
    for one in form.fields:
        if one.aggregate != "sum" or one.rows is not None:
            continue
        key = (one.section, one.group, one.subject)
        if one.unit in _SESSION_UNITS:
            sessions[key] = one
        elif one.unit in _PEOPLE_UNITS and key in sessions:
            found.append((sessions[key], one))
    last: Field | None = None
    for one in form.fields:
        if one.group and one.rows is None:
            if one.unit in _SESSION_UNITS:
                last = one
            elif (
                one.unit in _PEOPLE_UNITS and last is not None and last.group == one.group and (last, one) not in found
            ):
                found.append((last, one))
    return found


def check_pairs(pairs: Iterable[tuple[Field, Field]], values: dict[str, Value]) -> list[Issue]:
    """Attendance without a session, a session without attendance; a blank or 不涉及 on both sides is neither."""
    issues: list[Issue] = []
    for session, people in pairs:
        rows = [values] if session.group is None else _rows(values.get(session.group))
        for row in rows:
            held, came = row.get(session.id), row.get(people.id)
            if _positive(came) and not _positive(held) and not _unread(held):
                issues.append(_issue("R111", session, people, held, came))
            elif _positive(held) and not _positive(came) and not _unread(came):
                issues.append(_issue("R112", people, session, held, came))
    return issues


def _rows(value: Value) -> list[dict[str, Value]]:
    """The rows of a group's value, each as a set of values of its own."""
    return [{**row} for row in value] if isinstance(value, list) else []


def _positive(value: object) -> bool:
    return isinstance(value, int | float) and value > 0


def _unread(value: object) -> bool:
    """Something is written, but no number that could be: that it is wrong is said already."""
    return (isinstance(value, int | float) and value < 0) or (isinstance(value, str) and value != "n/a")


def _issue(code: str, missing: Field, other: Field, held: object, came: object) -> Issue:
    details = {
        "label": label_of(missing),
        "held": _show(held),
        "came": _show(came),
        "unit": missing.unit or "",
        "other": other.unit or "",
    }
    found = f"{_show(held)} / {_show(came)}"
    return Issue(code, missing.id, say(code, **details), found, missing.section, True, details)


def _show(value: object) -> str:
    if value is None:
        return "未填"
    if value == "n/a":
        return "不涉及"
    return str(value)


def parts_of(form: Form) -> list[tuple[Field, Field]]:
    """A 其中 line, row or column and the field that it is a part of."""
    numbers = [one for one in form.fields if one.type in ("integer", "decimal")]
    often = Counter(_place(one) for one in numbers)
    in_grids = [one for one in numbers if one.evidence.row is not None and "/" in one.label and often[_place(one)] == 1]
    known = {one.id for one in in_grids}
    return [*_parts_in_lines(one for one in numbers if one.id not in known), *_parts_in_grids(in_grids)]


def _parts_in_lines(fields: Iterable[Field]) -> Iterator[tuple[Field, Field]]:
    """In running text, and beside labels, the whole is the number before it."""
    whole: Field | None = None
    for one in fields:
        if not is_part(one.label):
            whole = one
        elif whole is not None and (whole.unit, whole.section, whole.group) == (one.unit, one.section, one.group):
            yield one, whole


def _parts_in_grids(fields: Sequence[Field]) -> Iterator[tuple[Field, Field]]:
    """In a grid the whole of a 其中 row is the nearest row above that is none, in the same column; so for columns."""
    at = {_place(one): one for one in fields}
    for one in fields:
        table, row, column = _place(one)
        if one.aggregate not in ("sum", "derived") or one.group is not None:
            continue
        if _is_part_row(one):
            above = ((table, number, column) for number in range(row - 1, -1, -1))
            whole = next((at[place] for place in above if place in at and not _is_part_row(at[place])), None)
        elif _is_part_column(one):
            before = ((table, row, number) for number in range(column - 1, -1, -1))
            whole = next((at[place] for place in before if place in at and not _is_part_column(at[place])), None)
        else:
            continue
        if whole is not None and whole.aggregate in ("sum", "derived") and whole.unit == one.unit:
            yield one, whole


def _place(one: Field) -> tuple[tuple[object, ...], int, int]:
    """The table, the row and the column of a cell."""
    evidence = one.evidence
    nested = tuple(evidence.nested) if isinstance(evidence.nested, list) else ()
    return (evidence.source, evidence.block, nested), evidence.row or 0, evidence.column or 0


def _is_part_row(one: Field) -> bool:
    return is_part(one.section or "") or is_part(one.label.split("/")[0])


def _is_part_column(one: Field) -> bool:
    return any(is_part(part) for part in one.label.split("/")[1:])


def check_parts(parts: Iterable[tuple[Field, Field]], values: dict[str, Value]) -> list[Issue]:
    """A part that is larger than its whole."""
    issues = []
    for part, whole in parts:
        small, large = values.get(part.id), values.get(whole.id)
        if isinstance(small, int | float) and isinstance(large, int | float) and small > large:
            details = {"label": label_of(part), "part": str(small), "whole_label": label_of(whole), "whole": str(large)}
            issues.append(Issue("R113", part.id, say("R113", **details), str(small), part.section, True, details))
    return issues


def sums_of(form: Form) -> list[tuple[Field, list[Field]]]:
    """A printed total and the fields that it adds up, by the rule by which totals are computed."""
    by_id = {one.id: one for one in form.fields}
    found = [(by_id[total], [by_id[part] for part in parts]) for total, parts in derived_sources(form).items()]
    return [(total, parts) for total, parts in found if parts and len({part.unit for part in parts}) == 1]


def check_sums(sums: Iterable[tuple[Field, list[Field]]], values: dict[str, Value]) -> list[Issue]:
    """A written total that its parts do not add up to."""
    issues = []
    for total, parts in sums:
        written = values.get(total.id)
        numbers = [value for part in parts if isinstance(value := values.get(part.id), int | float)]
        if isinstance(written, int | float) and numbers and abs(written - sum(numbers)) > 1e-6:
            right = round(sum(numbers), 6)
            details = {
                "label": label_of(total),
                "found": str(written),
                "sum": str(int(right) if right == int(right) else right),
            }
            issues.append(Issue("R114", total.id, say("R114", **details), str(written), total.section, True, details))
    return issues


def outliers(form: Form, replies: dict[str, dict[str, Value]]) -> list[tuple[str, Issue]]:
    """Numbers far above those of all other units: (reply, issue).

    Robust z-score from the median and the median absolute deviation, on the numbers and on their logarithms both, so
    that counts that merely spread widely are left alone. Needs eight units that gave a number above zero.
    """
    found: list[tuple[str, Issue]] = []
    for one in form.fields:
        if one.aggregate != "sum" or one.group is not None:
            continue
        given = {
            file: float(value)
            for file, values in replies.items()
            if isinstance(value := values.get(one.id), int | float) and value > 0
        }
        if len(given) < 8:
            continue
        middle, spread = _centre(list(given.values()))
        log_middle, log_spread = _centre([log1p(value) for value in given.values()])
        for file, value in given.items():
            score = (value - middle) / spread if spread else (0.0 if value <= 10 * middle else Z_LIMIT * 2)
            log_score = (log1p(value) - log_middle) / log_spread if log_spread else score
            if score > Z_LIMIT and log_score > 3.0 and value >= 3 * middle:
                details = {
                    "label": label_of(one),
                    "found": _plain(value),
                    "middle": _plain(middle),
                    "z": f"{score:.1f}",
                }
                found.append(
                    (file, Issue("R115", one.id, say("R115", **details), _plain(value), one.section, True, details))
                )
    return found


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}"


def _centre(numbers: list[float]) -> tuple[float, float]:
    """Median, and the median absolute deviation as a standard deviation of a normal distribution."""
    middle = median(numbers)
    return middle, 1.4826 * median(abs(number - middle) for number in numbers)


def copies(form: Form, replies: dict[str, dict[str, Value]]) -> list[list[str]]:
    """Replies of different units that give the same numbers throughout: groups of files. Five numbers above zero at least."""
    seen: dict[tuple[object, ...], list[str]] = {}
    summed = [one.id for one in form.fields if one.aggregate == "sum" and one.group is None]
    for file, values in replies.items():
        row = tuple(values.get(key) for key in summed)
        if sum(_positive(value) for value in row) >= min(5, max(3, len(summed) // 2)):
            seen.setdefault(row, []).append(file)
    return [files for files in seen.values() if len(files) > 1]
