"""Signing in and out as the browser does it: lock-out, idle time, gates, the trail."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from anyue.kernel.clock import now
from anyue.modules.accounts import lockout
from anyue.modules.accounts.gates import SEEN
from anyue.modules.accounts.models import FailedSignIns, User
from anyue.modules.accounts.services import invitation_make, invitation_take, person_suspend, person_unlock
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from tests.anyue.factories import PASSWORD, Tree, client_for, make_user

SYSTEM = Actor.system("test")
LOGIN = "/accounts/login/"
HOME = "/people/stay/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> tuple[int, str]:
    answer = client.post(LOGIN, {"login": username, "password": password}, **more)  # type: ignore[arg-type]
    return answer.status_code, answer.content.decode()


def is_in(client: Client) -> bool:
    return client.post(HOME).status_code == 204


def said(action: str) -> list[str]:
    return list(Entry.objects.filter(action=action).values_list("subject_label", flat=True))


def test_the_right_password_signs_in_and_is_written_down(db: None) -> None:
    user, client = make_user(username="Anna"), Client()

    assert sign_in(client, "anna")[0] == 302

    assert is_in(client)
    assert said("sign_in.done") == [user.name]
    client.post("/accounts/logout/")
    assert not is_in(client)
    assert said("sign_out.done") == [user.name]


def test_a_wrong_password_and_an_unknown_name_are_told_alike(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make_user(username="anna")
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)

    fresh = re.compile(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"|"X-CSRFToken": "[^"]+"')
    pages, costs = [], []
    for name in ("anna", "nobd"):
        status, page = sign_in(Client(), name, "wrong-Wrong-1")
        pages.append((status, fresh.sub("", page).replace(name, "")))
        costs.append(len(hashed))
        hashed.clear()

    assert pages[0] == pages[1]
    assert costs[0] == costs[1] > 0
    assert said("sign_in.failed") == ["", User.objects.get(username="anna").name]


@pytest.mark.parametrize("name", ["anna", "nobody-has-it"])
def test_after_so_many_failures_a_name_is_refused_from_everywhere(db: None, settings: Settings, name: str) -> None:
    make_user(username="anna")
    for number in range(settings.SIGN_IN_FAILURES_NAME):
        sign_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), name, "wrong-Wrong-1")

    _, page = sign_in(Client(REMOTE_ADDR="10.9.9.9"), name.upper())

    assert lockout.sentence() in page
    assert Entry.objects.filter(action="sign_in.locked").count() == 1
    assert FailedSignIns.objects.get(of="name").count == settings.SIGN_IN_FAILURES_NAME


def test_a_lock_ends_by_itself_or_by_an_administrator(db: None, settings: Settings) -> None:
    user = make_user(username="anna")
    for _ in range(settings.SIGN_IN_FAILURES_NAME):
        lockout.failed("anna", "10.0.0.1")
    assert lockout.is_name_locked("ANNA")

    person_unlock(by=SYSTEM, user=user)
    assert not lockout.is_name_locked("anna")
    assert said("person.unlocked") == [user.name]

    for _ in range(settings.SIGN_IN_FAILURES_NAME):
        lockout.failed("anna", "10.0.0.1")
    past = timedelta(seconds=settings.SIGN_IN_LOCKED_SECONDS)
    FailedSignIns.objects.update(since=now() - past, locked_until=now())
    assert sign_in(Client(), "anna")[0] == 302


def test_many_names_from_one_address_lock_the_address(db: None, settings: Settings) -> None:
    settings.SIGN_IN_FAILURES_ADDRESS = 6
    make_user(username="anna")
    for number in range(6):
        sign_in(Client(), f"name-{number}", "wrong-Wrong-1")

    assert lockout.sentence() in sign_in(Client(), "anna")[1]
    assert sign_in(Client(REMOTE_ADDR="10.9.9.9"), "anna")[0] == 302


def test_a_right_password_does_not_wash_the_failures_of_its_address(db: None, settings: Settings) -> None:
    make_user(username="anna")
    lockout.failed("bert", "127.0.0.1")

    sign_in(Client(), "anna")

    assert FailedSignIns.objects.get(of="address").count == 1


def test_a_header_of_the_browser_does_not_move_it_elsewhere(db: None) -> None:
    sign_in(Client(), "anna", "wrong-Wrong-1", HTTP_X_FORWARDED_FOR="1.2.3.4")

    assert Entry.objects.get(action="sign_in.failed").address == "127.0.0.1"


def test_a_suspended_person_is_out_at_once_and_does_not_come_in(db: None) -> None:
    user, client = make_user(username="anna"), Client()
    sign_in(client, "anna")
    assert is_in(client)

    person_suspend(by=SYSTEM, user=user, reason="")

    assert not is_in(client)
    assert not UserSession.objects.filter(user=user).exists()
    sign_in(client, "anna")
    assert not is_in(client)


def test_a_new_password_signs_out_everywhere_else(db: None) -> None:
    user = make_user(username="anna")
    here, there = Client(), Client()
    sign_in(here, "anna")
    sign_in(there, "anna")

    answer = here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "Quite-new-2027", "password2": "Quite-new-2027"},
    )

    assert answer.status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert said("password.changed") == [user.name]
    user.refresh_from_db()
    assert user.check_password("Quite-new-2027")
    assert user.past_passwords.count() == 1


def test_the_page_for_a_new_password_keeps_the_rules(db: None) -> None:
    user, client = make_user(username="anna"), Client()
    sign_in(client, "anna")

    for weak in ("Short-1", PASSWORD, "alllowercaseonly"):
        client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert said("password.changed") == []


def test_a_link_signs_out_and_unlocks(db: None) -> None:
    user, client = make_user(username="anna"), Client()
    sign_in(client, "anna")
    token = invitation_make(by=SYSTEM, user=user).rstrip("/").rsplit("/", 1)[-1]

    invitation_take(token=token, password="Quite-new-2027")

    assert not is_in(client)
    assert sign_in(Client(), "anna", "Quite-new-2027")[0] == 302


def test_after_idle_time_she_is_signed_out_and_it_is_written_down(db: None, settings: Settings) -> None:
    user, client = make_user(username="anna"), Client()
    sign_in(client, "anna")
    assert is_in(client)
    session = client.session
    session[SEEN] = time.time() - settings.IDLE_LOGOUT - 1
    session.save()

    assert client.post(HOME).status_code == 302
    assert not is_in(client)
    assert said("sign_out.idle") == [user.name]
    assert said("sign_out.done") == []


def test_an_open_page_that_asks_by_itself_keeps_nobody_signed_in(db: None, settings: Settings) -> None:
    make_user(username="anna")
    client = Client()
    sign_in(client, "anna")
    is_in(client)
    session = client.session
    before = session[SEEN] = time.time() - 100
    session.save()

    client.post(HOME, headers={"X-Anyue-Background": "1"})
    assert client.session[SEEN] == before
    client.post(HOME)
    assert client.session[SEEN] > before


def test_an_old_password_must_be_changed_first(db: None, settings: Settings) -> None:
    settings.PASSWORD_DAYS = 90
    user = make_user()
    User.objects.filter(pk=user.pk).update(password_set_at=now() - timedelta(days=91))

    answer = client_for(user).get(reverse("desk:home"))

    assert answer.headers["Location"] == reverse("account_change_password")


@pytest.mark.parametrize("role", ["system_admin", "security_auditor", "business_admin"])
def test_the_three_need_a_second_factor(tree: Tree, settings: Settings, role: str) -> None:
    settings.MFA_REQUIRED = True
    user = make_user(role)
    assert client_for(user).get(reverse("desk:home")).headers["Location"] == reverse("mfa_index")

    TOTP.activate(user, "JBSWY3DPEHPK3PXP")

    assert client_for(user).get(reverse("desk:home")).status_code == 200
    assert client_for(make_user("unit_admin", tree.street)).get(reverse("desk:home")).status_code == 200


def test_with_a_factor_the_password_alone_does_not_sign_in(db: None) -> None:
    user, client = make_user(username="anna"), Client()
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    sign_in(client, "anna")
    assert not is_in(client)

    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert is_in(client)
    assert Authenticator.objects.get(user=user, type="totp").last_used_at is not None


def test_guessed_codes_lock_the_name_and_end_the_sign_in(db: None, settings: Settings) -> None:
    user, client = make_user(username="anna"), Client()
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    sign_in(client, "anna")
    for _ in range(settings.SIGN_IN_FAILURES_NAME):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert not is_in(client)
    assert lockout.sentence() in sign_in(client, "anna")[1]


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "password/reset/",
        "password/set/",
        "3rdparty/",
        "3rdparty/signup/",
        "sessions/",
        "social/connections/",
    ],
)
def test_pages_of_the_library_that_are_not_ours_do_not_exist(db: None, path: str) -> None:
    for client in (Client(), client_for(make_user())):
        assert client.get(f"/accounts/{path}").status_code == 404
        assert client.post(f"/accounts/{path}", {}).status_code == 404
