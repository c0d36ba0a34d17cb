"""Whose run it is, asked by every write."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import Actor, ActorKind, can

from .. import problems
from ..models import QuickRun
from ..permissions import DeskPermission


def locked_run(by: Actor, run: QuickRun, *, idle: bool = True) -> QuickRun:
    """The run, held until the transaction ends. ``Http404`` for who does not own it (or it is gone), ``PermissionDenied``
    for an owner who may not use the desk any more; refuses while a job has it unless ``idle`` is False.
    """
    row = (
        QuickRun.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=run.pk)
        .exclude(state=QuickRun.State.REMOVED)
        .first()
    )
    if row is None or row.owner != by.key:
        raise Http404
    if not can(by, DeskPermission.QUICK, row.unit.path):
        raise PermissionDenied
    if idle and row.is_busy:
        raise RefusedError(problems.BUSY)
    return row


def owner_of(run: QuickRun) -> Actor:
    """The owner as the one whose files they are. She holds nothing here: what she may was asked when she started it."""
    kind, _, key = run.owner.partition(":")
    return Actor(ActorKind(kind), key, run.owner_label)
