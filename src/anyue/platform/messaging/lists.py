"""The delivery log and the inbox."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anyue.platform.pages.lists import Choice, Column, DateRange, Empty, ListSpec

from .models import Kind, Message

OUTBOX: ListSpec[Message] = ListSpec(
    key="messaging.outbox",
    title=_("Delivery log"),
    columns=(
        Column("created", _("Written"), lambda row: row.created_at, sort="created_at"),
        Column(
            "subject",
            _("Message"),
            lambda row: row.subject or row.body[:60],
            link=lambda row: reverse("messaging:message", args=[row.pk]),
        ),
        Column("recipient", _("Recipient"), lambda row: row.recipient_label, sort="recipient_label"),
        Column("channel", _("Channel"), lambda row: row.get_channel_display(), sort="channel"),
        Column("state", _("State"), lambda row: row.get_state_display(), sort="state", part="messaging/state.html"),
        Column("sent", _("Sent at"), lambda row: row.sent_at, sort="sent_at", blank="—"),
        Column("error", _("Why not"), lambda row: row.last_error, blank="—"),
        Column("about", _("About"), lambda row: row.about_label, blank="—", shown=False),
        Column("writer", _("Written by"), lambda row: row.written_by, blank="—", shown=False),
    ),
    filters=(
        Choice("state", _("State"), field="state", choices=Message.State.choices),
        Choice("channel", _("Channel"), field="channel", choices=Kind.choices),
        DateRange("created", _("Written"), field="created_at"),
    ),
    search=("recipient_label", "subject", "body", "about_label"),
    search_hint=_("Recipient or words of the message"),
    order=("-created_at",),
    empty=Empty(_("No messages"), _("What is sent to units and people is recorded here.")),
)

INBOX: ListSpec[Message] = ListSpec(
    key="messaging.inbox",
    title=_("My messages"),
    columns=(
        Column(
            "state",
            _("State"),
            lambda row: _("read") if row.read_at else _("unread"),
            sort="read_at",
            part="messaging/read.html",
        ),
        Column(
            "subject",
            _("Message"),
            lambda row: row.subject or row.body[:60],
            link=lambda row: reverse("messaging:read", args=[row.pk]),
        ),
        Column("body", _("Text of the message"), lambda row: row.body, shown=False),
        Column("created", _("Written"), lambda row: row.created_at, sort="created_at"),
    ),
    search=("subject", "body"),
    search_hint=_("Words of the message"),
    order=("-created_at",),
    empty=Empty(_("No messages"), _("Reminders and answers for you appear here.")),
)
