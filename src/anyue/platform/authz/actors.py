"""Who acts. Every service takes ``by: Actor``; the audit writes it down as it is here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of somebody."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a program that acts for a person
    LINK = "link"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Held:
    """One grant that is in force: a role at a place. ``path`` "" is everywhere; ``until`` None: without an end."""

    role: str
    path: str
    delegated: bool = False
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with what she holds at this moment.

    ``id`` is of her kind; ``within`` narrows a link to one subject (``campaign:12``); ``scopes`` narrows a token to some
    permissions (None: all that the person has); ``address`` and ``device`` say from where.
    """

    kind: ActorKind
    id: str
    label: str
    held: tuple[Held, ...] = ()
    within: str = ""
    scopes: frozenset[str] | None = None
    address: str = ""
    device: str = ""
    _everything: bool = field(default=False, repr=False)

    @staticmethod
    def anonymous(address: str = "", device: str = "") -> Actor:
        """Nobody we know: may do nothing."""
        return Actor(ActorKind.ANONYMOUS, "", "", address=address, device=device)

    @staticmethod
    def system(task: str) -> Actor:
        """The program itself in a job: may do everything, and is audited under the job's name."""
        return Actor(ActorKind.SYSTEM, task, task, _everything=True)

    @property
    def is_known(self) -> bool:
        """Not anonymous."""
        return self.kind is not ActorKind.ANONYMOUS

    @property
    def may_everything(self) -> bool:
        """The program itself."""
        return self._everything

    @property
    def key(self) -> str:
        """Kind and id in one, to store by value."""
        return f"{self.kind}:{self.id}"

    def narrowed(self, *, held: tuple[Held, ...]) -> Actor:
        """The same with other grants, for example only those of the post she works from now."""
        return replace(self, held=held)
