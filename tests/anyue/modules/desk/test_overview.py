"""Overview and wall: figures against the plan, who is late, one screen; nothing of what she does not oversee."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anyue.kernel import clock
from anyue.kernel.clock import now
from anyue.modules.campaigns.models import Campaign, Duty
from anyue.modules.desk.selectors import month as months
from anyue.modules.orgs.models import Kind
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, client_for, make_unit, make_user
from tests.anyue.modules.campaigns.makers import running


@pytest.fixture
def month(tree: Tree) -> Campaign:
    """The district's campaign; its returns are late, its receipts not yet due."""
    campaign = running(tree)
    Duty.objects.filter(campaign=campaign).update(due_at=now() + timedelta(days=20))
    Duty.objects.filter(campaign=campaign, kind="return").update(due_at=now() - timedelta(days=10))
    return campaign


def seen(tree: Tree, campaign: Campaign, role: str = "reviewer") -> months.Month:
    return months.month_seen(actor_for(make_user(role, tree.district)), campaign)


def figure(month: months.Month, kind: str) -> months.Figure:
    return next(one for one in months.figures(month.duties) if one.kind == kind)


def test_the_plan_is_what_should_be_done_by_now(tree: Tree, month: Campaign) -> None:
    returns, receipts = figure(seen(tree, month), "return"), figure(seen(tree, month), "receipt")

    assert (returns.plan, returns.done, returns.late, returns.behind) == (4, 0, 4, 4)
    assert (receipts.plan, receipts.late, receipts.behind) == (0, 0, 0)


def test_news_are_what_was_done_since_yesterday_began(tree: Tree, month: Campaign) -> None:
    first, second, *_ = month.duties.filter(kind="receipt")
    day = clock.start_of(clock.today() - timedelta(days=1))
    for duty, at in ((first, day), (second, day - timedelta(seconds=1))):
        month.duties.filter(pk=duty.pk).update(state="done", done_at=at, done_by="测试")

    found = figure(seen(tree, month), "receipt")
    assert (found.done, found.news) == (2, 1)


def test_what_the_office_agreed_is_not_a_unit_s_is_not_expected_of_it(tree: Tree, month: Campaign) -> None:
    before = figure(seen(tree, month), "return")
    duty = month.duties.filter(kind="return")[0]
    declined = {"state": "not_ours", "reason": "不涉及", "declined_at": now(), "declined_by": "测试"}
    month.duties.filter(pk=duty.pk).update(**declined)
    waiting = figure(seen(tree, month), "return")
    month.duties.filter(pk=duty.pk).update(accepted_at=now(), accepted_by="测试")
    agreed = figure(seen(tree, month), "return")

    assert (before.total, waiting.total, agreed.total) == (4, 4, 3)
    assert (before.late, waiting.late, agreed.late) == (4, 3, 3)


def test_branches_add_up_to_the_whole(tree: Tree, month: Campaign) -> None:
    whole = seen(tree, month)
    rows = months.branches(whole)

    assert sum(one.total for one in rows) == sum(one.total for one in months.figures(whole.duties))
    assert {one.unit.name for one in rows} == {tree.street.name, tree.other_street.name}


def test_who_is_late_for_longest_comes_first(tree: Tree, month: Campaign) -> None:
    month.duties.filter(kind="return", unit=tree.other_street).update(due_at=now() - timedelta(days=30))

    late = months.late_units(seen(tree, month).duties)
    assert late[0].name == tree.other_street.name
    assert [one.count for one in late] == [1, 1, 1, 1]


def test_days_that_are_over_and_done_make_room(tree: Tree, month: Campaign) -> None:
    month.duties.filter(kind="return").update(state="done", done_at=now(), done_by="测试")

    assert all(not one.is_past for one in months.due_days(seen(tree, month).duties))


def test_a_street_oversees_its_part_of_the_district_s_campaign(tree: Tree, month: Campaign) -> None:
    page = client_for(make_user("unit_admin", tree.street)).get("/overview/").content.decode()

    assert tree.community.name in page
    assert tree.other_street.name not in page


def test_a_campaign_that_she_does_not_oversee_is_not_there(tree: Tree, month: Campaign) -> None:
    client = client_for(make_user("unit_admin", tree.stranger_district))

    assert client.get(f"/overview/?campaign={month.pk}").status_code == 404
    assert "尚无活动" in client.get("/overview/").content.decode()
    assert "尚无活动" in client.get("/wall/").content.decode()


def test_the_wall_asks_for_its_inside_alone(tree: Tree, month: Campaign) -> None:
    client = client_for(make_user("reviewer", tree.district))
    whole = client.get("/wall/").content.decode()
    part = client.get("/wall/", headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 30s"' in whole
    assert part.lstrip().startswith('<div class="wall-inside"')
    assert "<html" not in part


def test_overview_and_wall_ask_fifteen_times_at_most(
    tree: Tree, month: Campaign, assert_queries_at_most: Limit
) -> None:
    units = [make_unit(parent=tree.district, kind=Kind.DEPARTMENT) for _ in range(40)]
    Duty.objects.bulk_create(
        Duty(campaign=month, unit=unit, kind="receipt", title="签收", due_at=now() - timedelta(days=1))
        for unit in units
    )
    for place in (tree.district, tree.street):
        client = client_for(make_user("unit_admin", place))
        client.get("/people/me/")
        for address in ("/overview/", "/wall/", "/duties/?state=late"):
            with assert_queries_at_most(15):
                assert client.get(address).status_code == 200
