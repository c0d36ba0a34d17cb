"""Is everything there and as it was? Database, files, audit chain, and one digest over all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, ForeignKey, OuterRef
from django.utils.translation import gettext as _

from anyue.platform.audit.verifying import Outcome, verify_chain
from anyue.platform.files.models import StoredFile

from . import contents, tables
from .measuring import Measured, Progress, measure
from .snapshots import snapshot

MOST = 20
"""Findings of one kind that are named; the rest is counted."""


@dataclass
class Report:
    """What ``verify`` found. ``findings`` are sentences in the language that is active; empty where all is well."""

    database: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    chain: list[str] = field(default_factory=list)
    measured: Measured | None = None
    outcome: Outcome | None = None

    @property
    def is_sound(self) -> bool:
        """Nothing was found."""
        return not (self.database or self.files or self.chain)


def backup_verify(progress: Progress) -> Report:
    """Check everything as it is at one moment; others may work on."""
    report = Report()
    with snapshot():
        report.database = _migrations()
        if _missing_tables():
            return report
        report.database += _database()
        report.measured = measure(tables.tables(apps), progress, _Files(report.files))
        report.outcome = _chain(progress)
    if report.outcome.broken:
        report.chain.append(report.outcome.broken.sentence)
    return report


def _chain(progress: Progress) -> Outcome:
    check = verify_chain()
    while True:
        try:
            progress(*next(check), "")
        except StopIteration as end:
            found: Outcome = end.value
            return found


def _missing_tables() -> list[str]:
    there = set(connection.introspection.table_names())
    return sorted(model._meta.db_table for model in tables.tables(apps) if model._meta.db_table not in there)


def _migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return [_("The table %(table)s is missing.") % {"table": table} for table in _missing_tables()]
    names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _back in plan[:MOST])
    return [_("Migrations are missing (%(names)s). Start “anyue serve”, which runs them.") % {"names": names}]


def _database() -> list[str]:
    found = list(_sqlite() if connection.vendor == "sqlite" else _postgresql())
    rest = len(found) - MOST
    return found if rest <= 0 else [*found[:MOST], _("and %(count)s more") % {"count": rest}]


def _sqlite() -> Iterator[str]:
    """SQLite itself checks its pages, indexes, unique and other constraints, and what rows point at."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        for (said,) in cursor.fetchall():
            if said != "ok":
                yield _("The database is damaged: %(said)s") % {"said": said}
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, target, _number in cursor.fetchall():
            yield _dangling(table, row, target)


def _postgresql() -> Iterator[str]:
    """PostgreSQL keeps constraints by itself, unless somebody switched them off: those are looked for, and what rows point at."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated AND connamespace = "
            "current_schema()::regnamespace ORDER BY 1, 2"
        )
        for table, name in cursor.fetchall():
            yield _("The constraint %(name)s of the table %(table)s is not enforced.") % {"name": name, "table": table}
    for model in tables.tables(apps):
        yield from _pointing(model)
        last = tables.last_id(model)
        if last is not None and model._base_manager.filter(pk__gt=last).exists():
            yield _("The table %(table)s would give out ids that are taken.") % {"table": model._meta.db_table}


def _pointing(model: tables.Table) -> Iterator[str]:
    for column in model._meta.concrete_fields:
        target = column.related_model
        if not isinstance(column, ForeignKey) or not isinstance(target, type):
            continue
        there = Exists(target._base_manager.filter(**{column.target_field.attname: OuterRef(column.attname)}))
        lost = model._base_manager.filter(~there, **{f"{column.attname}__isnull": False}).order_by()
        for key in lost.values_list("pk", flat=True)[: MOST + 1]:
            yield _dangling(model._meta.db_table, key, target._meta.db_table)


def _dangling(table: str, row: object, target: str) -> str:
    sentence = _("Row %(row)s of the table %(table)s points at a row of %(target)s that is not there.")
    return sentence % {"row": row, "table": table, "target": target}


class _Files:
    """Compares each file with what its row says of it."""

    def __init__(self, findings: list[str]) -> None:
        self.findings = findings

    def __call__(self, file: contents.Stored, digest: str | None) -> None:
        if digest is None:
            there = default_storage.exists(file.name)
            sentence = (
                _("The file %(name)s (%(uploads)s) cannot be read.")
                if there
                else _("The file %(name)s (%(uploads)s) is missing.")
            )
        elif file.sha256 and digest != file.sha256:
            sentence = _("The file %(name)s (%(uploads)s) was changed: its content is not what was uploaded.")
        else:
            return
        uploads = StoredFile.objects.filter(blob=file.blob).values_list("name", flat=True)[:3]
        self.findings.append(sentence % {"name": file.name, "uploads": ", ".join(uploads)})
