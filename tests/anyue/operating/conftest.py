"""Installations in folders of their own, worked on by the program itself, on either database."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

_names = itertools.count(1)
SERVER = os.environ.get("DATABASE_URL", "") if os.environ.get("ANYUE_TEST_POSTGRES") == "1" else ""

FILL = """
import django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
call_command("migrate", verbosity=0)
import hashlib
from anyue.platform.audit.services import entries_seal_all
from anyue.platform.files.models import Blob, StoredFile
from cryptography.hazmat.primitives import hashes
from tests.anyue.factories import make_tree, make_user
from tests.anyue.platform.audit.trail import write
tree = make_tree()
make_user("unit_admin", tree.district)
write(40, place=tree.street.path, after={"share": 0.1, "large": 1e16, "on": "2026-06-20", "list": [1.0, None, True, "安月"]})
entries_seal_all()
for number in range(3):
    data = f"佐证 {number}".encode() * 1000
    sm3 = hashes.Hash(hashes.SM3()); sm3.update(data)
    stored = default_storage.save(f"blobs/{number}/照片 {number}.jpg", ContentFile(data))
    blob = Blob.objects.create(sha256=hashlib.sha256(data).hexdigest(), sm3=sm3.finalize().hex(), size=len(data), kind="image/jpeg", stored=stored)
    StoredFile.objects.create(blob=blob, name=f"现场照片{number}.jpg", uploaded_by="person:1", longitude=117.2, latitude=39.1)
"""


@dataclass
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


@dataclass
class Installation:
    """A data folder, and a database in it or on the server of the tests."""

    folder: Path
    database: str
    root: Path

    @property
    def surroundings(self) -> dict[str, str]:
        """What its processes find around them."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ANYUE_", "DATABASE_URL", "DJANGO_"))
        }
        here = {
            "ANYUE_DATA": str(self.folder),
            "ANYUE_LANG": "en",
            "PYTHONPATH": f"{self.root / 'src'}{os.pathsep}{self.root}",
            "DJANGO_SETTINGS_MODULE": "anyue.config.settings",
        }
        return {**kept, **here, **({"DATABASE_URL": self.database} if self.database else {})}

    def start(self, *words: str | Path, **more: str) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [sys.executable, "-m", "anyue.surfaces.cli", *map(str, words)],
            env={**self.surroundings, **more},
            cwd=self.folder.parent,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *words: str | Path, **more: str) -> Done:
        """Run a command to its end."""
        process = self.start(*words, **more)
        out, err = process.communicate(timeout=120)
        return Done(process.returncode, out, err)

    def python(self, program: str) -> str:
        """Run a few lines inside it."""
        return subprocess.run(
            [sys.executable, "-c", program],
            env=self.surroundings,
            cwd=self.folder.parent,
            text=True,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout


def new_database() -> str:
    """An empty database on the server of the tests; "" where they run on SQLite."""
    if not SERVER:
        return ""
    name = f"anyue_operating_{os.getpid()}_{next(_names)}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{SERVER.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="session")
def install(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Installation]:
    """An empty installation; ``server=False`` always on SQLite."""

    def make(*, server: bool = True) -> Installation:
        folder = tmp_path_factory.mktemp("place") / "data"
        return Installation(folder, new_database() if server else "", root)

    return make


@pytest.fixture(scope="session")
def filled(install: Callable[..., Installation]) -> Installation:
    """One with units, a person, a sealed trail and files. Nobody changes it."""
    made = install()
    made.python(FILL)
    return made


@pytest.fixture(scope="session")
def archive(filled: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("backups") / "安月.tar"
    assert filled.run("backup", file).status == 0
    return file


@pytest.fixture
def ended() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that are ended with the test."""
    begun: list[subprocess.Popen[str]] = []
    yield begun
    for process in begun:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def until(question: Callable[[], bool], seconds: float = 60) -> bool:
    """Ask until the answer is yes."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if question():
            return True
        time.sleep(0.1)
    return False
