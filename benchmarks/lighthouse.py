"""Lighthouse on a phone: the pages that people open first, as ``anyue serve`` serves them.

python -m benchmarks.lighthouse [--quick] [--strict] [--only PAGE …] [--data FOLDER] [--reports FOLDER]

Lighthouse is a dependency of this benchmark alone: npm fetches it once into a cache folder (ANYUE_BENCH_CACHE, else
~/.cache/anyue-bench); the browser is Debian's Chromium. The demonstration is loaded into a folder of its own (``--data`` takes one
that has been loaded), ``anyue serve`` runs on a free port, and each page is opened as Lighthouse's phone: a slow 4G line and
a processor four times as slow as this one, simulated. The score is the median of three runs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .measure import ROOT, Failed

PACKAGE = "lighthouse@12.8.2"
GOAL = 95
CATEGORIES = ("performance", "accessibility", "best-practices")
HELD_TO = ("performance", "accessibility")
FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu"
PAGES = {
    "home of a street": "unit_admin-street",
    "home of a community": "liaison_officer-community",
    "sign-in": "",
    "door without an account": "",
}


def main() -> int:
    """Measure; 1 with ``--strict`` where a score is under the goal."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lighthouse", description=(__doc__ or "").split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--quick", action="store_true", help="one run a page instead of three")
    parser.add_argument("--strict", action="store_true", help="status 1 where a goal is missed")
    parser.add_argument("--only", nargs="*", choices=tuple(PAGES), help="some of the pages")
    parser.add_argument("--data", type=Path, help="a data folder in which the demonstration is loaded")
    parser.add_argument("--reports", type=Path, help="where Lighthouse's own reports (HTML) are put")
    parser.add_argument("--child", choices=("load", "addresses"), help=argparse.SUPPRESS)
    parser.add_argument("--address", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        return _child(chosen.child, chosen.address)
    try:
        return _measured(chosen)
    except Failed as reason:
        print(reason, file=sys.stderr)
        return 2


def _measured(chosen: argparse.Namespace) -> int:
    program, browser = fetched(), _browser()
    bad = False
    with tempfile.TemporaryDirectory(prefix="anyue-lighthouse-") as folder:
        data = chosen.data or Path(folder, "data")
        if chosen.data is None:
            _call("load", data)
        with served(data) as address:
            found = json.loads(_call("addresses", data, address))
            print(f"{PACKAGE}, {_version(browser)}, load of the machine {os.getloadavg()[0]:.1f}")
            for page, where in found.items():
                if chosen.only and page not in chosen.only:
                    continue
                runs = [_run(program, browser, where, Path(folder)) for _ in range(1 if chosen.quick else 3)]
                bad = _told(page, runs) or bad
                if chosen.reports:
                    _keep(runs[0], chosen.reports, page)
    return 1 if bad and chosen.strict else 0


def fetched() -> Path:
    """Lighthouse's program, fetched when it is missing."""
    cache = Path(os.environ.get("ANYUE_BENCH_CACHE") or Path.home() / ".cache" / "anyue-bench") / "lighthouse"
    program = cache / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        command: list[str | Path] = ["npm", "install", "--prefix", cache, "--no-save", "--no-audit", "--no-fund"]
        command += ["--ignore-scripts", PACKAGE]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not program.is_file():
            raise Failed(f"npm did not fetch {PACKAGE}: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
    return program


def _browser() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise Failed("Chromium is not installed: apt-get install chromium")
    return found


def _version(browser: str) -> str:
    return subprocess.run([browser, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def _environment(data: Path, address: str = "") -> dict[str, str]:
    """As an operator would have it: nothing set but where the data is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANYUE_", "DATABASE_URL"))}
    kept |= {"ANYUE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "anyue.config.settings"}
    kept["PYTHONPATH"] = str(ROOT / "src")
    return kept | ({"ANYUE_ADDRESS": address} if address else {})


def _call(what: str, data: Path, address: str = "") -> str:
    command = [sys.executable, "-m", "benchmarks.lighthouse", "--child", what, "--address", address]
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(data, address), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{what} failed with status {done.returncode}")
    return done.stdout.splitlines()[-1] if done.stdout else ""


def _child(what: str, address: str) -> int:
    """In a process of its own, with the settings that operators use."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    if what == "load":
        from anyue.demonstration import demo_load  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        demo_load()
        return 0
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from anyue.modules.accounts.models import User  # noqa: PLC0415
    from anyue.modules.campaigns.models import Campaign, Participation  # noqa: PLC0415
    from anyue.modules.campaigns.services import address_of  # noqa: PLC0415

    def signed_in(username: str) -> str:
        client = Client()
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(User.objects.get(username=username), backend=backend)
        name = settings.SESSION_COOKIE_NAME
        return f"{name}={client.cookies[name].value}"

    addressed = Participation.objects.filter(campaign__state=Campaign.State.RUNNING, unit__kind="community")
    door = next(link for row in addressed if (link := address_of(row)))
    pages = {page: (address + "/", signed_in(who)) for page, who in PAGES.items() if who}
    pages["sign-in"] = (address + "/accounts/login/", "")
    pages["door without an account"] = (door, "")
    print(json.dumps(pages))
    return 0


@contextmanager
def served(data: Path) -> Iterator[str]:
    """``anyue serve`` on a free port, without its jobs; ended with everything that it started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "anyue.surfaces.cli", "serve", "--port", str(port), "--no-jobs"]
    with subprocess.Popen(command, env=_environment(data, address), stdout=subprocess.DEVNULL) as process:
        try:
            _wait(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Failed("anyue serve did not answer within two minutes")


def _run(program: Path, browser: str, where: tuple[str, str], folder: Path) -> dict[str, Any]:
    address, cookie = where
    report = folder / "report"
    words: list[str | Path] = ["node", program, address, "--quiet", "--form-factor=mobile", "--output=json,html"]
    words += [f"--output-path={report}", f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    words += ["--no-enable-error-reporting"]
    if cookie:
        words.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
    done = subprocess.run(
        words, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, check=False, timeout=300
    )
    file = folder / "report.report.json"
    if done.returncode or not file.is_file():
        raise Failed(f"Lighthouse failed at {address}: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    found["html"] = (folder / "report.report.html").read_text("utf-8")
    if found["finalDisplayedUrl"].partition("?")[0] != address:
        raise Failed(f"{address} led to {found['finalDisplayedUrl']}")
    return found


def _keep(run: dict[str, Any], folder: Path, page: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{page.replace(' ', '-')}.html").write_text(run["html"], "utf-8")


def _told(page: str, runs: list[dict[str, Any]]) -> bool:
    def score(category: str) -> float:
        return float(statistics.median(run["categories"][category]["score"] * 100 for run in runs))

    scores = {category: score(category) for category in CATEGORIES}
    bad = any(scores[category] < GOAL for category in HELD_TO)
    said = ", ".join(f"{category} {value:.0f}" for category, value in scores.items())
    print(f"  {page}: {said}{'  missed' if bad else ''}")
    audits = runs[0]["audits"]
    figures = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    print("      " + ", ".join(f"{audits[one]['title']} {audits[one].get('displayValue', '-')}" for one in figures))
    for category in CATEGORIES:
        for one in runs[0]["categories"][category]["auditRefs"]:
            audit = audits[one["id"]]
            if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] != "notApplicable":
                print(f"      {category}: {audit['title']} {audit.get('displayValue', '')}")
    return bad


if __name__ == "__main__":
    sys.exit(main())
