"""Units from a table: all or nothing, the same file twice changes nothing, faults by row and column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, can

from ... import problems
from ...models import Unit
from ...permissions import UnitPermission
from .. import states
from .known import Stock
from .planning import plan, summarise
from .reading import Table, read_table
from .result import Act, ImportResult, Progress, RowFault, RowPlan
from .rows import Notes, Row, read_rows
from .writing import write

__all__ = ["Act", "ImportResult", "RowFault", "RowPlan", "bring_in", "may_import", "units_import"]


def units_import(
    *,
    by: Actor,
    file: Path | BinaryIO,
    name: str = "",
    under: Unit | None = None,
    on: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    dry_run: bool = False,
) -> ImportResult:
    """Bring the units below ``under`` (None: of the whole installation) to what a table says, from ``on`` (today) on.

    ``file`` is an .xlsx, .xls, .et, .ods or .csv on disk or open; ``name`` what a person calls it. New rows become units, other names
    renames, other places moves; what the table does not name stays. Rows may stand in any order. With a single fault nothing is
    written and the result says each by row and column; ``dry_run`` writes nothing and says what would be done. ``progress`` is
    told how many of how many steps are done. Refused where ``by`` may not import into ``under``, and for a file that is no table.
    """
    may_import(by, under)
    return bring_in(
        by=by, file=file, name=name, under=under, on=on or today(), tell=progress or _silent, dry_run=dry_run
    )


def may_import(by: Actor, under: Unit | None) -> None:
    """Refuses who may not import into ``under``."""
    if not can(by, UnitPermission.IMPORT, under.path if under else ""):
        raise RefusedError(problems.IMPORT_NOT_ALLOWED, place=under.name if under else "/")


def bring_in(
    *, by: Actor, file: Path | BinaryIO, name: str, under: Unit | None, on: date, tell: Progress, dry_run: bool
) -> ImportResult:
    """``units_import`` for a job: whether ``by`` may was asked when she confirmed it."""
    day = on
    states.must_not_be_early(day)
    table = read_table(file, name)
    if not table.rows:
        raise RefusedError(problems.FILE_EMPTY, name=name or getattr(file, "name", ""))
    if dry_run:
        return _planned(table, under, day, tell)[0]
    with transaction.atomic():
        trunk = states.lock()
        if under is not None:
            under = states.again(under)
            states.must_be_open(under)
        result, rows, stock = _planned(table, under, day, tell)
        if not result.is_clean:
            return result
        if result.touches:
            write(rows, stock, trunk, day, tell, len(table.rows))
            _audit(by, under, result, day, name or getattr(file, "name", ""))
    result.done = True
    tell(3 * len(table.rows), 3 * len(table.rows))
    return result


def _silent(done: int, total: int) -> None:
    """Nobody waits to be told."""


def _planned(table: Table, under: Unit | None, on: date, tell: Progress) -> tuple[ImportResult, list[Row], Stock]:
    notes = Notes(table)
    total = len(table.rows)
    rows = read_rows(table, notes, tell, 3 * total)
    stock = Stock(under)
    ordered = plan(rows, stock, notes, on, tell)
    result = ImportResult(ignored=table.ignored, faults=sorted(notes.faults, key=lambda fault: fault.row))
    summarise(ordered, total, stock, result)
    return result, ordered, stock


def _audit(by: Actor, under: Unit | None, result: ImportResult, on: date, name: str) -> None:
    subject = Subject.of(under) if under else Subject("orgs.unit", "", "/")
    counts = {act.value: count for act, count in result.counts.items()}
    after = {"file": Path(str(name)).name, "rows": result.rows, "on": on.isoformat()} | counts
    record(by=by, action="units.imported", subject=subject, place=under.path if under else "", after=after)
