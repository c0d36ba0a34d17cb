"""Links open for whom they were made, for a while, and a browser does nothing with the bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django.fixtures import Settings

from anyue.kernel import clock
from anyue.modules.accounts.models import User
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.files import links, services
from anyue.platform.files.models import StoredFile
from anyue.platform.files.selectors import link_to, thumbnail_of

from .conftest import photograph, stored

Store = Callable[..., StoredFile]
pytestmark = pytest.mark.django_db
HTML = "<!doctype html><p>活动<script>alert(1)</script>".encode()


@pytest.fixture
def her(client: Client) -> Actor:
    """A person who is signed in with ``client``."""
    user = User.objects.create(username="li", name="李工")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Actor(ActorKind.PERSON, str(user.pk), user.name)


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    body(answer)
    return answer.status_code


def test_a_picture_opens_in_place_without_what_the_camera_wrote(client: Client, her: Actor, store: Store) -> None:
    file = store(photograph(kind="PNG"), "现场 照片.png")

    answer = client.get(link_to(file, for_=her))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == f"inline; filename*=utf-8''{quote('现场 照片.jpg')}"
    assert body(answer) == stored(file.kept.shown)
    small = client.get(thumbnail_of(file, for_=her))
    assert (small["Content-Type"], body(small)) == ("image/webp", stored(file.kept.thumbnail))


def test_the_original_with_time_and_place_is_only_saved(client: Client, her: Actor, store: Store) -> None:
    file = store(photograph(), "a.jpg")

    answer = client.get(link_to(file, for_=her, original=True))

    assert body(answer) == photograph()
    assert answer["Content-Disposition"] == 'attachment; filename="a.jpg"'
    assert answer["Content-Length"] == str(len(photograph()))


@pytest.mark.parametrize(("data", "name"), [(HTML, "x.html"), (b"<svg xmlns='x'><script/></svg>", "x.svg")])
def test_what_could_run_is_never_shown_in_place(
    client: Client, her: Actor, store: Store, data: bytes, name: str
) -> None:
    answer = client.get(link_to(store(data, name), for_=her))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "svg" not in answer["Content-Type"]
    assert body(answer) == data


def test_a_link_opens_for_the_person_it_was_made_for_alone(client: Client, her: Actor, store: Store) -> None:
    file = store(photograph())
    other = Actor(ActorKind.PERSON, "999999", "别人")

    assert status(client, link_to(file, for_=other)) == 404
    assert status(Client(), link_to(file, for_=her)) == 302
    assert status(client, link_to(file, for_=her)) == 200


def test_the_holder_of_a_link_without_an_account_opens_it(store: Store) -> None:
    holder = Actor(ActorKind.LINK, "5", "某社区", within="campaign:1")

    assert status(Client(), link_to(store(photograph()), for_=holder)) == 200


def test_a_link_ends(client: Client, her: Actor, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    address = link_to(store(photograph()), for_=her, minutes=30)
    instant = clock.now() + timedelta(minutes=41)
    monkeypatch.setattr(links, "now", lambda: instant)

    assert client.get(address).status_code == 410


def test_links_of_one_page_view_and_the_next_are_the_same(her: Actor, store: Store) -> None:
    file = store(photograph())

    assert link_to(file, for_=her) == link_to(file, for_=her)


def test_a_changed_or_foreign_link_opens_nothing(client: Client, her: Actor, store: Store) -> None:
    file = store(photograph())
    shown, small = link_to(file, for_=her), thumbnail_of(file, for_=her)
    token = shown.rsplit("/", 1)[1]

    assert client.get(shown[:-1] + ("a" if shown[-1] != "a" else "b")).status_code == 404
    assert client.get(shown.replace(token, "x")).status_code == 404
    assert client.get(small.replace("thumbnail", "open")).status_code == 404
    assert client.get(shown.replace("open", "thumbnail")).status_code == 404
    assert client.post(shown).status_code == 405


def test_a_removed_file_is_said_to_be_gone(client: Client, her: Actor, store: Store, officer: Actor) -> None:
    file = store(photograph(), "一.jpg")
    services.file_remove(by=officer, file=file)

    answer = client.get(link_to(file, for_=her))

    assert answer.status_code == 410
    assert "一.jpg" in answer.content.decode()


def test_bytes_that_are_lost_are_a_fault_that_says_so(client: Client, her: Actor, store: Store) -> None:
    file = store(photograph(), "一.jpg")
    default_storage.delete(file.kept.shown)

    assert client.get(link_to(file, for_=her)).status_code == 503


def test_a_server_in_front_may_send_the_bytes(
    client: Client, her: Actor, store: Store, settings: Settings, folder: Path
) -> None:
    settings.FILES_ACCEL = "/kept/"
    file = store(photograph())

    answer = client.get(link_to(file, for_=her, original=True))

    assert answer["X-Accel-Redirect"] == f"/kept/{file.kept.stored}"
    assert (folder / re.sub("^/kept/", "", answer["X-Accel-Redirect"])).read_bytes() == photograph()
    assert answer["Content-Disposition"].startswith("attachment")
