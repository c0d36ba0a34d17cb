"""Pages of messages."""

from .reading import act, inbox, message, outbox, read, read_all, unread
from .settings import channel, channel_try, channels, hours

__all__ = [
    "act",
    "channel",
    "channel_try",
    "channels",
    "hours",
    "inbox",
    "message",
    "outbox",
    "read",
    "read_all",
    "unread",
]
