"""How often one caller may ask: a window of a minute in the cache (per process, or for all with ``ANYUE_CACHE``)."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from anyue.platform.authz import Actor

WINDOW = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of this minute."""

    limit: int
    left: int
    seconds: int

    @property
    def is_spent(self) -> bool:
        """Nothing is left."""
        return self.left < 0


def spend(actor: Actor) -> Allowance:
    """Count one request: a person's with all her tokens together, a stranger's by address."""
    who = f"person:{actor.id}" if actor.is_known else f"address:{actor.address}"
    limit = settings.API_RATE if actor.is_known else settings.API_RATE_STRANGERS
    at = int(time.time())
    key = f"api-rate:{who}:{at // WINDOW}"
    cache.add(key, 0, WINDOW * 2)
    try:
        used = cache.incr(key)
    except ValueError:  # it went between the two
        used = 1
    return Allowance(limit, limit - used, WINDOW - at % WINDOW)
