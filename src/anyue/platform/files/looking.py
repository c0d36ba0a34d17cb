"""Looking at one file in a process of its own, with a limit on time and one on memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from gongwen.screening import SECONDS, SECONDS_ARCHIVE, Look, Unseen, Why

from .holding import overwrite

MEGABYTES = 4096
"""Of address space, which a recognition takes much of without using it."""
GRACE = 30.0
"""Seconds beyond its own limit that the process gets before it is ended: a page that it has begun, a conversion."""


def look_apart(path: Path, name: str, *, is_archive: bool) -> Look:
    """``gongwen.screening.look`` on a file from outside. One that takes too long or too much says ``Why.LIMIT``."""
    seconds = SECONDS_ARCHIVE if is_archive else SECONDS
    with tempfile.TemporaryDirectory(prefix="look-", dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "gongwen.screening", str(path), name, str(seconds), str(MEGABYTES)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part), "TMPDIR": folder},
        )
        try:
            said = _answer(process, seconds + GRACE)
        finally:
            _end(process)
            for left in Path(folder).rglob("*"):  # of a process that was ended
                if left.is_file() and not left.is_symlink():
                    overwrite(left)
    try:
        return Look.from_dict(json.loads(said))
    except (ValueError, KeyError, TypeError):  # it was ended, or died for want of memory
        return Look(unseen=(Unseen(Why.LIMIT),))


def _answer(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """In short waits, so that a job that must end can."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=0.5)[0]
    return b""


def _end(process: subprocess.Popen[bytes]) -> None:
    """First so that it can end what it started."""
    for ask in (process.terminate, process.kill):
        if process.poll() is None:
            ask()
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
    if process.stdout is not None:
        process.stdout.close()
