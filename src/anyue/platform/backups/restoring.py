"""Restoring a backup into an empty database and an empty folder.

The caller makes the folder, names it by ``ANYUE_DATA`` and puts it in its place afterwards (``surfaces/cli``). Nothing is believed:
pieces and files are compared with their digests on the way, and at the end everything is read back as ``verify`` reads it.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from anyue.kernel.errors import RefusedError

from . import problems, tables
from .archive import FORMAT, HEADER, MANIFEST, DamagedError, Hashing, Member, members, unpacked
from .contents import OWN
from .measuring import Progress, measure

SPOOL = 8 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored. ``digest`` is the backup's own, found again in what was restored."""

    digest: str
    tables: int
    rows: int
    files: int
    missing: tuple[str, ...]


@dataclass
class _Reading:
    """Where the reading of the archive is. ``files`` are those since the last index."""

    models: dict[str, tables.Table]
    columns: dict[str, list[str]]
    digests: dict[str, str] = field(default_factory=dict)
    files: list[list[Any]] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    steps: int = 0
    rows: int = 0
    last: str = HEADER


def backup_restore(
    source: IO[bytes], name: str, progress: Progress, before_commit: Callable[[], None] | None = None
) -> Restored:
    """Read the archive ``source``, called ``name`` in messages, into the empty database and folder of the settings.

    ``before_commit`` is called when all is there, on PostgreSQL inside the transaction. Raises ``RefusedError``; then, and after any other end, the database is as it was: on PostgreSQL all is one transaction, on
    SQLite the caller throws the folder away.
    """
    if connection.introspection.table_names():
        raise RefusedError(problems.DATABASE_USED)
    try:
        with _one_piece():
            restored = _restore(source, name, progress)
            if before_commit:
                before_commit()
            return restored
    except DamagedError as error:
        raise RefusedError(problems.DAMAGED, name=error.name or name) from error


@contextmanager
def _one_piece() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
        return
    connection.disable_constraint_checking()  # what is pointed at may come later; verify looks at the end
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def _restore(source: IO[bytes], name: str, progress: Progress) -> Restored:
    reading, manifest = _read(source, name, progress)
    for label, model in reading.models.items():
        tables.go_on_from(model, manifest["tables"][label]["last_id"])
    measured = measure(reading.models.values(), progress)
    if measured.digest != manifest["digest"]:
        differing = (
            label for label, (rows, digest) in measured.tables.items() if _said(manifest, label) != (rows, digest)
        )
        raise RefusedError(problems.DIFFERS, name=next(differing, "files"))
    call_command("migrate", verbosity=0, interactive=False)  # from the version of the backup to ours
    return Restored(measured.digest, len(reading.models), measured.rows, measured.files, tuple(manifest["missing"]))


def _said(manifest: dict[str, Any], label: str) -> tuple[int, str]:
    table = manifest["tables"].get(label, {})
    return table.get("rows", -1), table.get("digest", "")


def _read(source: IO[bytes], name: str, progress: Progress) -> tuple[_Reading, dict[str, Any]]:
    """All members, until the manifest, which must name each of them as it was."""
    passing = members(source)
    try:
        first = next(passing, None)
    except DamagedError:
        first = None
    if first is None or first.name != HEADER:
        raise RefusedError(problems.NO_ARCHIVE, file=name)
    reading = _prepare(first, name)
    for member in passing:
        if member.name == MANIFEST:
            manifest = _object(MANIFEST, member.data())
            break
        _take(reading, member)
        reading.last = member.name
        progress(reading.rows, reading.steps, member.name)
    else:
        raise RefusedError(problems.CUT_OFF, name=reading.last)
    wrong = [
        name
        for name in {*manifest["digests"], *reading.digests}
        if manifest["digests"].get(name) != reading.digests.get(name)
    ]
    if wrong:
        raise DamagedError(min(wrong))
    return reading, manifest


