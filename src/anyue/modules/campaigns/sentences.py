"""How the audit trail speaks of chasing, circulars and calendars."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences

SENTENCES = {
    "chase.reminded": _("%(actor)s reminded %(subject)s of what is due soon"),
    "chase.sent": _("%(actor)s chased %(subject)s"),
    "chase.escalated": _("%(actor)s told the head of %(subject)s what is overdue"),
    "chase.by_chat": _("%(actor)s chased %(subject)s in a chat group"),
    "chase.by_phone": _("%(actor)s chased %(subject)s by telephone"),
    "chase.unreached": _("%(actor)s was to chase %(subject)s and reached nobody"),
    "campaign.chase_rules_set": _("%(actor)s changed when %(subject)s is chased"),
    "calendar.opened": _("%(actor)s made a calendar address"),
    "calendar.closed": _("%(actor)s closed the calendar address"),
}
FIELDS = {
    "duties": _("duties"),
    "recipient": _("to whom"),
    "reached": _("messages"),
    "chases_itself": _("chase automatically"),
    "rules": _("rules"),
}


def install() -> None:
    """Once, at start."""
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
    sentences.register_fields(FIELDS)
