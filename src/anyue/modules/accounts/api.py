"""People over REST."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from anyue.modules.orgs.models import Unit
from anyue.platform.authz import fetch
from anyue.platform.pages.access import Request
from anyue.platform.rest.access import needs, of_any_token
from anyue.platform.rest.paging import Cursor, Page, page_of

from .models import Post, User
from .permissions import AccountPermission
from .selectors import grants_in_force, running_posts, units_of

router = Router(tags=["people"])


class UnitShort(Schema):
    """A unit in short."""

    id: int
    name: str


class GrantOut(Schema):
    """A role that is in force. ``unit`` null: the whole installation."""

    role: str
    unit: UnitShort | None
    until_at: datetime | None
    delegated: bool


class Me(Schema):
    """Whose token this is, and what it can do."""

    id: int
    username: str
    name: str
    units: list[UnitShort]
    grants: list[GrantOut]
    scopes: list[str]


class Person(Schema):
    """A person at a unit by her post there."""

    id: int
    name: str
    title: str
    is_leader: bool
    phone: str
    office_phone: str
    email: str


@router.get("/me", response=Me, summary="Whose token this is")
@of_any_token
def me(request: Request) -> dict[str, Any]:
    """With her units, the roles in force and the scopes of the token."""
    user = User.objects.get(pk=request.actor.id)
    grants = grants_in_force(of=user).select_related("unit")
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "units": units_of(user),
        "grants": [
            {
                "role": grant.role,
                "unit": grant.unit,
                "until_at": grant.until_at,
                "delegated": grant.delegated_from_id is not None,
            }
            for grant in grants
        ],
        "scopes": sorted(request.actor.scopes or ()),
    }


@router.get("/units/{unit_id}/people", response=Page[Person], summary="People of a unit")
@needs(AccountPermission.VIEW)
def people(request: Request, unit_id: int, at: Query[Cursor]) -> dict[str, Any]:
    """Those with a post there today. 404 for a unit whose people the caller does not see."""
    unit = fetch(request.actor, Unit.objects.all(), see=AccountPermission.VIEW, place="path", pk=unit_id)
    posts = Post.objects.filter(running_posts(), unit=unit, user__is_active=True).select_related("user")
    found = page_of(posts, at)
    return {"items": [_person(post) for post in found["items"]], "next": found["next"]}


def _person(post: Post) -> dict[str, Any]:
    user = post.user
    return {
        "id": user.pk,
        "name": user.name,
        "title": post.title,
        "is_leader": post.is_leader,
        "phone": user.phone,
        "office_phone": user.office_phone,
        "email": user.email,
    }
