"""Files that show the progress of a duty (佐证)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from anyue.platform.files.models import StoredFile
from anyue.platform.files.services import file_claim

from .. import policies, problems
from ..models import Duty, Evidence
from ..permissions import CampaignPermission as May


@transaction.atomic
def evidence_add(*, by: Actor, duty: Duty, files: Iterable[StoredFile]) -> list[Evidence]:
    """``files``, which ``by`` uploaded, now show the progress of ``duty``. Possible until the office has accepted it."""
    duty = _open(by, duty)
    kept = list(files)
    if not kept:
        return []
    file_claim(by=by, files=kept, owner=Subject.of(duty), place=duty.unit.path)
    rows = Evidence.objects.bulk_create(
        Evidence(duty=duty, file=file, added_at=clock.now(), added_by=by.label[:120]) for file in kept
    )
    # The name of a file that waits to be looked through may have to be forgotten; the trail forgets nothing.
    after: dict[str, object] = {"files": [file.name for file in kept if not file.is_waiting]}
    if waiting := sum(file.is_waiting for file in kept):
        after["files_waiting"] = waiting
    record(by=by, action="evidence.added", subject=duty, place=duty.unit.path, after=after)
    return rows


@transaction.atomic
def evidence_remove(*, by: Actor, evidence: Evidence) -> None:
    """It no longer stands for the duty; the file itself stays on record."""
    duty = _open(by, evidence.duty)
    if evidence.removed_at is None:
        evidence.removed_at, evidence.removed_by = clock.now(), by.label[:120]
        evidence.save(update_fields=["removed_at", "removed_by"])
        before = {"file": evidence.file.name if evidence.file.blob_id else ""}
        record(by=by, action="evidence.removed", subject=duty, place=duty.unit.path, before=before)


def _open(by: Actor, duty: Duty) -> Duty:
    duty = Duty.objects.select_for_update(of=("self",)).select_related("campaign__unit", "unit").get(pk=duty.pk)
    policies.require(by, May.WORK, campaign=duty.campaign, unit=duty.unit)
    policies.require_running(duty.campaign)
    if duty.accepted_at is not None or duty.state == Duty.State.DROPPED:
        raise RefusedError(problems.NOT_POSSIBLE, title=duty.title, state=duty.get_state_display())
    return duty
