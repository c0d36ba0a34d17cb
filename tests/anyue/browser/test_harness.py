"""The harness sees what is wrong: each fault is planted once, so that a clean run means something."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from anyue.modules.orgs.models import Kind
from tests.anyue.factories import make_unit, make_user

from .conftest import SignIn, Url
from .seeing import DESK, PHONE, Watch, look_at, violations

HEAD = "<!doctype html><html lang='zh-Hans'><head><meta charset='utf-8'><title>页</title></head>"


@pytest.fixture
def show(page: Page, live_server: Any) -> Any:
    """A page of ours with this body, under our policy."""

    def shown(body: str, **headers: str) -> None:
        def answer(route: Route) -> None:
            route.fulfill(
                body=f"{HEAD}<body><main>{body}</main></body></html>", headers=headers, content_type="text/html"
            )

        page.route("**/planted/", answer)
        page.goto(live_server.url + "/planted/")

    return shown


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<script>console.error('broken')</script>", "console: broken"),
        ("<script>nothing.there()</script>", "exception: nothing is not defined"),
        ("<img src='http://cdn.example.com/a.png' alt=''>", "leaves the house: http://cdn.example.com/a.png"),
        ("<script src='/static/no-such.js'></script>", "404: "),
    ],
)
def test_a_fault_of_the_page_is_seen(show: Any, page: Page, watch: Watch, body: str, fault: str) -> None:
    show(body)
    page.wait_for_load_state("networkidle")

    assert any(fault in seen for seen in watch.faults), watch.faults
    watch.faults.clear()


def test_a_breach_of_the_policy_is_seen(show: Any, watch: Watch) -> None:
    show("<script>document.title = 'x'</script>", **{"Content-Security-Policy": "script-src 'self'"})

    assert any("Content Security Policy" in seen for seen in watch.faults)
    watch.faults.clear()


def test_what_is_hard_to_use_is_seen(show: Any, page: Page) -> None:
    show("<input><p style='color:#ccc;background:#fff'>看不清</p>")

    found = {fault.partition(":")[0] for fault in violations(page)}
    assert {"label", "color-contrast"} <= found


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_page_that_scrolls_sideways_is_seen(show: Any, page: Page) -> None:
    show("<meta name='viewport' content='width=device-width'><div style='width:900px'>宽</div>")

    assert any("pixels wide in a window of 390" in fault for fault in look_at(page, "planted"))


@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)
def test_the_home_page_is_fit_to_be_seen_by_who_is_signed_in(
    page: Page, sign_in: SignIn, url: Url, look: Any, transactional_db: None
) -> None:
    sign_in(make_user("reviewer", make_unit("望榆街道", kind=Kind.TOWNSHIP)))

    page.goto(url("desk:home"))

    assert page.url == url("desk:home")
    look("harness-home")