def _object(name: str, data: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(data)
    except ValueError as error:
        raise DamagedError(name) from error
    return found


def _prepare(first: Member, name: str) -> _Reading:
    """The database as it was when the backup was made: its migrations and no others, without a row."""
    data = first.data()
    header = _object(HEADER, data)
    if header.get("format") != FORMAT:
        raise RefusedError(problems.NO_ARCHIVE, file=name)
    executor = MigrationExecutor(connection)
    applied = [(app, migration) for app, migration in header["migrations"]]
    if unknown := [node for node in applied if node not in executor.loader.disk_migrations]:
        raise RefusedError(problems.NEWER, program=header["program"], migration=".".join(unknown[0]))
    graph = executor.loader.graph
    nodes = {node for node in applied if node in graph.nodes}
    last = sorted(node for node in nodes if not nodes & {child.key for child in graph.node_map[node].children})
    executor.migrate(last)
    state = executor.loader.project_state(last)
    models = {model._meta.label_lower: model for model in tables.tables(state.apps)}
    for model in reversed(models.values()):
        if model._base_manager.exists():
            model._base_manager.all()._raw_delete(connection.alias)  # what a migration put in
    for key in Path(settings.KEYS_FOLDER).glob("*"):
        key.unlink()  # made for this empty folder a moment ago
    return _Reading(models, header["tables"], {HEADER: hashlib.sha256(data).hexdigest()}, steps=header["steps"])


def _take(reading: _Reading, member: Member) -> None:
    kind, _, rest = member.name.partition("/")
    if kind == "data":
        _load(reading, member, rest.partition("/")[0])
    elif kind == "index":
        _compare(reading, member)
    elif kind in ("keys", "checkpoints") or member.name in OWN:
        folder = {"keys": settings.KEYS_FOLDER, "checkpoints": settings.CHECKPOINTS_FOLDER}.get(kind, settings.DATA)
        data = member.data()
        reading.files.append([member.name, len(data), hashlib.sha256(data).hexdigest()])
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        target = Path(folder, rest or member.name)
        target.write_bytes(data)
        target.chmod(0o600)
    elif kind == "files":
        reading.files.append([member.name, *_store(member, rest)])
        reading.rows += 1
    else:
        raise DamagedError(member.name)


def _store(member: Member, name: str) -> tuple[int, str]:
    """Into the storage under the name that the rows know. An object store may have it from a restore that was interrupted."""
    passing = Hashing(member)
    with tempfile.SpooledTemporaryFile(SPOOL) as spool:
        while data := passing.read(1 << 20):
            spool.write(data)
        size = spool.tell()
        spool.seek(0)
        if default_storage.exists(name):
            default_storage.delete(name)
        if default_storage.save(name, File(spool, name=name)) != name:
            raise DamagedError(member.name)
    return size, passing.hash.hexdigest()


def _compare(reading: _Reading, member: Member) -> None:
    """The files since the last index are those that it lists, byte by byte."""
    data = member.data()
    reading.digests[member.name] = hashlib.sha256(data).hexdigest()
    listed = list(unpacked(member.name, data))
    for was, found in zip(listed, reading.files, strict=False):
        if was != found:
            raise DamagedError(found[0])
    if len(listed) != len(reading.files):
        raise DamagedError(member.name)
    reading.files = []


def _load(reading: _Reading, member: Member, label: str) -> None:
    model = reading.models.get(label)
    if model is None:
        raise DamagedError(member.name)
    data = member.data()
    reading.digests[member.name] = hashlib.sha256(data).hexdigest()
    statement, fields = tables.prepared(model)
    if [str(column.column) for column in fields] != reading.columns.get(label):
        raise DamagedError(HEADER)
    _settle(reading, label)
    with transaction.atomic(), connection.cursor() as cursor:
        values = [tables.stored(fields, row) for row in unpacked(member.name, data)]
        cursor.executemany(statement, values)
    reading.rows += len(values)


def _settle(reading: _Reading, label: str) -> None:
    """PostgreSQL remembers every row whose keys are still to be checked: let it check them wherever a table is complete and
    nothing loaded points at one that is still to come.
    """
    if reading.loaded and reading.loaded[-1] == label:
        return
    before = set(reading.loaded)
    reading.loaded.append(label)
    if connection.vendor != "postgresql" or not before:
        return
    order = list(reading.models)
    behind = set(order[order.index(label) :])
    if not any(tables.targets(reading.models[one]) & behind for one in before):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
