"""How the audit trail speaks of notices and their review."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences, values

SENTENCES = {
    "notice.received": _("%(actor)s sent in a notice to be read: %(subject)s"),
    "notice.read": _("%(actor)s read the notice %(subject)s and proposed its items"),
    "notice.reread": _("%(actor)s had the notice %(subject)s read again"),
    "notice.reviewed": _("%(actor)s finished the review of the notice %(subject)s"),
    "notice.reopened": _("%(actor)s took up the review of the notice %(subject)s again"),
    "notice.issued": _("%(actor)s issued the notice %(subject)s as a campaign"),
    "notice.recalled": _("%(actor)s took the notice %(subject)s back from its campaign"),
    "notice.withdrawn": _("%(actor)s set the notice %(subject)s aside"),
    "notice.linked": _("%(actor)s said which notices %(subject)s follows"),
    "notice.refused_secret": _("%(actor)s sent in a file that was refused as secret: %(subject)s"),
    "item.accepted": _("%(actor)s accepted an item of the notice: %(subject)s"),
    "item.corrected": _("%(actor)s corrected an item of the notice: %(subject)s"),
    "item.dropped": _("%(actor)s dropped an item of the notice: %(subject)s"),
    "item.reset": _("%(actor)s took back the decision on an item: %(subject)s"),
    "item.added": _("%(actor)s added an item that the reading had missed: %(subject)s"),
    "item.removed": _("%(actor)s took back an added item: %(subject)s"),
}


FIELDS = {
    "says": _("what it says"),
    "issued_at": _("issued at"),
    "issued_by": _("issued by"),
    "version": _("version"),
    "notices.notice:items": _("items to review"),
    "files": _("files concerned"),
    "mark": _("mark of secrecy"),
    "notices.notice:parent": _("notice above"),
    "notices.notice:previous": _("last year's notice"),
}


def install() -> None:
    """Once, at start."""
    values.hide("notices.item:value")
    sentences.register_fields(FIELDS)
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
