"""Every page of units, people, messages, jobs and the trail, from the url configuration itself, in every appearance.

The subjects are those of the table of permissions, so that a page which is new there is looked at here as well.
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.anyue.factories import client_for
from tests.anyue.permissions.routes import Route, routes, subjects_of
from tests.anyue.permissions.world import ANONYMOUS, Subject, World, make_world

from .conftest import SignIn, Url
from .seeing import DESK, PHONE, put_on, take_picture, violations, wide

APPS = {"orgs", "accounts", "messaging", "jobs", "audit"}
PERSONAS = ("unit_admin", "business_admin", "system_admin", "security_auditor", ANONYMOUS)
OF_THE_LIBRARY = (
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
)
SEEN = ("color-contrast", "target-size", "scrollable-region-focusable")
PARTS = 3
"""Each app's pages in so many tests, so that none takes a minute and several processors share them."""
OURS = [route for route in routes() if route.app in APPS]


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def _address(route: Route, subject: Subject) -> str:
    return reverse(route.name, kwargs=dict(subject.kwargs)) + subject.query


def _is_page(world: World, persona: str, address: str) -> bool:
    """A whole page for this person: no part for htmx, no file, nothing that answers POST alone."""
    answer = client_for(None if persona == ANONYMOUS else world.user(persona)).get(address)
    is_page = answer.status_code == 200 and not answer.streaming and b"<html" in answer.content
    answer.close()
    return is_page


def _pages(world: World, app: str) -> list[tuple[str, str, str]]:
    """Name, address, and the first person to whom it shows: each page of the app once."""
    if app == "library":
        return [(name, reverse(name), "unit_admin") for name in OF_THE_LIBRARY]
    found: list[tuple[str, str, str]] = []
    for route in OURS:
        if route.app != app:
            continue
        subjects = subjects_of(route.app)
        assert subjects is not None
        subject = subjects[route.name](world)
        address = _address(route, subject)
        people = (subject.owner,) if subject.owner else PERSONAS
        shown = next((persona for persona in people if _is_page(world, persona, address)), None)
        if shown is not None:
            found.append((route.name, address, shown))
    return found


def _share(pages: list[tuple[str, str, str]], part: int) -> list[tuple[str, str, str]]:
    return sorted(pages)[part::PARTS]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("app", [*sorted(APPS), "library"])
def test_every_page_of_the_settings_is_fit_to_be_seen(
    world: World, page: Page, sign_in: SignIn, url: Url, app: str, part: int
) -> None:
    faults: list[str] = []
    pages = _pages(world, app)
    assert len(pages) >= 2, "an app of settings without pages: is its table of permissions empty?"
    before = ""
    for name, address, persona in sorted(_share(pages, part), key=lambda each: each[2]):
        if persona != before:
            page.context.clear_cookies()
            if persona != ANONYMOUS:
                sign_in(world.user(persona))
            before = persona
        page.set_viewport_size(DESK)
        page.goto(url("desk:home").removesuffix("/") + address)
        faults += _faults(page, f"settings-{name.replace(':', '-')}")
    assert faults == [], "\n\n".join(faults)


def _faults(page: Page, name: str) -> list[str]:
    """All of WCAG in light; in the other looks what depends on looks; large text on the phone, where the least fits."""
    found = violations(page)
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} headings of the first rank")
    take_picture(page, name, "desk", "light")
    put_on(page, "dark")
    found += [f"dark: {fault}" for fault in violations(page, SEEN)]
    page.set_viewport_size(PHONE)
    put_on(page, "elderly")
    found += [f"phone, elderly: {fault}" for fault in [*violations(page, SEEN), *wide(page)]]
    take_picture(page, name, "phone", "elderly")
    return [f"{name}: {fault}" for fault in found]
