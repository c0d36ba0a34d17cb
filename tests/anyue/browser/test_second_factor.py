"""A passkey and recovery codes, from one's own account to signing in with them."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from anyue.modules.accounts.models import User
from tests.anyue.factories import PASSWORD, make_tree, make_user

from .conftest import Url


@pytest.fixture(autouse=True)
def person(transactional_db: None, page: Page, url: Url, settings: Settings) -> User:
    """She is signed in by her password, at an address to which browsers give passkeys."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.ALLOWED_HOSTS = ["*"]
    found = make_user("recorder", make_tree().street, username="recorder")
    _sign_in(page, url)
    return found


def _at(url: Url, route: str) -> str:
    return url(route).replace("127.0.0.1", "localhost")


def _sign_in(page: Page, url: Url) -> None:
    page.goto(_at(url, "account_login"))
    page.fill("[name=login]", "recorder")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]:has-text('登录'), form button:has-text('登录') >> nth=0")
    page.wait_for_load_state()


def _sign_out(page: Page) -> None:
    page.context.clear_cookies()


def _token(page: Page) -> None:
    """A key in this browser that says yes by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_signs_her_in_without_a_password(page: Page, url: Url, person: User) -> None:
    _token(page)
    page.goto(_at(url, "mfa_add_webauthn"))
    page.fill("[name=name]", "办公电脑")
    passwordless = page.locator("[name=passwordless]")
    if passwordless.count():
        passwordless.check()
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile("recovery|webauthn/$|2fa/$"))
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count() == 1

    _sign_out(page)
    page.goto(_at(url, "account_login"))
    page.click("button:has-text('通行密钥')")

    page.wait_for_url(re.compile(r"^(?!.*login).*$"))
    page.goto(_at(url, "people:profile"))
    expect(page.locator("h1")).to_have_text("我的账号")


def test_a_recovery_code_opens_the_door_once(page: Page, url: Url, person: User) -> None:
    _token(page)
    page.goto(_at(url, "mfa_add_webauthn"))
    page.fill("[name=name]", "办公电脑")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile("recovery|webauthn/$|2fa/$"))
    page.goto(_at(url, "mfa_view_recovery_codes"))
    shown = " ".join(page.eval_on_selector_all("main textarea", "all => all.map(one => one.value)"))
    codes = re.findall(r"\b[0-9a-f]{8}\b", shown)
    assert len(codes) == 10

    for code, opens in ((codes[0], True), (codes[0], False), (codes[1], True)):
        _sign_out(page)
        _sign_in(page, url)
        page.fill("[name=code]", code)
        page.press("[name=code]", "Enter")
        page.wait_for_load_state()
        page.goto(_at(url, "people:profile"))
        expect(page.locator("h1")).to_have_text("我的账号" if opens else re.compile("登录|认证"))
