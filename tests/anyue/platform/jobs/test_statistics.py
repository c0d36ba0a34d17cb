"""Statistics of the database: what they are renewed for."""

from __future__ import annotations

import pytest
from django.db import connection

from anyue.platform.jobs.jobs import renew_statistics
from anyue.platform.jobs.models import Schedule

pytestmark = pytest.mark.django_db


def test_the_database_knows_how_its_rows_are_spread_after_a_look() -> None:
    Schedule.objects.bulk_create(Schedule(job=f"samples.{n}", next_at="2026-06-01T00:00:00+08:00") for n in range(300))

    looked = renew_statistics.func()["looked"]

    assert looked == (connection.vendor == "sqlite")
    if looked:
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [Schedule._meta.db_table])
            assert any(int(stat.split()[0]) >= 300 for (stat,) in cursor.fetchall())
