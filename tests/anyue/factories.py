"""Rows for tests of the platform: units, people, what they hold. Each function makes what it says and nothing else."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from django.test import Client

from anyue.kernel import paths
from anyue.modules.accounts.models import Grant, Post, User
from anyue.modules.accounts.selectors import actor_of
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.authz import Actor, role_named

PASSWORD = "safe-and-long-2026"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Tree:
    """A small district and a second one that has nothing to do with it."""

    district: Unit
    street: Unit
    other_street: Unit
    community: Unit
    other_community: Unit
    department: Unit
    enterprise: Unit
    stranger_district: Unit
    stranger_street: Unit


def make_unit(
    name: str = "", *, parent: Unit | None = None, kind: Kind = Kind.TOWNSHIP, code: str | None = None
) -> Unit:
    """A unit below ``parent`` (none: a root of its own) at the next free path."""
    if parent is None:
        last = Unit.objects.filter(parent=None).order_by("-path").values_list("path", flat=True).first()
        number = paths.number_of(last) + 1 if last else 0
    else:
        parent.refresh_from_db(fields=["next_child"])
        number = parent.next_child
        parent.next_child = number + 1
        parent.save(update_fields=["next_child"])
    path = paths.child(parent.path if parent else "", number)
    return Unit.objects.create(
        name=name or f"第{next(_numbers)}街道", kind=kind, parent=parent, path=path, code=code, order=number
    )


def make_tree() -> Tree:
    """District over two streets, a department and a school-free street with two communities and an enterprise."""
    district = make_unit("云湖区", kind=Kind.COUNTY)
    street = make_unit("望榆街道", parent=district)
    other = make_unit("云湖市经济开发区", kind=Kind.COUNTY)
    return Tree(
        district=district,
        street=street,
        other_street=make_unit("松桥街道", parent=district),
        community=make_unit("柳岸社区", parent=street, kind=Kind.COMMUNITY),
        other_community=make_unit("荷风社区", parent=street, kind=Kind.COMMUNITY),
        department=make_unit("应急管理局", parent=district, kind=Kind.DEPARTMENT),
        enterprise=make_unit("榆光机械有限公司", parent=street, kind=Kind.ENTERPRISE),
        stranger_district=other,
        stranger_street=make_unit("石塘口街道", parent=other),
    )


def make_user(role: str | None = None, unit: Unit | None = None, *, username: str = "", name: str = "") -> User:
    """A person with ``PASSWORD``, a post at ``unit`` and, if a role is named, its grant there.

    A role of the whole installation is granted everywhere, whatever the unit.
    """
    number = next(_numbers)
    user = User(username=username or f"{role or 'person'}-{number}", name=name or f"测试人员{number}")
    user.set_password(PASSWORD)
    user.save()
    if unit is not None:
        Post.objects.create(user=user, unit=unit, title="科员")
    if role is not None:
        grant(user, role, unit)
    return user


def grant(user: User, role: str, unit: Unit | None = None) -> Grant:
    """The role at the unit; everywhere for a role of the whole installation. Raises for a role that there is not."""
    known = role_named(role)
    if known is None:
        raise ValueError(f"no role is called {role}")
    if unit is None and not known.everywhere:
        raise ValueError(f"{role} is granted at a unit")
    return Grant.objects.create(user=user, role=role, unit=None if known.everywhere else unit, given_by="测试")


def actor_for(user: User) -> Actor:
    """She as services know her, with what she holds now."""
    return actor_of(user, address="127.0.0.1", device="tests")


def client_for(user: User | None = None) -> Client:
    """A browser where she is signed in (nobody: a stranger's)."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
