"""A mark of secrecy is looked for before a byte of a file is stored, at every door through which people send files.

What is read in a moment is looked at while the person waits: Word and Excel documents, texts, web pages, .ofd, .pptx, a .pdf with
text, and a .zip of such files. Everything else waits outside the store and is looked at by a job (``receiving``): old Word
formats through LibreOffice, scans and photographs by text recognition, large files, large archives. Every member of a .zip is
looked at, those of a .zip inside it too.

Where a file cannot be looked at, this is the rule (ADR 0018):

* A document that could be looked at if it came otherwise is refused, and its sender told how to send it: an old format where
  LibreOffice is missing, one that is damaged or has a password, an archive deeper than one inside another or none that is .zip.
  Marks stand on documents, and to save it anew costs her a minute.
* Pictures and scanned pages where text recognition is not installed, and what goes beyond the limits of time, memory and size, are
  accepted, with a note that everybody who sees the file sees, and in the audit trail. Photographs of an event are most of
  what units send, hardly one bears a mark, and an office without the recognition could take none of them.
"""

from __future__ import annotations

from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anyue.kernel.errors import Problem, RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from gongwen.screening import Look, Why, look

from . import problems

_REFUSED: tuple[tuple[Why, Problem], ...] = (
    (Why.NO_OFFICE, problems.OLD_FORMAT),
    (Why.DAMAGED, problems.CLOSED),
    (Why.ARCHIVE, problems.ARCHIVE_INSIDE),
)
UNSEEN: dict[str, str | Promise] = {
    Why.NO_OCR.value: _("not looked through for a mark of secrecy: no text recognition here"),
    Why.LIMIT.value: _("not looked through to the end for a mark of secrecy: too large or too slow"),
}
"""What stands beside a file that was accepted without having been looked at, by the code that is stored with it."""


def refuse_at_once(*, by: Actor, place: str, path: Path, name: str) -> Look:
    """Look at what takes no time, and refuse what must not enter. The rest of it stands in the answer as ``Why.SLOW``."""
    found = look(path, name, quick=True)
    refusal = refusal_of(found, name)
    if refusal is not None:
        if found.mark is not None:
            write_down(by=by, place=place, mark=found.mark)
        raise refusal
    return found


def refusal_of(found: Look, name: str) -> RefusedError | None:
    """Why a file must not enter; None where it may."""
    if found.mark is not None:
        return RefusedError(problems.SECRET, name=_named(name, found.member), mark=found.mark)
    for why, problem in _REFUSED:
        if one := found.first(why):
            return RefusedError(problem, name=_named(name, one.member))
    return None


def unseen_in(found: Look) -> str:
    """The code of ``UNSEEN`` for a file that may enter; "" where all of it was looked at."""
    return next((why.value for why in (Why.LIMIT, Why.NO_OCR) if why in found.reasons), "")


def write_down(*, by: Actor, place: str, mark: str) -> None:
    """In the trail: that a file with this mark was turned away, without its name."""
    about = Subject("files.storedfile", "", mark)
    record(by=by, action="file.refused_secret", subject=about, place=place, after={"mark": mark})


def _named(name: str, member: str) -> str:
    return f"{name} › {member}" if member else name
