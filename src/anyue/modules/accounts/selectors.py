"""Who holds what."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from anyue.kernel.clock import now
from anyue.platform.authz import Actor, ActorKind, Held

from .models import Grant, User


def grants_in_force(*, of: User) -> QuerySet[Grant]:
    """Her grants at this moment; a delegated one only while the one it comes from is in force too."""
    at = now()
    running = Q(ended_at=None, from_at__lte=at) & (Q(until_at=None) | Q(until_at__gt=at))
    source = Q(delegated_from=None) | (
        Q(delegated_from__ended_at=None, delegated_from__user__is_active=True)
        & (Q(delegated_from__until_at=None) | Q(delegated_from__until_at__gt=at))
    )
    return Grant.objects.filter(running & source, user=of)


def actor_of(user: User, *, address: str = "", device: str = "") -> Actor:
    """A person as an actor, with the grants in force. One query."""
    held = grants_in_force(of=user).values_list("role", Coalesce(F("unit__path"), Value("")), "delegated_from")
    return Actor(
        ActorKind.PERSON,
        str(user.pk),
        user.name or user.username,
        tuple(Held(role, path, delegated is not None) for role, path, delegated in held),
        address=address,
        device=device,
    )
