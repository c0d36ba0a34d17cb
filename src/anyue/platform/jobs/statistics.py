"""What the database knows of how its rows are spread. Without it a page over thousands of duties may take the wrong index."""

from __future__ import annotations

from django.db import connection

# Rows of an index that are looked at: enough to tell a selective column from one that says nothing.
_LOOKED_AT = 1000


def statistics_renew() -> bool:
    """Have SQLite look anew; True if it did. It takes milliseconds however large a table is. PostgreSQL does it by itself."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={_LOOKED_AT}")
        cursor.execute("ANALYZE")
    return True
