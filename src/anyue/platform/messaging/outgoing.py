"""The one way in which messages leave by HTTP: to hosts that the operator allows, by https, never following elsewhere."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

LONGEST_ANSWER = 64 << 10


class SendError(Exception):
    """A message that did not go. ``is_final``: trying again cannot help."""

    def __init__(self, words: str, *, is_final: bool = False) -> None:
        super().__init__(words)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said."""

    status: int
    text: str


def is_allowed(address: str) -> bool:
    """Messages may go there: https to a host of ``OUTGOING_HOSTS``, or plain http to one of ``OUTGOING_PLAIN_HOSTS``."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return False
    if parts.username or parts.password or not parts.hostname or set(address) & set("\r\n\t "):
        return False
    allowed = {"https": settings.OUTGOING_HOSTS, "http": settings.OUTGOING_PLAIN_HOSTS}.get(parts.scheme, [])
    return host in allowed


def request(method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Ask and read a short answer. Raises ``SendError``; a redirect is an error, not a direction."""
    if not is_allowed(address):
        raise SendError("this address is not allowed", is_final=True)
    connection = _connection(parts := urlsplit(address))
    try:
        target = parts.path or "/"
        connection.request(method, f"{target}?{parts.query}" if parts.query else target, body, dict(headers))
        reply = connection.getresponse()
        text = reply.read(LONGEST_ANSWER).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise SendError(f"{parts.hostname}: {type(error).__name__}: {error}") from error
    finally:
        connection.close()
    if reply.status == 429 or reply.status >= 500:
        raise SendError(f"{parts.hostname}: {reply.status} {text[:200]}")
    if not 200 <= reply.status < 300:
        raise SendError(f"{parts.hostname}: {reply.status} {text[:200]}", is_final=True)
    return Answer(reply.status, text)


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host, port, timeout = parts.hostname or "", parts.port, settings.OUTGOING_TIMEOUT
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=timeout)
    return http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
