"""What a page says of a file that was not accepted, in few words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import problems

REFUSALS: dict[str, str | Promise] = {
    problems.SECRET.code: _("marked as secret: not accepted, nothing of it was kept"),
    problems.OLD_FORMAT.code: _(
        "not accepted: an old format that cannot be looked through here; send it as .docx, .xlsx or PDF"
    ),
    problems.CLOSED.code: _("not accepted: damaged or with a password; save it anew and send that"),
    problems.ARCHIVE_INSIDE.code: _("not accepted: an archive packed too deep; send the files in one .zip"),
    problems.LOST.code: _("lost before it was looked through; send it again"),
}
"""By the code of the problem that is stored with the file."""
