"""One world for the whole table; what a route's test does in it, and every single request, is taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client

from anyue.modules.accounts.gates import SEEN
from anyue.modules.accounts.models import User
from tests.anyue.factories import client_for

from .world import ANONYMOUS, World, make_world

Ask = Callable[[str, str, str], Any]
# Ahead of the clock: that she was seen is written down once a minute, which need not be tried in each of these requests.
_AHEAD = 3600


@pytest.fixture(scope="module")
def lasting_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once: each test works in a savepoint inside the transaction of this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(lasting_world: World, db: None) -> World:
    """Two districts and a person of each role, as no test before has touched them."""
    return World(deepcopy(lasting_world.tree), deepcopy(lasting_world.people))


class Browsers:
    """A signed-in browser of each persona, all through one client, since each client loads the middleware anew."""

    def __init__(self, world: World) -> None:
        self._client = Client()
        self._cookies = {ANONYMOUS: SimpleCookie()} | {name: _signed_in(user) for name, user in world.people.items()}

    def of(self, persona: str) -> Client:
        """The client, with the cookies of this persona and nothing else."""
        self._client.cookies = SimpleCookie({name: one.value for name, one in self._cookies[persona].items()})
        return self._client


def _signed_in(user: User) -> SimpleCookie:
    client = client_for(user)
    session = client.session
    session[SEEN] = time.time() + _AHEAD
    session.save()
    return client.cookies


@pytest.fixture(scope="module")
def browsers(lasting_world: World) -> Browsers:
    """Where everybody of the lasting world is signed in."""
    return Browsers(lasting_world)


@pytest.fixture
def ask(world: World, browsers: Browsers) -> Ask:
    """``ask(persona, method, address)``: the answer, read to its end; nothing is left of what it did."""

    def asked(persona: str, method: str, address: str) -> Any:
        client = browsers.of(persona)
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
