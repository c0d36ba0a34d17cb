"""Empties all tables after a test that commits, although the audit trail refuses it: the triggers go, the rows go, they come back.

Only here: the program itself has no way around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

TABLES = ("audit_entry", "audit_seal", "audit_checkpoint")


@contextmanager
def unguarded(connection: Any) -> Iterator[None]:
    """Without the triggers; inside a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tablename FROM pg_tables WHERE tablename = ANY(%s)", [list(TABLES)])
            tables = [name for (name,) in cursor.fetchall()]
            off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            again = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        else:
            places = ", ".join(["%s"] * len(TABLES))
            cursor.execute(
                f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({places})", TABLES
            )
            found = cursor.fetchall()
            off = [f"DROP TRIGGER {name}" for name, _ in found]
            again = [sql for _, sql in found]
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in again:
            cursor.execute(statement)


def let_tests_empty_tables(patch: pytest.MonkeyPatch) -> None:
    """For a whole run: what ``TransactionTestCase`` and ``live_server`` do between tests works."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def execute(self: Any, statements: Any) -> None:
        from django.db import transaction

        with transaction.atomic(using=self.connection.alias), unguarded(self.connection):
            empty(self, statements)

    patch.setattr(BaseDatabaseOperations, "execute_sql_flush", execute)
