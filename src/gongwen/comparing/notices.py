"""Two notices compared: tasks, deadlines, key days, forms and their fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import UNSET, Struct

from ..spec import Deadline, Field, Form, KeyDate, NoticeSpec, Task
from ..structure import close_up
from .diff import DiffRun, diff
from .pairing import Own, Pairs, Subject, likeness, pairs

_SAME_TITLE = 0.7
"""Titles of forms are short and much alike: they have to be liker than other words."""

_SAME_BLANKS = 0.7
"""Forms of different titles whose labels are as like as this are one form under a new title."""

_COMMON = re.compile("安全生产月|活动|本年")
"""What the titles of all forms of a campaign share."""

State = Literal["same", "changed", "new", "gone"]
Kind = Literal["task", "deadline", "key_date", "form", "field"]


class Change(Struct, frozen=True):
    """One item of either notice, or the pair that they make.

    ``old`` and ``new`` are where it stands in the JSON of the notices (RFC 6901), None where it is in one alone. ``moved``: so
    many days later (below zero: earlier) than on the same day and month of the old notice's year, where both have a day.
    ``runs`` show the words; a pair that is the same may still differ in them, by its year or by a comma.
    """

    kind: Kind
    state: State
    old: str | None
    new: str | None
    likeness: float
    runs: tuple[DiffRun, ...]
    moved: int | None = None


class Comparison(Struct, frozen=True):
    """What became of everything, each list in the order of the new notice, what is gone at its end."""

    tasks: tuple[Change, ...]
    deadlines: tuple[Change, ...]
    key_dates: tuple[Change, ...]
    forms: tuple[Change, ...]
    fields: tuple[Change, ...]

    def tally(self) -> dict[State, int]:
        """How many are the same, changed, new and gone, forms not counted beside their fields."""
        states: Counter[State] = Counter(
            one.state for part in (self.tasks, self.deadlines, self.key_dates, self.fields) for one in part
        )
        return {"same": states["same"], "changed": states["changed"], "new": states["new"], "gone": states["gone"]}


def compare_notices(old: NoticeSpec, new: NoticeSpec) -> Comparison:
    """Compare last year's notice with this year's. The same notices give the same comparison."""
    sides = _Side(old), _Side(new)
    shift = (new.campaign.year or 0) - (old.campaign.year or 0) if new.campaign.year and old.campaign.year else None
    before, now = sides
    partners = _form_pairs(before, now)
    return Comparison(
        tasks=_changes("task", before.tasks(), now.tasks(), shift),
        deadlines=_changes("deadline", before.deadlines(), now.deadlines(), shift),
        key_dates=_changes("key_date", before.key_dates(), now.key_dates(), shift),
        forms=_changes("form", before.forms(), now.forms(), shift, partners),
        fields=_fields(before, now, partners),
    )


class _Side:
    """One notice as things to compare."""

    def __init__(self, spec: NoticeSpec) -> None:
        self.spec = spec
        self.own = Own(spec.campaign.year, spec.campaign.edition)

    def tasks(self) -> list[Subject]:
        return [self._task(f"/tasks/{place}", one) for place, one in enumerate(self.spec.tasks)]

    def deadlines(self) -> list[Subject]:
        return [self._deadline(f"/deadlines/{place}", one) for place, one in enumerate(self.spec.deadlines)]

    def key_dates(self) -> list[Subject]:
        return [self._key_date(f"/key_dates/{place}", one) for place, one in enumerate(self.spec.key_dates)]

    def forms(self) -> list[Subject]:
        return [self._form(f"/forms/{place}", one) for place, one in enumerate(self.spec.forms)]

    def fields(self, form: int) -> list[Subject]:
        at = f"/forms/{form}/fields/"
        return [self._field(f"{at}{place}", one) for place, one in enumerate(self.spec.forms[form].fields)]

    def _task(self, pointer: str, one: Task) -> Subject:
        words, bodies = self.own.plain(one.text), sorted(one.responsible)
        named = "、".join(body for body in one.responsible if body not in one.text)
        shown = f"{one.text}（{named}）" if named else one.text
        beside = self.own.plain("".join([*one.heads, *bodies]))
        return Subject(pointer, shown, words, (words, *bodies, _day_of_year(one.due)), beside, day=_day(one.due))

    def _deadline(self, pointer: str, one: Deadline) -> Subject:
        things = self.own.plain("".join(one.deliverables))
        text = close_up(one.evidence.text)
        beside = self.own.plain("".join([*one.who, one.recipient or ""]))
        rest = (one.recurs if one.recurs is not UNSET else None, one.relative if one.relative is not UNSET else None)
        facts = (sorted(map(self.own.plain, one.deliverables)), sorted(one.who), one.recipient, *rest)
        return Subject(
            pointer,
            text,
            things or self.own.plain(text),
            (*facts, _day_of_year(one.due)),
            beside,
            day=_day(one.due),
        )

    def _key_date(self, pointer: str, one: KeyDate) -> Subject:
        name, on = self.own.plain(one.name), date.fromisoformat(one.date[:10])
        shown = f"{on.month}月{on.day}日 {one.name}"
        return Subject(pointer, shown, name, (name, _day_of_year(one.date)), day=on)

    def _form(self, pointer: str, one: Form) -> Subject:
        title = _COMMON.sub("", self.own.plain(one.title or ""))
        beside = self.own.plain("".join(field.label for field in one.fields))
        return Subject(pointer, one.title or "", title or beside, (title,), beside, id=one.id)

    def _field(self, pointer: str, one: Field) -> Subject:
        section = f"{one.section}：" if one.section else ""
        unit = f"（{one.unit}）" if one.unit else ""
        label = self.own.plain(one.label)
        own = self.own.plain(one.section or "")
        facts = (own, label, one.unit, one.type, tuple(one.options or ()), one.rows is not None)
        return Subject(pointer, f"{section}{one.label}{unit}", label, facts, f"{own}{one.unit or ''}", id=one.id)


def _fields(before: _Side, now: _Side, partners: Pairs) -> tuple[Change, ...]:
    """The fields of each pair of forms; those of a form without its like are new or gone."""
    partner = {there: here for there, (here, _) in partners.items()}
    changes: list[Change] = []
    for there in range(len(now.spec.forms)):
        here = partner.get(there)
        changes += _changes("field", before.fields(here) if here is not None else [], now.fields(there), None)
    for here in range(len(before.spec.forms)):
        if here not in partner.values():
            changes += _changes("field", before.fields(here), [], None)
    return tuple(changes)


def _form_pairs(before: _Side, now: _Side) -> Pairs:
    """Forms by their titles, then those whose blanks are the same under another title."""
    old, new = before.forms(), now.forms()
    found = pairs(old, new, _SAME_TITLE)
    taken = {here for here, _ in found.values()}
    rest = sorted(
        (-like, there, here)
        for there, one in enumerate(new)
        for here, other in enumerate(old)
        if there not in found and here not in taken and (like := likeness(other.beside, one.beside)) >= _SAME_BLANKS
    )
    for like, there, here in rest:
        if there not in found and here not in taken:
            found[there] = (here, -like)
            taken.add(here)
    return found


def _changes(
    kind: Kind, old: Sequence[Subject], new: Sequence[Subject], shift: int | None, found: Pairs | None = None
) -> tuple[Change, ...]:
    found = pairs(old, new) if found is None else found
    changes = [
        _paired(kind, old[found[there][0]], one, found[there][1], shift) if there in found else _new(kind, one)
        for there, one in enumerate(new)
    ]
    taken = {here for here, _ in found.values()}
    changes += [_gone(kind, one) for here, one in enumerate(old) if here not in taken]
    return tuple(changes)


def _paired(kind: Kind, before: Subject, now: Subject, like: float, shift: int | None) -> Change:
    state: State = "same" if before.facts == now.facts else "changed"
    runs = diff(before.shown, now.shown)
    return Change(kind, state, before.pointer, now.pointer, round(like, 3), runs, _moved(before.day, now.day, shift))


def _new(kind: Kind, one: Subject) -> Change:
    return Change(kind, "new", None, one.pointer, 0.0, (DiffRun("new", one.shown),))


def _gone(kind: Kind, one: Subject) -> Change:
    return Change(kind, "gone", one.pointer, None, 0.0, (DiffRun("gone", one.shown),))


def _day(due: str | None) -> date | None:
    return date.fromisoformat(due[:10]) if due else None


def _day_of_year(due: str | None) -> str | None:
    """A day without its year: 06-20, 06-20T17:00."""
    return due[5:] if due else None


def _moved(before: date | None, now: date | None, shift: int | None) -> int | None:
    """Days between the same day of the new notice's year and the new day."""
    if before is None or now is None:
        return None
    year = before.year + (now.year - before.year if shift is None else shift)
    try:
        same = before.replace(year=year)
    except ValueError:  # 29 February
        same = date(year, 2, 28)
    return (now - same).days
