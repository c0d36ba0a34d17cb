"""One click from a run to a campaign: the notice of the run goes to review like any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction

from anyue.kernel.errors import RefusedError
from anyue.modules.notices.models import Notice
from anyue.modules.notices.services import notice_receive
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from .. import problems
from ..models import QuickFile, QuickRun
from .quick_access import locked_run


def quick_run_to_notice(*, by: Actor, run: QuickRun, start: Callable[[Notice], object]) -> Notice:
    """A notice of the same files, to be reviewed; the one made before, if it was. ``start`` has it read.

    Refuses a run that is not done or whose notice was not kept; ``PermissionDenied`` if ``by`` may not upload notices there.
    Nothing of the replies goes along: units of a campaign report themselves.
    """
    with transaction.atomic():
        row = locked_run(by, run)
        if row.notice is not None:
            return row.notice
        if row.state != QuickRun.State.DONE:
            raise RefusedError(problems.UNFINISHED)
        files = row.files.filter(role=QuickFile.Role.NOTICE, stored__isnull=False, is_dropped=False)
        uploads = [_again(file) for file in files.select_related("stored__blob")]
        if not uploads:
            raise RefusedError(problems.NOTICE_NOT_KEPT)
        notice = notice_receive(by=by, unit=row.unit, uploads=uploads, start=start)
        row.notice = notice
        row.save(update_fields=("notice",))
        record(
            by=by, action="quick_run.became_notice", subject=row, place=row.unit.path, after={"notice_key": notice.pk}
        )
    return notice


def _again(file: QuickFile) -> UploadedFile[Any]:
    """A stored file as if it were uploaded now."""
    assert file.stored is not None
    with default_storage.open(file.stored.kept.stored) as stored:
        return SimpleUploadedFile(file.name, stored.read())
