"""A real Chromium before a real server. ``page`` is a desk; ``phone`` a telephone; ``sign_in(user)``; ``look(name)``.

    def test_she_signs_the_receipt(page, sign_in, look, url):
        sign_in(make_user("liaison_officer", street))
        page.goto(url("campaigns:duties"))
        look("duties")                       # pictures in light, dark and elderly; WCAG 2.2 AA in each
        page.get_by_role("button", name="签收").click()

A console error, an exception, a breach of the Content-Security-Policy, a part that is missing, a status of 500 and a request
that leaves the machine each fail the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from anyue.kernel import clock
from anyue.modules.accounts.models import User
from tests.anyue.factories import client_for

from .seeing import DESK, PHONE, Watch, look_at

# Playwright's own loop runs in this thread; nothing of Django's runs in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = (
    "--no-sandbox --disable-dev-shm-usage --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --disable-default-apps --no-first-run --force-color-profile=srgb --hide-scrollbars"
).split()

Look = Callable[..., None]
SignIn = Callable[..., None]
Url = Callable[..., str]
ItIs = Callable[[str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if "tests/anyue/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and CI skips nothing")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What went wrong in any page of this test; it must be nothing."""
    seen = Watch()
    yield seen
    assert seen.faults == []


@pytest.fixture
def open_page(browser: Browser, live_server: Any, watch: Watch) -> Iterator[Callable[[ViewportSize], Page]]:
    """``open_page(PHONE)``: another person's browser, with cookies of its own."""
    contexts: list[BrowserContext] = []

    def opened(size: ViewportSize = DESK) -> Page:
        context = browser.new_context(
            viewport=size,
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            has_touch=size is PHONE,
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        watch.on(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[[ViewportSize], Page], request: pytest.FixtureRequest) -> Page:
    """At a desk; ``@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)`` runs a test at both sizes."""
    return open_page(getattr(request, "param", DESK))


@pytest.fixture
def phone(open_page: Callable[[ViewportSize], Page]) -> Page:
    """A telephone."""
    return open_page(PHONE)


@pytest.fixture
def sign_in(live_server: Any, page: Page) -> SignIn:
    """Sign a person in, in ``page`` or another one, without the form."""

    def signed(user: User, where: Page = page) -> None:
        name = settings.SESSION_COOKIE_NAME
        value = client_for(user).cookies[name].value
        where.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    return signed


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> ItIs:
    """Hold the clock for every thread: the server answers in threads of its own."""

    def held(written: str) -> None:
        instant = datetime.fromisoformat(written).replace(tzinfo=clock.SHANGHAI).astimezone(UTC)
        monkeypatch.setattr(clock, "_held", ContextVar("held", default=instant))

    return held


@pytest.fixture
def url(live_server: Any) -> Url:
    """``url("notices:one", pk=1)``: the whole address of a route."""

    def address(route: str, *args: Any, **kwargs: Any) -> str:
        return str(live_server.url + resolve_url(route, *args, **kwargs))

    return address


@pytest.fixture
def look(page: Page) -> Look:
    """Look at the page in every look: pictures, accessibility, width."""

    def looked(name: str, where: Page = page) -> None:
        faults = look_at(where, name)
        assert faults == [], "\n".join(faults)

    return looked
