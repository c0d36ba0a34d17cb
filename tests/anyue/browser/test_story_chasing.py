"""A unit that did nothing is chased, then its leader is told; in the end it signs by its link, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from anyue.modules.accounts.models import Post, User
from anyue.modules.campaigns import jobs
from anyue.modules.campaigns.models import Campaign, Chase, Duty
from anyue.modules.campaigns.services import receipt_sign
from anyue.modules.orgs.models import Unit
from tests.anyue.factories import Tree, actor_for, make_tree, make_user
from tests.anyue.modules.campaigns.makers import running

from .conftest import ItIs, Look, SignIn, Url
from .seeing import DESK

Colleague = Callable[[str], Page]
OFFICER, NUMBER, LEADER, NOTE = "甘小棠", "13800001234", "柳知荷", "占线两次，已在值班室留言"


@pytest.fixture
def place(transactional_db: None, it_is: ItIs) -> Tree:
    """Published on Monday, 18 May 2026; receipts due on Wednesday, liaison officers on the Monday after, at 17:00."""
    it_is("2026-05-04T09:00")
    return make_tree()


@pytest.fixture
def idle(place: Tree) -> Unit:
    """The street that does nothing, with somebody who works for it, and somebody who answers for it."""
    officer = make_user("liaison_officer", place.other_street, name=OFFICER)
    User.objects.filter(pk=officer.pk).update(phone=NUMBER)
    leader = make_user("unit_admin", place.other_street, name=LEADER)
    Post.objects.filter(user=leader).update(is_leader=True)
    return place.other_street


@pytest.fixture
def campaign(place: Tree, idle: Unit, it_is: ItIs) -> Campaign:
    """The other street signed in time."""
    it_is("2026-05-18T09:00")
    found = running(place, [place.street, idle])
    receipt_sign(by=actor_for(make_user("liaison_officer", place.street)), campaign=found, unit=place.street)
    return found


@pytest.fixture
def office(page: Page, place: Tree, sign_in: SignIn) -> Page:
    """Somebody of the district at her desk."""
    sign_in(make_user("unit_admin", place.district, name="安月初"))
    return page


@pytest.fixture
def colleague(open_page: Callable[..., Page], sign_in: SignIn) -> Colleague:
    """``colleague("甘小棠")``: that person at a desk of her own."""

    def opened(name: str) -> Page:
        page = open_page(DESK)
        sign_in(User.objects.get(name=name), page)
        return page

    return opened


def test_who_did_nothing_is_chased_then_the_leader_is_told_and_at_last_the_unit_signs(
    campaign: Campaign, office: Page, colleague: Colleague, phone: Page, url: Url, look: Look, it_is: ItIs
) -> None:
    unit = campaign.participations.get(unit__name="松桥街道").unit
    it_is("2026-05-21T09:00")
    _opens_the_list(office, url, unit.name, look)
    address = _copies_the_text(office, unit.name, look)
    _sends_and_calls(office, url, campaign, unit, look)

    _is_told(colleague(OFFICER), url, "逾期", look, "chased-inbox")

    it_is("2026-05-25T10:00")
    jobs.chase.func()
    told = Chase.objects.get(unit=unit, step=Chase.Step.LEADER)
    assert told.recipient == LEADER
    office.goto(url("campaigns:chase-unit", campaign.pk, unit.pk))
    expect(office.locator("main")).to_contain_text(LEADER)
    look("chase-unit-escalated")
    above, words = colleague(LEADER), f"请{unit.name}负责同志督办"
    above.goto(url("desk:home"))
    expect(above.get_by_role("region", name="请负责同志阅")).to_contain_text(words)
    _is_told(above, url, words, look, "leader-inbox")
    above.goto(url("desk:home"))
    expect(above.get_by_role("region", name="请负责同志阅")).to_have_count(0)

    _signs_on_a_phone(phone, address, unit.name, look)
    assert (
        not campaign.duties.filter(unit=unit, kind__in=["receipt", "liaison"]).exclude(state=Duty.State.DONE).exists()
    )
    office.goto(url("campaigns:chase", campaign.pk))
    rows = office.locator("main tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).not_to_contain_text([unit.name])


def _opens_the_list(page: Page, url: Url, name: str, look: Look) -> None:
    """From her home page by the menu; who signed is not in the list."""
    page.goto(url("desk:home"))
    page.get_by_role("link", name="通知与任务").first.click()
    page.get_by_role("link", name="催办", exact=True).first.click()
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text([name])
    expect(rows).to_contain_text(["尚未催办"])
    look("chase-list")


def _copies_the_text(page: Page, name: str, look: Look) -> str:
    """The text with names, numbers and links, as it lies in the clipboard; the path of the unit's own link."""
    page.locator('main tbody input[type="checkbox"]').check()
    page.get_by_role("button", name="催办所选单位").click()
    page.wait_for_url("**/chasing/text/?units=*")
    look("chase-text")
    page.get_by_role("link", name="附各单位链接").click()
    page.wait_for_url("**links=1**")
    look("chase-text-links")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator('button[data-copy="#group-text"]').click()
    expect(page.locator('button[data-copy="#group-text"]')).to_contain_text("已复制")
    text = str(page.evaluate("() => navigator.clipboard.readText()"))
    assert f"1. {name}（{OFFICER} {NUMBER}）" in text
    assert "签收通知（5月20日（周三）24:00 截止，已逾期 9 小时）" in text
    [address] = re.findall(r"https?://[^/\s]+(/\S+)", text)
    return str(address)


