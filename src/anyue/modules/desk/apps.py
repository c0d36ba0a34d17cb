"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_noop as _

ENTRIES = {
    "duties.exported": _("%(actor)s exported the list of duties"),
    "quick_run.opened": _("%(actor)s began a run on the quick desk: %(subject)s"),
    "quick_run.files_added": _("%(actor)s added files to a run of the quick desk: %(subject)s"),
    "quick_run.file_dropped": _("%(actor)s left a reply out of a run of the quick desk: %(subject)s"),
    "quick_run.file_restored": _("%(actor)s took a reply back into a run of the quick desk: %(subject)s"),
    "quick_run.started": _("%(actor)s added up a notice and its replies on the quick desk: %(subject)s"),
    "quick_run.removed": _("%(actor)s removed a run of the quick desk with all its files: %(subject)s"),
    "quick_run.expired": _("%(actor)s removed a run of the quick desk because its time was over: %(subject)s"),
    "quick_run.became_notice": _("%(actor)s made a campaign's notice of a run of the quick desk: %(subject)s"),
    "quick_run.refused_secret": _("A file that %(actor)s dropped on the quick desk was refused as secret: %(subject)s"),
}
FIELDS = {
    "role": _("what the files are"),
    "files": _("files"),
    "replies": _("replies"),
    "notices": _("notices"),
    "mark": _("mark of secrecy"),
}


class DeskConfig(AppConfig):
    """Home pages, search, quick desk."""

    name = "anyue.modules.desk"
    label = "desk"

    def ready(self) -> None:
        """Make the permissions known, and how the desk's entries of the audit trail read."""
        from anyue.platform.audit import sentences, values  # noqa: PLC0415 - apps are loaded now
        from anyue.platform.authz import register  # noqa: PLC0415

        from .permissions import DeskPermission  # noqa: PLC0415

        register(DeskPermission)
        for action, sentence in ENTRIES.items():
            sentences.register(action, sentence)
        sentences.register_fields(FIELDS)
        values.hide("notice_key")

        from anyue.platform.files import holding  # noqa: PLC0415

        from .models import QuickFile, QuickRun  # noqa: PLC0415

        holding.used_by(lambda: QuickFile.objects.exclude(held="").values_list("held", flat=True))
        holding.used_by(lambda: QuickRun.objects.exclude(work="").values_list("work", flat=True))
