"""Webhooks and secrets in the database, unreadable without the key of this installation."""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

ENVIRONMENT = "env:"


def seal(plain: str) -> str:
    """For the database; "" stays ""."""
    return _cipher().encrypt(plain.encode()).decode() if plain else ""


def unseal(kept: str) -> str:
    """What was sealed; "" for what another key sealed. ``env:NAME`` inside is read from the environment."""
    try:
        plain = _cipher().decrypt(kept.encode()).decode() if kept else ""
    except InvalidToken:
        return ""
    return os.environ.get(plain[4:], "") if plain.startswith(ENVIRONMENT) else plain


def _cipher() -> MultiFernet:
    """Seals with the key of now; what a retired key sealed is read too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"anyue.messaging:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
