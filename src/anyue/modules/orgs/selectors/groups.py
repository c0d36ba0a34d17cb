"""Lists of units."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anyue.platform.authz import Actor, scopes
from anyue.platform.authz.engine import subtree

from ..models import Group, Unit
from ..permissions import UnitPermission


def groups_for(actor: Actor) -> QuerySet[Group]:
    """The lists that ``actor`` may see: those kept by units that she sees."""
    return Group.objects.filter(scopes(actor, UnitPermission.VIEW).q("owner__path")).select_related("owner", "below")


def members_of(group: Group) -> QuerySet[Unit]:
    """The open units on the list as it is today: those named, and those that its rule finds."""
    wanted = Q(in_groups=group)
    if group.kinds and group.below:
        wanted |= subtree(group.below.path) & Q(kind__in=group.kinds) & ~Q(pk=group.below.pk)
    return Unit.objects.filter(wanted, closed_on=None).distinct()
