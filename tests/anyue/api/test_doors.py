"""What holds for every endpoint: tokens, problems, pages by cursor, keys, limits, the description."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from pytest_django import Settings

from anyue.kernel.clock import now
from anyue.modules.accounts.models import ApiToken, User
from anyue.modules.accounts.services import person_suspend, token_end, token_make
from anyue.modules.orgs.models import Group
from anyue.platform.authz import Actor
from anyue.platform.rest.keys import forget_old
from anyue.platform.rest.models import StoredAnswer
from anyue.surfaces.api.site import api
from tests.anyue.factories import Tree, actor_for, client_for, make_unit, make_user

ALL = ["orgs:unit:view", "orgs:group:manage", "accounts:person:view"]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def with_token(user: User, scopes: list[str] | None = None) -> Client:
    wanted = ALL if scopes is None else scopes
    _, text = token_make(by=actor_for(user), user=user, name="脚本", scopes=wanted, days=30)
    return Client(headers={"Authorization": f"Bearer {text}"}, raise_request_exception=False)


@pytest.fixture
def program(tree: Tree) -> Client:
    return with_token(make_user("unit_admin", tree.district))


def post(client: Client, name: str, owner: int, key: str | None = "k1") -> Any:
    headers = {"Idempotency-Key": key} if key is not None else {}
    body = json.dumps({"name": name, "owner": owner})
    return client.post("/api/test/groups", body, content_type="application/json", headers=headers)


def problem(response: Any) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert body["type"] == f"urn:anyue:problem:{body['code']}"
    return response.status_code, body["code"]


def test_a_token_shows_whose_it_is_and_is_kept_by_its_digest(tree: Tree) -> None:
    user = make_user("unit_admin", tree.district, name="柳燕")
    token, text = token_make(by=actor_for(user), user=user, name="脚本", scopes=ALL, days=30)

    body = Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me").json()

    assert (body["name"], body["scopes"]) == ("柳燕", sorted(ALL))
    assert body["grants"][0]["role"] == "unit_admin"
    assert body["units"] == [{"id": tree.district.pk, "name": tree.district.name}]
    assert text not in str(ApiToken.objects.values())
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_that_it_is_used_is_written_at_most_once_a_minute(tree: Tree) -> None:
    program = with_token(make_user("unit_admin", tree.district))
    program.get("/api/v1/me")
    first = ApiToken.objects.get().last_used_at
    program.get("/api/v1/me")
    assert ApiToken.objects.get().last_used_at == first

    ApiToken.objects.update(last_used_at=now() - timedelta(seconds=61))
    program.get("/api/v1/me")
    assert (ApiToken.objects.get().last_used_at or now()) > (first or now())


@pytest.mark.parametrize("how", ["none", "wrong", "ended", "expired", "suspended"])
def test_without_a_valid_token_there_is_nothing(tree: Tree, how: str) -> None:
    user = make_user("unit_admin", tree.district)
    program = with_token(user)
    assert program.get("/api/v1/me").status_code == 200
    if how == "none":
        program = client_for(user)  # a browser's cookie is no token
    elif how == "wrong":
        program = Client(headers={"Authorization": "Bearer anyue_x"})
    elif how == "ended":
        token_end(by=actor_for(user), token=ApiToken.objects.get())
    elif how == "expired":
        ApiToken.objects.update(expires_at=now())
    else:
        person_suspend(by=Actor.system("test"), user=user, reason="")

    response = program.get("/api/v1/me")

    assert problem(response) == (401, "rest.no_token")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.urls("tests.anyue.api.doors")
def test_a_token_does_no_more_than_its_scopes(tree: Tree) -> None:
    user = make_user("unit_admin", tree.district)
    program = with_token(user, ["orgs:unit:view"])

    assert program.get("/api/v1/units").status_code == 200
    assert problem(program.get(f"/api/v1/units/{tree.district.pk}/people")) == (403, "rest.not_allowed")
    assert problem(post(program, "甲", tree.district.pk)) == (403, "rest.not_allowed")


def test_a_token_counts_for_nothing_on_pages(tree: Tree) -> None:
    program = with_token(make_user("unit_admin", tree.district))

    assert program.post("/people/stay/").status_code == 302


def test_units_come_page_by_page_each_once_and_only_her_own(tree: Tree) -> None:
    for _ in range(7):
        make_unit(parent=tree.street)
    program = with_token(make_user("unit_admin", tree.street))
    seen: list[str] = []
    cursor = ""
    while True:
        body = program.get("/api/v1/units", {"limit": "3", "cursor": cursor}).json()
        assert len(body["items"]) <= 3
        seen += [unit["name"] for unit in body["items"]]
        if body["next"] is None:
            break
        cursor = body["next"]
        make_unit(parent=tree.district)  # what comes meanwhile elsewhere shifts nothing

    assert len(seen) == len(set(seen)) == 11
    assert tree.street.name in seen
    assert tree.district.name not in seen


@pytest.mark.parametrize("cursor", ["x", "!!", "W10", "WzFd" * 9, "eyJhIjoxfQ", "WyJcdTAwMDAiXQ"])
def test_a_cursor_that_is_none_of_ours_is_refused(program: Client, cursor: str) -> None:
    assert problem(program.get("/api/v1/units", {"cursor": cursor})) == (422, "rest.cursor")


def test_a_unit_out_of_sight_is_not_there(program: Client, tree: Tree) -> None:
    assert program.get(f"/api/v1/units/{tree.community.pk}").json()["name"] == tree.community.name
    for path in (
        f"units/{tree.stranger_street.pk}",
        f"units/{tree.stranger_street.pk}/people",
        "units/999999",
        "nothing",
    ):
        assert problem(program.get(f"/api/v1/{path}")) == (404, "rest.not_found")


def test_people_of_a_unit(program: Client, tree: Tree) -> None:
    make_user("recorder", tree.community, name="荷花")

    body = program.get(f"/api/v1/units/{tree.community.pk}/people").json()

    assert [(person["name"], person["title"]) for person in body["items"]] == [("荷花", "科员")]


def test_what_is_wrong_with_a_request_is_said_by_field(program: Client) -> None:
    response = program.get("/api/v1/units", {"limit": "many"})

    assert problem(response) == (422, "rest.invalid")
    assert [error["field"] for error in response.json()["errors"]] == ["query.limit"]


def test_another_method_is_refused_as_a_problem(program: Client) -> None:
    response = program.delete("/api/v1/units")

    assert problem(response) == (405, "rest.method")
    assert response.headers["Allow"] == "GET"


@pytest.mark.urls("tests.anyue.api.doors")
class TestKeys:
    """Idempotency-Key."""

    def test_the_same_request_again_is_answered_again_and_done_once(self, program: Client, tree: Tree) -> None:
        first, again = post(program, "甲", tree.district.pk), post(program, "甲", tree.district.pk)

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content
        assert again.headers["Idempotency-Replayed"] == "true"
        assert Group.objects.count() == 1

    @pytest.mark.parametrize("key", [None, "", "x" * 129, "two words"])
    def test_a_post_needs_a_key(self, program: Client, tree: Tree, key: str | None) -> None:
        assert problem(post(program, "甲", tree.district.pk, key)) == (400, "rest.key_missing")
        assert not Group.objects.exists()

    def test_a_key_stands_for_one_request_of_one_person(self, program: Client, tree: Tree) -> None:
        post(program, "甲", tree.district.pk)

        assert problem(post(program, "乙", tree.district.pk)) == (422, "rest.key_reused")
        other = with_token(make_user("unit_admin", tree.district))
        assert post(other, "丙", tree.district.pk).status_code == 201
        assert set(Group.objects.values_list("name", flat=True)) == {"甲", "丙"}

    def test_what_was_refused_may_be_tried_again_under_its_key(self, program: Client, tree: Tree) -> None:
        response = post(program, "none", tree.district.pk)
        assert problem(response) == (422, "test.nameless")
        assert response.json()["errors"] == [{"field": "name", "code": "test.nameless", "detail": "none will not do"}]
        assert not Group.objects.exists()
        assert not StoredAnswer.objects.exists()

        assert post(program, "甲", tree.district.pk).status_code == 201

    def test_a_fault_of_ours_keeps_nothing_and_tells_nothing(self, program: Client, tree: Tree) -> None:
        response = post(program, "bug", tree.district.pk)

        assert problem(response) == (500, "rest.broken")
        assert "ZeroDivision" not in response.content.decode()
        assert not Group.objects.exists()

    def test_after_a_day_a_key_is_new_again(self, program: Client, tree: Tree) -> None:
        post(program, "甲", tree.district.pk)
        StoredAnswer.objects.update(at=now() - timedelta(hours=24))

        assert post(program, "乙", tree.district.pk).status_code == 201
        StoredAnswer.objects.update(at=now() - timedelta(hours=25))
        assert forget_old() == 1

    def test_a_stranger_does_not_learn_about_keys(self, db: None) -> None:
        assert problem(post(Client(), "甲", 1, None)) == (401, "rest.no_token")


@pytest.mark.urls("tests.anyue.api.doors")
@pytest.mark.django_db(transaction=True)
def test_two_at_once_under_one_key_do_it_once(tree: Tree) -> None:
    program = with_token(make_user("unit_admin", tree.district))

    def send(_: int) -> int:
        try:
            return int(post(program, "甲", tree.district.pk).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))

    assert answers == [201] * 4
    assert Group.objects.count() == 1


def test_who_asks_too_often_waits(tree: Tree, settings: Settings) -> None:
    settings.API_RATE = 2
    user = make_user("unit_admin", tree.district)
    one, two = with_token(user), with_token(user)

    answers = [program.get("/api/v1/me") for program in (one, two, one)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert problem(answers[-1])[1] == "rest.too_many"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert with_token(make_user("unit_admin", tree.district)).get("/api/v1/me").status_code == 200


def test_the_description_is_public_and_names_what_holds(db: None) -> None:
    body = Client().get("/api/v1/openapi.json").json()

    assert body["openapi"].startswith("3.1")
    assert {"/api/v1/me", "/api/v1/units", "/api/v1/units/{unit_id}", "/api/v1/units/{unit_id}/people"} <= set(
        body["paths"]
    )
    for methods in body["paths"].values():
        for method, operation in methods.items():
            assert operation["security"], operation["operationId"]
            assert "default" in operation["responses"]
            names = [parameter["name"] for parameter in operation.get("parameters", [])]
            assert ("Idempotency-Key" in names) == (method == "post")


@pytest.mark.urls("tests.anyue.api.doors")
def test_the_description_of_a_post_asks_for_its_key(db: None) -> None:
    body = Client().get("/api/test/openapi.json").json()

    assert [one["name"] for one in body["paths"]["/api/test/groups"]["post"]["parameters"]] == ["Idempotency-Key"]


def test_every_endpoint_says_who_may_call_it() -> None:
    found = [
        operation.view_func
        for router in api._routers
        for view in router[1].path_operations.values()
        for operation in view.operations
    ]

    assert found
    assert [view for view in found if not hasattr(view, "access")] == []
