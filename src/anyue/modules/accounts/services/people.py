"""Adding, editing, suspending and restoring people."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import Problem, RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from .. import problems
from ..initials import initials_of
from ..lockout import unlock
from ..models import User
from ..permissions import AccountPermission
from . import guards
from .posts import post_give
from .sessions import end_all

_USERNAME = re.compile(r"[\w.\-]{2,40}")
_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person is reached; each may be blank."""

    phone: str = ""
    office_phone: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        """Blanks and hyphens inside a mobile number are how people write it, not part of it."""
        object.__setattr__(self, "phone", re.sub(r"[\s\-]", "", self.phone))
        object.__setattr__(self, "office_phone", self.office_phone.strip())
        object.__setattr__(self, "email", self.email.strip())


def _refuse(field: str, problem: Problem, **details: object) -> None:
    raise RefusedError(problem, fields={field: problem}, **details)


def check_contact(contact: Contact) -> None:
    """Refuse a mobile number or an e-mail address that cannot be one."""
    if contact.phone and not _MOBILE.fullmatch(contact.phone):
        _refuse("phone", problems.PHONE_BAD, phone=contact.phone)
    if contact.email:
        try:
            validate_email(contact.email)
        except ValidationError:
            _refuse("email", problems.EMAIL_BAD, email=contact.email)


def check_spelling(username: str) -> None:
    """Refuse a user name that is not written as one."""
    if not _USERNAME.fullmatch(username):
        _refuse("username", problems.USERNAME_BAD)


def check_username(username: str) -> None:
    """Refuse a user name that is not written as one or that somebody has, in whatever case."""
    check_spelling(username)
    if User.objects.filter(username__iexact=username).exists():
        _refuse("username", problems.USERNAME_TAKEN, username=username)


def _facts(user: User) -> dict[str, str]:
    return {name: getattr(user, name) for name in ("username", "name", "phone", "office_phone", "email")}


@transaction.atomic
def person_add(
    *,
    by: Actor,
    unit: Unit | None,
    username: str,
    name: str,
    contact: Contact = Contact(),
    title: str = "",
    is_leader: bool = False,
) -> User:
    """A new person with her first post at ``unit``, without a password: send her ``invitation_make``'s link.

    ``unit`` None is for the people of the installation, who work at no unit of the tree; only whoever may give its roles
    adds one.
    """
    if unit is None:
        guards.allow(by, AccountPermission.GRANT_SYSTEM, "")
    else:
        guards.allow(by, AccountPermission.MANAGE, unit.path)
    username, name = username.strip(), name.strip()
    check_username(username)
    if not name:
        _refuse("name", problems.NAME_MISSING)
    check_contact(contact)
    user = User.objects.create(
        username=username, name=name, initials=initials_of(name), password=make_password(None), **asdict(contact)
    )
    record(by=by, action="person.added", subject=user, place=unit.path if unit else "", after=_facts(user))
    if unit is not None:
        post_give(by=by, user=user, unit=unit, title=title, is_leader=is_leader)
    return user


@transaction.atomic
def person_edit(*, by: Actor, user: User, name: str, contact: Contact) -> User:
    """Correct a name and how a person is reached. She may do so herself, except for the name."""
    user = guards.locked(user)
    before = _facts(user)
    name = name.strip()
    if not (guards.is_herself(by, user) and name == user.name):
        guards.allow_over(by, AccountPermission.MANAGE, user)
    if not name:
        _refuse("name", problems.NAME_MISSING)
    check_contact(contact)
    user.name, user.initials = name, initials_of(name)
    user.phone, user.office_phone, user.email = contact.phone, contact.office_phone, contact.email
    user.save(update_fields=["name", "initials", "phone", "office_phone", "email"])
    after = _facts(user)
    if after != before:
        changed = {key for key in after if after[key] != before[key]}
        record(
            by=by,
            action="person.edited",
            subject=user,
            place=guards.home_of(user),
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )
    return user


@transaction.atomic
def person_suspend(*, by: Actor, user: User, reason: str) -> User:
    """She can no longer sign in and is signed out everywhere; what she holds rests until she is restored."""
    user = guards.locked(user)
    guards.allow_over(by, AccountPermission.UNLOCK, user)
    guards.allow_system(by, user)
    if guards.is_herself(by, user):
        raise RefusedError(problems.SELF_SUSPEND)
    if not user.is_active:
        return user
    guards.not_the_last(user)
    user.is_active, user.suspended_at, user.suspended_by = False, now(), by.label
    user.save(update_fields=["is_active", "suspended_at", "suspended_by"])
    record(by=by, action="person.suspended", subject=user, place=guards.home_of(user), after={"reason": reason})
    end_all(user)
    return user


@transaction.atomic
def person_restore(*, by: Actor, user: User) -> User:
    """A suspended person may sign in again, with what she holds."""
    user = guards.locked(user)
    guards.allow_over(by, AccountPermission.UNLOCK, user)
    guards.allow_system(by, user)
    if user.is_active:
        return user
    user.is_active, user.suspended_at, user.suspended_by = True, None, ""
    user.save(update_fields=["is_active", "suspended_at", "suspended_by"])
    record(by=by, action="person.restored", subject=user, place=guards.home_of(user))
    return user


@transaction.atomic
def person_unlock(*, by: Actor, user: User) -> None:
    """Forget the failed sign-ins under her name, so that she need not wait."""
    guards.allow_over(by, AccountPermission.UNLOCK, user)
    if unlock(user.username):
        record(by=by, action="person.unlocked", subject=user, place=guards.home_of(user))
