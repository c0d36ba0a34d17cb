"""The inbox is her own; the log and the settings are limited to the place."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from anyue.modules.accounts.models import User
from anyue.platform.messaging.models import Channel, Message, OfficeHours
from anyue.platform.messaging.services import Recipient
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, make_user

from .conftest import CLOSED, Clock, send

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def person(user: User) -> Recipient:
    return Recipient("person", str(user.pk), user.name)


def test_her_inbox_holds_her_messages_alone(tree: Tree, assert_queries_at_most: Limit) -> None:
    her, other = make_user("liaison_officer", tree.street), make_user("liaison_officer", tree.street)
    (mine,) = send(to=person(her), task="我的任务", link="/units/")
    (theirs,) = send(to=person(other), task="别人的任务")
    client = signed_in(her)
    client.get(reverse("messaging:inbox"))

    with assert_queries_at_most(15):
        page = client.get(reverse("messaging:inbox")).content.decode()

    assert "我的任务" in page
    assert "别人的任务" not in page
    assert client.get(reverse("messaging:read", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("messaging:read", args=[theirs.pk])).status_code == 404
    assert "我的任务" in client.get(reverse("messaging:read", args=[mine.pk])).content.decode()
    assert Message.objects.filter(read_at=None).count() == 2

    assert client.post(reverse("messaging:read", args=[mine.pk])).headers["Location"] == "/units/"
    assert list(Message.objects.filter(read_at=None)) == [theirs]


def test_a_link_of_a_message_never_leads_out_of_the_house(tree: Tree) -> None:
    her = make_user("liaison_officer", tree.street)
    (message,) = send(to=person(her), link="//evil.example/x")

    answer = signed_in(her).post(reverse("messaging:read", args=[message.pk]))

    assert answer.headers["Location"] == reverse("messaging:inbox")


def test_all_are_read_at_one_word(tree: Tree) -> None:
    her, other = make_user("liaison_officer", tree.street), make_user("liaison_officer", tree.street)
    for _ in range(3):
        send(to=[person(her), person(other)])

    signed_in(her).post(reverse("messaging:read_all"))

    assert Message.objects.filter(read_at=None).count() == 3


def test_the_log_is_limited_to_the_place_and_can_be_searched(tree: Tree) -> None:
    send(place=tree.street.path, task="本街道的")
    send(place=tree.stranger_street.path, task="外区的")
    client = signed_in(make_user("unit_admin", tree.district))

    page = client.get(reverse("messaging:outbox")).content.decode()
    assert "本街道的" in page
    assert "外区的" not in page
    stranger = Message.objects.get(subject="外区的")
    assert client.get(reverse("messaging:message", args=[stranger.pk])).status_code == 404
    assert "本街道的" not in client.get(reverse("messaging:outbox"), {"q": "没有的词"}).content.decode()
    nobody = signed_in(make_user("liaison_officer", tree.street))
    assert nobody.get(reverse("messaging:outbox")).status_code == 404


def test_a_waiting_message_is_cancelled_by_who_may_and_by_nobody_else(
    tree: Tree, moment: Clock, settings: Settings
) -> None:
    settings.EMAIL_HOST = "x"
    moment.moment = CLOSED
    (message,) = send(place=tree.district.path, channels=["email"])
    cancel = reverse("messaging:act", args=[message.pk, "cancel"])

    assert signed_in(make_user("security_auditor")).post(cancel).status_code == 403
    assert signed_in(make_user("unit_admin", tree.stranger_district)).post(cancel).status_code == 404
    assert signed_in(make_user("unit_admin", tree.district)).post(cancel).status_code == 302

    message.refresh_from_db()
    assert message.state == Message.State.CANCELLED


def test_the_unit_sets_up_its_own_channels_and_hours(tree: Tree) -> None:
    client = signed_in(make_user("unit_admin", tree.district))
    page = client.get(reverse("messaging:channels"))
    assert page.status_code == 200
    assert f'value="{tree.district.path}"' in page.content.decode()

    wrong = client.post(
        reverse("messaging:channel", args=["wecom"]),
        {"place": tree.district.path, "is_on": "on", "address": "https://evil.example/"},
    )
    assert wrong.status_code == 422
    assert "qyapi.weixin.qq.com" in wrong.content.decode()

    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim"
    right = client.post(
        reverse("messaging:channel", args=["wecom"]), {"place": tree.district.path, "is_on": "on", "address": address}
    )
    assert right.status_code == 302
    assert Channel.objects.get().place == tree.district.path
    assert "geheim" not in client.get(right.headers["Location"]).content.decode()

    hours = {"place": tree.district.path, "opens": "09:00", "closes": "17:00"}
    assert client.post(reverse("messaging:hours"), hours).status_code == 302
    assert client.post(reverse("messaging:hours"), {**hours, "closes": "08:00"}).status_code == 422
    assert OfficeHours.objects.get().closes.hour == 17


def test_nobody_sets_up_the_channels_of_another_unit(tree: Tree) -> None:
    client = signed_in(make_user("unit_admin", tree.district))

    for place in (tree.stranger_district.path, ""):
        assert client.get(reverse("messaging:channels"), {"place": place}).status_code == 404
        answer = client.post(reverse("messaging:channel", args=["email"]), {"place": place})
        assert answer.status_code == 404
    assert client.get(reverse("messaging:channels"), {"place": tree.street.path}).status_code == 403
    assert not Channel.objects.exists()
