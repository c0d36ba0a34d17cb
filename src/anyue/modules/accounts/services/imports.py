"""People from a table: every row is looked at first, then all come in or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from anyue.kernel.errors import Problem, RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, Role, can, role_named, roles

from .. import problems
from ..models import User
from ..permissions import AccountPermission
from ..rules import latest_end, may_give
from ..sheets import PersonRow
from .grants import grant_give
from .invitations import invitation_make
from .people import Contact, check_contact, check_spelling, person_add

T = TypeVar("T")
_YES = {"是", "√", "✓", "y", "yes", "1", "true"}
_NO = {"", "否", "×", "n", "no", "0", "false"}


@dataclass(frozen=True)
class Checked:
    """A row with what it means and what is wrong with it."""

    row: PersonRow
    unit: Unit | None
    role: Role | None
    faults: tuple[RefusedError, ...]

    @property
    def contact(self) -> Contact:
        """How the person is reached."""
        return Contact(self.row.phone, self.row.office_phone, self.row.email)


@dataclass(frozen=True)
class Imported:
    """A person who came in, and the link with which she sets her password."""

    user: User
    unit: Unit
    link: str


def people_check(*, by: Actor, rows: Sequence[PersonRow]) -> list[Checked]:
    """What each row means to ``by`` and everything that is wrong with it. Three queries, whatever the number of rows."""
    units = _units(rows)
    lowered = {row.username.lower() for row in rows}
    taken = set(User.objects.annotate(low=Lower("username")).filter(low__in=lowered).values_list("low", flat=True))
    twice = {name for name, count in Counter(row.username.lower() for row in rows).items() if count > 1}
    return [_checked(by, row, units, taken, twice) for row in rows]


def _units(rows: Iterable[PersonRow]) -> dict[str, list[Unit]]:
    words = {row.unit for row in rows if row.unit}
    found: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(Q(name__in=words) | Q(code__in=words) | Q(short_name__in=words), closed_on=None):
        for word in {unit.name, unit.code or "", unit.short_name} & words:
            found.setdefault(word, []).append(unit)
    return found


def _checked(by: Actor, row: PersonRow, units: dict[str, list[Unit]], taken: set[str], twice: set[str]) -> Checked:
    faults: list[RefusedError] = []

    def fault(problem: Problem, **details: object) -> None:
        faults.append(RefusedError(problem, fields=None, **details))

    here = [unit for unit in units.get(row.unit, []) if can(by, AccountPermission.MANAGE, unit.path)]
    if not here:
        fault(problems.ROW_UNIT, unit=row.unit)
    elif len(here) > 1:
        fault(problems.ROW_UNITS, unit=row.unit, count=len(here))
    unit = here[0] if len(here) == 1 else None
    if not row.name:
        fault(problems.NAME_MISSING)
    if row.username.lower() in taken:
        fault(problems.USERNAME_TAKEN, username=row.username)
    if row.username.lower() in twice:
        fault(problems.ROW_TWICE, username=row.username)
    if row.is_leader.lower() not in _YES | _NO:
        fault(problems.ROW_LEADER, value=row.is_leader)
    contact = Contact(row.phone, row.office_phone, row.email)
    for refusal in (_refusal(check_spelling, row.username), _refusal(check_contact, contact)):
        faults += [refusal] if refusal else []
    role = _role(row.role)
    if row.role and role is None:
        fault(problems.ROLE_UNKNOWN, role=row.role)
    elif role is not None and unit is not None:
        if role.everywhere:
            fault(problems.ROLE_WITHOUT_UNIT, role=role.label)
        elif not may_give(by, role, unit.path):
            fault(problems.ABOVE_ONESELF, role=role.label)
    return Checked(row, unit, role, tuple(faults))


def _refusal(check: Callable[[T], None], value: T) -> RefusedError | None:
    try:
        check(value)
    except RefusedError as refusal:
        return refusal
    return None


def _role(text: str) -> Role | None:
    return role_named(text) or next((role for role in roles() if str(role.label) == text), None)


@transaction.atomic
def people_import(*, by: Actor, rows: Sequence[PersonRow]) -> list[Imported]:
    """Bring all in, each with her post, her role and her link; refuse the table if one row is wrong."""
    checked = people_check(by=by, rows=rows)
    wrong = [one.row.number for one in checked if one.faults]
    if wrong:
        raise RefusedError(problems.ROWS_WRONG, count=len(wrong), first=wrong[0])
    done = [_import(by, one) for one in checked]
    places = {one.unit.path for one in done}
    record(
        by=by,
        action="people.imported",
        subject=Subject("accounts.user", "", f"{len(done)}"),
        place=min(places, key=len) if places else "",
        after={"people": len(done)},
    )
    return done


def _import(by: Actor, one: Checked) -> Imported:
    assert one.unit is not None
    user = person_add(
        by=by,
        unit=one.unit,
        username=one.row.username,
        name=one.row.name,
        contact=one.contact,
        title=one.row.title[:60],
        is_leader=one.row.is_leader.lower() in _YES,
    )
    if one.role is not None:
        until = latest_end(by, one.role, one.unit.path)
        grant_give(by=by, user=user, role=one.role.code, unit=one.unit, until=until)
    return Imported(user, one.unit, invitation_make(by=by, user=user))
