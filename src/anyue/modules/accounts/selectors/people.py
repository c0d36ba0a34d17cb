"""Which people an actor sees: those who work, or hold a role, where she may see people."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from anyue.kernel.clock import now, today
from anyue.platform.authz import Actor, Permission, scopes
from anyue.platform.authz.engine import Scopes, subtree

from ..models import Grant, Post, User
from ..permissions import AccountPermission
from .actors import in_force, running_posts


def at(among: Scopes) -> Q:
    """People with a post or a role there that has not ended."""
    if among.everything:
        return Q()
    posts = Post.objects.filter(Q(until_on=None) | Q(until_on__gte=today()), user=OuterRef("pk"))
    grants = Grant.objects.filter(Q(until_at=None) | Q(until_at__gt=now()), user=OuterRef("pk"), ended_at=None)
    place = among.q("unit__path")
    return Q(Exists(posts.filter(place))) | Q(Exists(grants.filter(place)))


def people_seen(actor: Actor, permission: Permission = AccountPermission.VIEW) -> QuerySet[User]:
    """Those whom ``actor`` may see (or ``permission``); suspended ones too."""
    among = scopes(actor, permission)
    return User.objects.filter(at(among)) if among else User.objects.none()


def person_seen(actor: Actor, pk: int, *, act: Permission | None = None) -> User:
    """The person ``pk``: 404 for whom ``actor`` does not see, 403 where she sees her and may not ``act`` on her."""
    found = people_seen(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    if act is not None and not people_seen(actor, act).filter(pk=pk).exists():
        raise PermissionDenied
    return found


def at_unit(path: str) -> Q:
    """People who work at a place or below it today."""
    return Q(Exists(Post.objects.filter(running_posts(), subtree(path, "unit__path"), user=OuterRef("pk"))))


def holding(role: str) -> Q:
    """People who hold a role now."""
    return Q(Exists(Grant.objects.filter(in_force(now()), role=role, user=OuterRef("pk"))))


def colleagues_of(user: User, grant: Grant) -> QuerySet[User]:
    """To whom she could hand ``grant`` over: who works at its unit or below; anybody, for a role of the installation."""
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    return others.filter(at_unit(grant.unit.path)) if grant.unit else others
