"""Every page that the console offers: its time on the server and what it asks of the database.

python -m benchmarks.pages [--quick] [--strict] [--only sqlite|postgres] [--times N ...]

The demonstration is loaded, and again with ten times as many streets. For several roles all links are followed from the home page
on, so that no page is listed by hand; each route is asked several times through the whole stack (middleware, templates,
database, compression), in the process, without a network. Beside it stands the health page, which does nothing but ask the
database, and the processor time: where it is far from the clock, the machine had other work.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LIMIT_SECONDS = 0.1
LIMIT_QUERIES = 15
ROLES = (
    "unit_admin-district",
    "unit_admin-street",
    "liaison_officer-community",
    "enterprise_safety_officer-enterprise",
    "security_auditor",
    "system_admin",
    "business_admin",
)
SAMPLES = 3
"""Addresses of one route that are opened: a list's first rows."""
ASKED = 20
_BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
_LEFT_OUT = re.compile(r"^/(?:static|files|accounts|media)/|\.(?:xlsx|docx|pdf|zip|svg|ics)$|export=|logout")


def main() -> int:
    """Measure on each database and size; 1 with ``--strict`` where a page is slower or asks more than it may."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages", description=(__doc__ or "").split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--quick", action="store_true", help="few requests: does everything run?")
    parser.add_argument("--strict", action="store_true", help="status 1 where a goal is missed")
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    parser.add_argument("--times", type=int, nargs="*", default=[1, 10], help="so many times as many streets")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        return _child(chosen.child, 3 if chosen.quick else ASKED)
    bad = False
    for database in ("sqlite", "postgres"):
        if chosen.only in (None, database):
            for times in chosen.times:
                bad = _measured(database, times, quick=chosen.quick) or bad
    return 1 if bad and chosen.strict else 0


def _measured(database: str, times: int, *, quick: bool) -> bool:
    with tempfile.TemporaryDirectory(prefix="anyue-pages-") as folder:
        environment = {**os.environ, "ANYUE_DATA": folder, "DJANGO_SETTINGS_MODULE": "anyue.config.settings"}
        environment.pop("DATABASE_URL", None)
        if database == "postgres":
            from tests.support import postgres  # noqa: PLC0415 - starts a server of its own

            environment["DATABASE_URL"] = postgres.start()
        command = [sys.executable, "-m", "benchmarks.pages", "--child", str(times), *(["--quick"] if quick else [])]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{database} × {times}: failed with status {done.returncode}")
        return True
    found = json.loads(done.stdout.splitlines()[-1])
    return _told(database, found)


def _told(database: str, found: dict[str, Any]) -> bool:
    pages = sorted(found["pages"], key=lambda page: -page["p95"])
    slow = [page for page in pages if page["p95"] > LIMIT_SECONDS]
    greedy = [page for page in pages if page["queries"] > LIMIT_QUERIES]
    peer = found["health"]
    print(
        f"\n{database}, {found['units']:,} units, {found['duties']:,} duties: {len(pages)} routes, loaded in {found['loaded']:.0f} s"
    )
    print(f"  health page {peer * 1000:.1f} ms; slowest first: p95, processor, × health, queries")
    for page in pages[:12]:
        mark = "  missed" if page in slow or page in greedy else ""
        print(f"{_line(page, peer)}{mark}")
    for page in greedy:
        if page not in pages[:12]:
            print(f"{_line(page, peer)}  missed")
    total = len(pages)
    print(
        f"  goal p95 under {LIMIT_SECONDS * 1000:.0f} ms: {total - len(slow)} of {total}; at most {LIMIT_QUERIES} queries: {total - len(greedy)} of {total}"
    )
    return bool(slow or greedy)


def _line(page: dict[str, Any], peer: float) -> str:
    figures = (
        f"{page['p95'] * 1000:7.1f} ms  {page['cpu'] * 1000:7.1f} ms  {page['p95'] / peer:6.1f} ×  {page['queries']:3}"
    )
    return f"  {figures}  {page['route']} ({page['role']})"


def _child(times: int, asked: int) -> int:
    """In a process of its own, with the settings that operators use."""
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.urls import Resolver404, resolve  # noqa: PLC0415

    import anyue.config.wsgi  # noqa: F401, PLC0415 - as a server that has started: what is loaded is out of the collector's sight
    from anyue.demonstration import demo_load  # noqa: PLC0415
    from anyue.modules.accounts.models import User  # noqa: PLC0415
    from anyue.modules.campaigns.models import Duty  # noqa: PLC0415
    from anyue.modules.orgs.models import Unit  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    demo_load(times=times)
    loaded = time.perf_counter() - begun
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    from django.test import Client  # noqa: PLC0415

    found: dict[str, dict[str, Any]] = {}
    for name in ROLES:
        client = Client(raise_request_exception=False)
        client.force_login(
            User.objects.get(username=name), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        for address in _crawled(client, resolve, Resolver404):
            route = resolve(urlsplit(address).path).view_name
            times_taken, cpu_taken = [], []
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            count = len(queries)  # the next request empties the log
            for _ in range(asked):
                start, cpu = time.perf_counter(), time.process_time()
                client.get(address, headers=_BROWSER)
                times_taken.append(time.perf_counter() - start)
                cpu_taken.append(time.process_time() - cpu)
            page = {"route": route, "role": name, "address": address, "queries": count}
            page |= {"p95": _p95(times_taken), "cpu": statistics.median(cpu_taken)}
            known = found.get(route)
            if known is None:
                found[route] = page
            else:
                queries_most = max(known["queries"], page["queries"])
                found[route] = max(known, page, key=lambda one: one["p95"]) | {"queries": queries_most}
    health = []
    for _ in range(asked):
        start = time.perf_counter()
        Client().get("/healthz")
        health.append(time.perf_counter() - start)
    print(
        json.dumps(
            {
                "pages": list(found.values()),
                "health": statistics.median(health),
                "units": Unit.objects.count(),
                "duties": Duty.objects.count(),
                "loaded": loaded,
            }
        )
    )
    return 0


def _crawled(client: Any, resolve: Any, unknown: type[Exception]) -> list[str]:
    """Addresses of pages of our own that links lead to from the home page on, a few of each route."""
    waiting, seen = ["/"], {"/"}
    of_route: dict[str, int] = defaultdict(int)
    pages = []
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code >= 500:
            print(f"{address}: status {answer.status_code}", file=sys.stderr)
        if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        pages.append(address)
        for link in _LINK.findall(answer.content.decode()):
            target = link.replace("&amp;", "&")
            if target in seen or _LEFT_OUT.search(target):
                continue
            seen.add(target)
            try:
                route = resolve(urlsplit(target).path).view_name
            except unknown:
                continue
            if of_route[route] < SAMPLES:
                of_route[route] += 1
                waiting.append(target)
    return pages


def _p95(taken: list[float]) -> float:
    return sorted(taken)[max(0, round(len(taken) * 0.95) - 1)]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.exit(main())