def _sends_and_calls(page: Page, url: Url, campaign: Campaign, unit: Unit, look: Look) -> None:
    """By the channels, then by telephone; of each the page has a record."""
    page.get_by_role("button", name="立即发送").click()
    look("chase-confirm")
    page.locator("dialog[open] button", has_text="立即发送").click()
    page.wait_for_url(url("campaigns:chase", campaign.pk))
    expect(page.locator("main tbody")).to_contain_text("05-21 09:00")
    page.get_by_role("link", name=unit.name, exact=True).click()
    page.get_by_label("通话备注").fill(NOTE)
    page.get_by_role("button", name="已电话催办").click()
    history = page.locator("main ol.list-group > li")
    expect(history).to_have_count(2)
    expect(history.nth(0)).to_contain_text("电话")
    expect(history.nth(0)).to_contain_text(NOTE)
    expect(history.nth(1)).to_contain_text(OFFICER)
    look("chase-unit")


def _is_told(page: Page, url: Url, words: str, look: Look, name: str) -> None:
    """Her home page has it, the bell counts it, and the message leads to what is to be done."""
    page.goto(url("desk:home"))
    expect(page.locator(".ay-count")).not_to_be_empty()
    look(f"{name}-home", page)
    page.locator(f'a[href="{urlsplit(url("messaging:inbox")).path}"]').first.click()
    look(name, page)
    page.locator("main tbody a", has_text=words).click()
    look(f"{name}-message", page)
    page.get_by_role("button", name="前往办理").click()
    page.wait_for_url("**/units/*/")


def _signs_on_a_phone(page: Page, address: str, name: str, look: Look) -> None:
    """The link from the text of the first day still opens the unit's duties: it signs and names its officer."""
    page.goto(address)
    expect(page.locator("body")).to_contain_text(name)
    look("chased-link", page)
    page.get_by_role("link", name="签收").click()
    page.fill("#id_who_name", "松小桥")
    page.fill("#id_who_phone", "13900000000")
    page.locator(".ay-form-foot button").click()
    page.wait_for_url("**/?done=1")
    page.get_by_role("link", name="明确联络员").click()
    page.fill("#id_name", OFFICER)
    page.fill("#id_mobile", NUMBER)
    page.fill("#id_who_name", "松小桥")
    page.fill("#id_who_phone", "13900000000")
    page.locator(".ay-form-foot button").click()
    page.wait_for_url("**/?done=*")
    look("chased-link-done", page)
