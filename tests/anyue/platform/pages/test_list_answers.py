"""What the browser gets of a list: the page, the part htmx asked for, the workbook; views kept under a name."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpRequest
from django.urls import reverse
from lxml import html

from anyue.kernel import paths
from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.pages import problems, services
from anyue.platform.pages.lists import Column, list_answer
from anyue.platform.pages.models import SavedView
from tests.anyue.conftest import Limit
from tests.anyue.factories import actor_for, client_for, make_user

from .lists import ACTOR, SPEC, asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_connection() -> Iterator[None]:
    """A response that is closed would close the connection of the test."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def units(db: None) -> list[Unit]:
    data = [
        ("望榆街道", Kind.TOWNSHIP, 12),
        ("应急局", Kind.DEPARTMENT, 5),
        ("一小", Kind.SCHOOL, 3),
        ("柳岸", Kind.COMMUNITY, 0),
    ]
    return [
        Unit.objects.create(name=name, kind=kind, order=order, path=paths.child("", number))
        for number, (name, kind, order) in enumerate(data)
    ]


def answer(request: HttpRequest, **changes: Any) -> Any:
    return list_answer(request, replace(SPEC, **changes), Unit.objects.all(), "pages/list.html")


def tree(request: HttpRequest, **changes: Any) -> Any:
    return html.fromstring(answer(request, **changes).content.decode())


def sheet_of(found: Any) -> Any:
    with contextlib.closing(found):
        return openpyxl.load_workbook(io.BytesIO(b"".join(found.streaming_content))).active


def workbook(request: HttpRequest, **changes: Any) -> list[list[Any]]:
    sheet = sheet_of(answer(request, **changes))
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_the_table_tells_zero_from_not_filled_in_and_not_applicable(units: list[Unit]) -> None:
    page = tree(asked())

    cells = [row.xpath("td")[2] for row in page.xpath("//tbody/tr")]
    assert [words(cell) for cell in cells] == ["12", "不涉及", "未填", "0"]
    assert [cell.xpath("string(span/@class)") for cell in cells] == ["", "ay-na", "ay-blank", "ay-zero"]
    assert {cell.get("class") for cell in cells} == {"num"}


def test_a_unit_stands_in_the_head_and_the_first_cell_heads_its_row(units: list[Unit]) -> None:
    page = tree(asked(sort="-people"))

    head = page.xpath("//thead//th[@aria-sort='descending']")[0]
    assert words(head) == "人数 （人）"
    assert page.xpath("//tbody/tr[1]/th[@scope='row']/a/@href") == [f"/u/{units[0].pk}/"]


def test_what_was_typed_is_shown_as_text(units: list[Unit]) -> None:
    Unit.objects.create(name="<script>alert(1)</script>", kind="school", path="0009")

    page = tree(asked(q="<script>"))

    assert page.xpath("//script") == []
    assert "<script>alert(1)</script>" in words(page.xpath("//tbody")[0])


def test_htmx_gets_the_part_that_it_replaces_and_the_address_of_the_state(units: list[Unit]) -> None:
    results = answer(asked("kind=school&q=&opened_from=", target="list-tests-units-results"))

    assert html.fromstring(results.content.decode()).get("id") == "list-tests-units-results"
    assert results["HX-Push-Url"] == "/list/?kind=school"
    assert {"HX-Request", "HX-Target"} <= set(results["Vary"].split(", "))
    assert tree(asked(target="list-tests-units")).get("id") == "list-tests-units"


def test_the_back_button_gets_the_whole_page(units: list[Unit]) -> None:
    request = asked("kind=school", target="list-tests-units-results")
    request.META["HTTP_HX_HISTORY_RESTORE_REQUEST"] = "true"

    assert "HX-Push-Url" not in answer(request)


def test_nothing_yet_and_nothing_found_are_said_differently(db: None) -> None:
    assert "还没有单位" in words(tree(asked()))
    assert "没有符合条件的记录" in words(tree(asked(q="望榆")))
    assert tree(asked(), empty=None).xpath("//*[contains(@class, 'ay-state')]/h2/text()") == ["暂无记录。"]


def test_each_row_has_its_tick_box_in_the_form_named(units: list[Unit]) -> None:
    boxes = tree(asked()).xpath("//tbody//input[@type='checkbox']")

    assert [(box.get("form"), box.get("name"), box.get("value"), box.get("aria-label")) for box in boxes] == [
        ("merge", "unit", str(unit.pk), unit.name) for unit in units
    ]


def test_every_control_has_a_label_and_ids_are_given_once(units: list[Unit]) -> None:
    page = tree(asked(kind="school"))

    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for control in page.xpath("//input[not(@type='hidden')] | //select"):
        assert control.get("aria-label") or page.xpath(f"//label[@for='{control.get('id')}']"), control.get("name")


