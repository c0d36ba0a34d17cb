"""What every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("ANYUE_SHARED") or ROOT.parent / "shared")

# Two cores with other work on them: a slow example is no fault. CI draws the same examples every time.
settings.register_profile("anyue", deadline=None)
settings.register_profile("anyue-ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("anyue-ci" if os.environ.get("CI") == "true" else "anyue")


def has_shared() -> bool:
    """The cases are there, not just any folder of that name."""
    return (SHARED / "cases").is_dir() and (SHARED / "data" / "notices").is_dir()


def database() -> str:
    """What this run keeps its rows in."""
    return "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"


def program(name: str) -> str | None:
    """Where the program ``name`` is; servers lie where a person's PATH does not look."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about another database or a program that is not here; skip what reads the shared cases where they are absent, and say what is missing."""
    elsewhere = [
        item
        for item in items
        if ((about := item.get_closest_marker("database")) and about.args[0] != database())
        or ((about := item.get_closest_marker("program")) and program(about.args[0]) is None)
    ]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    if has_shared():
        return
    reason = f"no shared cases in {SHARED}: put them there or set ANYUE_SHARED"
    for item in items:
        if item.get_closest_marker("needs_shared") or "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """CI skips nothing, but what needs cases that are no part of the repository."""
    report = yield
    excused = item.get_closest_marker("needs_shared") or "shared" in getattr(item, "fixturenames", ())
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true" and not excused:
        report.outcome = "failed"
        report.longrepr = f"CI skips nothing: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared cases and notices. A test that asks for them needs no marker; one that reads them otherwise does."""
    return SHARED
