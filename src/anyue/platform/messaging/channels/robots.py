"""Group robots of WeCom and DingTalk: a webhook per group, text messages, an answer with ``errcode``."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from urllib.parse import quote_plus

from anyue.kernel.clock import now

from ..models import Kind, Message
from ..outgoing import Answer, SendError, request
from .base import Adapter, Setting

_TOO_FAST = {45009, 130101, 410100}
"""What both say when a robot writes more than twenty times a minute."""


class _Robot(Adapter):
    is_group = True

    def is_set_up(self, setting: Setting) -> bool:
        return bool(setting.address)

    def send(self, message: Message, setting: Setting) -> None:
        text = {"msgtype": "text", "text": {"content": message.chat_text}}
        body = json.dumps(text, ensure_ascii=False).encode()
        _check(request("POST", self.signed(setting), {"Content-Type": "application/json; charset=utf-8"}, body))

    def signed(self, setting: Setting) -> str:
        """The address to write to."""
        return setting.address


class WeComAdapter(_Robot):
    """WeCom (企业微信)."""

    kind = Kind.WECOM


class DingTalkAdapter(_Robot):
    """DingTalk (钉钉); with a secret the address is signed by HMAC-SHA256 over the time and the secret."""

    kind = Kind.DINGTALK

    def signed(self, setting: Setting) -> str:
        if not setting.secret:
            return setting.address
        stamp = str(int(now().timestamp() * 1000))
        joint = "&" if "?" in setting.address else "?"
        return f"{setting.address}{joint}timestamp={stamp}&sign={quote_plus(signature(stamp, setting.secret))}"


def signature(stamp: str, secret: str) -> str:
    """As DingTalk wants it: base64 of HMAC-SHA256 over time, line feed, secret."""
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _check(answer: Answer) -> None:
    try:
        said = json.loads(answer.text)
        code = int(said["errcode"])
    except (ValueError, KeyError, TypeError) as error:
        raise SendError(f"the answer is not a robot's: {answer.text[:200]}") from error
    if code:
        raise SendError(f"{code} {said.get('errmsg', '')}"[:300], is_final=code not in _TOO_FAST)
