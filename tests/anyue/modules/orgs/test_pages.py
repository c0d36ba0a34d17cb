"""Pages of units as people open them: what they see, what comes back refused, how much is asked of the database."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from anyue.kernel.clock import today
from anyue.modules.orgs import panels, selectors, services
from anyue.modules.orgs.models import Change, Group, Kind, PastUnit, Unit
from anyue.modules.orgs.panels import Panel, PanelItem, register_panel
from anyue.modules.orgs.workbooks import exported, template
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, client_for, make_user

from .trees import SYSTEM

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def admin(tree: Tree) -> Client:
    return client_for(make_user("unit_admin", tree.district))


def keeper(tree: Tree) -> Client:
    return client_for(make_user("business_admin", tree.district))


def said(client: Client, address: str, status: int = 200, headers: dict[str, str] | None = None) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == status
    return answer.content.decode()


def long_ago() -> None:
    Unit.objects.update(opened_on=date(2020, 1, 1), since_on=date(2020, 1, 1))


def test_the_tree_begins_where_she_sees_and_opens_row_by_row(tree: Tree) -> None:
    page = said(admin(tree), reverse("orgs:index"))
    assert "云湖区" in page
    assert "望榆街道" not in page
    assert "云湖市经济开发区" not in page
    below = said(admin(tree), reverse("orgs:children", args=[tree.district.pk]), headers=HTMX)
    assert "望榆街道" in below
    assert "柳岸社区" not in below
    assert 'aria-expanded="false"' in below


def test_who_sees_one_unit_sees_nothing_below_it(tree: Tree) -> None:
    client = client_for(make_user("recorder", tree.street))
    assert "望榆街道" in said(client, reverse("orgs:index"))
    assert "柳岸社区" not in said(client, reverse("orgs:children", args=[tree.street.pk]))
    assert "柳岸社区" not in said(client, reverse("orgs:unit", args=[tree.street.pk]))
    said(client, reverse("orgs:unit", args=[tree.community.pk]), 404)


def test_many_rows_come_in_portions(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anyue.modules.orgs.selectors.seen.PAGE", 1)
    client = keeper(tree)
    first = said(client, reverse("orgs:index"))
    assert "云湖区" in first
    assert "云湖市经济开发区" not in first
    assert "云湖市经济开发区" in said(client, reverse("orgs:top") + "?start=1")
    more = said(client, reverse("orgs:children", args=[tree.district.pk]) + "?start=1")
    assert "松桥街道" in more
    assert "望榆街道" not in more


def test_search_finds_by_name_initials_and_kind_only_what_she_sees(tree: Tree) -> None:
    for unit in Unit.objects.all():
        services.unit_rename(by=SYSTEM, unit=unit, name=unit.name + "一", on=today())
    client = admin(tree)
    assert "望榆街道一" in said(client, reverse("orgs:index") + "?q=wyjd", headers=HTMX)
    found = said(client, reverse("orgs:index") + "?q=街道", headers=HTMX)
    assert "松桥街道一" in found
    assert "石塘口街道" not in found
    assert "<html" not in found
    kinds = said(client, reverse("orgs:index") + "?kind=community", headers=HTMX)
    assert "柳岸社区一" in kinds
    assert "松桥街道一" not in kinds
    assert "云湖区一 › 望榆街道一" in kinds


def test_a_past_day_shows_the_tree_that_stood_then(tree: Tree) -> None:
    long_ago()
    day = today() - timedelta(days=30)
    services.unit_rename(by=SYSTEM, unit=tree.street, name="新榆街道", on=day)
    services.unit_move(by=SYSTEM, unit=tree.community, parent=tree.other_street, on=day)
    client, before = admin(tree), (day - timedelta(days=1)).isoformat()

    then = said(client, reverse("orgs:children", args=[tree.district.pk]) + f"?on={before}")
    assert "望榆街道" in then
    assert "新榆街道" not in then
    assert "柳岸社区" in said(client, reverse("orgs:children", args=[tree.street.pk]) + f"?on={before}")
    assert "柳岸社区" not in said(client, reverse("orgs:children", args=[tree.street.pk]))
    assert "望榆街道" in said(client, reverse("orgs:index") + f"?q=望榆&on={before}", headers=HTMX)
    assert "云湖区" in said(client, reverse("orgs:index") + f"?on={before}")
    assert "云湖区" in said(client, reverse("orgs:index") + "?on=2999-99-99")


def test_the_units_page_tells_its_history_and_what_hangs_on_it(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_PANELS", {})
    register_panel(Panel("people", "人员", lambda actor, unit: (7, [PanelItem(f"{unit.name}的人", "/x/", "科员")])))
    long_ago()
    services.unit_rename(by=SYSTEM, unit=tree.street, name="新榆街道", on=today(), note="区政府批复")
    services.group_add(by=SYSTEM, owner=tree.district, name="各街道", units=[tree.street])
    page = said(admin(tree), reverse("orgs:unit", args=[tree.street.pk]))
    for words in ("望榆街道", "区政府批复", "各街道", "新榆街道的人", "科员"):
        assert words in page


@pytest.mark.parametrize("size", [3, 60])
def test_no_page_asks_more_than_fifteen_queries_whatever_the_data(
    tree: Tree, size: int, assert_queries_at_most: Limit
) -> None:
    long_ago()
    for number in range(size):
        unit = services.unit_add(
            by=SYSTEM, name=f"第{number}社区", kind="community", parent=tree.street, on=date(2020, 1, 1)
        )
        services.unit_rename(by=SYSTEM, unit=unit, name=f"新{number}社区", on=today())
        services.group_add(by=SYSTEM, owner=tree.district, name=f"组{number}", units=[tree.street], kinds=["community"])
    client = admin(tree)
    group = Group.objects.all()[0]
    past = f"?on={today() - timedelta(days=1)}"
    for address in (
        reverse("orgs:index"),
        reverse("orgs:index") + past,
        reverse("orgs:index") + "?q=社区",
        reverse("orgs:index") + past + "&q=社区",
        reverse("orgs:children", args=[tree.street.pk]),
        reverse("orgs:children", args=[tree.street.pk]) + past,
        reverse("orgs:unit", args=[tree.street.pk]),
        reverse("orgs:groups"),
        reverse("orgs:group", args=[group.pk]),
        reverse("orgs:group-change", args=[group.pk]),
        reverse("orgs:split", args=[tree.street.pk]),
        reverse("orgs:merge", args=[tree.street.pk]),
        reverse("orgs:options") + "?q=社区",
        reverse("orgs:export"),
    ):
        with assert_queries_at_most(15):
            assert client.get(address).status_code == 200


def test_a_unit_is_added_renamed_edited_moved_and_closed_on_its_pages(tree: Tree) -> None:
    client = admin(tree)

    def done(name: str, unit: Unit, /, **data: object) -> None:
        answer = client.post(reverse(f"orgs:{name}", args=[unit.pk]), {"on": today().isoformat(), **data})
        assert answer.status_code == 302, answer.content.decode()

    done("add", tree.street, name="新里社区", kind="community")
    new = Unit.objects.get(name="新里社区")
    done("rename", new, name="新里东社区", note="批复")
    done("edit", new, kind="community", order="3", phone="022-1")
    done("move", new, parent="松桥街道", note="批复")
    new.refresh_from_db()
    assert (new.name, new.phone, new.order, new.parent) == ("新里东社区", "022-1", 3, tree.other_street)
    done("close", new, note="批复")
    new.refresh_from_db()
    assert new.closed_on == today()


def test_units_merge_and_split_on_their_pages(tree: Tree) -> None:
    client, day = admin(tree), today().isoformat()
    address = reverse("orgs:merge", args=[tree.street.pk])
    assert client.post(address, {"others": [tree.other_street.pk], "on": day, "note": "撤并"}).status_code == 302
    assert Change.objects.get(what="merged").other == tree.street
    address = reverse("orgs:split", args=[tree.street.pk])
    data = {"into": "东榆街道\n西榆街道", "on": day, "note": "析置", f"child_{tree.community.pk}": "2"}
    refused = client.post(address, data | {"note": ""})
    assert refused.status_code == 422
    assert '<option value="2" selected>' in refused.content.decode()
    assert client.post(address, data | {f"child_{tree.community.pk}": "77"}).status_code == 422
    assert client.post(address, data).status_code == 302
    tree.community.refresh_from_db()
    assert tree.community.parent is not None
    assert tree.community.parent.name == "西榆街道"


def test_a_refused_form_keeps_what_was_typed_and_says_why(tree: Tree) -> None:
    client = admin(tree)
    answer = client.post(
        reverse("orgs:add", args=[tree.street.pk]),
        {"name": "柳岸社区", "kind": "county", "code": "123", "on": today().isoformat()},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="柳岸社区"' in page
    assert Unit.objects.filter(name="柳岸社区").count() == 1
    answer = client.post(
        reverse("orgs:move", args=[tree.street.pk]), {"parent": "没有这个", "on": today().isoformat(), "note": "x"}
    )
    assert answer.status_code == 422
    assert 'value="没有这个"' in answer.content.decode()


def test_her_own_place_is_not_hers_to_change(tree: Tree) -> None:
    client = client_for(make_user("unit_admin", tree.street))
    for name in ("move", "merge", "split", "close"):
        said(client, reverse(f"orgs:{name}", args=[tree.street.pk]), 403)
        said(client, reverse(f"orgs:{name}", args=[tree.stranger_street.pk]), 404)
    for name in ("add", "rename", "edit"):
        said(client, reverse(f"orgs:{name}", args=[tree.street.pk]))
    said(client, reverse("orgs:add-top"), 403)


def test_suggestions_are_read_back_by_the_form(tree: Tree) -> None:
    client = admin(tree)
    options = said(client, reverse("orgs:options") + "?q=松桥", headers=HTMX)
    label = f"松桥街道 [#{tree.other_street.pk}]"
    assert f'value="{label}"' in options
    answer = client.post(
        reverse("orgs:move", args=[tree.community.pk]), {"parent": label, "on": today().isoformat(), "note": "批复"}
    )
    assert answer.status_code == 302
    assert said(client, reverse("orgs:options") + "?q=石塘口", headers=HTMX).strip() == ""


def test_a_list_is_kept_on_its_pages(tree: Tree) -> None:
    client = admin(tree)
    data = {"name": "各社区", "kinds": ["community"], "members": "应急管理局\n\n松桥街道"}
    assert client.post(reverse("orgs:group-add", args=[tree.district.pk]), data).status_code == 302
    group = Group.objects.get()
    page = said(client, reverse("orgs:group", args=[group.pk]))
    assert all(name in page for name in ("柳岸社区", "荷风社区", "应急管理局", "松桥街道"))
    form = said(client, reverse("orgs:group-change", args=[group.pk]))
    assert f"松桥街道 [#{tree.other_street.pk}]" in form
    wrong = client.post(reverse("orgs:group-change", args=[group.pk]), {"name": "各社区", "members": "没有这个"})
    assert wrong.status_code == 422
    assert "没有这个" in wrong.content.decode()
    assert client.post(reverse("orgs:group-remove", args=[group.pk])).status_code == 302
    assert not Group.objects.exists()


def test_template_and_export_come_in_again_without_a_change(tree: Tree) -> None:
    client = keeper(tree)
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("orgs:import-template")).content))
    assert [cell.value for cell in book.worksheets[0][1]][:3] == ["单位代码", "单位名称", "上级代码"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("orgs:export")).content))
    assert book.worksheets[0].max_row == Unit.objects.count() + 1
    services.unit_edit(by=SYSTEM, unit=tree.department, code="A-1", on=today())
    data = exported(selectors.units_for(SYSTEM).select_related("parent").order_by("path"))
    result = services.units_import(by=SYSTEM, file=io.BytesIO(data), name="export.xlsx")
    assert (result.faults, result.touches) == ([], 0)
    empty = services.units_import
    with pytest.raises(Exception, match=r"orgs\.file_empty"):
        empty(by=SYSTEM, file=io.BytesIO(template()), name="template.xlsx")


def test_a_person_of_one_district_exports_only_its_units(tree: Tree) -> None:
    answer = admin(tree).get(reverse("orgs:export"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    names = {row[1].value for row in book.worksheets[0].iter_rows(min_row=2)}
    assert "望榆街道" in names
    assert "石塘口街道" not in names
    assert PastUnit.objects.count() == 0
    assert {Kind(unit.kind) for unit in selectors.units_for(SYSTEM)} >= {Kind.COMMUNITY}


def test_only_kinds_that_may_stand_there_are_offered(tree: Tree) -> None:
    def offered(name: str, unit: Unit) -> set[str]:
        page = said(admin(tree), reverse(name, args=[unit.pk]))
        return set(re.findall(r'<option value="(\w+)"', page.partition('name="kind"')[2].partition("</select>")[0]))

    below_street = offered("orgs:add", tree.street)
    assert {"community", "department", "enterprise", "school"} <= below_street
    assert not below_street & {"nation", "province", "county", "township"}
    assert "community" not in offered("orgs:add", tree.community)
    assert "township" in offered("orgs:edit", tree.street)
    assert "province" not in offered("orgs:edit", tree.street)
    refused = admin(tree).post(
        reverse("orgs:add", args=[tree.street.pk]), {"name": "某省", "kind": "province", "on": today().isoformat()}
    )
    assert refused.status_code == 422


def test_what_was_typed_is_text_in_a_workbook_whatever_it_begins_with(tree: Tree) -> None:
    wicked = ('=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "http://x.example")
    Unit.objects.filter(pk=tree.street.pk).update(
        name=wicked[0], short_name=wicked[1], phone=wicked[2], address=wicked[3]
    )
    data = exported(Unit.objects.filter(pk=tree.street.pk).select_related("parent"))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    found = {cell.value: cell for cell in sheet[2] if cell.value}
    for typed in wicked[:4]:
        assert found[typed].data_type == "s"
        assert found[typed].hyperlink is None
