"""What can be allowed. Each module declares an enum of its own; the role table (``config/roles.py``) hands them out."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Any

from django.utils.functional import Promise


class Reach(Enum):
    """How far a role's permission reaches from the unit of its grant."""

    UNIT = "unit"
    """The unit itself."""
    SUBTREE = "subtree"
    """The unit and all below it."""


class Permission(StrEnum):
    """Base of each module's enum: ``VIEW = "notices:notice:view", _("See notices")``. The value is stored, never renamed."""

    label: str | Promise

    def __new__(cls, value: str, label: Any = "") -> Permission:
        """A member with its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


_REGISTERED: dict[str, Permission] = {}


def register(*declared: type[Permission]) -> None:
    """Make the permissions of these enums known; called by each module's ``AppConfig.ready``."""
    for enum in declared:
        for member in enum:
            known = _REGISTERED.setdefault(member.value, member)
            if known is not member:
                raise ValueError(f"two permissions are called {member.value}")


def registered() -> list[Permission]:
    """All that are known, by name."""
    return [_REGISTERED[name] for name in sorted(_REGISTERED)]


def permission_named(name: str) -> Permission:
    """The permission stored as ``name``. Raises ``KeyError``."""
    return _REGISTERED[name]
