"""Handing over one's own roles while on leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from anyue.kernel.clock import end_of, now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor
from anyue.platform.authz.engine import subtree

from .. import problems
from ..models import Grant, Post, User
from ..permissions import AccountPermission
from ..rules import Span
from ..selectors import grants_in_force
from . import guards
from .grants import check_until, facts, finish


@transaction.atomic
def grant_delegate(*, by: Actor, grants: Sequence[Grant], to: User, until_on: date, reason: str = "") -> list[Grant]:
    """Hand some of one's own grants over to a colleague until ``until_on``, its last day; she keeps them herself.

    The colleague has a post at the grant's unit or below (any colleague, for a role of the installation). What was
    handed over ends with its source, cannot be handed on, and never brings together what is kept apart.
    """
    to = guards.locked(to)
    if not grants:
        raise RefusedError(problems.DELEGATE_NOTHING, fields={"grants": problems.DELEGATE_NOTHING})
    if guards.is_herself(by, to):
        raise RefusedError(problems.TO_ONESELF, fields={"to": problems.TO_ONESELF})
    if not to.is_active:
        raise RefusedError(problems.SUSPENDED, name=to.name, fields={"to": problems.SUSPENDED})
    return [_delegate(by=by, grant=grant, to=to, until_on=until_on, reason=reason) for grant in grants]


def _delegate(*, by: Actor, grant: Grant, to: User, until_on: date, reason: str) -> Grant:
    source = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=grant.pk)
    path = source.unit.path if source.unit else ""
    if not guards.is_herself(by, source.user):
        raise RefusedError(problems.NOT_YOURS)
    if source.delegated_from_id is not None:
        raise RefusedError(problems.DELEGATED_ON, role=guards.label_of(source.role))
    if not grants_in_force(of=source.user).filter(pk=source.pk).exists():
        raise RefusedError(problems.GRANT_ENDED)
    guards.allow(by, AccountPermission.DELEGATE, path)
    _colleague(to, source)
    start, until = now(), end_of(until_on)
    check_until(until, start, source.until_at)
    guards.keep_apart(to, Span(source.role, start, until))
    if Grant.objects.filter(guards.running_grants(to), delegated_from=source).exists():
        raise RefusedError(problems.GRANT_TWICE, name=to.name, role=guards.label_of(source.role))
    handed = Grant.objects.create(
        user=to,
        role=source.role,
        unit=source.unit,
        from_at=start,
        until_at=until,
        reason=reason.strip(),
        delegated_from=source,
        given_by=by.label,
    )
    record(by=by, action="grant.delegated", subject=to, place=path, after=facts(handed))
    return handed


def _colleague(to: User, source: Grant) -> None:
    if source.unit is None:
        return
    posts = Post.objects.filter(guards.running_posts(to)).filter(subtree(source.unit.path, "unit__path"))
    if not posts.exists():
        raise RefusedError(
            problems.NOT_A_COLLEAGUE, name=to.name, unit=source.unit.name, fields={"to": problems.NOT_A_COLLEAGUE}
        )


@transaction.atomic
def grant_undelegate(*, by: Actor, grant: Grant) -> Grant:
    """Take back what one has handed over, before its day."""
    if grant.delegated_from is None or not guards.is_herself(by, grant.delegated_from.user):
        raise RefusedError(problems.NOT_YOURS)
    return finish(by=by, grant=grant, action="grant.undelegated", reason="")
