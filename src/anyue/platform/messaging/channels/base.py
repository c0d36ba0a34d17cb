"""The shape of a channel."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from ..models import Kind, Message


@dataclass(frozen=True, slots=True)
class Setting:
    """A unit's channel, unsealed. ``address`` is the robot's, where the channel has one of its own."""

    is_on: bool = False
    address: str = ""
    secret: str = ""


class Adapter(ABC):
    """One channel."""

    kind: Kind
    is_group: bool = False
    """It writes to the unit's group, not to a person: the address is the channel's own."""
    gathers: bool = True
    """Messages that come close together go as one."""

    @abstractmethod
    def is_set_up(self, setting: Setting) -> bool:
        """There is something to send with."""

    @abstractmethod
    def send(self, message: Message, setting: Setting) -> None:
        """Send it. Raises ``outgoing.SendError``."""

    def address_for(self, addresses: dict[str, str], setting: Setting) -> str:
        """Where it goes for a recipient with ``addresses``; "" if it cannot."""
        return self.kind.value if self.is_group and setting.address else addresses.get(self.kind.value, "")
