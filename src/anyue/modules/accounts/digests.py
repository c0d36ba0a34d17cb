"""What is kept of a secret that somebody else holds."""

from __future__ import annotations

import hashlib


def digest_of(text: str) -> str:
    """SHA-256 of a link or a token: long random text, so that no salt is needed to keep it from being guessed."""
    return hashlib.sha256(text.encode()).hexdigest()
