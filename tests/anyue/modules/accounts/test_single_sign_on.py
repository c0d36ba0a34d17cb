"""Signing in by the office's own provider: only accounts that exist, tied to one ``sub`` each."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from anyue.config.environment import oidc
from anyue.modules.accounts.models import User
from anyue.modules.accounts.services import person_suspend
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from tests.anyue.factories import make_user
from tests.support import oidc as local


@pytest.fixture
def office(db: None, settings: Settings) -> Iterator[local.Provider]:
    with local.provider() as provider:
        apps = oidc(issuer=provider.address, client=local.CLIENT, secret=local.SECRET, name="统一身份认证")
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
        yield provider


def come_in(client: Client) -> int:
    """Press the button, be sent to the provider by the browser, come back."""
    start = client.post("/accounts/oidc/office/login/")
    assert start.status_code == 302, start.content.decode()
    away = urlsplit(start.headers["Location"])
    connection = http.client.HTTPConnection(away.netloc)
    connection.request("GET", f"{away.path}?{away.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return client.get(f"{back.path}?{back.query}").status_code


def is_in(client: Client) -> bool:
    return client.post("/people/stay/").status_code == 204


@pytest.mark.parametrize("claims", [{"sub": "77", "preferred_username": "Anna"}, {"sub": "anna"}])
def test_the_account_of_that_name_is_tied_and_signed_in(office: local.Provider, claims: dict[str, str]) -> None:
    user, client = make_user(username="anna"), Client()
    office.claims = claims

    come_in(client)

    assert is_in(client)
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(user.pk, claims["sub"])]
    assert Entry.objects.filter(action="sign_on.tied", subject_id=str(user.pk)).count() == 1


def test_from_then_on_the_sub_alone_counts(office: local.Provider) -> None:
    make_user(username="anna")
    office.claims = {"sub": "77", "preferred_username": "anna"}
    come_in(Client())

    office.claims = {"sub": "77", "preferred_username": "renamed"}
    renamed = Client()
    come_in(renamed)
    office.claims = {"sub": "78", "preferred_username": "anna"}
    impostor = Client()
    status = come_in(impostor)

    assert is_in(renamed)
    assert not is_in(impostor)
    assert status == 403
    assert SocialAccount.objects.count() == 1


def test_nobody_is_made_by_signing_in(office: local.Provider) -> None:
    make_user(username="anna")
    office.claims = {"sub": "5", "preferred_username": "bert", "email": "anna@example.gov.cn"}
    client = Client()

    status = come_in(client)

    assert status == 403
    assert not is_in(client)
    assert User.objects.count() == 1
    assert Entry.objects.filter(action="sign_in.failed").count() == 1


def test_a_suspended_person_does_not_come_in_this_way_either(office: local.Provider) -> None:
    user, client = make_user(username="anna"), Client()
    person_suspend(by=Actor.system("test"), user=user, reason="")
    office.claims = {"sub": "77", "preferred_username": "anna"}

    come_in(client)

    assert not is_in(client)


def test_without_a_provider_the_way_does_not_exist(db: None, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc(issuer="", client="", secret="", name="")}}

    assert Client().post("/accounts/oidc/office/login/").status_code == 404
