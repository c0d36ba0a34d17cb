"""Giving and withdrawing roles. What may be given to whom stands in ``rules``."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, Role, role_named

from .. import problems
from ..models import Grant, User
from ..permissions import AccountPermission
from ..rules import Span, latest_end, may_give
from . import guards


def known_role(code: str) -> Role:
    """The role of the table. Refuses any other."""
    role = role_named(code)
    if role is None:
        raise RefusedError(problems.ROLE_UNKNOWN, role=code, fields={"role": problems.ROLE_UNKNOWN})
    return role


def _at_its_place(role: Role, unit: Unit | None) -> str:
    if role.everywhere and unit is not None:
        raise RefusedError(problems.ROLE_WITHOUT_UNIT, role=role.label, fields={"unit": problems.ROLE_WITHOUT_UNIT})
    if unit is None and not role.everywhere:
        raise RefusedError(problems.ROLE_NEEDS_UNIT, role=role.label, fields={"unit": problems.ROLE_NEEDS_UNIT})
    if unit is not None:
        guards.open_unit(unit)
    return unit.path if unit else ""


def check_until(until: datetime | None, start: datetime, latest: datetime | None) -> None:
    """Refuse an end that is past, before the beginning, or later than the giver's own right."""
    if until is not None and until <= max(start, now()):
        raise RefusedError(problems.UNTIL_PAST, fields={"until": problems.UNTIL_PAST})
    if latest is not None and (until is None or until > latest):
        raise RefusedError(
            problems.UNTIL_TOO_LATE,
            until=latest.astimezone().strftime("%Y-%m-%d %H:%M"),
            fields={"until": problems.UNTIL_TOO_LATE},
        )


def _not_twice(user: User, role: Role, unit: Unit | None, span: Span) -> None:
    held = Grant.objects.filter(guards.running_grants(user), role=role.code, unit=unit, delegated_from=None)
    if any(span.meets(Span(other.role, other.from_at, other.until_at)) for other in held):
        raise RefusedError(problems.GRANT_TWICE, name=user.name, role=role.label, fields={"role": problems.GRANT_TWICE})


@transaction.atomic
def grant_give(
    *,
    by: Actor,
    user: User,
    role: str,
    unit: Unit | None,
    start: datetime | None = None,
    until: datetime | None = None,
    reason: str = "",
) -> Grant:
    """A role at ``unit`` (None: the roles of the installation) from ``start`` (now) up to ``until`` (without an end)."""
    wanted = known_role(role)
    path = _at_its_place(wanted, unit)
    user = guards.locked(user)
    if guards.is_herself(by, user):
        raise RefusedError(problems.TO_ONESELF)
    if not may_give(by, wanted, path):
        raise RefusedError(problems.ABOVE_ONESELF, role=wanted.label)
    if not user.is_active:
        raise RefusedError(problems.SUSPENDED, name=user.name)
    start = start or now()
    check_until(until, start, latest_end(by, wanted, path))
    span = Span(role, start, until)
    guards.keep_apart(user, span)
    _not_twice(user, wanted, unit, span)
    grant = Grant.objects.create(
        user=user, role=role, unit=unit, from_at=start, until_at=until, reason=reason.strip(), given_by=by.label
    )
    record(by=by, action="grant.given", subject=user, place=path, after=facts(grant))
    return grant


def facts(grant: Grant) -> dict[str, str]:
    """A grant as the audit keeps it."""
    return {
        "role": grant.role,
        "unit": grant.unit.name if grant.unit else "",
        "from": grant.from_at.isoformat(),
        "until": grant.until_at.isoformat() if grant.until_at else "",
        "reason": grant.reason,
    }


@transaction.atomic
def grant_end(*, by: Actor, grant: Grant, reason: str = "") -> Grant:
    """Withdraw a role now, and with it whatever was handed over from it. Only by whoever could give it."""
    guards.locked(grant.user)
    path = grant.unit.path if grant.unit else ""
    role = role_named(grant.role)
    if role is not None and not may_give(by, role, path):
        raise RefusedError(problems.ABOVE_ONESELF, role=role.label)
    if role is None:
        guards.allow(by, _right_of_gone(grant), path)
    return finish(by=by, grant=grant, action="grant.ended", reason=reason)


def _right_of_gone(grant: Grant) -> AccountPermission:
    return AccountPermission.GRANT if grant.unit_id else AccountPermission.GRANT_SYSTEM


def finish(*, by: Actor, grant: Grant, action: str, reason: str) -> Grant:
    """End a grant and those handed over from it, inside the caller's transaction and after its questions."""
    grant = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=grant.pk)
    at = now()
    if grant.ended_at is not None or (grant.until_at is not None and grant.until_at <= at):
        raise RefusedError(problems.GRANT_ENDED)
    if grant.unit_id is None and grant.delegated_from_id is None and grant.until_at is None:
        guards.not_the_last(grant.user, besides=grant)
    grant.ended_at, grant.ended_by = at, by.label
    grant.save(update_fields=["ended_at", "ended_by"])
    path = grant.unit.path if grant.unit else ""
    record(by=by, action=action, subject=grant.user, place=path, before=facts(grant), after={"reason": reason.strip()})
    below = Grant.objects.filter(Q(until_at__gt=at), delegated_from=grant, ended_at=None).select_related("user", "unit")
    for one in below:
        finish(by=by, grant=one, action="grant.undelegated", reason=reason)
    return grant
