"""How the audit trail speaks of files."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences

SENTENCES = {
    "file.stored": _("%(actor)s uploaded the file %(subject)s"),
    "file.received": _("%(actor)s sent a file; it waits to be looked through for a mark of secrecy"),
    "file.refused": _(
        "%(actor)s did not accept the file %(subject)s, which cannot be looked through for a mark of secrecy"
    ),
    "file.claimed": _("%(actor)s attached the file %(subject)s"),
    "file.removed": _("%(actor)s removed the file %(subject)s"),
    "file.refused_secret": _("%(actor)s sent a file that was refused as secret: %(subject)s"),
}


def install() -> None:
    """Once, at start."""
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
