"""The Debian packages: installed where that is allowed, otherwise named, an error in CI. Debian's programs are played."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

PACKAGES = (
    "libreoffice-writer-nogui",
    "libreoffice-calc-nogui",
    "poppler-utils",
    "fontconfig",
    "fonts-noto-cjk",
    "chromium",
    "postgresql",
    "gettext",
    "fonts-liberation",
)


class Debian:
    """A folder of programs that play Debian: a package is installed when its file is there."""

    def __init__(self, folder: Path, script: Path) -> None:
        self.packages = folder / "packages"
        self.calls = folder / "calls"
        self.programs = folder / "programs"
        self.script = script
        self.packages.mkdir()
        self.programs.mkdir()
        self._program("dpkg-query", f'[ -e "{self.packages}/${{@: -1}}" ] && printf installed || exit 1')
        self._program("id", "echo 1000")
        self._program("sudo", "exit 1")

    def _program(self, name: str, body: str) -> None:
        program = self.programs / name
        program.write_text(f"#!/bin/bash\n{body}\n")
        program.chmod(0o755)

    def install(self, *names: str) -> None:
        for name in names:
            (self.packages / name).touch()

    def as_root(self, *, apt_works: bool = True) -> None:
        install = f'for word; do [ "${{word:0:1}}" = - ] || touch "{self.packages}/$word"; done'
        self._program("id", "echo 0")
        self._program(
            "apt-get", f'echo "$*" >>"{self.calls}"; ' + (install if apt_works else "echo broken >&2; exit 100")
        )

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"CI", "ANYUE_NO_APT"}}
        return subprocess.run(
            [self.script],
            env={**kept, **environment, "PATH": f"{self.programs}:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def debian(tmp_path: Path, root: Path) -> Debian:
    return Debian(tmp_path, root / "scripts" / "system_packages.sh")


def test_nothing_is_said_or_done_when_all_is_there(debian: Debian) -> None:
    debian.install(*PACKAGES)
    debian.as_root()

    done = debian.run(CI="true")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not debian.calls.exists()


def test_a_full_libreoffice_serves_as_well(debian: Debian) -> None:
    debian.install("libreoffice-writer", "libreoffice-calc", *PACKAGES[2:])

    assert debian.run(CI="true").stderr == ""


def test_root_installs_only_what_is_missing(debian: Debian) -> None:
    debian.install(*PACKAGES[:-1])
    debian.as_root()

    done = debian.run(CI="true")

    update, install = debian.calls.read_text().splitlines()
    assert done.returncode == 0
    assert update.endswith(" update")
    assert install.endswith("--no-install-recommends fonts-liberation")


def test_without_the_right_to_install_the_missing_are_named(debian: Debian) -> None:
    debian.install(*PACKAGES[1:])

    done = debian.run()

    assert done.returncode == 0
    assert "libreoffice-writer-nogui   .doc, .wps, .rtf and .odt files" in done.stderr
    assert "apt-get install --no-install-recommends libreoffice-writer-nogui\n" in done.stderr


def test_root_may_ask_not_to_install(debian: Debian) -> None:
    debian.as_root()

    done = debian.run(ANYUE_NO_APT="1")

    assert done.returncode == 0
    assert all(name in done.stderr for name in PACKAGES)
    assert not debian.calls.exists()


def test_a_failed_install_shows_why_and_what_is_missing(debian: Debian) -> None:
    debian.as_root(apt_works=False)

    done = debian.run()

    assert done.returncode == 0
    assert "broken" in done.stderr
    assert "These Debian packages are missing" in done.stderr


def test_in_ci_a_missing_package_is_an_error(debian: Debian) -> None:
    debian.install(*PACKAGES[1:])

    done = debian.run(CI="true")

    assert done.returncode == 1
    assert "CI skips nothing" in done.stderr
