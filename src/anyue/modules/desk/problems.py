"""Why a request to the desk is refused."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

NO_NOTICE = Problem(
    "desk.no_notice",
    422,
    _("Drop the notice that the units reply to: a Word file, a PDF, photographs, or a .zip of them."),
)
NO_REPLIES = Problem("desk.no_replies", 422, _("Drop at least one reply: files, a folder, or a .zip of them."))
NO_UNIT = Problem("desk.no_unit", 422, _("Choose for which of your units this is."))
TOO_MANY = Problem(
    "desk.too_many",
    422,
    _(
        "%(count)s replies are too many for one run; at most %(limit)s. Split them, for example by street, and run them apart."
    ),
)
TOO_MUCH = Problem(
    "desk.too_much",
    413,
    _("The files of one run may have %(limit)s together; these have %(size)s. Split them and run them apart."),
)
FILE_TOO_LARGE = Problem(
    "desk.file_too_large",
    413,
    _("“%(name)s” has %(size)s; at most %(limit)s are taken. Ask for a smaller one: pictures shrunk, or as a .docx."),
)
FILE_EMPTY = Problem("desk.file_empty", 422, _("“%(name)s” is empty (0 bytes). Ask for it to be sent again."))
BUSY = Problem(
    "desk.busy", 409, _("The replies are being read at this moment. Wait until that is done, then change the files.")
)
UNFINISHED = Problem("desk.unfinished", 409, _("This run is not done, so there is nothing to make a campaign of yet."))
NOTICE_NOT_KEPT = Problem(
    "desk.notice_not_kept", 409, _("The notice of this run was not kept. Drop it here again and run once more.")
)
NOTICE_SECRET = Problem(
    "desk.notice_secret",
    422,
    _(
        "The notice bears the mark “%(mark)s”. It was refused and everything of this run was wiped. Secret documents must not "
        "enter this system; handle it by the secrecy rules."
    ),
)
ROSTER_SECRET = Problem(
    "desk.roster_secret",
    422,
    _(
        "The list of units bears the mark “%(mark)s” and was refused and wiped. Run again with a list that is not secret."
    ),
)
STOPPED = Problem(
    "desk.stopped",
    500,
    _(
        "The reading ended because of a fault of ours. Start it again; if it fails again, tell the system administrator."
    ),
)


def named(code: str) -> Problem:
    """The problem stored as ``code``; that of a fault of ours for one that is no longer known."""
    known = (one for one in globals().values() if isinstance(one, Problem))
    return next((one for one in known if one.code == code), STOPPED)
