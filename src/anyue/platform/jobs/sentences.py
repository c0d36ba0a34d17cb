"""How the audit trail speaks of jobs."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences

SENTENCES = {
    "job.retried": _("%(actor)s ran the failed job %(subject)s again"),
}


def install() -> None:
    """Once, at start."""
    sentences.register_fields({"trouble": _("what was wrong")})
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
