"""How the audit trail speaks of units and lists of units."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences

SENTENCES = {
    "unit.added": _("%(actor)s added the unit %(subject)s"),
    "unit.renamed": _("%(actor)s renamed the unit %(subject)s"),
    "unit.edited": _("%(actor)s changed the particulars of the unit %(subject)s"),
    "unit.moved": _("%(actor)s moved the unit %(subject)s to another place in the tree"),
    "unit.closed": _("%(actor)s closed the unit %(subject)s"),
    "unit.merged": _("%(actor)s merged units into %(subject)s"),
    "unit.split": _("%(actor)s split the unit %(subject)s"),
    "units.imported": _("%(actor)s imported units from the table %(subject)s"),
    "units.import_withdrawn": _("%(actor)s called off the import of the table %(subject)s"),
    "group.added": _("%(actor)s made the list of units %(subject)s"),
    "group.changed": _("%(actor)s changed the list of units %(subject)s"),
    "group.removed": _("%(actor)s removed the list of units %(subject)s"),
}


def install() -> None:
    """Once, at start."""
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
