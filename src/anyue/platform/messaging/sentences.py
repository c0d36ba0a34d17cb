"""How the audit trail speaks of messages, channels and office hours."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences, values

from .models import Message

SENTENCES = {
    "message.cancelled": _("%(actor)s cancelled the message %(subject)s"),
    "message.retried": _("%(actor)s had the message %(subject)s sent again"),
    "channel.set": _("%(actor)s changed the settings of the channel %(subject)s"),
    "channel.tried": _("%(actor)s sent a trial message by the channel %(subject)s"),
    "office_hours.set": _("%(actor)s set the office hours to %(subject)s"),
}


FIELDS = {
    "address_changed": _("address changed"),
    "secret_changed": _("secret changed"),
    "opens": _("opens at"),
    "closes": _("closes at"),
    "messaging.channel:state": _("result"),
}


def _state(code: str) -> str:
    return str(dict(Message.State.choices).get(code, code))


def install() -> None:
    """Once, at start."""
    sentences.register_fields(FIELDS)
    values.register({"messaging.channel:state": _state})
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
