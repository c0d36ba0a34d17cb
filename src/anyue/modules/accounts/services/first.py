"""The first start: one link, three people.

An installation without anybody prints one link. It leads to a page that asks for three persons and hands out one invitation
for each: system administrator, security auditor, business administrator (三员分立). So nobody, the installer included, ever
holds two of them, and no password is known to anyone but its owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, ActorKind, roles

from .. import problems
from ..models import Grant, User
from .grants import grant_give
from .invitations import invitation_make, invitation_of, new_link
from .people import person_add

SYSTEM = Actor.system("first_start")


@dataclass(frozen=True, slots=True)
class SystemPerson:
    """One of the three."""

    username: str
    name: str


def system_roles() -> list[str]:
    """The roles that the first page fills, in the order of the table."""
    return [role.code for role in roles() if role.everywhere and role.apart_from]


@transaction.atomic
def first_link() -> str | None:
    """The address of the first page, or None once there is a person. Each call ends the link before it."""
    if User.objects.exists():
        return None
    return new_link(None, "people:first")


@transaction.atomic
def installation_set_up(
    *, token: str, people: Mapping[str, SystemPerson], address: str = "", device: str = ""
) -> dict[str, tuple[User, str]]:
    """Make the three by the first link: role → person and her invitation. The link is used up."""
    invitation = invitation_of(token, lock=True)
    if invitation.user is not None:
        raise RefusedError(problems.LINK_GONE)
    if User.objects.exists() or Grant.objects.exists():
        raise RefusedError(problems.ALREADY_SET_UP)
    if len({person.username.strip().casefold() for person in people.values()}) < len(system_roles()):
        raise RefusedError(problems.SAME_PERSON)
    invitation.used_at = now()
    invitation.save(update_fields=["used_at"])
    by = Actor(ActorKind.LINK, str(invitation.pk), "first link", address=address, device=device)
    return {code: _person(by, code, people[code]) for code in system_roles()}


def _person(by: Actor, code: str, person: SystemPerson) -> tuple[User, str]:
    user = person_add(by=SYSTEM, unit=None, username=person.username, name=person.name)
    grant_give(by=SYSTEM, user=user, role=code, unit=None)
    record(by=by, action="installation.set_up", subject=user, after={"role": code})
    return user, invitation_make(by=SYSTEM, user=user)
