"""The shell: what the rail shows, what it asks the database, what a person may choose about it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anyue.kernel.clock import now, today
from anyue.modules.accounts.models import Post, User
from anyue.modules.campaigns.models import Campaign, Participation
from anyue.modules.orgs.models import Unit
from anyue.surfaces.console.context import Running
from tests.anyue.factories import Tree, client_for, make_user

PAGE = "/components/"


def make_campaign(unit: Unit, name: str, *, state: str = "running", starts: date | None = None) -> Campaign:
    begins = starts or today() - timedelta(days=3)
    return Campaign.objects.create(
        unit=unit,
        name=name,
        year=begins.year,
        starts_on=begins,
        ends_on=begins + timedelta(days=29),
        state=state,
        created_by="测试",
        published_at=now(),
        published_by="测试",
        **({"closed_at": now(), "closed_by": "测试"} if state == "closed" else {}),
    )


def page_of(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_rail_shows_what_a_person_may_open_and_nothing_else(tree: Tree) -> None:
    auditor, recorder = make_user("security_auditor"), make_user("recorder", tree.street)
    page = page_of(client_for(auditor), "/audit/")
    assert '<a href="/audit/" aria-current="page">' in page
    page = page_of(client_for(recorder))
    assert ">工作台<" in page
    assert "/audit/" not in page


def test_a_stranger_gets_no_rail_and_no_account_menu(db: None) -> None:
    page = client_for().get("/accounts/login/").content.decode()
    assert "ay-rail" not in page
    assert "ay-user-menu" not in page


def test_the_shell_asks_twice_whatever_it_shows(tree: Tree) -> None:
    user = make_user("unit_admin", tree.district)
    Post.objects.create(user=user, unit=tree.street)
    for number in range(5):
        make_campaign(tree.district, f"活动{number}")
    client = client_for(user)
    client.cookies["anyue_elderly"] = "1"
    with CaptureQueriesContext(connection) as asked:
        page = page_of(client)
    assert page.count('name="campaign"') == 5
    of_shell = [query["sql"] for query in asked if "campaigns_" in query["sql"] or "accounts_post" in query["sql"]]
    assert len(of_shell) == 2, of_shell


def test_a_community_sees_the_campaign_that_it_takes_part_in_and_no_stranger_does(tree: Tree) -> None:
    campaign = make_campaign(tree.district, "云湖区安全生产月")
    Participation.objects.create(campaign=campaign, unit=tree.community)
    assert campaign.name in page_of(client_for(make_user("recorder", tree.community)))
    assert campaign.name not in page_of(client_for(make_user("recorder", tree.other_community)))
    assert campaign.name not in page_of(client_for(make_user("unit_admin", tree.stranger_district)))


def test_drafts_and_withdrawn_campaigns_are_not_switched_to(tree: Tree) -> None:
    make_campaign(tree.district, "还在起草", state="draft")
    make_campaign(tree.district, "已经撤回", state="withdrawn")
    page = page_of(client_for(make_user("unit_admin", tree.district)))
    assert "还在起草" not in page
    assert "已经撤回" not in page


def test_a_running_campaign_comes_before_a_newer_closed_one_until_she_chooses(tree: Tree) -> None:
    running = make_campaign(tree.district, "今年的活动")
    closed = make_campaign(tree.district, "收尾的活动", state="closed", starts=today() - timedelta(days=1))
    client = client_for(make_user("unit_admin", tree.district))
    assert f'value="{running.pk}" aria-current="true"' in page_of(client)
    answer = client.post("/shell/campaign/", {"campaign": closed.pk, "next": PAGE})
    assert answer.headers["Location"] == PAGE
    assert f'value="{closed.pk}" aria-current="true"' in page_of(client)


def test_nobody_switches_to_a_campaign_that_she_does_not_see(tree: Tree) -> None:
    hidden = make_campaign(tree.stranger_district, "别区的活动")
    client = client_for(make_user("unit_admin", tree.district))
    for wanted in (hidden.pk, 10**9, "x", ""):
        assert client.post("/shell/campaign/", {"campaign": wanted}).status_code == 404
    assert (
        client_for()
        .post("/shell/campaign/", {"campaign": hidden.pk})
        .headers["Location"]
        .startswith("/accounts/login/")
    )


@pytest.mark.parametrize(
    ("offset", "left", "until"), [(-40, None, None), (-29, 1, None), (0, 30, None), (1, None, 1), (5, None, 5)]
)
def test_the_last_day_of_a_campaign_counts_as_one_left(offset: int, left: int | None, until: int | None) -> None:
    day = date(2026, 6, 15)
    begins = day + timedelta(days=offset)
    running = Running(Campaign(starts_on=begins, ends_on=begins + timedelta(days=29)), day)
    assert (running.days_left, running.days_until) == (left, until)


@pytest.mark.parametrize(
    ("path", "sent", "cookie", "field"),
    [
        ("/shell/appearance/", {"appearance": "dark"}, ("anyue_appearance", "dark"), ("appearance", "dark")),
        ("/shell/elderly/", {"on": "1", "size": "24"}, ("anyue_elderly", "1"), ("elderly_mode", True)),
        ("/shell/language/", {"language": "en"}, ("anyue_language", "en"), ("language", "en")),
    ],
)
def test_a_choice_is_kept_on_the_device_and_by_the_account(
    db: None, path: str, sent: dict[str, str], cookie: tuple[str, str], field: tuple[str, object]
) -> None:
    user = make_user()
    client = client_for(user)
    assert client.get(path).status_code == 405
    answer = client.post(path, {**sent, "next": PAGE})
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert answer.cookies[cookie[0]].value == cookie[1]
    assert getattr(User.objects.get(pk=user.pk), field[0]) == field[1]
    # The next device knows it from the account.
    page = page_of(client_for(User.objects.get(pk=user.pk)))
    shown = {"appearance": 'data-bs-theme="dark"', "elderly_mode": "data-elderly=", "language": '<html lang="en"'}
    assert shown[field[0]] in page


def test_a_stranger_chooses_for_her_device_alone(db: None) -> None:
    client = client_for()
    client.post("/shell/elderly/", {"on": "1", "size": "30"})
    assert 'data-elderly="30"' in client.get("/accounts/login/").content.decode()
    client.post("/shell/elderly/", {"on": "0"})
    assert "data-elderly" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(("path", "sent"), [("appearance", "pink"), ("language", "xx"), ("language", "")])
def test_a_choice_that_there_is_not_changes_nothing(db: None, path: str, sent: str) -> None:
    assert client_for().post(f"/shell/{path}/", {path: sent}).status_code == 404


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_this_site(db: None, elsewhere: str) -> None:
    answer = client_for().post("/shell/language/", {"language": "en", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_elderly_mode_names_a_phone_number_on_every_page(tree: Tree) -> None:
    campaign = make_campaign(tree.district, "有电话的活动")
    Campaign.objects.filter(pk=campaign.pk).update(contact_phone="022-00001234")
    client = client_for(make_user("unit_admin", tree.district))
    assert "022-00001234" not in page_of(client)
    client.cookies["anyue_elderly"] = "1"
    assert 'href="tel:022-00001234"' in page_of(client)
