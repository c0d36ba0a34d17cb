"""The first start: one link, three people, each with a password that nobody else knows."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from anyue.modules.accounts.models import Grant, User
from anyue.modules.accounts.services.first import first_link

from .conftest import Look
from .seeing import DESK

PEOPLE = {
    "system_admin": ("系统管理员", "甘小棠", "gan.xitong"),
    "security_auditor": ("安全审计员", "柳知溪", "liu.shenji"),
    "business_admin": ("业务管理员", "江以渚", "jiang.yewu"),
}
PASSWORD = "Qing-Feng-2026"


@pytest.fixture
def link(transactional_db: None) -> str:
    """What the first start prints, without the address of the installation."""
    made = first_link()
    assert made is not None
    return urlsplit(made).path


def _fill(page: Page) -> None:
    for code, (_label, name, username) in PEOPLE.items():
        page.locator(f"[name={code}-name]").fill(name)
        page.locator(f"[name={code}-username]").fill(username)
    page.get_by_role("button", name="创建三个账号").click()


def test_one_link_names_three_people_and_each_signs_in_by_her_own(
    page: Page, open_page: Callable[..., Page], link: str, look: Look
) -> None:
    page.goto(link)
    look("first-start")

    page.locator("[name=system_admin-name]").fill("甘小棠")
    page.get_by_role("button", name="创建三个账号").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert not User.objects.exists(), "nobody is made while a name is missing"

    _fill(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("三个管理账号")
    look("first-start-links")
    links = [urlsplit(one).path for one in page.locator("dd code").all_inner_texts()]
    assert len(set(links)) == 3

    for (code, (label, name, username)), hers in zip(PEOPLE.items(), links, strict=True):
        desk = open_page(DESK)
        _sets_her_password(desk, hers, name, username)
        if code == "system_admin":
            look("first-password", desk)
        _signs_in(desk, username)
        desk.goto("/people/me/")
        expect(desk.locator("main")).to_contain_text(label)
    assert dict(Grant.objects.values_list("user__username", "role")) == {
        username: code for code, (_label, _name, username) in PEOPLE.items()
    }


def _sets_her_password(desk: Page, link: str, name: str, username: str) -> None:
    desk.goto(link)
    expect(desk.locator("main")).to_contain_text(f"用于{name}，用户名{username}")
    desk.get_by_label("新密码").fill("12345678")
    desk.get_by_label("再次输入").fill("12345678")
    desk.get_by_role("button", name="设置密码").click()
    expect(desk.get_by_role("alert").first).to_be_visible()
    desk.get_by_label("新密码").fill(PASSWORD + username[:2])
    desk.get_by_label("再次输入").fill(PASSWORD + username[:2])


def _signs_in(desk: Page, username: str) -> None:
    desk.get_by_role("button", name="设置密码").click()
    expect(desk.get_by_text("密码已设置，请用新密码登录。").first).to_be_visible()
    desk.get_by_label("用户名").fill(username)
    desk.get_by_label("密码", exact=True).fill(PASSWORD + username[:2])
    desk.get_by_role("button", name="登录", exact=True).click()
    expect(desk.get_by_role("navigation", name="主导航").first).to_be_visible()


def test_the_link_works_once_and_what_it_made_cannot_be_made_again(
    page: Page, open_page: Callable[..., Page], link: str
) -> None:
    page.goto(link)
    _fill(page)
    hers = urlsplit(page.locator("dd code").first.inner_text()).path

    again = open_page(DESK)
    answer = again.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(again.locator("main")).to_contain_text("链接已使用或已失效")
    assert first_link() is None, "nothing is printed any more"
    _sets_her_password(again, hers, *PEOPLE["system_admin"][1:])
    again.get_by_role("button", name="设置密码").click()
    used = again.goto(hers)
    assert used is not None
    assert used.status == 410
