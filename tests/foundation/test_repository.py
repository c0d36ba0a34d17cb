"""The files that every clone starts from keep their promises."""

from __future__ import annotations

import itertools
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

DEPENDENCY = re.compile(r'^  "([A-Za-z0-9_.-]+)')


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_dependency_gives_its_reason(root: Path) -> None:
    lines = (root / "pyproject.toml").read_text(encoding="utf-8").partition("[project.scripts]")[0].splitlines()
    silent = [
        match.group(1)
        for before, line in itertools.pairwise(lines)
        if (match := DEPENDENCY.match(line)) and ">=" in line and not before.strip().startswith("# ")
    ]

    assert silent == []


def test_the_requirements_are_pinned_and_hashed_and_name_no_index(root: Path) -> None:
    text = (root / "requirements" / "all.txt").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]

    assert all(re.match(r"[\w.-]+==\S", entry) for entry in entries)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--(extra-)?index-url|--find-links|@ ", text)


def test_the_requirements_hold_every_direct_dependency(root: Path, project: dict[str, Any]) -> None:
    text = (root / "requirements" / "all.txt").read_text(encoding="utf-8")
    pinned = {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *extras["ocr"], *extras["dev"], *extras["bench"]]
    names = {re.split(r"[\[<>=! ;]", requirement)[0].lower() for requirement in wanted}

    assert names - pinned == set()


def test_the_help_names_every_target(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()
    shown = subprocess.run(["make", "-s"], cwd=root, capture_output=True, text=True, check=True).stdout

    assert [line.split()[1] for line in shown.splitlines()] == phony


@pytest.mark.parametrize("name", [".ci/run", "scripts/make_venv.sh", "scripts/system_packages.sh"])
def test_scripts_can_be_run(root: Path, name: str) -> None:
    assert (root / name).stat().st_mode & 0o111


def test_an_old_python_is_refused_with_a_clear_message(root: Path, tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)

    done = subprocess.run(
        ["scripts/make_venv.sh", str(tmp_path / "venv"), "requirements/all.txt"],
        cwd=root,
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Anyue needs Python 3.11 or newer" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert not (tmp_path / "venv").exists()
