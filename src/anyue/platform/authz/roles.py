"""Roles: frozen sets of permissions with the sentence that the grant screen shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from .permissions import Permission, Reach


@dataclass(frozen=True, slots=True)
class Role:
    """A set of permissions, each with its reach. ``everywhere``: granted for the whole installation, not for a unit.

    ``apart_from``: nobody may hold this role together with one of those (三员分立, GB/T 22239-2019). ``gives``: roles that its
    holder may give although she does not hold all their permissions herself.
    """

    code: str
    label: str | Promise
    summary: str | Promise
    permissions: Mapping[Permission, Reach] = field(hash=False)
    everywhere: bool = False
    apart_from: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()

    def reach(self, permission: Permission) -> Reach | None:
        """How far this role allows ``permission``; None: not at all."""
        return self.permissions.get(permission)


_ROLES: dict[str, Role] = {}


def install_roles(table: Iterable[Role]) -> None:
    """Take the table of roles; called once at start by ``config``."""
    _ROLES.clear()
    _ROLES.update({role.code: role for role in table})


def roles() -> list[Role]:
    """All roles in the order of the table."""
    return list(_ROLES.values())


def role_named(code: str) -> Role | None:
    """The role stored as ``code``; None for one that the table no longer has: it then grants nothing."""
    return _ROLES.get(code)
