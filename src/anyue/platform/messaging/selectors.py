"""Messages as a person may see them, and as text for a chat."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from anyue.platform.authz import Actor, scopes

from .models import Kind, Message
from .permissions import MessagePermission


def outbox_seen(*, by: Actor) -> QuerySet[Message]:
    """The delivery log of all places where ``by`` may see it."""
    return Message.objects.filter(scopes(by, MessagePermission.VIEW).q("place"))


def inbox(*, by: Actor) -> QuerySet[Message]:
    """Her own messages in the system, newest first."""
    return Message.objects.filter(
        channel=Kind.IN_APP, recipient_kind="person", recipient_id=by.id, state=Message.State.SENT
    )


def unread_count(*, by: Actor) -> int:
    """What the bell shows."""
    return inbox(by=by).filter(read_at=None).count() if by.is_known else 0


def paste_text(messages: Iterable[Message]) -> str:
    """Messages as one text for a chat group: each recipient once with what she is told, in the order given."""
    told: dict[str, list[str]] = {}
    for message in messages:
        bodies = told.setdefault(message.recipient_label, [])
        if message.body not in bodies:
            bodies.append(message.body)
    blocks = []
    for label, bodies in told.items():
        if len(bodies) == 1:
            blocks.append(f"@{label} {bodies[0]}")
        else:
            blocks.append("\n".join([f"@{label}", *(f"{number}. {body}" for number, body in enumerate(bodies, 1))]))
    return "\n\n".join(blocks)
