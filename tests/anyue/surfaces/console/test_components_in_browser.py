"""The parts of our pages in a real browser: they do what they promise, on a desk and on a phone, in every appearance."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.anyue.factories import PASSWORD, Tree, make_tree, make_user

ROOT = Path(__file__).parents[4]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS = {
    "light": {"anyue_appearance": "light"},
    "dark": {"anyue_appearance": "dark"},
    "elderly": {"anyue_elderly": "1"},
    "elderly at 30": {"anyue_elderly": "1", "anyue_text_size": "30"},
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium: see scripts/system_packages.sh"),
    pytest.mark.skipif(not AXE.is_file(), reason="front-end packages: scripts/fetch_frontend.sh"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the database is asked between its calls, never inside.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    tree: Tree = make_tree()
    user = make_user("unit_admin", tree.district)
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("#content button[type=submit]")
    page.goto("/components/")
    yield page
    context.close()
    assert faults == []


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("look", LOOKS)
def test_every_part_is_accessible_and_fits_its_screen(page: Page, look: str, size: tuple[int, int]) -> None:
    page.context.add_cookies([{"name": name, "value": value, "url": page.url} for name, value in LOOKS[look].items()])
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/components/")
    page.wait_for_selector("[data-chart] svg")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


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
