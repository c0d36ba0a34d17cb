"""Signed addresses of files: which one, which copy, until when, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.core import signing

from anyue.kernel.clock import now
from anyue.platform.authz import Actor, ActorKind

_SALT = "anyue.files.link"
_STEP = 600


class Copy(StrEnum):
    """Which bytes of a file a link opens."""

    SHOWN = "s"
    """What others see: a picture without what the camera wrote; any other file as it is."""
    ORIGINAL = "o"
    """As it came, with time and place in it."""
    THUMBNAIL = "t"


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed address says. ``actor`` "" is whoever has it: the holder of a link or a program has no session here."""

    file: int
    copy: Copy
    until: datetime
    actor: str

    @property
    def has_expired(self) -> bool:
        """Too late."""
        return now() >= self.until

    def opens_for(self, actor: Actor) -> bool:
        """``actor`` is the one that it was made for."""
        return self.actor in ("", actor.key)


def token(file: int, copy: Copy, *, for_: Actor, minutes: int) -> str:
    """A link's own part of its address. Links made within ten minutes are the same, so that a browser keeps what it has."""
    seconds = int((now() + timedelta(minutes=minutes)).timestamp())
    until = (seconds // _STEP + 1) * _STEP
    bound = for_.key if for_.kind is ActorKind.PERSON else ""
    return signing.Signer(salt=_SALT).sign_object([file, copy.value, until, bound], compress=True)


def read(written: str) -> Link:
    """What ``token`` wrote. Raises ``signing.BadSignature`` for anything else."""
    try:
        file, copy, until, actor = signing.Signer(salt=_SALT).unsign_object(written)
        return Link(int(file), Copy(copy), datetime.fromtimestamp(until, UTC), str(actor))
    except (ValueError, TypeError) as error:
        raise signing.BadSignature(str(error)) from error
