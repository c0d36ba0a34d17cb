"""After any sequence of dated changes, every day's tree is the one that stood on that day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs import selectors, services
from anyue.modules.orgs.models import Change, Group, Kind, PastUnit, Trunk, Unit
from anyue.modules.orgs.selectors import children_on, descendants_on, path_on, tree_on

from .trees import SYSTEM

START = date(2024, 1, 1)
DAYS = 64
step = st.tuples(
    st.sampled_from(["add", "rename", "move", "merge", "merge_new", "split", "close", "edit"]),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 3),
)

Known = dict[int, tuple[str, str, str | None, int | None, str]]


def snapshot() -> Known:
    """The open units as they are, told from the rows of today alone."""
    return {
        unit.pk: (unit.name, unit.kind, unit.code, unit.parent_id, unit.path)
        for unit in Unit.objects.filter(closed_on=None)
    }


def do(what: str, one: int, other: int, number: int, day: date) -> None:
    units = list(Unit.objects.order_by("pk"))
    if not units or what == "add":
        parent = units[other % len(units)] if units and one % 4 else None
        kind = Kind.DEPARTMENT if one % 3 else Kind.ENTERPRISE
        services.unit_add(by=SYSTEM, name=f"单位{number}{'甲乙丙丁'[one % 4]}", kind=kind, parent=parent, on=day)
        return
    a, b = units[one % len(units)], units[other % len(units)]
    draft = services.Draft(f"新单位{number}", Kind(a.kind))
    children = list(Unit.objects.filter(parent=a, closed_on=None).values_list("pk", flat=True))
    calls: dict[str, Any] = {
        "rename": lambda: services.unit_rename(by=SYSTEM, unit=a, name=f"改名{number}{other}", on=day),
        "move": lambda: services.unit_move(by=SYSTEM, unit=a, parent=b if number else None, on=day),
        "merge": lambda: services.units_merge(by=SYSTEM, units=[a], into=b, on=day),
        "merge_new": lambda: services.units_merge(by=SYSTEM, units=[a, b], into=draft, on=day),
        "split": lambda: services.unit_split(
            by=SYSTEM,
            unit=a,
            into=[draft],
            below=dict.fromkeys(children[: None if number % 2 else 1], 0),
            close=bool(number % 2),
            on=day,
        ),
        "close": lambda: services.unit_close(by=SYSTEM, unit=a, below=bool(number), on=day),
        "edit": lambda: services.unit_edit(by=SYSTEM, unit=a, code=f"K{other}", on=day),
    }
    calls[what]()


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(step, st.integers(-3, 2)), min_size=6, max_size=24))
def test_replaying_dated_changes_gives_each_day_the_tree_that_stood_on_it(
    steps: list[tuple[tuple[str, int, int, int], int]],
) -> None:
    for model in (Group, Change, PastUnit):
        model.objects.all().delete()
    Unit.objects.update(parent=None)
    Unit.objects.all().delete()
    Trunk.objects.all().delete()
    calendar: dict[date, Known] = {START + timedelta(days=number): {} for number in range(DAYS)}
    ever: dict[str, int] = {}
    latest = 0
    for (what, one, other, number), later in steps:
        # Some are entered late, after changes of other units that took effect on a later day.
        offset = max(0, latest + later)
        latest = max(latest, offset)
        before = snapshot()
        with suppress(RefusedError):
            do(what, one, other, number, START + timedelta(days=offset))
        after = snapshot()
        for day in (day for day in calendar if day >= START + timedelta(days=offset)):
            for key in before.keys() | after.keys():
                if before.get(key) != after.get(key):
                    calendar[day].pop(key, None)
                    calendar[day] |= {key: after[key]} if key in after else {}
        for key, path in Unit.objects.values_list("pk", "path"):
            assert ever.setdefault(path, key) == key  # a path once used means one unit

    for then, held in list(calendar.items())[: latest + 2]:
        tree = tree_on(then)
        found = {n.id: (n.name, n.kind.value, n.code, n.parent_id, n.path) for n in tree.nodes.values()}
        assert found == held
        for unit in Unit.objects.all():
            assert path_on(unit, then) == (held[unit.pk][4] if unit.pk in held else None)
            assert {n.id for n in children_on(unit, then)} == {k for k, v in held.items() if v[3] == unit.pk}
            below = {k for k, v in held.items() if unit.pk in held and v[4].startswith(held[unit.pk][4])}
            assert {n.id for n in descendants_on(unit, then, itself=True)} == below
    for unit in Unit.objects.select_related("parent"):
        above = unit.parent.path if unit.parent else ""
        assert unit.path[:-4] == above
        assert selectors.unit_at(unit.path) == unit
