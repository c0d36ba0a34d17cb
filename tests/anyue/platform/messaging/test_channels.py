"""Each channel sends what it should to a peer of its own, and says plainly when that did not work."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from anyue.platform.authz import Actor
from anyue.platform.messaging import outgoing, services
from anyue.platform.messaging.channels.robots import signature
from anyue.platform.messaging.models import Channel, Message
from anyue.platform.messaging.outgoing import SendError, is_allowed
from anyue.platform.messaging.services import Recipient

from .conftest import WANG, Clock, Peer, deliver, send

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
State = Message.State


def the(kind: str) -> Message:
    return Message.objects.get(channel=kind)


def test_an_email_is_sent_by_the_operators_server(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "smtp.example.com", "https://anyue.example.cn"

    send(task="签收\n通知", link="/campaigns/3/")
    deliver()

    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == (["wang@example.com"], "签收 通知")
    assert "https://anyue.example.cn/campaigns/3/" in letter.body
    assert the("email").state == State.SENT


@pytest.mark.parametrize(
    ("template", "body"),
    [
        ('{"to": ["{phone}"], "content": "{text}", "n": 1}', {"to": ["13800000000"], "n": 1}),
        ("mobile={phone}&content={text}&key={env:TEST_SMS_KEY}", {"mobile": ["13800000000"], "key": ["s&cret"]}),
    ],
)
def test_a_text_message_fills_the_gateways_template_and_no_text_breaks_it(
    peer: Peer, settings: Settings, monkeypatch: pytest.MonkeyPatch, template: str, body: dict[str, object]
) -> None:
    monkeypatch.setenv("TEST_SMS_KEY", "s&cret")
    settings.SMS = {
        "URL": f"{peer.address}/send?v=1",
        "METHOD": "POST",
        "HEADERS": '{"Authorization": "Bearer {env:TEST_SMS_KEY}"}',
        "BODY": template,
        "OK": '"errcode": 0',
    }
    nasty = '引号"&phone=1&{phone}\\'

    send(task=nasty)
    deliver()

    method, path, headers, got = peer.got[0]
    assert (method, path, headers["Authorization"]) == ("POST", "/send?v=1", "Bearer s&cret")
    read = json.loads(got) if template.startswith("{") else parse_qs(got)
    assert {name: read[name] for name in body} == body
    content = read["content"] if isinstance(read["content"], str) else read["content"][0]
    assert content == f"请柳岸社区尽快完成：{nasty}"
    assert the("sms").state == State.SENT


def test_an_answer_that_is_not_good_is_tried_again(peer: Peer, settings: Settings) -> None:
    settings.SMS = {"URL": peer.address, "METHOD": "POST", "HEADERS": "", "BODY": "p={phone}", "OK": "success"}
    peer.answers = [(200, "余额不足", {})]

    send()
    deliver()

    assert (the("sms").state, the("sms").last_error, the("sms").attempts) == (State.WAITING, "余额不足", 1)


@pytest.mark.parametrize("kind", ["wecom", "dingtalk"])
def test_a_robot_writes_into_its_group_once_whoever_is_meant(peer: Peer, kind: str) -> None:
    services.channel_set(by=SYSTEM, place="0001", kind=kind, is_on=True, address=f"{peer.address}/robot?key=abc")

    send(to=[WANG, Recipient("unit", "3", "荷风社区")], channels=[kind])
    deliver()

    (_, path, _, body) = peer.got[0]
    assert len(peer.got) == 1
    assert path == "/robot?key=abc"
    assert json.loads(body) == {"msgtype": "text", "text": {"content": "请柳岸社区尽快完成：签收通知"}}


def test_dingtalks_signature_is_theirs(peer: Peer) -> None:
    services.channel_set(
        by=SYSTEM, place="", kind="dingtalk", is_on=True, address=f"{peer.address}/robot?access_token=t", secret="SEC1"
    )

    send(channels=["dingtalk"])
    deliver()

    asked = parse_qs(urlsplit(peer.got[0][1]).query)
    stamp = asked["timestamp"][0]
    wanted = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert asked["access_token"] == ["t"]
    assert asked["sign"] == [base64.b64encode(wanted).decode()] == [signature(stamp, "SEC1")]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((200, '{"errcode": 300001, "errmsg": "invalid token"}', {}), State.FAILED),
        ((200, '{"errcode": 45009, "errmsg": "too fast"}', {}), State.WAITING),
        ((200, "<html>", {}), State.WAITING),
        ((500, "", {}), State.WAITING),
        ((404, "", {}), State.FAILED),
        ((302, "", {"Location": "http://127.0.0.1:1/"}), State.FAILED),
    ],
)
def test_what_a_robot_answers_decides_whether_it_is_tried_again(
    peer: Peer, answer: tuple[int, str, dict[str, str]], state: str
) -> None:
    services.channel_set(by=SYSTEM, place="", kind="wecom", is_on=True, address=f"{peer.address}/r")
    peer.answers = [answer]

    send(channels=["wecom"])
    deliver()

    assert the("wecom").state == state
    assert the("wecom").last_error
    assert len(peer.got) == 1


def test_a_peer_that_is_not_there_is_waited_for_longer_each_time_then_given_up(
    settings: Settings, moment: Clock
) -> None:
    settings.OUTGOING_PLAIN_HOSTS = ["127.0.0.1:9"]
    services.channel_set(by=SYSTEM, place="", kind="wecom", is_on=True, address="http://127.0.0.1:9/r")
    send(channels=["wecom"], urgent=True)

    waits = []
    for _ in range(6):
        deliver()
        row = the("wecom")
        waits.append((row.not_before - moment.moment).total_seconds())
        moment.moment = row.not_before

    assert waits[:5] == [60, 300, 1800, 7200, 21600]
    assert (row.state, row.attempts) == (State.FAILED, 6)
    assert "127.0.0.1" in row.last_error


@pytest.mark.parametrize(
    "address",
    [
        "http://oapi.dingtalk.com/robot",
        "https://evil.example/robot",
        "https://oapi.dingtalk.com@evil.example/",
        "https://user:pass@oapi.dingtalk.com/",
        "https://oapi.dingtalk.com.evil.example/",
        "https://oapi.dingtalk.com:8443/",
        "https://oapi.dingtalk.com/\r\nHost: x",
        "https://[::1]/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "https://oapi.dingtalk.com:x/",
        "",
    ],
)
def test_messages_go_nowhere_but_where_the_operator_allows(address: str) -> None:
    assert not is_allowed(address)
    with pytest.raises(SendError):
        outgoing.request("POST", address, {}, b"")


def test_the_robots_own_hosts_are_allowed() -> None:
    assert is_allowed("https://oapi.dingtalk.com/robot/send?access_token=x")
    assert is_allowed("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x")


def test_a_webhook_is_not_readable_in_the_database() -> None:
    address = "https://oapi.dingtalk.com/robot/send?access_token=tokentoken"
    services.channel_set(by=SYSTEM, place="", kind="dingtalk", is_on=True, address=address, secret="SECRETSECRET")

    row = Channel.objects.get()
    assert "tokentoken" not in row.address
    assert "SECRETSECRET" not in row.secret
