"""A peer that answers as gateways and robots do, a working moment, and people to write to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from anyue.kernel import clock
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.jobs.worker import run_ready
from anyue.platform.messaging import delivery, services, texts
from anyue.platform.messaging.models import Message
from anyue.platform.messaging.services import Recipient
from anyue.platform.messaging.texts import Text

LI = Actor(ActorKind.PERSON, "7", "李工")
WANG = Recipient("person", "9", "王某", {"email": "wang@example.com", "sms": "13800000000"})
OPEN = datetime(2025, 6, 18, 10, 0, tzinfo=clock.SHANGHAI)
CLOSED = datetime(2025, 6, 18, 20, 0, tzinfo=clock.SHANGHAI)


@dataclass
class Peer:
    """What came in, and what is answered: status, body, headers; the last answer again and again."""

    address: str = ""
    got: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)
    answers: list[tuple[int, str, dict[str, str]]] = field(default_factory=lambda: [(200, '{"errcode": 0}', {})])


@pytest.fixture
def peer(settings: Settings) -> Iterator[Peer]:
    """A server on this machine that the settings allow."""
    found = Peer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            found.got.append((self.command, self.path, dict(self.headers), body))
            status, text, headers = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST  # noqa: N815 - its name

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        found.address = f"http://127.0.0.1:{server.server_address[1]}"
        settings.OUTGOING_PLAIN_HOSTS = [f"127.0.0.1:{server.server_address[1]}"]
        yield found
        server.shutdown()
        thread.join()


class Clock:
    """What time it is for messages."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = OPEN
        for module in (services, delivery):
            monkeypatch.setattr(module, "now", lambda: self.moment)


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Wednesday, ten o'clock; a test may move it."""
    return Clock(monkeypatch)


@pytest.fixture(autouse=True)
def _texts(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"test.late": Text("test.late", "%(task)s", "请%(unit)s尽快完成：%(task)s", ("task", "unit"))}
    monkeypatch.setattr(texts, "_TEXTS", {**texts._TEXTS, **known})


def send(*, to: Any = WANG, task: str = "签收通知", unit: str = "柳岸社区", **given: Any) -> list[Message]:
    """``message_send`` with what most tests do not care about."""
    words = {"by": LI, "template": "test.late", "about": None, "place": "0001", **given}
    return services.message_send(to=to, task=task, unit=unit, **words)


def deliver() -> None:
    """Run the job."""
    run_ready()
    delivery.deliver()
