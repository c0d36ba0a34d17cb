"""Why a backup or a restore is refused."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

NOT_OURS = Problem(
    "backups.not_ours",
    409,
    _("%(file)s is there already and is no backup of Anyue. Choose another name for the backup."),
)
NO_ARCHIVE = Problem("backups.no_archive", 422, _("%(file)s is no backup of Anyue. Check that it is the right file."))
DAMAGED = Problem(
    "backups.damaged",
    422,
    _("The backup is damaged at %(name)s. Nothing was restored. Take another copy of the backup, or an earlier one."),
)
CUT_OFF = Problem(
    "backups.cut_off",
    422,
    _(
        "The backup ends too early, behind %(name)s. Nothing was restored. Take another copy of the backup, or an earlier one."
    ),
)
NEWER = Problem(
    "backups.newer",
    422,
    _("The backup was made by a newer version of Anyue (%(program)s). Install that version or a later one first."),
)
DATABASE_USED = Problem(
    "backups.database_used",
    409,
    _(
        "The database holds tables already. Restore into an empty database: create a new one and name it in DATABASE_URL."
    ),
)
DIFFERS = Problem(
    "backups.differs",
    500,
    _(
        "What was read back from the database is not what the backup holds (%(name)s). Nothing was restored. Report this."
    ),
)
