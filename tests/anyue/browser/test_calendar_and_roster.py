"""What an office takes away: the roster in the notice's own form, a calendar address, texts to paste into a chat."""

from __future__ import annotations

from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from anyue.modules.campaigns.models import CalendarAddress
from anyue.platform.jobs.worker import run_ready
from anyue.platform.messaging.models import Message
from tests.anyue.factories import PASSWORD, actor_for, make_tree, make_user
from tests.anyue.modules.campaigns.test_rosters import LIU, ROWS, issued, name

from .conftest import Look, SignIn, Url
from .seeing import DESK, PHONE

SIZES = pytest.mark.parametrize("page", [DESK, PHONE], indirect=True, ids=["desk", "phone"])


@SIZES
def test_the_office_has_the_notices_form_filled_and_takes_it_away(
    transactional_db: None, page: Page, sign_in: SignIn, look: Look, url: Url
) -> None:
    tree = make_tree()
    office = make_user("unit_admin", tree.district)
    campaign = issued(tree, ROWS, actor_for(office))
    name(campaign, tree.street, LIU)
    sign_in(office)

    page.goto(url("campaigns:office", campaign.pk))
    page.get_by_role("link", name="联络员名单").click()
    page.get_by_role("button", name="按通知附表填写").click()
    expect(page.locator(".job-progress")).to_be_visible()
    run_ready()
    link = page.locator("#roster a")
    expect(link).to_contain_text(".docx")  # it appears by itself when the job has ended
    look("roster")
    with page.expect_download() as taken:
        link.click()
    assert taken.value.suggested_filename.startswith("云湖区_联络员名单_")

    page.goto(url("campaigns:links", campaign.pk))
    page.get_by_text("群消息文本").click()
    expect(page.locator("#group-text")).to_contain_text("云湖区已发布")
    look("links")


@SIZES
def test_she_makes_a_calendar_address_and_her_calendar_program_reads_it(
    transactional_db: None, page: Page, sign_in: SignIn, look: Look, url: Url
) -> None:
    tree = make_tree()
    officer = make_user("liaison_officer", tree.street)
    issued(tree, ROWS, actor_for(make_user("unit_admin", tree.district)))
    sign_in(officer)

    page.goto(url("people:profile"))
    page.get_by_role("button", name="生成日历地址").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main form button").first.click()
    address = page.locator("#address").inner_text()
    look("calendar-address")
    here = url("desk:home").rstrip("/")
    with urlopen(here + address[address.index("/calendar/") :]) as answer:
        assert b"BEGIN:VCALENDAR" in answer.read()

    page.get_by_role("link", name="返回我的账号").click()
    expect(page.get_by_role("button", name="更换地址")).to_be_visible()
    look("profile-calendar")
    assert CalendarAddress.objects.get().used_at is not None

    page.goto(url("messaging:read", Message.objects.get(recipient_id=str(officer.pk)).pk))
    page.get_by_text("群消息文本").click()
    expect(page.locator("#paste")).to_contain_text("贵单位应办")
    look("letter")
