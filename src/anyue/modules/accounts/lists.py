"""The list of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, role_named, roles, scopes
from anyue.platform.pages.keys import key_of
from anyue.platform.pages.lists import Choice, Column, ListSpec, Place, Subtree
from anyue.platform.pages.lists.filters import Values
from anyue.platform.pages.lists.spec import Empty

from .models import Grant, Post, User
from .permissions import AccountPermission
from .selectors.actors import in_force, running_posts
from .selectors.people import at_unit, holding

STATES = (("active", _("Active")), ("invited", _("Invited, no password yet")), ("suspended", _("Suspended")))


@dataclass(frozen=True)
class PostsBelow(Subtree):
    """People who work at a unit or below it; each once, however many posts she has there."""

    def condition(self, values: Values) -> Q:
        """By the posts of today."""
        place = self.find(values[self.key][0])
        return at_unit(place.path) if place else Q(pk__in=[])


def state_of(user: User) -> str:
    """``active``, ``invited`` (no password yet) or ``suspended``."""
    if not user.is_active:
        return "suspended"
    return "active" if user.has_usable_password() else "invited"


def _in_state(state: str) -> Q:
    unset = Q(password__startswith="!") | Q(password="")  # noqa: S106 - no password, but the mark of none
    return {
        "suspended": Q(is_active=False),
        "invited": Q(is_active=True) & unset,
        "active": Q(is_active=True) & ~unset,
    }[state]


def with_posts_and_roles(people: QuerySet[User]) -> QuerySet[User]:
    """Each with today's posts (``now_posts``) and roles (``now_grants``), in two queries for all."""
    posts = Post.objects.filter(running_posts()).select_related("unit").order_by("-is_leader", "pk")
    grants = Grant.objects.filter(in_force(now())).select_related("unit")
    return people.prefetch_related(
        Prefetch("posts", posts, to_attr="now_posts"), Prefetch("grants", grants, to_attr="now_grants")
    )


def _units(user: Any) -> str:
    return gettext(", ").join(f"{post.unit.label} {post.title}".strip() for post in user.now_posts)


def _roles(user: Any) -> str:
    found = dict.fromkeys(str(role.label) for one in user.now_grants if (role := role_named(one.role)))
    return gettext(", ").join(found)


def people_list(actor: Actor, near: Unit | None) -> ListSpec[User]:
    """The list for ``actor``, with the units at and right below ``near`` to choose from."""
    among = scopes(actor, AccountPermission.VIEW)

    def find(value: str) -> Place | None:
        unit = Unit.objects.filter(among.q(), pk=key_of(value) or 0).first()
        return Place(unit.path, unit.name) if unit else None

    def options() -> list[tuple[int, str]]:
        if not near:  # may be lazy, so never `is None`
            return []
        there = Unit.objects.filter(among.q()).filter(Q(pk=near.pk) | Q(parent=near), closed_on=None)
        return [(unit.pk, unit.label) for unit in there.order_by("path")[:200]]

    def exported(request: Any, count: int) -> None:
        record(
            by=request.actor,
            action="people.exported",
            subject=Subject("accounts.user", "", gettext("People")),
            place=near.path if near else "",
            after={"rows": count},
        )

    return ListSpec(
        key="accounts.people",
        title=_("People and roles"),
        columns=(
            Column("name", _("full name"), lambda user: user.name, sort="name", link=_page),
            Column("username", _("user name"), lambda user: user.username, sort="username"),
            Column("units", _("Units and posts"), _units, blank="—"),
            Column("roles", _("Roles"), _roles, blank="—"),
            Column("phone", _("mobile phone"), lambda user: user.phone, sort="phone", blank="—"),
            Column("office_phone", _("office phone"), lambda user: user.office_phone, blank="—", shown=False),
            Column("email", _("e-mail"), lambda user: user.email, blank="—", shown=False),
            Column("state", _("State"), _state_word, part="accounts/parts/state.html"),
            Column(
                "last_login", _("Last sign-in"), lambda user: user.last_login, sort="last_login", blank=_("never yet")
            ),
        ),
        filters=(
            PostsBelow("unit", _("Unit"), find, options=options),
            Choice("role", _("Role"), choices=[(role.code, role.label) for role in roles()], where=holding),
            Choice("state", _("State"), choices=STATES, where=_in_state),
        ),
        search=("name", "username", "initials", "phone"),
        search_hint=_("Name, pinyin initials, user name, phone"),
        order=("name",),
        empty=Empty(_("Nobody works here yet."), _("Add people one by one, or bring them in from Excel.")),
        exported=exported,
    )


def _page(user: User) -> str:
    return reverse("people:person", args=[user.pk])


def _state_word(user: User) -> str:
    return str(dict(STATES)[state_of(user)])
