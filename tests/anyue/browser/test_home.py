"""Home by role, the overview on one sheet, the wall, search: fit to be seen, at the desk and on the phone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from anyue.kernel.clock import now
from anyue.modules.campaigns.models import Campaign, Duty
from anyue.modules.campaigns.services import receipt_sign
from anyue.modules.orgs.models import Kind
from tests.anyue.factories import Tree, actor_for, make_tree, make_unit, make_user
from tests.anyue.modules.campaigns.makers import running

from .conftest import SignIn, Url
from .seeing import DESK, PHONE

SCREENS = [DESK, {"width": 1920, "height": 1080}]


@pytest.fixture
def place(transactional_db: None) -> Tree:
    """A district in mid-month: one receipt signed, returns ten days late, many late offices."""
    tree = make_tree()
    offices = [make_unit(f"区第{number}局", parent=tree.district, kind=Kind.DEPARTMENT) for number in range(1, 15)]
    communities = [tree.street, tree.other_street, tree.community, tree.other_community]
    campaign = running(tree, [*communities, *offices])
    Duty.objects.filter(campaign=campaign, kind="return").update(due_at=now() - timedelta(days=10))
    Duty.objects.filter(campaign=campaign, kind="task").update(due_at=now() + timedelta(days=9))
    receipt_sign(by=actor_for(make_user("liaison_officer", tree.street)), campaign=campaign, unit=tree.street)
    return tree


@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)
@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("reviewer", "home-office"),
        ("liaison_officer", "home-unit"),
        ("media_officer", "home-watcher"),
        ("security_auditor", "home-audit"),
        ("system_admin", "home-system"),
        ("business_admin", "home-business"),
        (None, "home-nobody"),
    ],
)
def test_each_role_has_a_home_that_is_fit_to_be_seen(
    page: Page, place: Tree, sign_in: SignIn, url: Url, look: Any, role: str | None, name: str
) -> None:
    sign_in(make_user(role, place.community if role == "liaison_officer" else place.district))
    page.goto(url("desk:home"))

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(name)


@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)
def test_leader_overview_search_and_duties_are_fit_to_be_seen(
    page: Page, place: Tree, sign_in: SignIn, url: Url, look: Any
) -> None:
    sign_in(make_user("unit_admin", place.district))
    for address, name in (
        ("desk:overview", "overview"),
        ("desk:search", "search"),
        ("desk:duties", "duties"),
    ):
        page.goto(url(address) + ("?q=柳岸" if name == "search" else ""))
        if name == "overview":
            expect(page.locator("[data-chart-canvas] svg").first).to_be_visible()
        look(name)
    page.goto(url("desk:home") + "?face=leader")
    look("home-leader")


def test_the_overview_is_one_sheet_of_paper(page: Page, place: Tree, sign_in: SignIn, url: Url) -> None:
    sign_in(make_user("reviewer", place.district))
    page.goto(url("desk:overview"))
    paper = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))

    assert len(paper) == 1
    text = paper[0].get_textpage().get_text_range()
    assert "逾期最久的单位" in text
    assert place.street.name in text


@pytest.mark.parametrize("page", SCREENS, indirect=True)
def test_the_wall_fills_the_screen_and_nothing_scrolls(
    page: Page, place: Tree, sign_in: SignIn, url: Url, look: Any
) -> None:
    sign_in(make_user("reviewer", place.district))
    page.goto(url("desk:wall"))
    expect(page.locator(".wall-figure")).to_have_count(5)

    high, wide, cut, small = page.evaluate(
        """() => { const boxes = [...document.querySelectorAll('.wall-box')];
             const texts = [...document.querySelectorAll('.wall-inside *')].filter(e => e.childNodes.length && e.textContent.trim());
             return [document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth,
                     boxes.filter(b => b.scrollHeight > b.clientHeight + 1).length,
                     Math.min(...texts.map(e => parseFloat(getComputedStyle(e).fontSize))) / innerHeight]; }"""
    )
    assert (high, wide, cut) == (0, 0, 0)
    assert small >= 0.0235
    look("wall")


def test_the_wall_refreshes_itself_and_escape_leads_back(page: Page, place: Tree, sign_in: SignIn, url: Url) -> None:
    page.clock.install()
    sign_in(make_user("reviewer", place.district))
    page.goto(url("desk:wall"))
    signed = page.locator(".wall-figure b").first
    expect(signed).to_contain_text("1")
    duty = Duty.objects.filter(kind="receipt", unit=place.other_street).get()
    receipt_sign(
        by=actor_for(make_user("liaison_officer", place.other_street)),
        campaign=Campaign.objects.get(),
        unit=duty.unit,
    )

    page.clock.run_for(31_000)
    expect(signed).to_contain_text("2")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/overview/"))
