"""The token in a unit's link: 256 bits, known only to whoever holds the installation's key and the row's nonce."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from datetime import date, datetime
from secrets import token_hex

from anyue.kernel import clock

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
GRACE_DAYS = 15


def new_nonce() -> str:
    """A fresh nonce: another link."""
    return token_hex(16)


def token(key: bytes, nonce: str) -> str:
    """The token of ``nonce``: HMAC-SHA256 under ``key``, 43 characters of the URL alphabet."""
    mac = hmac.new(key, b"anyue.door:" + nonce.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def digest(written: str) -> str:
    """What is stored of a token; whatever was written has one, so that a lookup takes as long for each."""
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def is_token(written: str) -> bool:
    """It has the form of a token."""
    return bool(_TOKEN.fullmatch(written))


def last_day(ends_on: date, dues: list[datetime]) -> date:
    """Until when links are valid unless the office says otherwise: some days after the month and its last deadline."""
    latest = max([ends_on, *(clock.day_of(due) for due in dues)])
    return date.fromordinal(latest.toordinal() + GRACE_DAYS)
