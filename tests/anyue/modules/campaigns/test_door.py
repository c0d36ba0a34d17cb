"""The door as a browser meets it, without JavaScript and without an account."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anyue.kernel import clock
from anyue.modules.campaigns.models import Campaign, Duty, Evidence, Extension, LiaisonOfficer
from anyue.modules.campaigns.services import address_of, campaign_close, link_renew, link_revoke, links_switch
from anyue.modules.campaigns.services import door as door_service
from anyue.modules.orgs.models import Unit
from tests.anyue.factories import Tree, actor_for, client_for, make_user

from .makers import running

pytestmark = pytest.mark.django_db
WHO = {"who_name": "郑月", "who_phone": "13800000001"}


class Limit(Protocol):
    def __call__(self, most: int) -> AbstractContextManager[None]: ...


def path_of(campaign: Campaign, unit: Unit) -> str:
    return "/door/" + address_of(campaign.participations.get(unit=unit)).partition("/door/")[2]


def test_a_community_without_an_account_sees_its_own_duties_and_nothing_else(
    tree: Tree, assert_queries_at_most: Limit
) -> None:
    campaign = running(tree)
    with assert_queries_at_most(15):
        page = Client().get(path_of(campaign, tree.community))
    text = page.content.decode()
    assert page.status_code == 200
    assert "柳岸社区" in text
    assert "利用楼栋微信群开展宣讲。" in text
    assert "望榆街道" not in text
    assert "主要负责人讲一堂安全课。" not in text


def test_nothing_of_the_page_is_indexed_kept_or_told_to_others(tree: Tree) -> None:
    page = Client().get(path_of(running(tree), tree.community))
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert not re.search(r'(?:src|href)="https?://', page.content.decode())


def test_it_signs_by_its_link_and_says_who_it_was(tree: Tree) -> None:
    campaign, client = running(tree), Client(enforce_csrf_checks=True)
    path = path_of(campaign, tree.community)
    form = client.get(path + "sign/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token
    nameless = client.post(
        path + "sign/", {"csrfmiddlewaretoken": token[1], "who_name": "", "who_phone": "13800000001"}
    )
    assert nameless.status_code == 422
    assert "13800000001" in nameless.content.decode()
    signed = client.post(path + "sign/", {"csrfmiddlewaretoken": token[1], **WHO})
    assert signed.status_code == 302
    duty = campaign.duties.get(unit=tree.community, kind="receipt")
    assert (duty.state, duty.by_link, duty.done_by) == (Duty.State.DONE, True, "郑月 13800000001")
    assert "郑月" in client.get(path + "liaison/").content.decode()


def test_it_names_its_officer_by_its_link(tree: Tree) -> None:
    campaign, client = running(tree), Client()
    path = path_of(campaign, tree.community) + "liaison/"
    wrong = client.post(path, {**WHO, "name": "孙立", "mobile": "12"})
    assert wrong.status_code == 422
    assert "孙立" in wrong.content.decode()
    assert client.post(path, {**WHO, "name": "孙立", "mobile": "13900000002"}).status_code == 302
    assert LiaisonOfficer.objects.get().by_link
    assert "13900000002" not in client.get(path).content.decode()


def test_it_reports_a_task_with_a_photograph_and_asks_for_time(tree: Tree) -> None:
    campaign, client = running(tree), Client()
    duty = campaign.duties.get(unit=tree.community, kind="task")
    path = f"{path_of(campaign, tree.community)}duties/{duty.pk}/"
    assert client.get(path).status_code == 200
    assert duty.due_at is not None
    later = clock.day_of(duty.due_at + timedelta(days=3))
    asked = client.post(path, {**WHO, "act": "extend", "wanted_at_day": later.isoformat(), "reason": "入户未完"})
    assert asked.status_code == 302
    assert Extension.objects.get().wanted_at == clock.end_of(later)
    file = SimpleUploadedFile("现场.pdf", b"%PDF-1.4\n%%EOF\n")
    sent = client.post(path, {**WHO, "act": "done", "progress": "100", "note": "已宣讲", "files": file})
    assert sent.status_code == 302
    duty.refresh_from_db()
    assert (duty.state, duty.by_link) == (Duty.State.DONE, True)
    assert Evidence.objects.get().duty == duty


def test_the_office_has_no_act_at_the_door(tree: Tree) -> None:
    campaign, client = running(tree), Client()
    duty = campaign.duties.get(unit=tree.community, kind="task")
    path = f"{path_of(campaign, tree.community)}duties/{duty.pk}/"
    for act in ("accept", "drop", "confirm", "undo", "", "x"):
        assert client.post(path, {**WHO, "act": act}).status_code == 404


def test_duties_of_others_are_not_there(tree: Tree) -> None:
    campaign = running(tree)
    foreign = campaign.duties.get(unit=tree.other_community, kind="task")
    assert Client().get(f"{path_of(campaign, tree.community)}duties/{foreign.pk}/").status_code == 404


def test_guessed_revoked_renewed_switched_off_and_closed_links_give_one_and_the_same_page(tree: Tree) -> None:
    campaign, by = running(tree), actor_for(make_user("unit_admin", tree.district))
    paths = {unit: path_of(campaign, unit) for unit in (tree.community, tree.other_community, tree.street)}
    link_revoke(by=by, participation=campaign.participations.get(unit=tree.community))
    link_renew(by=by, participation=campaign.participations.get(unit=tree.other_community))
    pages = [
        Client().get(path) for path in ("/door/" + "A" * 43 + "/", paths[tree.community], paths[tree.other_community])
    ]
    links_switch(by=by, campaign=campaign, is_open=False)
    pages.append(Client().get(paths[tree.street]))
    links_switch(by=by, campaign=campaign, is_open=True)
    assert Client().get(paths[tree.street]).status_code == 200
    campaign_close(by=by, campaign=campaign)
    pages.append(Client().get(paths[tree.street]))
    pages.append(Client().post(paths[tree.street] + "sign/", WHO))
    assert {page.status_code for page in pages} == {404}
    # A page may repeat the address that its reader typed, and has a token of its own against forgery; nothing else differs.
    plain = {
        re.sub(r"[A-Za-z0-9]{64}", "", page.content.decode().replace(page.wsgi_request.path, "")) for page in pages
    }
    assert len(plain) == 1


def test_an_account_makes_no_difference_at_the_door(tree: Tree) -> None:
    campaign = running(tree)
    client = client_for(make_user("unit_admin", tree.stranger_district))
    client.post(path_of(campaign, tree.community) + "sign/", WHO)
    assert campaign.duties.get(unit=tree.community, kind="receipt").done_by == "郑月 13800000001"


def test_too_many_requests_wait(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    path = path_of(running(tree), tree.community)
    monkeypatch.setitem(door_service.LIMITS, "link", 2)
    assert [Client().get(path).status_code for _ in range(3)] == [200, 200, 429]
    monkeypatch.setitem(door_service.LIMITS, "miss", 2)
    wrong = "/door/" + "B" * 43 + "/"
    statuses = [Client(REMOTE_ADDR="10.0.0.7").get(wrong).status_code for _ in range(4)]
    assert statuses == [404, 404, 404, 429]
    assert Client(REMOTE_ADDR="10.0.0.8").get(wrong).status_code == 404
