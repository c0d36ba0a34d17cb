"""Nobody changes the trail: the database itself refuses."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from anyue.platform.audit.models import Checkpoint, Entry, Seal
from anyue.platform.audit.services import entries_seal

from .trail import write

KEY: dict[type[Model], str] = {Entry: "id", Seal: "number", Checkpoint: "id"}
KINDS = list(KEY)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_row_of_the_trail_cannot_be_changed(kind: type[Model]) -> None:
    write()
    entries_seal()
    assert kind._default_manager.exists()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        kind._default_manager.update(**{KEY[kind]: 99})


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_row_of_the_trail_cannot_be_deleted(kind: type[Model]) -> None:
    write()
    entries_seal()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        kind._default_manager.all().delete()


AT_ONCE = {"postgresql": "TRUNCATE {}", "sqlite": "DELETE FROM {}"}
"""What empties a table without looking at its rows: SQLite takes a DELETE without WHERE for that."""


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_of_the_trail_cannot_be_emptied_at_once(kind: type[Model]) -> None:
    write()
    entries_seal()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(AT_ONCE[connection.vendor].format(kind._meta.db_table))

    assert kind._default_manager.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.database("sqlite")  # PostgreSQL has no such statement: its ON CONFLICT DO UPDATE is an UPDATE
def test_a_row_of_the_trail_cannot_be_replaced_by_another(kind: type[Model], words: str) -> None:
    write()
    entries_seal()
    before = list(kind._default_manager.values())
    table, columns = kind._meta.db_table, ", ".join(str(field.column) for field in kind._meta.local_concrete_fields)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{words} INTO {table} SELECT {columns} FROM {table} LIMIT 1")

    assert list(kind._default_manager.values()) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("once", [1, 2])
def test_tests_that_commit_begin_with_an_empty_trail_that_is_guarded_again(once: int) -> None:
    assert not Entry.objects.exists()

    write()
    call_command("flush", interactive=False, verbosity=0)

    assert not Entry.objects.exists()
    write()
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all().delete()
