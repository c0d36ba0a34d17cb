"""What several services ask before they write."""

from __future__ import annotations

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from anyue.kernel.clock import now, today
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, ActorKind, Permission, Role, can, can_anywhere, role_named

from .. import problems
from ..models import Grant, Post, User
from ..permissions import AccountPermission
from ..rules import Span, clash, commands, not_giveable


def allow(by: Actor, permission: Permission, path: str) -> None:
    """Refuse unless ``by`` may do ``permission`` at ``path``."""
    if not can(by, permission, path):
        raise RefusedError(problems.NOT_ALLOWED)


def locked(user: User) -> User:
    """The person as she is now; nobody else gives her anything until this transaction ends."""
    return User.objects.select_for_update().get(pk=user.pk)


def is_herself(by: Actor, user: User) -> bool:
    """``by`` is this person, or a program that acts for her."""
    return by.kind in {ActorKind.PERSON, ActorKind.TOKEN} and by.id == str(user.pk)


def running_posts(user: User) -> Q:
    """Her posts that have not ended; later ones are among them."""
    return Q(user=user) & (Q(until_on=None) | Q(until_on__gte=today()))


def running_grants(user: User) -> Q:
    """Her grants that have not ended, whether they are in force now or later."""
    return Q(user=user, ended_at=None) & (Q(until_at=None) | Q(until_at__gt=now()))


def home_of(user: User) -> str:
    """The path of the unit that she is entered at in the audit: her first running post's; "" without one."""
    return Post.objects.filter(running_posts(user)).order_by("id").values_list("unit__path", flat=True).first() or ""


def allow_over(by: Actor, permission: Permission, user: User) -> None:
    """Refuse unless ``by`` may do ``permission`` to this person (``rules.commands``)."""
    works_at = Post.objects.filter(running_posts(user)).values_list("unit__path", flat=True)
    holds_at = (path for _role, path in _held(user))
    if not by.may_everything and not commands(by, permission, works_at, holds_at):
        raise RefusedError(problems.NOT_ALLOWED)


def _held(user: User) -> list[tuple[str, str]]:
    rows = Grant.objects.filter(running_grants(user))
    return list(rows.values_list("role", Coalesce(F("unit__path"), Value(""))).distinct())


def places_held(user: User) -> list[str]:
    """The places at which she holds a role now or later; "" is the whole installation."""
    return [path for _role, path in _held(user)]


def allow_to_become(by: Actor, user: User) -> None:
    """Refuse unless ``by`` could give this person each role that she holds (``rules.not_giveable``)."""
    if role := not_giveable(by, _held(user)):
        raise RefusedError(problems.ABOVE_ONESELF, role=role.label)


def allow_system(by: Actor, user: User) -> None:
    """Refuse unless ``by`` may give roles of the installation, if this person holds one."""
    if not holds_system_role(user) or by.may_everything or can_anywhere(by, AccountPermission.GRANT_SYSTEM):
        return
    raise RefusedError(problems.NOT_ALLOWED)


def holds_system_role(user: User) -> bool:
    """She holds a role of the whole installation, now or later."""
    return Grant.objects.filter(running_grants(user), unit=None).exists()


def open_unit(unit: Unit) -> None:
    """Refuse a unit that was closed."""
    if not unit.is_open:
        raise RefusedError(problems.UNIT_CLOSED, unit=unit.name, fields={"unit": problems.UNIT_CLOSED})


def keep_apart(user: User, wanted: Span) -> None:
    """Refuse a role that meets one that must be kept apart from it. The person's row is locked (``locked``).

    Roles of a suspended person or of a suspended giver count as well: either may come back.
    """
    spans = (
        Span(role, start, end)
        for role, start, end in Grant.objects.filter(running_grants(user)).values_list("role", "from_at", "until_at")
    )
    if other := clash(wanted, spans):
        raise RefusedError(problems.APART, name=user.name, other=label_of(other), role=label_of(wanted.role))


def label_of(code: str) -> object:
    """The role's name, or its code if the table no longer has it."""
    role = role_named(code)
    return role.label if role else code


def not_the_last(user: User, *, besides: Grant | None = None) -> None:
    """Refuse to leave a role of the installation without anybody who can sign in.

    Counted are grants without an end that were not handed over. All system grants are locked meanwhile, so that two who
    go at once do not both see the other one stay.
    """
    lasting = Grant.objects.filter(unit=None, ended_at=None, until_at=None, delegated_from=None, user__is_active=True)
    held: dict[str, set[int]] = {}
    for grant in lasting.select_for_update(of=("self",)):
        held.setdefault(grant.role, set()).add(grant.user_id)
    leaving = [besides.role] if besides is not None else list(held)
    for code in leaving:
        role: Role | None = role_named(code)
        if role is not None and role.everywhere and held.get(code) == {user.pk}:
            raise RefusedError(problems.LAST_OF_ROLE, name=user.name, role=role.label)
