"""Who may give what: pure, so that it can be tried on every shape of grants.

The rule of giving (tests/anyue/modules/accounts/test_giving.py holds it):

1. Nobody gives herself anything.
2. A role of the installation has no unit and needs "give the roles of the whole installation"; any other has one and needs
   "give roles" there.
3. Either the giver's own role names it among those it ``gives``, or she holds every permission of it herself, as far as
   it reaches.
4. What she may give only for a time she gives for no longer: a stand-in leaves nothing behind.
5. Roles that are held apart (三员分立) never meet in one person at any moment, by whatever way each came to her.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from anyue.kernel import paths
from anyue.platform.authz import Actor, Held, Permission, Reach, Role, role_named, scopes

from .permissions import AccountPermission


@dataclass(frozen=True, slots=True)
class Span:
    """A role that somebody holds from an instant up to, not including, another (None: without an end)."""

    role: str
    start: datetime
    end: datetime | None = None

    def meets(self, other: Span) -> bool:
        """There is a moment in both."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


def are_apart(one: str, other: str) -> bool:
    """The roles may not meet in one person; it does not matter which of the two says so."""
    first, second = role_named(one), role_named(other)
    return (first is not None and other in first.apart_from) or (second is not None and one in second.apart_from)


def clash(wanted: Span, held: Iterable[Span]) -> str | None:
    """The role among ``held`` that must be kept apart from ``wanted`` and meets it; None if there is none."""
    return next((span.role for span in held if are_apart(wanted.role, span.role) and wanted.meets(span)), None)


def _right(role: Role) -> Permission:
    return AccountPermission.GRANT_SYSTEM if role.everywhere else AccountPermission.GRANT


def _gives_here(held: Held, role: Role, path: str) -> bool:
    own = role_named(held.role)
    reach = own.reach(_right(role)) if own else None
    if own is None or reach is None:
        return False
    return paths.within(path, held.path) if reach is Reach.SUBTREE else path == held.path


def _holds_all(actor: Actor, role: Role, path: str) -> bool:
    for permission, reach in role.permissions.items():
        found = scopes(actor, permission)
        whole = found.everything or any(paths.within(path, top) for top in found.subtrees)
        if not (whole or (reach is Reach.UNIT and path in found.places)):
            return False
    return True


def givers(actor: Actor, role: Role, path: str) -> list[Held]:
    """By which of her grants ``actor`` may give ``role`` at ``path``; none: she may not."""
    right = _right(role)
    if actor.scopes is not None and right.value not in actor.scopes:
        return []
    here = [held for held in actor.held if _gives_here(held, role, path)]
    if here and _holds_all(actor, role, path):
        return here
    return [held for held in here if (own := role_named(held.role)) is not None and role.code in own.gives]


def may_give(actor: Actor, role: Role, path: str) -> bool:
    """``actor`` may give ``role`` at ``path`` ("" is the whole installation) to somebody else."""
    return actor.may_everything or bool(givers(actor, role, path))


def commands(actor: Actor, permission: Permission, works_at: Iterable[str], holds_at: Iterable[str]) -> bool:
    """``actor`` may do ``permission`` to a person: at every unit where she works; if at none, wherever she holds a role.

    One of several units is not enough: whoever edits or suspends her does so for all of them.
    """
    among = scopes(actor, permission)
    places = list(works_at) or list(holds_at) or [""]
    return bool(among) and all(among.covers(place) for place in places)


def not_giveable(actor: Actor, held: Iterable[tuple[str, str]]) -> Role | None:
    """The first of the roles (code, path) that ``actor`` could not give; None if she could give each.

    Whoever hands out the link for a new password could use it herself and so come into everything that the person holds.
    """
    for code, path in held:
        role = role_named(code)
        if role is not None and not may_give(actor, role, path):
            return role
    return None


def latest_end(actor: Actor, role: Role, path: str) -> datetime | None:
    """Until when at most she may give it; None: without an end. Asked only where ``may_give``."""
    ends = [held.until for held in givers(actor, role, path)]
    if actor.may_everything or None in ends:
        return None
    return max(end for end in ends if end is not None)
