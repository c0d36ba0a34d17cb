"""The one sealer: chains what was written, at least every second, while nobody who writes ever waits for it.

Entries get their ids when they are written, and become visible when their transaction commits: on PostgreSQL an entry may
appear after one with a larger id. So the sealer chains what it sees in the order in which it sees it, and looks again
below what it has sealed until nothing can appear there any more: ``Sealer.settled``.

How it knows: whoever inserts an entry holds a lock on the table from before its id is drawn until its transaction ends. The
sealer reads the largest id it sees (``until``), then who holds such locks (``waiting``). An entry with a smaller id that
is not visible now belongs to one of those. Once all of them have ended, a later look sees everything up to ``until``. SQLite
has one writer at a time, so there nobody is ever waited for.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from anyue.kernel.clock import today

from . import chain
from .checkpoints import checkpoint_add, is_due
from .models import Entry, Seal, Sealer

BATCH = 1000
"""Seals in one transaction. On SQLite other writers wait for it: some hundredths of a second."""
EVERY = 1000
"""Seals between checkpoints."""

_WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid IS DISTINCT FROM pg_backend_pid()
"""
_looked_on: date | None = None


def entries_seal(limit: int = BATCH) -> int:
    """Seal up to ``limit`` entries and return how many; 0 also where another process is sealing. To be called every second."""
    if not _has_work():
        return 0
    with transaction.atomic():
        sealer = _take_over()
        return 0 if sealer is None else _seal(sealer, limit)


def entries_seal_all() -> int:
    """Seal until nothing is left that can be sealed; for tests, imports and the end of a demonstration's data."""
    total = 0
    while sealed := entries_seal():
        total += sealed
    return total


def _has_work() -> bool:
    """Two small reads, so that a quiet second takes no lock: entries above ``settled``, or a day without a checkpoint."""
    global _looked_on  # noqa: PLW0603 - the day on which this process last looked
    sealer = Sealer.objects.filter(pk=1).first()
    if Entry.objects.filter(id__gt=sealer.settled if sealer else 0).exists():
        return True
    if _looked_on == today():
        return False
    _looked_on = today()
    return is_due()


def _take_over() -> Sealer | None:
    """The row that only one process holds at a time; None where another has it."""
    Sealer.objects.get_or_create(pk=1)
    return (
        Sealer.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        .filter(pk=1)
        .first()
    )


def _seal(sealer: Sealer, limit: int) -> int:
    # The order of these three reads is what makes ``settled`` true, see above.
    highest = Entry.objects.aggregate(highest=Max("id"))["highest"] or 0
    writers = _writers()
    unsealed = Entry.objects.filter(~Exists(Seal.objects.filter(entry=OuterRef("id"))), id__gt=sealer.settled)
    entries = list(unsealed.order_by("id").values_list(*chain.FIELDS)[:limit])
    _append(entries)
    seen = highest if len(entries) < limit else entries[-1][0]
    _settle(sealer, highest, writers, seen)
    return len(entries)


def _writers() -> list[str]:
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS, [Entry._meta.db_table])
        return [row[0] for row in cursor.fetchall()]


def _append(entries: list[tuple[Any, ...]]) -> None:
    tail = Seal.objects.order_by("-number").first()
    number, digest = (tail.number, tail.digest) if tail else (0, chain.BEGINNING)
    seals = []
    for entry in entries:
        number, digest = number + 1, chain.link(digest, entry)
        seals.append(Seal(number=number, entry=entry[0], digest=digest))
    Seal.objects.bulk_create(seals)
    for seal in seals:
        if seal.number % EVERY == 0:
            checkpoint_add(seal)
    last = seals[-1] if seals else tail
    if last is not None and is_due():
        checkpoint_add(last)


def _settle(sealer: Sealer, highest: int, writers: list[str], seen: int) -> None:
    """``seen``: all visible entries up to this id are sealed."""
    before = (sealer.settled, sealer.until, sealer.waiting)
    if not set(sealer.waiting) & set(writers):
        sealer.settled = max(sealer.settled, min(sealer.until, seen))
        sealer.until, sealer.waiting = highest, writers
    if not sealer.waiting:
        sealer.settled = max(sealer.settled, min(sealer.until, seen))
    if (sealer.settled, sealer.until, sealer.waiting) != before:
        sealer.save()
