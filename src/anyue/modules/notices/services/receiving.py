"""A notice comes in: its files are looked at for a mark of secrecy before anything of them is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, can
from anyue.platform.files import holding
from gongwen import LoadedNotice, Unreadable, load
from gongwen.compile import mark_of_secrecy
from gongwen.readers.detect import detect

from .. import problems, rules
from ..models import Notice
from ..permissions import NoticePermission

LIMIT = 60
"""Files of one notice, attachments and photographed pages together."""
_QUICK = frozenset({"docx", "text", "html", "mht", "xlsx"})
"""Formats that are read in the request itself, so that a mark of secrecy is refused at once. The others are looked at by
the job before it stores anything: a scan takes seconds a page."""
_QUICK_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Refused:
    """What was found at the head of a file that must not enter."""

    file: str
    mark: str


def notice_receive(
    *,
    by: Actor,
    unit: Unit,
    uploads: Sequence[UploadedFile[Any]],
    parent: Notice | None = None,
    previous: Notice | None = None,
    start: Callable[[Notice], object],
) -> Notice:
    """Take the files of a notice for ``unit`` (the body first, then its attachments) and have them read by ``start``, which enqueues the job
    inside the same transaction.

    They wait outside storage until they have been read once. Raises ``RefusedError``: a mark of secrecy was found
    (nothing is kept), there is no file, there are too many. ``PermissionDenied`` if ``by`` may not upload for the unit.
    """
    if not can(by, NoticePermission.UPLOAD, unit.path):
        raise PermissionDenied
    if not uploads:
        raise RefusedError(problems.NO_FILE, fields={"notice": problems.NO_FILE})
    if len(uploads) > LIMIT:
        raise RefusedError(problems.TOO_MANY, count=len(uploads), limit=LIMIT)
    kept = holding.hold((upload.name or "", upload.chunks()) for upload in uploads)
    try:
        refuse_secret(by=by, unit=unit, files=holding.held(kept), only_quick=True)
        with transaction.atomic():
            notice = Notice.objects.create(
                unit=unit,
                parent=parent,
                previous=previous,
                created_by=by.label,
                holding=kept,
                title=Path(uploads[0].name or "").stem[:300],
            )
            # Without the name of its file: until it has been read nobody knows whether that may be written down for good.
            subject = Subject.of(notice, label="")
            record(by=by, action="notice.received", subject=subject, place=unit.path, after={"files": len(uploads)})
            start(notice)
    except BaseException:
        holding.discard(kept)
        raise
    return notice


def refuse_secret(*, by: Actor, unit: Unit, files: Sequence[Path], only_quick: bool = False) -> None:
    """Raise ``RefusedError`` if one of the files is marked secret; audited without a word of what it is about."""
    found = next((mark for file in files if (mark := _mark(file, only_quick)) is not None), None)
    if found is not None:
        refuse(by=by, unit=unit, found=found)


def refuse(*, by: Actor, unit: Unit, found: Refused) -> None:
    """Write down that a secret document was turned away, and turn it away."""
    record(
        by=by,
        action="notice.refused_secret",
        subject=Subject("notices.notice", "", found.mark),
        place=unit.path,
        after={"mark": found.mark},
    )
    raise RefusedError(problems.SECRET, file=found.file, mark=found.mark)


def secret_in(loaded: LoadedNotice) -> str | None:
    """The mark of secrecy of what was read: of the notice, or of any document that came with it, photographs included."""
    marks = (loaded.spec.classification, *map(mark_of_secrecy, loaded.documents))
    return next((mark for mark in marks if rules.is_secret(mark)), None)


def _mark(file: Path, only_quick: bool) -> Refused | None:
    """A file that cannot be read has no mark that we could see; the reading itself will say so."""
    if only_quick and not _is_quick(file):
        return None
    try:
        mark = secret_in(load(file))
    except Unreadable as error:
        return Refused(file.name, str(error.details.get("mark", ""))) if error.code == "U016" else None
    return Refused(file.name, mark) if mark else None


def _is_quick(file: Path) -> bool:
    if file.stat().st_size > _QUICK_BYTES:
        return False
    try:
        return detect(file.read_bytes(), file.name) in _QUICK
    except Unreadable:
        return False
