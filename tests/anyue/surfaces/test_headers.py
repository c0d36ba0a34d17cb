"""What every answer tells the browser and the proxies on the way."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.anyue.factories import Tree, client_for, make_user

ROUTES = ("desk:home", "notices:index", "campaigns:index", "people:profile", "orgs:index")


@pytest.fixture
def client(tree: Tree) -> Client:
    return client_for(make_user("unit_admin", tree.street))


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_is_nobody_elses_and_runs_no_foreign_script(client: Client, route: str) -> None:
    answer = client.get(reverse(route))

    assert answer.status_code == 200
    assert {"private", "no-cache"} <= set(answer["Cache-Control"].replace(",", " ").split())
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip())
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy.get("script-src", "") + policy.get("style-src", "")


def test_a_view_that_says_more_is_left_as_it_is(client: Client) -> None:
    assert "no-store" in client.get(reverse("people:token-add"))["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client) -> None:
    page = client.get(reverse("account_login"), follow=False)
    chosen = client.post(reverse("console:elderly"), {"on": "1"})

    for name, cookie in [*client.cookies.items(), *page.cookies.items(), *chosen.cookies.items()]:
        assert cookie["httponly"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
    assert {settings.SESSION_COOKIE_NAME, "anyue_elderly"} <= set(client.cookies)


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "///x"]
)
@pytest.mark.parametrize(("route", "field"), [("console:elderly", "next"), ("pages:view-keep", "back")])
def test_nobody_is_led_to_another_site(client: Client, route: str, field: str, where: str) -> None:
    kwargs = {"list_key": "notices.index"} if route == "pages:view-keep" else {}

    answer = client.post(reverse(route, kwargs=kwargs), {field: where, "on": "1", "name": "我的", "query": "q=1"})

    assert answer.status_code == 302
    assert answer["Location"].split("?")[0] == "/"
