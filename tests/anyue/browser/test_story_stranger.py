"""A stranger types addresses that she guesses: whatever stands behind them, nothing tells her that it is there."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from anyue.platform.audit.models import Entry
from tests.anyue.permissions.rules import May, may
from tests.anyue.permissions.test_table import case_of
from tests.anyue.permissions.world import ANONYMOUS, STRANGER, World, make_world

from .addresses import Guess, ask, guesses, our_routes, token_of, words
from .conftest import Look, SignIn, Url


@pytest.fixture
def world(transactional_db: None) -> World:
    """Two districts; the stranger holds every role of units in the other one."""
    return make_world()


@pytest.fixture
def guessed(world: World) -> list[Guess]:
    """Every address with an object in it."""
    return list(guesses(world))


def test_every_route_with_an_object_is_guessed(guessed: list[Guess]) -> None:
    """A route that is not tried here fails the permission table first; this holds that none is left out of the story."""
    assert {one.route.name for one in guessed} == {route.name for route in our_routes() if "<" in route.address}


def test_a_stranger_who_is_signed_in_finds_nothing_and_cannot_tell(
    page: Page, world: World, guessed: list[Guess], sign_in: SignIn, url: Url, look: Look
) -> None:
    sign_in(world.user(STRANGER))
    page.goto(url("desk:home"))
    token = token_of(page)
    before = Entry.objects.count()

    faults = []
    tried = 0
    for one in guessed:
        if may(case_of(one.route, one.subject, STRANGER, world)) is not May.NOTHING:
            continue
        there, gone = ask(page, "GET", one.here), ask(page, "GET", one.nowhere)
        # A wrong method is refused before anything is looked for.
        if there.status not in {404, 405} or there.status != gone.status:
            faults.append(f"{one.here}: {there.status}; with nothing behind it {gone.status}")
        elif words(there, one.here) != words(gone, one.nowhere):
            faults.append(f"{one.here} reads unlike an address that leads to nothing")
        sent = ask(page, "POST", one.here, token)
        if sent.status not in {404, 405}:
            faults.append(f"POST {one.here}: {sent.status}")
        tried += 1

    assert faults == []
    assert tried > 50
    assert Entry.objects.count() == before, "nothing was done"
    page.goto(next(one.here for one in guessed if one.route.name == "campaigns:show"))
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到该页面")
    look("stranger")


def test_nobody_signed_in_is_asked_to_sign_in_whether_it_is_there_or_not(
    page: Page, world: World, guessed: list[Guess], url: Url
) -> None:
    page.goto(url("account_login"))
    token = token_of(page)

    faults = []
    for one in guessed:
        if may(case_of(one.route, one.subject, ANONYMOUS, world)) is not May.SIGN_IN:
            continue
        for method in ("GET", "POST"):
            there, gone = ask(page, method, one.here, token), ask(page, method, one.nowhere, token)
            leads = urlsplit(there.headers.get("location", "")).path
            if there.status != gone.status or not (
                there.status == 404 or (there.status, leads) == (302, "/accounts/login/")
            ):
                faults.append(f"{method} {one.here}: {there.status} {leads}; with nothing behind it {gone.status}")

    assert faults == []


def test_a_link_that_is_guessed_opens_nothing(page: Page, world: World, guessed: list[Guess]) -> None:
    """Public doors lead somewhere only for who holds the link: every other address is gone or was never there."""
    doors = [one for one in guessed if one.route.access is not None and one.route.access.public]
    assert doors

    found = {one.here: ask(page, "GET", one.here).status for one in doors}

    assert {address: status for address, status in found.items() if status not in {404, 410}} == {}