def test_the_workbook_holds_exactly_what_is_filtered_in_its_order(units: list[Unit]) -> None:
    table = workbook(asked(kind=["township", "school", "department"], sort="-people", export="xlsx"))

    assert table == [
        ["名称", "类别", "人数（人）", "撤销日期"],
        ["望榆街道", "乡镇（街道）", 12, None],
        ["应急局", "科室（部门）", "不涉及", None],
        ["一小", "学校", None, None],
    ]


def test_the_workbook_writes_zero_and_days_as_such_and_no_formula(units: list[Unit]) -> None:
    Unit.objects.filter(pk=units[3].pk).update(name='=HYPERLINK("http://x")', closed_on=date(2999, 1, 2))

    row = workbook(asked(kind="community", export="xlsx"))[1]

    assert row[0] == '=HYPERLINK("http://x")'
    assert row[2] == 0
    assert row[3].date() == date(2999, 1, 2)
    sheet = sheet_of(answer(asked(kind="community", export="xlsx")))
    assert sheet["A2"].data_type == "s"


def test_a_workbook_that_stops_at_the_limit_says_so(units: list[Unit]) -> None:
    table = workbook(asked(export="xlsx"), export_limit=2)

    assert [row[0] for row in table[1:]] == [
        "望榆街道",
        "应急局",
        "此处仅有前 2 条，还有更多记录未导出。请缩小筛选范围后重新导出。",
    ]
    assert len(workbook(asked(export="xlsx"), export_limit=4)) == 5


def test_a_cell_longer_than_excel_allows_is_cut_visibly(units: list[Unit]) -> None:
    table = workbook(asked(export="xlsx"), columns=(Column("long", "长", lambda _: "长" * 40_000),))

    assert len(table[1][0]) == 32_000
    assert table[1][0].endswith("…")


def test_the_app_is_told_how_many_rows_left_the_house(units: list[Unit]) -> None:
    told: list[int] = []

    workbook(asked(kind="school", export="xlsx"), exported=lambda request, count: told.append(count))

    assert told == [1]


def test_the_workbook_is_called_as_an_office_would(units: list[Unit]) -> None:
    with contextlib.closing(answer(asked(export="xlsx"))) as found:
        assert f"%E5%8D%95%E4%BD%8D_{today():%Y%m%d}.xlsx" in found["Content-Disposition"]


def test_a_view_is_kept_opened_replaced_and_deleted(units: list[Unit]) -> None:
    user = make_user()
    client, actor = client_for(user), actor_for(user)
    keep = reverse("pages:view-keep", args=[SPEC.key])

    client.post(keep, {"name": "学校", "query": "kind=department", "back": "/list/"})
    done = client.post(keep, {"name": "学校", "query": "kind=school", "back": "/list/"})

    assert done["Location"] == "/list/?kind=school"
    view = SavedView.objects.get(user=actor.key)
    page = tree(asked("kind=school", actor=actor))
    assert page.xpath("//a[@aria-current]/@href") == ["/list/?kind=school"]
    assert tree(asked("kind=school")).xpath("//a[@aria-current]") == []

    assert client_for(make_user()).post(reverse("pages:view-drop", args=[view.pk])).status_code == 404
    client.post(reverse("pages:view-drop", args=[view.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_after_saving_nobody_is_sent_to_another_site(target: str, db: None) -> None:
    done = client_for(make_user()).post(
        reverse("pages:view-keep", args=["x"]), {"name": "n", "query": "a=1", "back": target}
    )

    assert done["Location"] == "/?a=1"


@pytest.mark.parametrize("name", ["", "  ", "名" * 41])
def test_a_view_needs_a_short_name(name: str, db: None) -> None:
    with pytest.raises(RefusedError) as refused:
        services.saved_view_keep(by=ACTOR, list_key="x", name=name, query="")

    assert refused.value.problem is problems.VIEW_UNNAMED


def test_a_person_keeps_some_views_of_a_list_and_no_more(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(services, "MOST_VIEWS", 2)
    for name in ("一", "二", "二"):
        services.saved_view_keep(by=ACTOR, list_key="x", name=name, query="")

    with pytest.raises(RefusedError) as refused:
        services.saved_view_keep(by=ACTOR, list_key="x", name="三", query="")
    assert refused.value.problem is problems.VIEWS_TOO_MANY


def test_drawing_a_list_asks_no_more_than_reading_it(units: list[Unit], assert_queries_at_most: Limit) -> None:
    with assert_queries_at_most(3):
        answer(asked(q="街", sort="-people"))
