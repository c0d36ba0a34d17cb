"""A review ended, taken up again, begun anew; the chain of parent notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, can

from .. import problems
from ..deciding import decided_spec
from ..models import Item, Notice
from ..permissions import NoticePermission

State = Notice.State


def notice_review(*, by: Actor, notice: Notice) -> Notice:
    """End the review: every item is decided. Nothing goes live before (design, house rule 7). Refused while one is open."""
    with transaction.atomic():
        row = _locked(by, notice, NoticePermission.REVIEW, State.REVIEW)
        version = row.versions.first()
        left = version.items.filter(state=Item.State.PROPOSED).exclude(kind="warning").count() if version else 0
        if left:
            raise RefusedError(problems.STILL_OPEN, count=left)
        _take_head(row)
        row.state, row.reviewed_at, row.reviewed_by = State.REVIEWED, now(), by.label
        row.save()
        record(by=by, action="notice.reviewed", subject=row, place=row.unit.path)
    return row


def _take_head(row: Notice) -> None:
    """Title, number, office and day as they were decided: lists and search show these."""
    spec = decided_spec(row)
    row.title = (spec["title"] or row.title)[:300]
    row.doc_no, row.issuer = (spec["doc_no"] or "")[:80], (spec["issuer"] or "")[:200]
    row.issued_on = date.fromisoformat(spec["issued_on"]) if spec["issued_on"] else None


def notice_reopen(*, by: Actor, notice: Notice) -> Notice:
    """Take the review up again. Refused once the notice has been issued."""
    with transaction.atomic():
        row = _locked(by, notice, NoticePermission.REVIEW, State.REVIEWED)
        row.state, row.reviewed_at, row.reviewed_by = State.REVIEW, None, ""
        row.save(update_fields=("state", "reviewed_at", "reviewed_by"))
        record(by=by, action="notice.reopened", subject=row, place=row.unit.path)
    return row


def notice_reread(*, by: Actor, notice: Notice, start: Callable[[Notice], object]) -> None:
    """Read the stored files again as a new version, for example after the program has learned more."""
    with transaction.atomic():
        row = _locked(by, notice, NoticePermission.UPLOAD, State.REVIEW)
        record(by=by, action="notice.reread", subject=row, place=row.unit.path)
        start(row)


def notice_issue(*, by: Actor, notice: Notice) -> Notice:
    """Mark it issued: a campaign runs from it. Called by whoever publishes the campaign, in the same transaction."""
    row = _locked(by, notice, NoticePermission.PUBLISH, State.REVIEWED)
    row.state, row.issued_at, row.issued_by = State.ISSUED, now(), by.label
    row.save(update_fields=("state", "issued_at", "issued_by"))
    record(by=by, action="notice.issued", subject=row, place=row.unit.path)
    return row


def notice_recall(*, by: Actor, notice: Notice) -> Notice:
    """No campaign runs from it any more: reviewed, as before it was issued. Called by whoever withdraws the last one."""
    row = _locked(by, notice, NoticePermission.PUBLISH, State.ISSUED)
    before = {"issued_at": row.issued_at and row.issued_at.isoformat(), "issued_by": row.issued_by}
    row.state, row.issued_at, row.issued_by = State.REVIEWED, None, ""
    row.save(update_fields=("state", "issued_at", "issued_by"))
    record(by=by, action="notice.recalled", subject=row, place=row.unit.path, before=before)
    return row


def notice_withdraw(*, by: Actor, notice: Notice) -> Notice:
    """Set it aside; everything stays readable. Refused while a campaign runs from it."""
    with transaction.atomic():
        row = _locked(by, notice, NoticePermission.UPLOAD)
        if row.state == State.ISSUED:
            raise RefusedError(problems.IN_USE, notice=str(row))
        before = row.state
        row.state = State.WITHDRAWN
        row.save(update_fields=("state",))
        record(by=by, action="notice.withdrawn", subject=row, place=row.unit.path, before={"state": before})
    return row


def notice_parent_set(*, by: Actor, notice: Notice, parent: Notice | None, previous: Notice | None) -> Notice:
    """Say which notice it implements, and which one it was last year. No notice stands above itself."""
    with transaction.atomic():
        row = _locked(by, notice, NoticePermission.REVIEW)
        above: int | None = parent.pk if parent else None
        while above is not None:
            if above == row.pk:
                raise RefusedError(problems.OWN_PARENT, fields={"parent": problems.OWN_PARENT})
            above = Notice.objects.values_list("parent_id", flat=True).get(pk=above)
        before = {"parent": _said(row.parent), "previous": _said(row.previous)}
        row.parent, row.previous = parent, previous
        row.save(update_fields=("parent", "previous"))
        after = {"parent": _said(row.parent), "previous": _said(row.previous)}
        record(by=by, action="notice.linked", subject=row, place=row.unit.path, before=before, after=after)
    return row


def _locked(by: Actor, notice: Notice, permission: NoticePermission, *states: str) -> Notice:
    if not can(by, permission, notice.unit.path):
        raise PermissionDenied
    row = Notice.objects.select_for_update().select_related(None).get(pk=notice.pk)
    if states and row.state not in states:
        raise RefusedError(problems.WRONG_STATE, notice=str(row), state=row.get_state_display())
    return row


def _said(notice: Notice | None) -> str:
    return str(notice) if notice is not None else ""
