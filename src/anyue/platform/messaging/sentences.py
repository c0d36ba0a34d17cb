"""How the audit trail speaks of messages, channels and office hours."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences

SENTENCES = {
    "message.cancelled": _("%(actor)s cancelled the message %(subject)s"),
    "message.retried": _("%(actor)s had the message %(subject)s sent again"),
    "channel.set": _("%(actor)s changed the settings of the channel %(subject)s"),
    "channel.tried": _("%(actor)s sent a trial message by the channel %(subject)s"),
    "office_hours.set": _("%(actor)s set the office hours to %(subject)s"),
}


def install() -> None:
    """Once, at start."""
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
