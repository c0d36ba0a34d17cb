"""A PostgreSQL of the tests' own: made in a temporary folder, on a free port, ended with the run.

``ANYUE_TEST_POSTGRES=1`` makes every test that uses the database run on it instead of SQLite (``make test`` does both).
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    program = str(found[-1]) if found else shutil.which(name)
    if not program:
        raise SystemExit(f"PostgreSQL's {name} is not installed: sudo apt-get install postgresql")
    return program


def start() -> str:
    """Start one and return its ``DATABASE_URL``. As root it runs as the user postgres, which the Debian package makes."""
    folder = Path(tempfile.mkdtemp(prefix="anyue-postgres-"))
    as_user: list[str] = []
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def call(*words: str) -> None:
        subprocess.run([*as_user, *words], check=True, capture_output=True, cwd=folder, timeout=60)

    data = folder / "data"
    call(
        _program("initdb"),
        "-D",
        str(data),
        "-U",
        "anyue",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    call(_program("pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")

    def stop() -> None:
        subprocess.run(
            [*as_user, _program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
            check=False,
            capture_output=True,
            cwd="/",
        )
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgres://anyue@127.0.0.1:{port}/postgres"
