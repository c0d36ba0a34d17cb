"""Entries, seals and checkpoints can be added and read, never changed or deleted: the database itself refuses.

On PostgreSQL emptying the whole table (TRUNCATE) is refused as well; SQLite has no such statement, but one that puts a row in place of
another (REPLACE), which is refused too. Tests that empty all tables take
the triggers off and put them on again (``tests/support/append_only``): no setting of the program does it.
"""

from typing import Any

from django.db import migrations

TABLES = ("audit_entry", "audit_seal", "audit_checkpoint")
UNIQUE = {"audit_entry": ("id",), "audit_seal": ("number", "entry"), "audit_checkpoint": ("id",)}

FUNCTION = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


def protect(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)  # its per cent signs are its own
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
            )
        return
    for table in TABLES:
        for change in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: {change} is refused'); END"
            )
        # REPLACE deletes the row that is in its way without asking the trigger above.
        same = " OR ".join(f"{column} = NEW.{column}" for column in UNIQUE[table])
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "  # noqa: S608 - names of our own
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: REPLACE is refused'); END"
        )


def release(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION audit_append_only() CASCADE")
        return
    for table in TABLES:
        for change in ("update", "delete", "replace"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{change}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(protect, release)]
