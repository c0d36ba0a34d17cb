"""What came of looking at a file."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct


class Why(StrEnum):
    """Why a file, or a part of it, was not looked at."""

    SLOW = "slow"
    """It takes longer than a person should wait."""
    NO_OFFICE = "no_office"
    """An old format, and no LibreOffice here."""
    NO_OCR = "no_ocr"
    """A picture, and no text recognition here."""
    LIMIT = "limit"
    """It would have taken too long or too much memory."""
    DAMAGED = "damaged"
    """A document that nothing here can open: broken, or closed with a password."""
    ARCHIVE = "archive"
    """An archive inside two archives, or one that is no .zip."""


class Unseen(Struct, frozen=True):
    """A file, or a member of an archive by its name in it, that was not looked at, or not to its end."""

    why: Why
    member: str = ""


class Look(Struct, frozen=True):
    """``mark`` as printed, and of which member; None where none was seen. ``unseen`` is empty where all was looked at."""

    mark: str | None = None
    member: str = ""
    unseen: tuple[Unseen, ...] = ()

    @property
    def reasons(self) -> frozenset[Why]:
        """Why not all was looked at."""
        return frozenset(one.why for one in self.unseen)

    def first(self, *reasons: Why) -> Unseen | None:
        """The first that was not looked at for one of these reasons."""
        return next((one for one in self.unseen if one.why in reasons), None)

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "mark": self.mark,
            "member": self.member,
            "unseen": [{"why": one.why.value, "member": one.member} for one in self.unseen],
        }

    @staticmethod
    def from_dict(values: dict[str, Any]) -> Look:
        """What ``to_dict`` gave."""
        unseen = tuple(Unseen(Why(one["why"]), one["member"]) for one in values["unseen"])
        return Look(values["mark"], values["member"], unseen)
