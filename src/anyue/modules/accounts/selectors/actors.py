"""Who holds what now, and the actor that comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from anyue.kernel.clock import now, today
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, ActorKind, Held

from ..digests import digest_of
from ..models import ApiToken, Grant, Post, User


def in_force(at: datetime) -> Q:
    """Grants in force at an instant; a delegated one only while the one it comes from is in force too."""

    def running(prefix: str) -> Q:
        return (
            Q(**{f"{prefix}from_at__lte": at, f"{prefix}user__is_active": True})
            & (Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": at}))
            & (Q(**{f"{prefix}until_at": None}) | Q(**{f"{prefix}until_at__gt": at}))
        )

    return running("") & (Q(delegated_from=None) | running("delegated_from__"))


def grants_in_force(*, of: User, at: datetime | None = None) -> QuerySet[Grant]:
    """Her grants at this moment or at another one. None while she is suspended."""
    return Grant.objects.filter(in_force(at or now()), user=of)


def actor_of(user: User, *, address: str = "", device: str = "") -> Actor:
    """A person as an actor, with the grants in force. One query."""
    held = grants_in_force(of=user).values_list("role", _place(), "delegated_from", "until_at")
    return Actor(
        ActorKind.PERSON,
        str(user.pk),
        user.name or user.username,
        tuple(Held(role, path, delegated is not None, until) for role, path, delegated, until in held),
        address=address,
        device=device,
    )


def _place() -> Coalesce:
    return Coalesce(F("unit__path"), Value(""))


def running_posts() -> Q:
    """Posts held today."""
    return Q(from_on__lte=today()) & (Q(until_on=None) | Q(until_on__gte=today()))


def units_of(user: User) -> list[Unit]:
    """The open units that she can work for: those of her posts, then others where she holds a role. Two queries."""
    rows = Post.objects.filter(running_posts(), user=user).order_by("-is_leader", "pk").select_related("unit")
    posts = [post.unit for post in rows]
    held = [grant.unit for grant in grants_in_force(of=user).exclude(unit=None).select_related("unit")]
    found = {unit.pk: unit for unit in [*posts, *held] if unit is not None and unit.is_open}
    return list(found.values())


def working_unit(user: User, chosen: int | None) -> Unit | None:
    """The unit she works for now: the one she chose if it is still hers, else the first of hers; None without any."""
    mine = units_of(user)
    return next((unit for unit in mine if unit.pk == chosen), mine[0] if mine else None)


def actor_of_token(text: str, *, address: str = "", device: str = "") -> Actor | None:
    """The person behind a token, narrowed to its scopes; None if it is none, has ended or expired, or she is suspended.

    That it was used is written down at most once a minute.
    """
    at = now()
    rows = ApiToken.objects.filter(digest=digest_of(text), ended_at=None, expires_at__gt=at, user__is_active=True)
    token = rows.select_related("user").first()
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at < at - timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    person = actor_of(token.user, address=address, device=device)
    label = f"{person.label}（{token.name}）"
    return replace(person, kind=ActorKind.TOKEN, label=label, scopes=frozenset(token.scopes))
