"""In the system: there is nothing to send, she finds it in her inbox."""

from __future__ import annotations

from ..models import Kind, Message
from .base import Adapter, Setting


class InAppAdapter(Adapter):
    """Always on for persons with an account."""

    kind = Kind.IN_APP
    gathers = False

    def is_set_up(self, setting: Setting) -> bool:
        del setting
        return True

    def send(self, message: Message, setting: Setting) -> None:
        """It is there."""
