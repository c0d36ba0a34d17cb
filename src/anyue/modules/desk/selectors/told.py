"""What the leader of a unit was told and has not read yet."""

from __future__ import annotations

from django.db.models import QuerySet

from anyue.modules.campaigns.texts import LEADER
from anyue.platform.authz import Actor
from anyue.platform.messaging.models import Message
from anyue.platform.messaging.selectors import inbox

MOST = 3


def told(actor: Actor) -> QuerySet[Message]:
    """Escalations to ``actor`` that she has not opened, the latest first, ``MOST`` of them. One query."""
    return inbox(by=actor).filter(template=LEADER.code, read_at=None).order_by("-created_at")[:MOST]
