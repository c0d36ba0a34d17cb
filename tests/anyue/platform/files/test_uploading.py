"""Several files from a page: kept one by one under a ticket, refused one by one, claimed by their form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import User
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.files import services, uploads
from anyue.platform.files.kinds import PICTURES
from anyue.platform.files.models import StoredFile

from .conftest import photograph

Store = Callable[..., StoredFile]
pytestmark = pytest.mark.django_db


@pytest.fixture
def her(client: Client) -> Actor:
    """A person who is signed in with ``client``."""
    user = User.objects.create(username="li", name="李工")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Actor(ActorKind.PERSON, str(user.pk), user.name)


def sent(*named: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, data) for name, data in named]


def claims(html: str, field: str = "files") -> list[str]:
    return re.findall(rf'name="{field}" value="([^"]+)"', html)


def test_each_file_is_kept_or_refused_by_itself(client: Client, her: Actor) -> None:
    ticket = uploads.ticket(for_=her, place="0003", kinds=PICTURES)

    answer = client.post(
        reverse("files:upload"),
        {"ticket": ticket, "field": "photos", "files": sent(("一.jpg", photograph()), ("二.jpg", b"no picture"))},
    )

    assert answer.status_code == 200
    html = answer.content.decode()
    assert "一.jpg" in html
    assert "二.jpg" in html
    file = StoredFile.objects.get()
    assert (file.name, file.place, file.uploaded_by, file.owner_kind) == ("一.jpg", "0003", her.key, "")
    assert uploads.claimed(claims(html, "photos"), by=her) == [file]


def test_an_upload_of_which_nothing_is_kept_is_unprocessable(client: Client, her: Actor) -> None:
    ticket = uploads.ticket(for_=her, place="", kinds=PICTURES)

    answer = client.post(reverse("files:upload"), {"ticket": ticket, "files": sent(("二.jpg", b"no picture"))})

    assert answer.status_code == 422
    assert "二.jpg" in answer.content.decode()


@pytest.mark.parametrize("ticket", ["", "x", "other", "late"])
def test_without_a_ticket_of_her_own_nobody_uploads(
    client: Client, her: Actor, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = {
        "other": uploads.ticket(for_=Actor(ActorKind.PERSON, "999", "别人"), place="", kinds=PICTURES),
        "late": uploads.ticket(for_=her, place="", kinds=PICTURES, minutes=60),
    }
    if ticket == "late":
        late = clock.now() + timedelta(minutes=61)
        monkeypatch.setattr(uploads, "now", lambda: late)

    answer = client.post(
        reverse("files:upload"), {"ticket": tickets.get(ticket, ticket), "files": sent(("a.jpg", photograph()))}
    )

    assert answer.status_code == 403
    assert not StoredFile.objects.exists()


def test_the_holder_of_a_link_uploads_as_the_ticket_names_her() -> None:
    holder = Actor(ActorKind.LINK, "5", "某社区", within="campaign:1")
    ticket = uploads.ticket(for_=holder, place="0003", kinds=PICTURES)

    Client().post(reverse("files:upload"), {"ticket": ticket, "files": sent(("a.jpg", photograph()))})

    file = StoredFile.objects.get()
    assert (file.uploaded_by, file.uploaded_label) == ("link:5", "某社区")


def test_a_form_gets_what_was_uploaded_before_and_what_comes_with_it(store: Store, officer: Actor) -> None:
    before = store(photograph())
    claim = uploads.claim(before)
    request = RequestFactory().post("/", {"files": [claim, claim, "forged"]})
    request.FILES.setlist("files", [*sent(("后.jpg", photograph(colour="blue")), ("坏.jpg", b"?"))])

    received = uploads.received(request, by=officer, place="", kinds=PICTURES)

    assert [file.name for file in received.files] == ["照片.jpg", "后.jpg"]
    assert [refusal.details["name"] for refusal in received.refusals] == ["坏.jpg"]
    with pytest.raises(RefusedError, match="too_many"):
        uploads.received(request, by=officer, place="", kinds=PICTURES, limit=2)


def test_a_claim_is_worth_nothing_to_another_person(store: Store) -> None:
    claim = uploads.claim(store(photograph()))

    assert uploads.claimed([claim], by=Actor(ActorKind.PERSON, "8", "别人")) == []


def test_a_form_that_is_sent_twice_takes_its_files_once(officer: Actor, store: Store) -> None:
    file = store(photograph(), by=officer)
    claim = uploads.claim(file)
    services.file_claim(by=officer, files=uploads.claimed([claim], by=officer), owner=Subject("x.y", "1", ""), place="")

    assert uploads.claimed([claim], by=officer) == []


def test_she_takes_back_what_no_form_has_claimed(client: Client, her: Actor, store: Store) -> None:
    ticket = uploads.ticket(for_=her, place="", kinds=PICTURES)
    free, taken = store(photograph(), by=her), store(photograph(), by=her)
    services.file_claim(by=her, files=[taken], owner=Subject("x.y", "1", ""), place="")

    for file in (free, taken):
        client.post(reverse("files:drop"), {"ticket": ticket, "claim": uploads.claim(file)})

    free.refresh_from_db()
    taken.refresh_from_db()
    assert free.removed_at
    assert taken.removed_at is None


def test_the_part_works_without_scripts_and_says_what_is_taken(officer: Actor) -> None:
    ticket = uploads.ticket(for_=officer, place="", kinds=PICTURES, limit=9)

    html = Template("{% load files %}{% upload_part ticket name='photos' camera=True %}").render(
        Context({"ticket": ticket})
    )

    assert re.search(r'<input[^>]*type="file"[^>]*name="photos"[^>]*multiple', html)
    assert ".jpg" in html
    assert "data-upload-camera" in html
    assert "style=" not in html


def test_a_file_in_a_page_has_its_name_size_and_a_link_for_the_viewer(store: Store, officer: Actor) -> None:
    picture, text = store(photograph(), "<b>.jpg"), store(b"x" * 2048, "说明.txt")

    show = Template("{% load files %}{% stored_file file original=True %}")
    shown = show.render(Context({"file": picture, "actor": officer}))
    plain = show.render(Context({"file": text, "actor": officer}))

    assert "&lt;b&gt;.jpg" in shown
    assert "/files/thumbnail/" in shown
    assert shown.count("/files/open/") == 2
    assert "<img" not in plain
    assert "2.0" in plain
