"""The parts of our pages in a real browser: they do what they promise, on a desk and on a phone, in every appearance."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.anyue.factories import make_tree, make_user

from .conftest import Look, SignIn, Url
from .seeing import DESK, PHONE, violations


@pytest.fixture(autouse=True)
def _at_the_page(transactional_db: None, page: Page, sign_in: SignIn, url: Url) -> None:
    sign_in(make_user("unit_admin", make_tree().district))
    page.goto(url("pages:components"))


@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)
def test_every_part_is_fit_to_be_seen(page: Page, look: Look) -> None:
    page.wait_for_selector("[data-chart] svg")
    look("components")


@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)
def test_the_largest_text_fits_the_screen_and_stays_accessible(page: Page) -> None:
    page.click("button:has-text('大字版')")
    page.click("button[name=size][value='30']")
    page.wait_for_selector("html[data-elderly='30'] [data-chart] svg")
    assert violations(page) == []
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window


def test_elderly_mode_has_large_text_and_large_targets(page: Page) -> None:
    page.click("button:has-text('大字版')")
    page.wait_for_selector("html[data-elderly='18']")
    text = "parseFloat(getComputedStyle(document.querySelector('.ay-main .lead')).fontSize)"
    assert page.evaluate(text) >= 18
    page.click("button[name=size][value='30']")
    page.wait_for_selector("html[data-elderly='30']")
    assert page.evaluate(text) >= 30
    heights = page.evaluate(
        "[...document.querySelectorAll('.ay-main .btn')].map(b => b.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 60


def test_a_figure_opens_its_parts_in_the_drawer(page: Page) -> None:
    page.click("a.ay-figure")
    page.wait_for_selector("#drawer.show table")
    assert "已签收的社区" in page.inner_text("#drawer-title")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer", state="hidden")


def test_a_dangerous_act_asks_for_its_reason_and_can_be_left(page: Page) -> None:
    page.click("text=请求确认并填写原因")
    assert "6 个社区" in page.inner_text("dialog[open]")
    page.click("dialog[open] [data-confirm-no]")
    page.wait_for_selector("dialog#ay-confirm", state="hidden")
    assert page.url.endswith("/components/")
    page.click("text=请求确认并填写原因")
    page.click("dialog[open] [data-confirm-yes]")
    assert page.is_visible("dialog[open]"), "without a reason it is not done"
    page.fill("dialog[open] textarea", "期限将至")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.click("dialog[open] [data-confirm-yes]")
    assert "reason=" in (sent.value.post_data or "")
    page.wait_for_selector("#toasts .is-success")


def test_what_is_typed_is_kept_and_said_so(page: Page) -> None:
    with page.expect_response("**/drafts/**") as kept:
        page.fill("#id_name", "安全宣讲进社区")
    assert kept.value.status == 204
    page.wait_for_function("document.querySelector('[data-draft-saved]').textContent.match(/\\d\\d:\\d\\d/)")


def test_a_lost_connection_is_said_while_it_lasts(page: Page) -> None:
    page.context.set_offline(True)
    page.wait_for_selector("[data-offline]", state="visible")
    page.context.set_offline(False)
    page.wait_for_selector("[data-offline]", state="hidden")


def test_progress_is_asked_until_it_is_done(page: Page) -> None:
    page.wait_for_selector("#component-progress progress.is-success", timeout=20000)
    assert page.get_attribute("#component-progress", "hx-get") is None
