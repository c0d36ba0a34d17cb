"""A trial message tells at once whether a channel works; the bell counts what is unread."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.fixtures import Settings

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.models import Entry
from anyue.platform.messaging.models import Message
from anyue.platform.messaging.services import Recipient, channel_set, message_read
from anyue.platform.messaging.trying import channel_try
from tests.anyue.factories import Tree, actor_for, client_for, make_user

from .conftest import Peer, send

pytestmark = pytest.mark.django_db
State = Message.State


def test_a_trial_goes_to_the_group_and_stands_in_the_log(tree: Tree, peer: Peer) -> None:
    admin = make_user("unit_admin", tree.street)
    client = client_for(admin)
    channel_set(by=actor_for(admin), place=tree.street.path, kind="wecom", is_on=True, address=f"{peer.address}/hook")

    answer = client.post(reverse("messaging:channel-try", args=["wecom"]), {"place": tree.street.path}, follow=True)

    assert "测试消息已发送至企业微信" in answer.content.decode()
    ((_method, path, _headers, body),) = peer.got
    assert (path, admin.name in body) == ("/hook", True)
    row = Message.objects.get()
    assert (row.state, row.place, row.created_by) == (State.SENT, tree.street.path, f"person:{admin.pk}")
    assert Entry.objects.get(action="channel.tried").after == {"state": "sent"}


def test_a_trial_that_fails_says_why_and_is_not_sent_again_by_itself(tree: Tree, peer: Peer) -> None:
    admin = actor_for(make_user("unit_admin", tree.street))
    channel_set(by=admin, place=tree.street.path, kind="wecom", is_on=True, address=f"{peer.address}/hook")
    peer.answers = [(200, '{"errcode": 93000, "errmsg": "invalid webhook url"}', {})]

    row = channel_try(by=admin, place=tree.street.path, kind="wecom")

    assert row.state == State.FAILED
    assert "invalid webhook url" in row.last_error
    assert not Message.objects.filter(state=State.WAITING).exists()


@pytest.mark.parametrize("address", ["", "不是地址", "13800000000"])
def test_a_trial_by_email_needs_an_address_of_that_kind(tree: Tree, settings: Settings, address: str) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    admin = actor_for(make_user("unit_admin", tree.street))
    with pytest.raises(RefusedError) as error:
        channel_try(by=admin, place=tree.street.path, kind="email", address=address)
    assert error.value.problem.code == "messaging.trial_address"
    assert not Message.objects.exists()


def test_a_trial_by_email_reaches_who_is_named(tree: Tree, settings: Settings, mailoutbox: list[object]) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    admin = actor_for(make_user("unit_admin", tree.street))

    row = channel_try(by=admin, place=tree.street.path, kind="email", address=" li@example.com ")

    assert (row.state, row.address, len(mailoutbox)) == (State.SENT, "li@example.com", 1)


def test_a_channel_that_is_off_and_a_person_who_may_not_are_refused(tree: Tree) -> None:
    with pytest.raises(RefusedError):
        channel_try(by=actor_for(make_user("unit_admin", tree.street)), place=tree.street.path, kind="wecom")
    with pytest.raises(PermissionDenied):
        channel_try(by=actor_for(make_user("recorder", tree.street)), place=tree.street.path, kind="wecom")


def test_the_bell_counts_her_own_unread_messages_and_nothing_for_none(tree: Tree) -> None:
    her = make_user("liaison_officer", tree.street)
    client = client_for(her)
    assert client.get(reverse("messaging:unread")).content.strip() == b""
    for task in ("一", "二"):
        send(to=Recipient("person", str(her.pk), her.name), task=task)

    assert client.get(reverse("messaging:unread")).content.decode().startswith("2<")

    message_read(by=actor_for(her))
    assert client.get(reverse("messaging:unread")).content.strip() == b""
