"""The auditor reads the trail, sees what a person may do and why, and cannot change a thing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from anyue.kernel import clock
from anyue.modules.orgs.services import unit_rename
from anyue.platform.audit.sealing import entries_seal_all
from tests.anyue.permissions.world import World, make_world

from .addresses import ask, guesses, our_routes, token_of
from .conftest import Look, SignIn, Url

AUDITOR = "security_auditor"
# What everybody may do to her own account and to how pages look, besides signing out.
HER_OWN = {
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "calendar:open",
    "calendar:close",
    "people:profile",
    "people:delegate",
    "people:undelegate",
    "people:device-end",
    "people:token-add",
    "people:token-end",
    "people:stay",
    "people:work-as",
    "messaging:read",
    "messaging:read_all",
    "pages:view-keep",
    "pages:view-drop",
    "pages:draft-keep",
    "pages:component-toast",
}


@pytest.fixture
def world(transactional_db: None) -> World:
    """A district in which somebody renamed a street a moment ago."""
    made = make_world()
    unit_rename(by=made.actor("business_admin"), unit=made.tree.street, name="望榆新城街道", on=clock.today())
    entries_seal_all()
    return made


@pytest.fixture(autouse=True)
def _signed_in(world: World, sign_in: SignIn) -> None:
    sign_in(world.user(AUDITOR))


def is_her_own(name: str) -> bool:
    return name in HER_OWN or name.startswith(("console:", "mfa_"))


def test_she_searches_the_trail_and_reads_one_entry_with_what_was_before_and_after(
    page: Page, world: World, url: Url, look: Look
) -> None:
    page.goto(url("desk:home"))
    page.get_by_role("link", name="设置").first.click()
    page.get_by_role("link", name="审计日志").first.click()
    page.get_by_label("关键词").fill("望榆新城")
    page.get_by_label("单位（含下级）").fill("望榆新城街道")
    page.get_by_role("button", name="查询").click()
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(world.user("business_admin").name)
    look("audit-trail")

    rows.get_by_role("link").click()
    changed = page.locator("main tr.table-active", has=page.get_by_role("rowheader", name="名称", exact=True))
    expect(changed.locator("td").nth(0)).to_have_text("望榆街道")
    expect(changed.locator("td").nth(1)).to_have_text("望榆新城街道")
    expect(page.locator("main dl")).not_to_contain_text("尚未封存")
    look("audit-entry")


def test_she_sees_what_a_person_may_do_and_by_which_role(page: Page, world: World, url: Url, look: Look) -> None:
    person = world.user("reviewer")
    page.goto(url("people:index"))
    page.get_by_role("link", name=person.name, exact=True).click()
    page.get_by_role("link", name="权限及依据").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.name)
    row = page.locator(
        "tbody tr", has=page.get_by_role("rowheader", name="审核读取结果：采纳、更正、补充、剔除", exact=True)
    )
    expect(row).to_contain_text("审核员")
    expect(row).to_contain_text("望榆新城街道")
    look("rights")


def test_no_page_that_she_can_reach_has_a_form_that_changes_anything_but_her_own(page: Page, url: Url) -> None:
    waiting, seen, forms = [url("desk:home")], set(), {}
    while waiting:
        address = waiting.pop(0)
        page.goto(address)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            name = _route(page, link)
            if name and name not in seen and "export" not in name and not link.endswith((".xlsx", ".ics")):
                seen.add(name)
                waiting.append(link.partition("#")[0])
        for action in page.eval_on_selector_all(
            "form[method=post], [hx-post], [hx-put], [hx-delete], [hx-patch]",
            "parts => parts.map(part => new URL(part.getAttribute('hx-post') || part.getAttribute('action') || '', location).href)",
        ):
            forms[_route(page, action)] = address

    assert {"audit:entries", "audit:entry", "people:index", "people:person", "people:rights", "orgs:index"} <= seen
    assert {name: at for name, at in forms.items() if not is_her_own(name)} == {}


def _route(page: Page, address: str) -> str:
    """The name of the route behind an address of ours; "" for any other."""
    parts = urlsplit(address)
    if parts.netloc != urlsplit(page.url).netloc:
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""


def _rows() -> dict[str, int]:
    """How much there is of everything, the trail included; when she was last seen is not business."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_whatever_she_sends_is_refused_and_nothing_changes(page: Page, world: World, url: Url) -> None:
    page.goto(url("desk:home"))
    token = token_of(page)
    addresses = {one.route.name: one.here for one in guesses(world)}
    addresses |= {route.name: url(route.name) for route in our_routes() if "<" not in route.address}
    public = {route.name for route in our_routes() if route.access is not None and route.access.public}
    before = _rows()

    # 200: a page that only shows, shown once more.
    answers = {
        name: ask(page, "POST", address, token).status
        for name, address in addresses.items()
        if not is_her_own(name) and name not in public
    }

    assert {name: status for name, status in answers.items() if status not in {200, 403, 404, 405}} == {}
    assert sum(status != 200 for status in answers.values()) > 80
    assert _rows() == before
