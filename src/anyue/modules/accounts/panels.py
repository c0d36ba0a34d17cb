"""Who works at a unit, on the unit's page."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.panels import Panel, PanelItem
from anyue.platform.authz import Actor, can

from .models import Post
from .permissions import AccountPermission
from .selectors.actors import running_posts

SHOWN = 12


def _people(actor: Actor, unit: Unit) -> tuple[int, Sequence[PanelItem]]:
    """Leaders first. Who may not see the people here sees none."""
    if not can(actor, AccountPermission.VIEW, unit.path):
        return 0, ()
    posts = Post.objects.filter(running_posts(), unit=unit, user__is_active=True).select_related("user")
    first = posts.order_by(F("is_leader").desc(), "user__initials", "id")[:SHOWN]
    return posts.count(), [_item(post) for post in first]


def _item(post: Post) -> PanelItem:
    parts = [post.title, gettext("leads the unit") if post.is_leader else "", post.user.phone or post.user.office_phone]
    return PanelItem(
        post.user.name, reverse("people:person", args=[post.user_id]), " · ".join(part for part in parts if part)
    )


PEOPLE = Panel("people", _("People"), _people)
