"""How the audit trail speaks of files."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences, values

from .kinds import kind_named
from .secrecy import UNSEEN

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

FIELDS = {
    "files.storedfile:kind": _("kind"),
    "size": _("size"),
    "owner": _("attached to"),
    "unseen": _("secrecy"),
    "mark": _("mark of secrecy"),
    "sha256": _("digest SHA-256"),
    "sm3": _("digest SM3"),
}


def install() -> None:
    """Once, at start."""
    values.register(
        {
            "files.storedfile:kind": lambda code: str(kind_named(code).label),
            "files.storedfile:size": filesizeformat,
            "files.storedfile:unseen": lambda code: str(UNSEEN.get(code, code)),
        }
    )
    values.hide("owner_key")
    values.register_fields(FIELDS)
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
