"""Why a file is refused: which, why, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

EMPTY = Problem(
    "files.empty", 422, _("“%(name)s” is empty (0 bytes). Ask for it to be sent again, or choose another file.")
)
TOO_LARGE = Problem(
    "files.too_large",
    413,
    _("“%(name)s” has %(size)s; at most %(limit)s are taken. Shrink its pictures or split it, and upload it again."),
)
UNREADABLE = Problem("files.unreadable", 422, _("“%(name)s” cannot be used: %(reason)s. %(advice)s."))
WRONG_KIND = Problem(
    "files.wrong_kind",
    415,
    _(
        "“%(name)s” is %(kind)s by its content. Here only these are taken: %(accepted)s. Convert it and upload it again."
    ),
)
AMBIGUOUS = Problem(
    "files.ambiguous",
    422,
    _(
        "“%(name)s” pretends to be two kinds of file at once and is not taken. Save it anew in its own program and upload that."
    ),
)
PICTURE_BROKEN = Problem(
    "files.picture_broken",
    422,
    _("The picture “%(name)s” is damaged or incomplete. Take it again, or send the original."),
)
PICTURE_TOO_LARGE = Problem(
    "files.picture_too_large",
    422,
    _(
        "The picture “%(name)s” has more than %(limit)s million pixels. Set the camera to its usual resolution, or shrink it."
    ),
)
PICTURE_HEIC = Problem(
    "files.picture_heic",
    415,
    _(
        "“%(name)s” is a HEIC picture, which office computers cannot show. On an iPhone choose Settings, Camera, Formats, "
        "Most Compatible, or send it as JPEG."
    ),
)
SECRET = Problem(
    "files.secret",
    422,
    _(
        "“%(name)s” is marked “%(mark)s”. Nothing of it was kept. Secret documents must not enter this system; "
        "handle it by the secrecy rules."
    ),
)
OLD_FORMAT = Problem(
    "files.old_format",
    422,
    _(
        "“%(name)s” is in an old format that cannot be looked through for a mark of secrecy here, since LibreOffice is not "
        "installed. Save it as .docx, .xlsx or PDF and send that."
    ),
)
CLOSED = Problem(
    "files.closed",
    422,
    _(
        "“%(name)s” is damaged or has a password, so that it cannot be looked through for a mark of secrecy. Open it, save it anew "
        "without a password and send that."
    ),
)
ARCHIVE_INSIDE = Problem(
    "files.archive_inside",
    422,
    _(
        "“%(name)s” is an archive that cannot be looked through for a mark of secrecy: one packed too deep, or no .zip. "
        "Unpack it and send the files in one .zip."
    ),
)
LOST = Problem(
    "files.lost", 410, _("“%(name)s” was lost before it could be looked through for a mark of secrecy. Send it again.")
)
WAITING = Problem(
    "files.waiting",
    409,
    _("“%(name)s” is still being looked through for a mark of secrecy. Wait a moment and open it again."),
)
TURNED_AWAY = Problem(
    "files.turned_away", 410, _("This file was not accepted and was not kept. Whoever sent it has been told why.")
)
BOMB = Problem(
    "files.bomb",
    422,
    _("“%(name)s” would unpack to far more than it should and is not taken. Check where it came from; do not open it."),
)
EXPIRED = Problem(
    "files.expired", 410, _("This link to a file has expired. Go back to the page that showed it and open it again.")
)
GONE = Problem("files.gone", 410, _("“%(name)s” has been removed. Ask whoever sent it for a new copy."))
TICKET = Problem(
    "files.ticket",
    403,
    _("This page has been open for too long to upload. Reload it; what was uploaded already stays."),
)
NOTHING = Problem("files.nothing", 422, _("No file arrived. Choose one or more files and upload them again."))
TOO_MANY = Problem(
    "files.too_many", 422, _("At most %(limit)s files are taken here. Remove some, or pack them into one .zip.")
)
MISSING = Problem(
    "files.missing",
    503,
    _(
        "The bytes of “%(name)s” are not in the store. Tell the system administrator, who finds out with `anyue verify`."
    ),
)
