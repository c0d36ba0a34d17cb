"""Posts: who works where."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, scopes

from .. import problems
from ..models import Post, User
from ..permissions import AccountPermission
from . import guards


@transaction.atomic
def post_give(
    *, by: Actor, user: User, unit: Unit, title: str = "", is_leader: bool = False, from_on: date | None = None
) -> Post:
    """A post at ``unit``, a further one for who works elsewhere too. A post alone allows nothing: roles do.

    Somebody who works elsewhere can be taken on only by whoever sees her there: otherwise a guess would show her.
    """
    guards.allow(by, AccountPermission.MANAGE, unit.path)
    guards.open_unit(unit)
    user = guards.locked(user)
    running = Post.objects.filter(guards.running_posts(user)).select_related("unit")
    seen = scopes(by, AccountPermission.VIEW)
    # Somebody without a post is known by the roles that she holds: those of the installation belong to nobody's unit.
    known = [post.unit.path for post in running] or guards.places_held(user)
    if known and not any(seen.covers(path) for path in known):
        raise RefusedError(problems.NOT_ALLOWED)
    if any(post.unit_id == unit.pk for post in running):
        raise RefusedError(problems.POST_TWICE, name=user.name, unit=unit.name, fields={"unit": problems.POST_TWICE})
    post = Post.objects.create(
        user=user, unit=unit, title=title.strip(), is_leader=is_leader, from_on=from_on or today()
    )
    record(
        by=by,
        action="post.given",
        subject=user,
        place=unit.path,
        after={"unit": unit.name, "title": post.title, "is_leader": is_leader, "from_on": post.from_on.isoformat()},
    )
    return post


@transaction.atomic
def post_end(*, by: Actor, post: Post, until_on: date | None = None) -> Post:
    """End a post with ``until_on``, its last day (today if not given). Roles that she holds are withdrawn on their own."""
    guards.allow(by, AccountPermission.MANAGE, post.unit.path)
    last = until_on or today()
    locked = Post.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=post.pk)
    if locked.until_on is not None and locked.until_on < today():
        raise RefusedError(problems.POST_ENDED)
    if last < locked.from_on:
        raise RefusedError(problems.DAYS_REVERSED, fields={"until_on": problems.DAYS_REVERSED})
    locked.until_on = last
    locked.save(update_fields=["until_on"])
    record(
        by=by,
        action="post.ended",
        subject=locked.user,
        place=locked.unit.path,
        after={"unit": locked.unit.name, "until_on": last.isoformat()},
    )
    return locked
