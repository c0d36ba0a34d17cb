"""The audit trail: whoever may read it reads all of it."""

from __future__ import annotations

from anyue.platform.audit.permissions import AuditPermission
from anyue.platform.audit.services import Subject as Audited
from anyue.platform.audit.services import record

from .world import Subject, Subjects, World


def _entry(world: World) -> Subject:
    entry = world.once(
        "entry",
        lambda: record(
            by=world.actor("recorder"),
            action="unit.renamed",
            subject=Audited("orgs.unit", "1", "望榆街道"),
            place=world.tree.street.path,
        ),
    )
    return Subject({"pk": entry.pk}, see=AuditPermission.VIEW)


SUBJECTS: Subjects = {
    "audit:entries": lambda world: Subject(),
    "audit:export": lambda world: Subject(),
    "audit:entry": _entry,
}
