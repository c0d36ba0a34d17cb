"""How the audit trail speaks of units and lists of units."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences, values

from .models import Kind

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


FIELDS = {
    "orgs.unit:parent": _("unit above"),
    "on": _("from the day"),
    "into": _("into"),
    "closed": _("closed"),
    "units": _("units concerned"),
    "note": _("remark"),
    "below": _("all below"),
    "kinds": _("kinds of units"),
    "file": _("file"),
    "rows": _("how many rows"),
    "add": _("new"),
    "rename": _("renamed"),
    "move": _("moved"),
    "change": _("rows changed"),
    "keep": _("unchanged"),
}


def _kind(code: str) -> str:
    return str(dict(Kind.choices).get(code, code))


def install() -> None:
    """Once, at start."""
    sentences.register_fields(FIELDS)
    values.register({"kinds": _kind})
    values.hide("path")
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
