"""What a person may do, where, and by which grant; and who may do something at a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from anyue.kernel import paths
from anyue.kernel.clock import now
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Permission, Reach, Role, registered, role_named, roles

from ..models import Grant, User
from .actors import grants_in_force, in_force


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a role given at a place, and how far it reaches from there."""

    grant: Grant
    role: Role
    reach: Reach

    @property
    def is_everywhere(self) -> bool:
        """In the whole installation."""
        return self.grant.unit is None

    @property
    def goes_below(self) -> bool:
        """At the unit and all below it, not at the unit alone."""
        return self.reach is Reach.SUBTREE


@dataclass(frozen=True, slots=True)
class Right:
    """A permission, and everything that gives it; nothing: she may not."""

    permission: Permission
    reasons: list[Reason] = field(default_factory=list)


def _told(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    return grants.select_related("unit", "user", "delegated_from__user").order_by("pk")


def rights_of(user: User) -> list[Right]:
    """Every permission there is, each with its reasons at this moment. One query."""
    found = {permission: Right(permission) for permission in registered()}
    for grant in _told(grants_in_force(of=user)):
        role = role_named(grant.role)
        if role is None:
            continue
        for permission, reach in role.permissions.items():
            if reach is Reach.SUBTREE or grant.unit is not None:
                found[permission].reasons.append(Reason(grant, role, reach))
    return list(found.values())


def who_may(permission: Permission, unit: Unit) -> Iterator[Reason]:
    """Everybody who may do ``permission`` at ``unit`` at this moment, with the grant that gives it. One query."""
    reaching = {role.code: reach for role in roles() if (reach := role.reach(permission)) is not None}
    below = [code for code, reach in reaching.items() if reach is Reach.SUBTREE]
    above = Q(unit=None) | Q(unit__path__in=paths.ancestors(unit.path, itself=True))
    there = Q(role__in=reaching, unit=unit) | (Q(role__in=below) & above)
    for grant in _told(Grant.objects.filter(in_force(now())).filter(there)):
        role = role_named(grant.role)
        if role is not None:
            yield Reason(grant, role, reaching[grant.role])
