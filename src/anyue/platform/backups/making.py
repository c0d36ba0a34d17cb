"""Making a backup: one file, whole or not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from anyue.kernel.canonical import instant
from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError

from . import contents, problems, tables
from .archive import PIECE, Writer, is_archive
from .measuring import Progress
from .snapshots import snapshot


@dataclass(frozen=True, slots=True)
class Made:
    """What is in the backup. ``missing``: files that rows name and that were not there."""

    digest: str
    tables: int
    rows: int
    files: int
    size: int
    missing: tuple[str, ...]


def backup_make(target: Path, progress: Progress) -> Made:
    """Write database, files and keys as they are at this moment to ``target``.

    The file appears under its name when it is complete; until then, and after Ctrl-C or an error, there is nothing but what was
    there before. An earlier backup of the same name is replaced, any other file refused.
    """
    _refuse_others(target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # it holds the keys
        with open(descriptor, "wb") as stream, snapshot():
            made = _write(stream, progress)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return made


def _refuse_others(target: Path) -> None:
    if not target.exists():
        return
    with target.open("rb") as stream:
        if not is_archive(stream.read(64)):
            raise RefusedError(problems.NOT_OURS, file=str(target))


def header() -> dict[str, Any]:
    """What the archive says of itself before anything else."""
    try:
        program = version("anyue")
    except PackageNotFoundError:
        program = "?"
    return {
        "program": program,
        "made_at": instant(now()),
        "database": connection.vendor,
        "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
        "tables": {
            model._meta.label_lower: [str(column.column) for column in tables.columns(model)]
            for model in tables.tables(apps)
        },
    }


def _write(stream: Any, progress: Progress) -> Made:
    found = tables.tables(apps)
    total = sum(model._base_manager.count() for model in found) + sum(1 for _ in contents.stored())
    writer = Writer(stream, {**header(), "steps": total})
    listing, missing = contents.Listing(), []
    for name, path in contents.kept():
        data = path.read_bytes()
        listing.add(name, len(data), writer.add_file(name, len(data), BytesIO(data)))
    done, summary = 0, {}
    for model in found:
        summary[model._meta.label_lower] = _write_table(writer, model, lambda rows: progress(done + rows, total, ""))  # noqa: B023
        done += summary[model._meta.label_lower]["rows"]
    for number, one in enumerate(contents.stored(), 1):
        progress(done + number, total, one.name)
        with one.opened() as opened:
            if opened is None:
                listing.add_missing(one.name)
                missing.append(one.name)
            else:
                file, size = opened
                listing.add(one.name, size, writer.add_file(f"files/{one.name}", size, file))
    digests = [(label, table["rows"], table["digest"]) for label, table in summary.items()]
    digest = tables.total(digests, listing.hexdigest())
    writer.finish({"tables": summary, "files": listing.count, "missing": missing, "digest": digest})
    return Made(digest, len(found), done, listing.count, listing.size, tuple(missing))


def _write_table(writer: Writer, model: tables.Table, progress: Callable[[int], None]) -> dict[str, Any]:
    digest, lines, size, pieces = tables.Digest(), list[bytes](), 0, 0

    def write() -> None:
        nonlocal lines, size, pieces
        if lines:
            pieces += 1
            writer.add_lines(f"data/{model._meta.label_lower}/{pieces:06d}.jsonl.gz", lines)
            lines, size = [], 0
            progress(digest.rows)

    for row in tables.rows(model):
        digest.add(row)
        lines.append(tables.line(row))
        size += len(lines[-1])
        if size >= PIECE:
            write()
    write()
    return {"rows": digest.rows, "digest": digest.hexdigest(), "last_id": tables.last_id(model)}
