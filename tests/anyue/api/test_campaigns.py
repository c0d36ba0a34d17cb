"""Campaigns and duties for programs: what a token sees and does is what its person sees and does on the pages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anyue.kernel import clock
from anyue.modules.accounts.models import User
from anyue.modules.campaigns.models import Campaign, Duty, Extension, LiaisonOfficer
from anyue.modules.campaigns.services import duty_drop
from anyue.platform.audit.models import Entry
from tests.anyue.factories import Tree, actor_for, make_user
from tests.anyue.modules.campaigns.makers import draft, running

from .test_doors import problem, with_token

VIEW, SIGN, WORK = "campaigns:campaign:view", "campaigns:duty:sign", "campaigns:duty:work"
OFFICER = {"name": "柳青", "post": "科员", "mobile": "139 0000 1234"}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.fixture
def month(tree: Tree) -> Campaign:
    return running(tree)


@pytest.fixture
def officer(tree: Tree) -> User:
    return make_user("liaison_officer", tree.street, name="联络员")


def program(user: User, *scopes: str) -> Client:
    return with_token(user, list(scopes or (VIEW, SIGN, WORK)))


def send(client: Client, path: str, body: Any = None, key: str = "k1") -> Any:
    return client.post(
        f"/api/v1/{path}",
        json.dumps({} if body is None else body),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def duty_of(month: Campaign, unit: Any, kind: str = "task") -> Duty:
    return Duty.objects.get(campaign=month, unit=unit, kind=kind)


def test_a_street_sees_the_campaign_that_addresses_it_and_its_own_duties_alone(
    tree: Tree, month: Campaign, officer: User
) -> None:
    street = program(officer)

    listed = street.get("/api/v1/campaigns").json()
    shown = street.get(f"/api/v1/campaigns/{month.pk}").json()
    owed = street.get(f"/api/v1/campaigns/{month.pk}/duties").json()

    assert [one["id"] for one in listed["items"]] == [month.pk]
    assert shown["unit"] == {"id": tree.district.pk, "name": tree.district.name}
    assert shown["key_days"] == [{"on": "2026-06-16", "name": "安全宣传咨询日"}]
    assert {one["kind"] for one in shown["requirements"]} == {"receipt", "liaison", "return"}
    assert {one["unit"]["id"] for one in owed["items"]} == {tree.street.pk}
    task = next(one for one in owed["items"] if one["kind"] == "task")
    assert task["text"] == "主要负责人讲一堂安全课。"
    assert task["due_at"] == "2026-06-30T16:00:00Z"
    assert task["is_late"] is (clock.now() >= clock.end_of(month.ends_on))


def test_the_office_sees_all_duties_page_by_page_and_by_state_kind_and_unit(tree: Tree, month: Campaign) -> None:
    office = program(make_user("unit_admin", tree.district))
    mine = f"/api/v1/campaigns/{month.pk}/duties"
    seen: list[int] = []
    cursor = ""
    while True:
        body = office.get(mine, {"limit": "3", "cursor": cursor}).json()
        seen += [one["id"] for one in body["items"]]
        if body["next"] is None:
            break
        cursor = body["next"]

    assert sorted(seen) == sorted(Duty.objects.filter(campaign=month).values_list("pk", flat=True))
    for asked in ({"kind": "receipt"}, {"unit": str(tree.street.pk)}, {"state": "open", "kind": "task"}):
        found = {one["id"] for one in office.get(mine, {**asked, "limit": "500"}).json()["items"]}
        assert found == set(Duty.objects.filter(campaign=month, **asked).values_list("pk", flat=True))
        assert found
    assert problem(office.get(mine, {"state": "lost"})) == (422, "rest.invalid")


def test_what_is_no_longer_asked_comes_only_when_asked_for(tree: Tree, month: Campaign) -> None:
    admin = make_user("unit_admin", tree.district)
    gone = duty_of(month, tree.street)
    duty_drop(by=actor_for(admin), duty=gone, reason="不再要求")
    office, mine = program(admin), f"/api/v1/campaigns/{month.pk}/duties"

    assert gone.pk not in {one["id"] for one in office.get(mine).json()["items"]}
    assert [one["id"] for one in office.get(mine, {"state": "dropped"}).json()["items"]] == [gone.pk]


def test_a_list_asks_as_many_questions_for_many_duties_as_for_few(tree: Tree, month: Campaign) -> None:
    office, counts = program(make_user("unit_admin", tree.district)), []
    for limit in ("2", "500"):
        with CaptureQueriesContext(connection) as asked:
            assert office.get(f"/api/v1/campaigns/{month.pk}/duties", {"limit": limit}).status_code == 200
        counts.append(len(asked))

    assert counts[1] <= counts[0] <= 8  # the first also writes that the token was used


def test_a_receipt_is_signed_once_under_the_name_of_the_tokens_person(
    tree: Tree, month: Campaign, officer: User
) -> None:
    street, path = program(officer), f"campaigns/{month.pk}/units/{tree.street.pk}/receipt"

    first, again = send(street, path), send(street, path)

    assert (first.status_code, first.json()["state"]) == (200, "done")
    assert again.headers["Idempotency-Replayed"] == "true"
    signed = duty_of(month, tree.street, "receipt")
    assert signed.done_by.startswith("联络员")
    assert not signed.by_link
    assert Entry.objects.filter(action="duty.done", subject_id=str(signed.pk)).count() == 1
    assert send(street, path, key="k2").json()["done_at"] == first.json()["done_at"]


@pytest.mark.parametrize(
    "path",
    [
        "campaigns/{month}/units/{unit}/receipt",
        "campaigns/{month}/units/{unit}/liaison-officer",
        "duties/{duty}/progress",
        "duties/{duty}/done",
        "duties/{duty}/decline",
        "duties/{duty}/extensions",
    ],
)
def test_every_write_needs_its_key_its_scope_and_somebody_who_may(
    tree: Tree, month: Campaign, officer: User, path: str
) -> None:
    duty = duty_of(month, tree.street)
    path = path.format(month=month.pk, unit=tree.street.pk, duty=duty.pk)
    later = (clock.end_of(month.ends_on) + timedelta(days=5)).isoformat()
    body = {**OFFICER, "progress": 50, "reason": "人手不足", "wanted_at": later}
    elsewhere = make_user("unit_admin", tree.stranger_district)
    onlooker = make_user("media_officer", tree.district)
    neighbour = make_user("liaison_officer", tree.other_street)
    before = list(Duty.objects.order_by("pk").values())

    keyless = program(officer).post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")
    assert problem(keyless) == (400, "rest.key_missing")
    assert problem(send(program(officer, VIEW), path, body)) == (403, "rest.not_allowed")
    assert problem(send(program(elsewhere), path, body)) == (404, "rest.not_found")
    assert problem(send(program(neighbour), path, body)) == (404, "rest.not_found")
    assert problem(send(program(onlooker, VIEW), path, body)) == (403, "rest.not_allowed")
    district = send(program(make_user("unit_admin", tree.district)), path, body)
    assert problem(district)[0] == 403  # it sees the street's duties and does not act for it
    assert list(Duty.objects.order_by("pk").values()) == before
    assert not Extension.objects.exists()
    assert not LiaisonOfficer.objects.exists()

    answer = send(program(officer), path, body, key="k9")

    assert answer.status_code in (200, 201)


def test_the_liaison_officer_is_named_and_what_is_wrong_is_said_by_field(
    tree: Tree, month: Campaign, officer: User
) -> None:
    street, path = program(officer), f"campaigns/{month.pk}/units/{tree.street.pk}/liaison-officer"

    for body, field in (
        ({"name": "柳青"}, "mobile"),
        ({**OFFICER, "mobile": "12"}, "mobile"),
        ({**OFFICER, "email": "x"}, "email"),
    ):
        refused = send(street, path, body)
        assert refused.status_code == 422
        assert [one["field"] for one in refused.json()["errors"]] == [field]
    named = send(street, path, OFFICER).json()

    assert (named["name"], named["mobile"]) == ("柳青", "13900001234")
    assert LiaisonOfficer.objects.get(until_at=None).unit == tree.street
    assert duty_of(month, tree.street, "liaison").state == "done"


def test_progress_done_and_not_ours_are_the_acts_of_the_pages(tree: Tree, month: Campaign, officer: User) -> None:
    street, duty = program(officer), duty_of(month, tree.street)

    begun = send(street, f"duties/{duty.pk}/progress", {"progress": 40, "note": "已部\0署"}, key="1").json()
    assert (begun["state"], begun["progress"], begun["note"]) == ("started", 40, "已部署")
    assert problem(send(street, f"duties/{duty.pk}/progress", {"progress": 140}, key="2")) == (422, "rest.invalid")
    assert problem(send(street, f"duties/{duty.pk}/decline", {"reason": " "}, key="3"))[1] == "campaigns.reason_missing"
    ended = send(street, f"duties/{duty.pk}/done", {}, key="4").json()
    assert (ended["state"], ended["note"]) == ("done", "已部署")
    assert problem(send(street, f"duties/{duty.pk}/decline", {"reason": "非本单位职责"}, key="5"))[0] == 409

    other = program(make_user("liaison_officer", tree.other_street))
    theirs = duty_of(month, tree.other_street)
    declined = send(other, f"duties/{theirs.pk}/decline", {"reason": "非本单位职责"}).json()
    assert (declined["state"], declined["reason"]) == ("not_ours", "非本单位职责")


@pytest.mark.parametrize("kind", ["receipt", "liaison"])
def test_a_receipt_and_an_officer_are_not_reported_as_done(
    tree: Tree, month: Campaign, officer: User, kind: str
) -> None:
    answer = send(program(officer), f"duties/{duty_of(month, tree.street, kind).pk}/done")

    assert problem(answer) == (409, "campaigns.not_reported")


def test_more_time_is_asked_with_a_zone_and_once(tree: Tree, month: Campaign, officer: User) -> None:
    street, duty = program(officer), duty_of(month, tree.street)
    path = f"duties/{duty.pk}/extensions"
    later = clock.end_of(month.ends_on) + timedelta(days=5)
    for wanted in ("2026-07-05", "2026-07-05T00:00:00", "9999-12-31T23:59:59Z", "soon"):
        assert problem(send(street, path, {"wanted_at": wanted, "reason": "人手不足"})) == (422, "rest.invalid")
    early = {"wanted_at": "2026-06-02T00:00:00+08:00", "reason": "人手不足"}
    assert problem(send(street, path, early))[1] == "campaigns.extension_later"

    asked = send(street, path, {"wanted_at": later.isoformat(), "reason": "人手不足"})
    twice = send(street, path, {"wanted_at": later.isoformat(), "reason": "人手不足"}, key="k2")

    assert (asked.status_code, asked.json()["state"]) == (201, "asked")
    assert Extension.objects.get().wanted_at == later
    assert problem(twice) == (409, "campaigns.extension_open")


def test_a_draft_is_seen_by_its_office_alone_and_by_state(tree: Tree) -> None:
    planned = draft(tree)
    office, street = program(make_user("unit_admin", tree.district)), program(make_user("unit_admin", tree.street))

    assert [one["id"] for one in office.get("/api/v1/campaigns", {"state": "draft"}).json()["items"]] == [planned.pk]
    assert office.get("/api/v1/campaigns", {"state": "running"}).json()["items"] == []
    assert street.get("/api/v1/campaigns").json()["items"] == []
    assert problem(street.get(f"/api/v1/campaigns/{planned.pk}")) == (404, "rest.not_found")
    assert problem(street.get(f"/api/v1/campaigns/{planned.pk}/duties")) == (404, "rest.not_found")


def test_strangers_find_neither_campaigns_nor_duties(tree: Tree, month: Campaign) -> None:
    stranger = program(make_user("unit_admin", tree.stranger_district))
    duty = duty_of(month, tree.street)

    assert stranger.get("/api/v1/campaigns").json()["items"] == []
    for path in (f"campaigns/{month.pk}", f"campaigns/{month.pk}/duties", f"duties/{duty.pk}", f"duties/{10**30}"):
        assert problem(stranger.get(f"/api/v1/{path}")) == (404, "rest.not_found")


def test_the_description_names_every_state_and_kind(db: None) -> None:
    schemas = Client().get("/api/v1/openapi.json").json()
    parts = schemas["components"]["schemas"]

    def codes(model: str, field: str) -> set[str]:
        return set(parts[model]["properties"][field]["enum"])

    assert codes("DutyOut", "state") == set(Duty.State.values)
    assert codes("DutyOut", "kind") == set(Duty.Kind.values)
    assert codes("CampaignOut", "state") == set(Campaign.State.values)
    assert codes("ExtensionOut", "state") == set(Extension.State.values)
    assert {
        "/api/v1/campaigns",
        "/api/v1/campaigns/{campaign_id}",
        "/api/v1/campaigns/{campaign_id}/duties",
        "/api/v1/duties/{duty_id}",
        "/api/v1/duties/{duty_id}/extensions",
    } <= set(schemas["paths"])
