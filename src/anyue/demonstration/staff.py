"""People of the fictional district: one account for each role at each level, and those who work the month."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from anyue.kernel.clock import now
from anyue.modules.accounts.models import User
from anyue.modules.accounts.selectors import actor_of
from anyue.modules.accounts.services import grant_give, person_add, token_make_for
from anyue.modules.accounts.services.people import Contact
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, Role, roles

from . import names

ACCOUNTS = "demo-accounts.json"
TOKEN_DAYS = 90
_POSTS = {
    "unit_admin": "安全办主任",
    "reviewer": "审核岗",
    "liaison_officer": "联络员",
    "recorder": "信息员",
    "expert": "安全生产专家",
    "enterprise_safety_officer": "安全管理员",
    "enterprise_employee": "职工",
    "media_officer": "宣传干事",
}
_LEVELS = {
    "county": "district",
    "township": "street",
    "community": "community",
    "department": "department",
    "enterprise": "enterprise",
}


@dataclass(frozen=True, slots=True)
class Account:
    """A line of ``demo-accounts.json`` (contract outside.md)."""

    username: str
    password: str
    role: str
    unit: str
    token: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Who acts in the month: unit administrators by unit, and those who get an account to sign in with."""

    admins: dict[int, User]
    shown: list[tuple[User, Role, Unit | None]]

    def actor(self, unit: Unit) -> Actor:
        """The administrator of ``unit`` as she holds her roles now."""
        return actor_of(self.admins[unit.pk], address="127.0.0.1", device="演示")


def staff_make(*, by: Actor, district: Unit) -> Staff:
    """One account for each role at each level, a unit administrator at every street and department besides."""
    naming = names.people()
    shown: list[tuple[User, Role, Unit | None]] = []
    admins: dict[int, User] = {}
    for role in roles():
        for level, unit in _places(role, district):
            username = f"{role.code}-{level}" if level else role.code
            user = _person(by, username, next(naming), role, unit)
            shown.append((user, role, unit))
            if role.code == "unit_admin" and unit is not None:
                admins[unit.pk] = user
    unit_admin = next(role for role in roles() if role.code == "unit_admin")
    for number, unit in enumerate(_others(district, admins), 1):
        admins[unit.pk] = _person(by, f"yt{number:03}", next(naming), unit_admin, unit)
    return Staff(admins, shown)


def accounts_write(*, by: Actor, staff: Staff, folder: Path) -> Path:
    """Give everybody shown a password and a token, random each time, and write the file that says so for its owner alone."""
    accounts = [_account(by, user, role, unit) for user, role, unit in staff.shown]
    file = folder / ACCOUNTS
    file.touch(mode=0o600)
    file.write_text(
        json.dumps([asdict(one) for one in accounts], ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return file


def _places(role: Role, district: Unit) -> Iterator[tuple[str, Unit | None]]:
    if role.everywhere:
        yield "", None
        return
    street = Unit.objects.get(parent=district, name="临湖街道")
    for kind, level in _LEVELS.items():
        above = district if kind == "department" else street
        yield level, district if kind == "county" else street if kind == "township" else _first(above, kind)


def _first(above: Unit, kind: str) -> Unit:
    found = Unit.objects.filter(parent=above, kind=kind).first()
    assert found is not None  # the tree of the demonstration has it
    return found


def _others(district: Unit, known: dict[int, User]) -> Iterator[Unit]:
    """Streets and departments that have nobody yet; communities act by their links."""
    yield from Unit.objects.filter(parent=district, kind__in=("township", "department")).exclude(pk__in=known)


def _person(by: Actor, username: str, name: str, role: Role, unit: Unit | None) -> User:
    number = f"0000-66{secrets.randbelow(90000) + 10000}"
    leads = role.code == "unit_admin"
    user = person_add(
        by=by,
        unit=unit,
        username=username,
        name=name,
        contact=Contact(office_phone=number),
        title=_POSTS.get(role.code, ""),
        is_leader=leads,
    )
    grant_give(by=by, user=user, role=role.code, unit=unit)
    return user


def _account(by: Actor, user: User, role: Role, unit: Unit | None) -> Account:
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.password_set_at = now()
    user.save(update_fields=["password", "password_set_at"])
    held = sorted(permission.value for permission in role.permissions)
    _, token = token_make_for(by=by, user=user, name="演示", scopes=held, days=TOKEN_DAYS)
    return Account(user.username, password, role.code, unit.name if unit else "", token)
