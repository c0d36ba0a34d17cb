"""What a person decides about one item. Each decision can be taken back while the notice is under review."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, can

from .. import problems, rules
from ..models import Item, Notice
from ..permissions import NoticePermission

State = Item.State


def item_accept(*, by: Actor, item: Item) -> Item:
    """Right as it is proposed."""
    return _decide(by, item, State.ACCEPTED, item.proposed)


def items_accept(*, by: Actor, items: Sequence[Item]) -> int:
    """Accept several that she looked at together (a form with its fields, the rest of a section); those still open only."""
    with transaction.atomic():
        changed = 0
        for item in items:
            if item.state == State.PROPOSED:
                _decide(by, item, State.ACCEPTED, item.proposed)
                changed += 1
    return changed


def item_correct(*, by: Actor, item: Item, value: Any) -> Item:
    """Right with another value. What the program proposed stays beside it; a correction to the same value is an acceptance."""
    if item.state == State.ADDED:
        return _decide(by, item, State.ADDED, value)
    return _decide(by, item, State.ACCEPTED if value == item.proposed else State.CORRECTED, value)


def item_drop(*, by: Actor, item: Item) -> Item:
    """Not to be used. The words stay markable in the document."""
    return _decide(by, item, State.DROPPED, item.value)


def item_reset(*, by: Actor, item: Item) -> Item:
    """Back to undecided."""
    with transaction.atomic():
        _open(by, item)
        before = _told(item)
        item.state, item.value = State.PROPOSED, item.proposed
        item.decided_at, item.decided_by = None, ""
        item.save(update_fields=("state", "value", "decided_at", "decided_by"))
        _record(by, item, "item.reset", before)
    return item


def item_add(*, by: Actor, notice: Notice, kind: str, value: Any, evidence: Any = None) -> Item:
    """Something that the program missed; ``evidence`` where she marked it in the document."""
    if kind not in rules.ADDABLE:
        raise ValueError(f"{kind} cannot be added")
    with transaction.atomic():
        version = _under_review(by, notice).versions.first()
        assert version is not None  # a notice under review has been read
        last = version.items.order_by("-order").first()
        item = Item.objects.create(
            version=version,
            key=f"{kind}-own-{secrets.token_hex(4)}",
            kind=kind,
            proposed=None,
            value=value,
            evidence=evidence,
            order=last.order + 1 if last else 0,
            state=State.ADDED,
            decided_at=now(),
            decided_by=by.label,
        )
        _record(by, item, "item.added", {})
    return item


def item_remove(*, by: Actor, item: Item) -> None:
    """Take back what a person added. Raises ``RefusedError`` for what the program proposed: that is dropped, not removed."""
    with transaction.atomic():
        _open(by, item)
        if item.state != State.ADDED:
            raise RefusedError(problems.NOT_ADDED)
        _record(by, item, "item.removed", _told(item))
        item.delete()


def _decide(by: Actor, item: Item, state: str, value: Any) -> Item:
    with transaction.atomic():
        _open(by, item)
        before = _told(item)
        item.state, item.value, item.decided_at, item.decided_by = state, value, now(), by.label
        item.save(update_fields=("state", "value", "decided_at", "decided_by"))
        _record(by, item, f"item.{state}", before)
    return item


def _open(by: Actor, item: Item) -> None:
    _under_review(by, item.version.notice)


def _under_review(by: Actor, notice: Notice) -> Notice:
    """The notice, locked: two reviewers at once and the closing of the review never cross."""
    if not can(by, NoticePermission.REVIEW, notice.unit.path):
        raise PermissionDenied
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state != Notice.State.REVIEW:
        raise RefusedError(problems.NOT_IN_REVIEW, notice=str(locked))
    return locked


def _told(item: Item) -> dict[str, Any]:
    return {"state": item.state, "says": rules.shown(item.kind, item.value), "value": item.value}


def _record(by: Actor, item: Item, action: str, before: dict[str, Any]) -> None:
    notice = item.version.notice
    record(by=by, action=action, subject=item, place=notice.unit.path, before=before, after=_told(item))
