"""Lists of units under a name: addressee lists."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, can, scopes

from .. import problems
from ..models import Group, Kind, Unit
from ..permissions import UnitPermission
from ..rules import names


def group_add(
    *,
    by: Actor,
    owner: Unit,
    name: str,
    units: Iterable[Unit] = (),
    below: Unit | None = None,
    kinds: Iterable[Kind | str] = (),
) -> Group:
    """A new list kept by ``owner``: these units, and every open unit of ``kinds`` below ``below`` on the day it is used."""
    with transaction.atomic():
        _authorise(by, owner)
        group = Group(owner=owner)
        _write(by, group, name, units, below, kinds)
        record(by=by, action="group.added", subject=group, place=owner.path, after=_described(group))
    return group


def group_change(
    *,
    by: Actor,
    group: Group,
    name: str,
    units: Iterable[Unit] = (),
    below: Unit | None = None,
    kinds: Iterable[Kind | str] = (),
) -> Group:
    """The list as it is to be from now on."""
    with transaction.atomic():
        group = Group.objects.select_for_update(of=("self",)).select_related("owner").get(pk=group.pk)
        _authorise(by, group.owner)
        before = _described(group)
        _write(by, group, name, units, below, kinds)
        record(
            by=by, action="group.changed", subject=group, place=group.owner.path, before=before, after=_described(group)
        )
    return group


def group_remove(*, by: Actor, group: Group) -> None:
    """Take the list away; what was sent to it stays as it was sent."""
    with transaction.atomic():
        group = Group.objects.select_for_update(of=("self",)).select_related("owner").get(pk=group.pk)
        _authorise(by, group.owner)
        record(by=by, action="group.removed", subject=group, place=group.owner.path, before=_described(group))
        group.delete()


def _authorise(by: Actor, owner: Unit) -> None:
    if not can(by, UnitPermission.GROUP, owner.path):
        raise RefusedError(problems.NOT_ALLOWED, place=owner.name)


def _write(
    by: Actor, group: Group, name: str, units: Iterable[Unit], below: Unit | None, kinds: Iterable[Kind | str]
) -> None:
    group.name = names.tidy(name)[:80]
    if not group.name:
        raise RefusedError(problems.GROUP_NAME, fields={"name": problems.GROUP_NAME})
    if Group.objects.filter(owner=group.owner, name=group.name).exclude(pk=group.pk).exists():
        taken = problems.GROUP_TAKEN
        raise RefusedError(taken, fields={"name": taken}, owner=group.owner.name, name=group.name)
    seen = scopes(by, UnitPermission.VIEW)
    explicit = list(units)
    for unit in [*explicit, *([below] if below else [])]:
        if not seen.covers(unit.path):
            raise RefusedError(problems.GROUP_OUTSIDE, fields={"units": problems.GROUP_OUTSIDE}, name=unit.name)
    group.kinds = sorted({Kind(kind).value for kind in kinds})
    group.below = (below or group.owner) if group.kinds else None
    group.save()
    group.units.set(explicit)


def _described(group: Group) -> dict[str, object]:
    return {
        "name": group.name,
        "units": list(group.units.order_by("path").values_list("name", flat=True)),
        "below": group.below.name if group.below else "",
        "kinds": group.kinds,
    }
