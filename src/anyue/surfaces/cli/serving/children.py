"""Processes that end with the one that started them, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

STARTED_WELL = 60.0
"""A process that lived so long (seconds) had no fault at its start; the next pause is a short one again."""
LONGEST = 30.0


class Child:
    """One process of ours: ``python -m MODULE …``, with a pipe to its standard input that closes when we are gone."""

    def __init__(self, name: str, module: str, *words: str, patience: float) -> None:
        self.name, self.command, self.patience = name, [sys.executable, "-m", module, *words], patience
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = 1.0
        self.again_at = 0.0
        self.born = 0.0

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C comes to us alone, and we end all in order."""
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, start_new_session=True)
        self.born, self.again_at = time.monotonic(), 0.0

    def ended(self) -> int | None:
        """Its status if it ended by itself since it was last asked; it is then to be started at ``again_at``."""
        if self.process is None or (status := self.process.poll()) is None:
            return None
        _kill_all_of(self.process)  # what it had started must not go on serving beside the next one
        self.process = None
        lived = time.monotonic() - self.born
        self.pause = 1.0 if lived > STARTED_WELL else min(LONGEST, self.pause * 2)
        self.again_at = time.monotonic() + self.pause
        return status

    @property
    def is_due(self) -> bool:
        """It waits to be started again and its pause is over."""
        return self.process is None and time.monotonic() >= self.again_at

    def end(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, until: float) -> None:
        """Wait for its end until this moment; then it is killed with all that it started."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, until - time.monotonic()))
        _kill_all_of(self.process)
        self.process.wait()


def _kill_all_of(process: subprocess.Popen[bytes]) -> None:
    """The whole session that was begun with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def end_with_parent() -> None:
    """In a child: when the pipe closes the parent is gone, however it went."""

    def watch() -> None:
        while os.read(0, 1024):  # not sys.stdin: its lock would be held when the interpreter ends
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
