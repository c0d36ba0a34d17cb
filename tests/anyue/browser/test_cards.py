"""On a phone the rows of a table are cards: nothing is cut off, nothing scrolls sideways, and a screen reader still hears a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from anyue.platform.audit.services import record
from anyue.platform.authz import Actor
from tests.anyue.permissions.world import World, make_world

from .conftest import Look, SignIn, Url

PAGES = {
    "people": ("unit_admin", "people:index", False),
    "rights": ("unit_admin", "people:rights", True),
    "person": ("unit_admin", "people:person", True),
    "trail": ("security_auditor", "audit:entries", False),
}


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.mark.parametrize("name", PAGES)
def test_a_table_is_cards_on_a_phone(
    world: World, phone: Page, sign_in: SignIn, url: Url, look: Look, name: str
) -> None:
    persona, route, about_somebody = PAGES[name]
    record(by=Actor.system("test"), action="unit.added", subject=world.user("unit_admin"), after={"name": "望榆街道"})
    sign_in(world.user(persona), phone)
    phone.goto(url(route, pk=world.user("unit_admin").pk) if about_somebody else url(route))

    look(f"cards-{name}", phone)

    table = phone.get_by_role("table").first
    assert table.get_by_role("row").count() >= 1
    edges = phone.locator(".ay-cards td, .ay-cards th").evaluate_all(
        "cells => cells.filter(one => one.offsetParent).map(one => [one.getBoundingClientRect().left, one.getBoundingClientRect().right])"
    )
    assert edges
    assert all(left >= 0 and right <= 390 for left, right in edges)


def test_a_file_is_chosen_in_the_language_of_the_page_by_keyboard_too(
    world: World, page: Page, sign_in: SignIn, url: Url, look: Look, tmp_path: Path
) -> None:
    sign_in(world.user("unit_admin"))
    page.goto(url("notices:upload"))
    look("file-input")
    field = page.locator("#id_notice")
    face = page.locator("#id_notice + .ay-file")
    assert face.locator("label").inner_text() == "选择文件"
    assert face.get_by_role("status").inner_text() == "未选择文件"

    page.get_by_role("link", name="取消").focus()
    for _ in range(5):  # backwards over the button that sends the form
        page.keyboard.press("Shift+Tab")
        if field.evaluate("one => one === document.activeElement"):
            break
    assert field.evaluate("one => one === document.activeElement")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    paths = [tmp_path / "通知.docx", tmp_path / "附件.xlsx"]
    for path in paths:
        path.write_bytes(b"x")
    chooser.value.set_files(paths[0])
    assert face.get_by_role("status").inner_text() == "通知.docx"
    with page.expect_file_chooser() as chooser:
        face.locator("label").click()
    chooser.value.set_files(paths)
    assert face.get_by_role("status").inner_text() == "已选择 2 个文件"


def test_without_scripts_the_file_input_is_the_browsers_own(
    world: World, browser: Browser, live_server: Any, sign_in: SignIn, url: Url
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    sign_in(world.user("unit_admin"), page)
    page.goto(url("notices:upload"))

    assert page.locator("#id_notice").bounding_box()["width"] > 100  # type: ignore[index]
    assert page.locator(".ay-file").count() == 0
    context.close()
