"""Links of participations: their nonces, tokens and addresses."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.urls import reverse

from anyue.kernel import clock

from ..models import Participation
from ..rules import links


def door_key() -> bytes:
    """The key under which tokens are computed: this installation's own, for this purpose alone."""
    return hashlib.sha256(b"anyue.campaigns.door:" + settings.SECRET_KEY.encode()).digest()


def fresh_link() -> dict[str, Any]:
    """The columns of a new link; whatever link there was opens nothing any more."""
    nonce = links.new_nonce()
    return {
        "link_nonce": nonce,
        "link_digest": links.digest(links.token(door_key(), nonce)),
        "link_made_at": clock.now(),
        "link_revoked_at": None,
    }


def address_of(participation: Participation) -> str:
    """The whole address that the unit's chase text and QR code carry; empty while it has no link."""
    if not participation.link_digest:
        return ""
    token = links.token(door_key(), participation.link_nonce)
    return settings.PUBLIC_ADDRESS + reverse("door:open", args=[token])
