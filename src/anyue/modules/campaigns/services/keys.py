"""Links of participations: their nonces, tokens and addresses."""

from __future__ import annotations

import hashlib
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.urls import reverse

from anyue.kernel import clock

from ..models import Participation
from ..rules import links


def door_key() -> bytes:
    """The key under which new tokens are computed: this installation's own, for this purpose alone."""
    return _derived(settings.SECRET_KEY)


def _derived(secret: str) -> bytes:
    return hashlib.sha256(b"anyue.campaigns.door:" + secret.encode()).digest()


def fresh_link() -> dict[str, Any]:
    """The columns of a new link; whatever link there was opens nothing any more."""
    nonce = links.new_nonce()
    return {
        "link_nonce": nonce,
        "link_digest": links.digest(links.token(door_key(), nonce)),
        "link_made_at": clock.now(),
        "link_revoked_at": None,
    }


def token_of(participation: Participation) -> str:
    """The token of its link; empty while it has none.

    A link outlives a change of the installation's key as long as the earlier one is kept (``SECRET_KEY_FALLBACKS``), and ends
    with it: each key is tried until the token is the one whose digest is stored.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = links.token(_derived(secret), participation.link_nonce)
        if participation.link_digest and compare_digest(links.digest(token), participation.link_digest):
            return token
    return ""


def address_of(participation: Participation) -> str:
    """The whole address that the unit's chase text and QR code carry; empty while it has no link that opens anything."""
    token = token_of(participation)
    return settings.PUBLIC_ADDRESS + reverse("door:open", args=[token]) if token else ""
