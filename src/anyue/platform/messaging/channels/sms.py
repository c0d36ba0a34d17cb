"""Text messages by any gateway with an HTTP interface.

``ANYUE_SMS_URL``, ``ANYUE_SMS_METHOD`` (POST), ``ANYUE_SMS_HEADERS`` (JSON), ``ANYUE_SMS_BODY``: a JSON object or a form
(``mobile={phone}&content={text}``) with the places ``{phone}``, ``{text}``, ``{time}`` and ``{env:NAME}`` for what is secret;
``ANYUE_SMS_OK``: a regular expression that a good answer matches.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from anyue.kernel.clock import SHANGHAI, now

from ..models import Kind, Message
from ..outgoing import SendError, request
from .base import Adapter, Setting

_PLACE = re.compile(r"\{(phone|text|time|env:\w+)\}")


class SmsAdapter(Adapter):
    """Words are put in after the template was parsed, so that no text can change what it is part of."""

    kind = Kind.SMS

    def is_set_up(self, setting: Setting) -> bool:
        del setting
        return bool(settings.SMS["URL"])

    def send(self, message: Message, setting: Setting) -> None:
        del setting
        words = {
            "phone": message.address,
            "text": message.body,
            "time": now().astimezone(SHANGHAI).strftime("%Y%m%d%H%M%S"),
        }
        kind, body = _body(settings.SMS["BODY"], words)
        given = json.loads(settings.SMS["HEADERS"] or "{}")
        headers = {"Content-Type": kind, **{name: _header(_filled(value, words)) for name, value in given.items()}}
        answer = request(settings.SMS["METHOD"], settings.SMS["URL"], headers, body)
        if settings.SMS["OK"] and not re.search(settings.SMS["OK"], answer.text):
            raise SendError(answer.text[:300])


def _body(template: str, words: dict[str, str]) -> tuple[str, bytes]:
    if template.lstrip().startswith(("{", "[")):
        filled = _filled(json.loads(template), words)
        return "application/json; charset=utf-8", json.dumps(filled, ensure_ascii=False).encode()
    pairs = [(name, _filled(value, words)) for name, value in parse_qsl(template, keep_blank_values=True)]
    return "application/x-www-form-urlencoded", urlencode(pairs).encode()


def _filled(value: Any, words: dict[str, str]) -> Any:
    """Every string in ``value`` with its places filled."""
    if isinstance(value, str):
        return _PLACE.sub(lambda found: _word(found[1], words), value)
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    if isinstance(value, dict):
        return {name: _filled(each, words) for name, each in value.items()}
    return value


def _word(name: str, words: dict[str, str]) -> str:
    return os.environ.get(name[4:], "") if name.startswith("env:") else words[name]


def _header(value: str) -> str:
    return "".join(char for char in value if char.isprintable())
