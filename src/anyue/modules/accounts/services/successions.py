"""When a unit is merged into another, its people work at the one that goes on."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from anyue.modules.orgs.services import Succession
from anyue.platform.audit.services import record

from ..models import Post


def posts_follow(succession: Succession) -> None:
    """Each post that has not ended on the day goes on at the successor, in the transaction of the merger.

    What she was stays readable: a post that began before the day ends the day before it. Roles stay behind on purpose: whoever
    was the administrator of one unit is not thereby that of both, and a person decides who is.
    """
    unit, into, on = succession.unit, succession.into, succession.on
    running = Post.objects.select_for_update(of=("self",)).filter(Q(until_on=None) | Q(until_on__gte=on), unit=unit)
    going = list(running.select_related("user"))
    there = set(Post.objects.filter(Q(until_on=None) | Q(until_on__gte=on), unit=into).values_list("user", flat=True))
    for post in going:
        first = max(post.from_on, on)
        new = Post(
            user=post.user,
            unit=into,
            title=post.title,
            is_leader=post.is_leader,
            from_on=first,
            until_on=post.until_on,
        )
        if post.from_on < on:
            post.until_on = on - timedelta(days=1)
            post.save(update_fields=["until_on"])
        else:
            post.delete()
        if post.user_id in there:
            continue
        there.add(post.user_id)
        new.save()
        after = {"unit": into.name, "title": new.title, "is_leader": new.is_leader, "from_on": first.isoformat()}
        record(by=succession.by, action="post.given", subject=post.user, place=into.path, after=after)
