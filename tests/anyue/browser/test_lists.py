"""A list in the browser: searched as she types, working addresses, the keyboard, and fit to be seen at both sizes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from anyue.modules.notices.models import Notice
from anyue.modules.orgs.models import Kind
from tests.anyue.factories import make_unit, make_user

from .conftest import SignIn, Url
from .seeing import DESK, PHONE


@pytest.fixture
def notices(transactional_db: None, page: Page, sign_in: SignIn) -> list[Notice]:
    """Sixty notices of a street, and its reviewer signed in."""
    street = make_unit("望榆街道", kind=Kind.TOWNSHIP)
    sign_in(make_user("reviewer", street))
    return [
        Notice.objects.create(unit=street, title=f"安全生产月通知第{n}号", state="review", created_by="测试人员")
        for n in range(1, 61)
    ]


@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)
def test_a_list_is_fit_to_be_seen(page: Page, notices: list[Notice], url: Url, look: Any) -> None:
    page.goto(url("notices:index"))
    expect(page.get_by_role("status").filter(has_text="共 60 条")).to_be_visible()

    look("list")
    page.goto(url("notices:index") + "?q=没有这样的通知")
    look("list-nothing-found")
    page.goto(url("notices:index"))
    page.locator(".ay-drop > summary").first.click()
    look("list-filter")


def test_she_searches_as_she_types_and_the_back_button_leads_back(page: Page, notices: list[Notice], url: Url) -> None:
    page.goto(url("notices:index"))
    page.get_by_role("searchbox").last.fill("第17号")

    expect(page.locator(".ay-list tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=%E7%AC%AC17"))
    page.go_back()
    expect(page.locator(".ay-list tbody tr")).to_have_count(50)
    expect(page).to_have_url(url("notices:index"))


def test_the_next_page_and_a_link_to_it_show_the_same(page: Page, notices: list[Notice], url: Url) -> None:
    page.goto(url("notices:index"))
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".ay-list tbody tr")).to_have_count(10)
    seen = page.locator(".ay-list tbody").inner_text()

    page.reload()

    assert page.locator(".ay-list tbody").inner_text() == seen


def test_arrows_go_from_cell_to_cell(page: Page, notices: list[Notice], url: Url) -> None:
    page.goto(url("notices:index"))
    page.locator("[data-ay-table]").focus()

    def here() -> list[int]:
        found: list[int] = page.evaluate(
            "() => { const cell = document.activeElement.closest('td, th'); return [cell.parentElement.rowIndex, cell.cellIndex]; }"
        )
        return found

    at: list[list[int]] = []
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "Home", "Control+End"):
        page.keyboard.press(key)
        at.append(here())

    assert at[:5] == [[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]
    assert at[5][0] == 50


def test_a_view_is_saved_and_opened_again(page: Page, notices: list[Notice], url: Url) -> None:
    page.goto(url("notices:index") + "?q=第17号")
    page.get_by_text("常用视图").click()
    page.get_by_label("视图名称").fill("十七号")
    page.get_by_role("button", name="保存视图").click()
    expect(page).to_have_url(re.compile("q=%E7%AC%AC17"))

    page.goto(url("notices:index"))
    page.get_by_text("常用视图").click()
    page.get_by_role("link", name="十七号", exact=True).click()

    expect(page.locator(".ay-list tbody tr")).to_have_count(1)


def test_the_workbook_is_downloaded(page: Page, notices: list[Notice], url: Url) -> None:
    page.goto(url("notices:index"))

    with page.expect_download() as started:
        page.get_by_role("link", name="导出 Excel").click()

    assert started.value.suggested_filename.endswith(".xlsx")
