"""Messages: an inbox is its owner's, the log and the settings belong to a place."""

from __future__ import annotations

from anyue.platform.authz import Actor
from anyue.platform.messaging.models import Kind, Message
from anyue.platform.messaging.permissions import MessagePermission

from .world import Subject, Subjects, World

_HERS = "liaison_officer"


def _letter(world: World) -> Subject:
    user = world.user(_HERS)
    letter = world.once(
        "letter",
        lambda: Message.objects.create(
            channel=Kind.IN_APP,
            recipient_kind="person",
            recipient_id=str(user.pk),
            recipient_label=user.name,
            body="请签收",
            state=Message.State.SENT,
            sent_at=world.once("letter sent", lambda: user.created_at),
        ),
    )
    return Subject({"pk": letter.pk}, owner=_HERS)


def _sent(world: World) -> Message:
    found: Message = world.once(
        "sent",
        lambda: Message.objects.create(
            channel=Kind.EMAIL,
            recipient_kind="unit",
            recipient_id="1",
            recipient_label="望榆街道",
            address="street@example.com",
            body="请签收",
            place=world.tree.street.path,
            created_by=Actor.system("test").key,
        ),
    )
    return found


def _settings(world: World) -> Subject:
    return Subject(
        query=f"?place={world.tree.street.path}",
        see=MessagePermission.SETTINGS,
    )


SUBJECTS: Subjects = {
    "messaging:inbox": lambda world: Subject(),
    "messaging:read": _letter,
    "messaging:unread": lambda world: Subject(),
    "messaging:read_all": lambda world: Subject(),
    "messaging:outbox": lambda world: Subject(),
    "messaging:message": lambda world: Subject({"pk": _sent(world).pk}, see=MessagePermission.VIEW),
    "messaging:act": lambda world: Subject(
        {"pk": _sent(world).pk, "what": "cancel"},
        see=MessagePermission.VIEW,
        act=MessagePermission.SETTINGS,
        missing={"pk": 987_654_321, "what": "cancel"},
    ),
    "messaging:channels": _settings,
    "messaging:hours": _settings,
    "messaging:channel": lambda world: Subject(
        {"kind": "email"},
        see=MessagePermission.SETTINGS,
        query=f"?place={world.tree.street.path}",
    ),
    "messaging:channel-try": lambda world: Subject(
        {"kind": "wecom"},
        see=MessagePermission.SETTINGS,
        query=f"?place={world.tree.street.path}",
    ),
}
