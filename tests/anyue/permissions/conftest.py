"""One world a route; every request is taken back, so that none sees what another did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client

from tests.anyue.factories import client_for

from .world import ANONYMOUS, World, make_world

Ask = Callable[[str, str, str], Any]


@pytest.fixture
def world(db: None) -> World:
    """Two districts and a person of each role."""
    return make_world()


@pytest.fixture
def ask(world: World) -> Ask:
    """``ask(persona, method, address)``: the answer, read to its end; nothing is left of what it did."""
    sessions: dict[str, Client] = {}

    def asked(persona: str, method: str, address: str) -> Any:
        known = sessions.get(persona)
        if known is None:
            known = sessions[persona] = client_for(None if persona == ANONYMOUS else world.user(persona))
        client = Client()
        client.cookies.update(known.cookies)
        cache.clear()
        with transaction.atomic():
            answer: Any = client.get(address) if method == "GET" else client.post(address)
            answer.body = _read(answer)
            transaction.set_rollback(True)
        return answer

    return asked


def _read(answer: Any) -> bytes:
    """All of it. The client has closed an answer that does not stream; closing one that does ends the connection with it."""
    if not answer.streaming:
        return bytes(answer.content)
    body = b"".join(answer.streaming_content)
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    return body
