"""All that a person's page shows, read in few queries, and what the one who looks may do to her."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q

from anyue.kernel.clock import now, today
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor, ActorKind, can_anywhere

from ..lockout import is_name_locked
from ..models import Grant, Post, User
from ..permissions import AccountPermission
from ..rules import commands, not_giveable

SIGN_INS = 10


@dataclass(frozen=True)
class Acts:
    """What the actor may do to a person. The services decide again."""

    edit: bool
    suspend: bool
    invite: bool
    give: bool


@dataclass(frozen=True)
class PersonFile:
    """A person with everything about her account."""

    user: User
    posts: list[Post]
    past_posts: list[Post]
    grants: list[Grant]
    past_grants: list[Grant]
    devices: list[UserSession]
    sign_ins: list[Entry]
    factors: list[str]
    is_locked: bool
    acts: Acts


def person_file(actor: Actor, user: User) -> PersonFile:
    """Eight queries at most."""
    posts = list(Post.objects.filter(user=user).select_related("unit").order_by("-is_leader", "pk"))
    rows = Grant.objects.filter(user=user).select_related("unit", "delegated_from__user").order_by("-pk")
    grants = list(rows)
    day, at = today(), now()
    running = [post for post in posts if post.until_on is None or post.until_on >= day]
    held = [one for one in grants if one.ended_at is None and (one.until_at is None or one.until_at > at)]
    about = Q(subject_kind="accounts.user", subject_id=str(user.pk), action__startswith="sign_")
    return PersonFile(
        user=user,
        posts=running,
        past_posts=[post for post in posts if post not in running],
        grants=held,
        past_grants=[one for one in grants if one not in held],
        devices=list(UserSession.objects.filter(user=user).order_by("-last_seen_at")),
        sign_ins=list(Entry.objects.filter(about)[:SIGN_INS]),
        factors=list(Authenticator.objects.filter(user=user).values_list("type", flat=True)),
        is_locked=is_name_locked(user.username),
        acts=_acts(actor, user, running, held),
    )


def _acts(actor: Actor, user: User, posts: list[Post], held: list[Grant]) -> Acts:
    herself = actor.kind is not ActorKind.SYSTEM and actor.id == str(user.pk)
    works_at = [post.unit.path for post in posts]
    places = [(one.role, one.unit.path if one.unit else "") for one in held]
    holds_at = [path for _role, path in places]
    is_system = "" in holds_at
    over = commands(actor, AccountPermission.UNLOCK, works_at, holds_at) and not herself
    return Acts(
        edit=commands(actor, AccountPermission.MANAGE, works_at, holds_at),
        suspend=over and (not is_system or can_anywhere(actor, AccountPermission.GRANT_SYSTEM)),
        invite=over and user.is_active and not_giveable(actor, places) is None,
        give=not herself and can_anywhere(actor, AccountPermission.GRANT, AccountPermission.GRANT_SYSTEM),
    )
