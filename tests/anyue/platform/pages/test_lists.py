"""Lists: search, filters, order, pages, columns, what an address may say, what a cell shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.kernel import paths
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.pages.lists import NOT_APPLICABLE, Choice, Column, DateRange, list_page, pages
from anyue.platform.pages.lists.cells import shown
from tests.anyue.conftest import Limit

from .lists import SPEC, asked, page

pytestmark = pytest.mark.django_db
kinds = st.sampled_from([Kind.SCHOOL, Kind.DEPARTMENT, Kind.COMMUNITY])
days = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2025, 12, 31)))
rows = st.lists(st.tuples(st.sampled_from("甲乙丙"), kinds, st.integers(0, 3), days), max_size=45)


def make(data: list[tuple[str, Kind, int, date | None]]) -> None:
    Unit.objects.all().delete()
    Unit.objects.bulk_create(
        Unit(name=name, kind=kind, order=order, path=paths.child("", number), opened_on=date(2024, 1, 1), closed_on=day)
        for number, (name, kind, order, day) in enumerate(data)
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows,
    st.sampled_from(["", "name", "-name", "kind", "people", "-people", "closed", "-closed"]),
    st.lists(kinds, max_size=2, unique=True),
    st.sampled_from(["", "甲"]),
)
def test_pages_hold_every_row_that_passes_exactly_once(
    data: list[tuple[str, Kind, int, date | None]], sort: str, chosen: list[Kind], word: str
) -> None:
    make(data)
    seen: list[str] = []
    number = 1
    while True:
        here = page(sort=sort, kind=[kind.value for kind in chosen], q=word, page=number)
        seen += [unit.path for unit in here.rows]
        if not here.has_next:
            break
        number += 1

    passing = {
        paths.child("", place)
        for place, (name, kind, _, _) in enumerate(data)
        if (not chosen or kind in chosen) and word in name
    }
    assert sorted(seen) == sorted(passing)
    assert here.total == len(passing)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows)
def test_what_is_empty_stands_last_in_both_orders(data: list[tuple[str, Kind, int, date | None]]) -> None:
    make(data)
    for sort in ("closed", "-closed"):
        found = [unit.closed_on for unit in page(sort=sort, size=200).rows]
        filled = [day for day in found if day]
        assert found == sorted(filled, reverse=sort.startswith("-")) + [None] * (len(found) - len(filled))


def test_every_word_must_occur_in_some_field() -> None:
    Unit.objects.create(name="望榆街道", kind="township", code="120105001", path="0000")
    Unit.objects.create(name="松桥街道", kind="township", code="120105002", path="0001")

    assert [unit.name for unit in page(q="街道 105002").rows] == ["松桥街道"]
    assert page(q="望榆 105002").rows == []


def test_a_place_holds_all_below_it() -> None:
    for name, path in [("区", "0000"), ("街道", "00000000"), ("别的区", "0001")]:
        Unit.objects.create(name=name, kind="township", path=path)
    top = Unit.objects.get(name="区")

    here = page(below=str(top.pk))

    assert [unit.name for unit in here.rows] == ["区", "街道"]
    assert [chip.text for chip, _ in here.chips] == ["单位：区及下级"]


def test_days_are_included_at_both_ends() -> None:
    for day in (1, 2, 3, 4):
        Unit.objects.create(name=str(day), kind="township", path=f"000{day}", opened_on=date(2026, 6, day))

    assert [unit.name for unit in page(opened_from="2026-06-02", opened_until="2026-06-03").rows] == ["2", "3"]


def test_days_of_an_instant_are_those_of_shanghai() -> None:
    condition = DateRange("at", "时间", field="at", instant=True).condition(
        {"at_from": ("2026-06-02",), "at_until": ("2026-06-02",)}
    )

    assert dict(condition.children) == {  # type: ignore[arg-type]
        "at__gte": datetime(2026, 6, 1, 16, tzinfo=UTC),
        "at__lt": datetime(2026, 6, 2, 16, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-4",
        "page=9999999999999999999999",
        "page=x&size=7",
        "sort=password",
        "sort=path",
        "kind=nothing&below=abc&below=99999999999999999999999",
        "opened_from=2026-02-31&opened_until=",
        "opened_from=0001-01-01",
        "q=%00",
        "q=%25_%5C%27",
        "columns=nothing",
    ],
)
def test_an_address_that_makes_no_sense_is_no_fault(query: str) -> None:
    Unit.objects.create(name="区", kind="county", path="0000")

    here = page(query)

    assert here.state.sort == ""
    assert here.total == (0 if "q=%25" in query else 1)


def test_the_address_is_canonical_and_keeps_the_whole_state() -> None:
    query = "q=%E8%A1%97&kind=school&kind=department&columns=name&columns=path&sort=-name&size=50&page=2"
    here = page(query + "&unknown=1&opened_until=x&kind=school")

    assert here.address == f"/list/?{query}"
    assert page(here.address.partition("?")[2]).state == here.state


def test_a_link_that_asks_another_question_begins_at_page_one() -> None:
    Unit.objects.bulk_create(Unit(name=f"u{n}", kind="school", path=paths.child("", n)) for n in range(45))
    here = page(kind="school", page=2)

    assert [url for _, url in here.chips] == ["?"]
    assert here.heads[0]["url"] == "?kind=school&sort=name"
    assert (here.previous, here.next) == ("?kind=school", "?kind=school&page=3")
    assert (here.first, here.last) == (21, 40)


def test_no_more_is_counted_than_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "CAP", 30)
    Unit.objects.bulk_create(Unit(name=f"u{n}", kind="school", path=paths.child("", n)) for n in range(45))

    here = page()

    assert here.total == 31
    assert here.has_more_than_counted
    assert page(page=3).rows != []


def test_a_list_asks_at_most_three_queries(assert_queries_at_most: Limit) -> None:
    Unit.objects.bulk_create(Unit(name=f"u{n}", kind="school", path=paths.child("", n)) for n in range(70))
    with assert_queries_at_most(3):
        here = page(q="u", sort="-name")
        assert [len(list(here.lines)), here.chips, len(here.heads)] == [20, [], 4]


def test_choices_and_places_are_looked_up_once_a_page() -> None:
    calls: list[str] = []

    def choices() -> list[tuple[str, str]]:
        calls.append("choices")
        return [("a", "A")]

    spec = replace(SPEC, filters=(Choice("kind", "类别", field="kind", choices=choices),))
    here = list_page(asked(kind="a"), spec, Unit.objects.all())

    assert ([chip.text for chip, _ in here.chips], len(here.controls)) == (["类别：A"], 1)
    assert calls == ["choices"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, ("0", "zero")),
        (None, ("", "blank")),
        ("", ("", "blank")),
        (NOT_APPLICABLE, ("不涉及", "na")),
        (False, ("否", "text")),
        (120, ("120", "figure")),
        (datetime(2026, 6, 20, 16, 30, tzinfo=UTC), ("2026-06-21 00:30", "day")),
        (date(2026, 6, 20), ("2026-06-20", "day")),
    ],
)
def test_zero_blank_and_not_applicable_are_three_answers(value: Any, expected: tuple[str, str]) -> None:
    assert shown(value) == expected


def test_an_empty_cell_says_so_in_the_words_of_its_column() -> None:
    assert Column[None]("a", "A", lambda _: None).cell(None).text == "未填"
    assert Column[None]("a", "A", lambda _: None, blank="—").cell(None).text == "—"


def test_the_first_column_is_always_shown() -> None:
    assert [column.key for column in page(columns="path").columns] == ["name", "path"]
    assert [column.key for column in page().columns] == ["name", "kind", "people", "closed"]
