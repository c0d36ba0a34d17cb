"""How far the work is, on standard error: a bar with a count on a terminal, else a line now and then."""

from __future__ import annotations

import os
import sys
import threading
import time
from types import TracebackType
from typing import Any, Self

from .language import text
from .streams import tell
from .words import clipped, shown

PATIENCE = 0.5
"""Seconds before a bar is drawn: what is done at once needs none, and the library that draws it is not loaded."""
QUIET = 2.0
"""Seconds before, and between, lines where there is no terminal."""
NAME = 40


class Progress:
    """Call it with (done, total, name), from any thread."""

    def __init__(self, verb: str) -> None:
        self.verb = text(verb)
        self.on_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.state: tuple[int, int, str] | None = None
        self.spoken = time.monotonic()
        self.bar: Any = None
        self.task: Any = None
        self.over = False
        self.lock = threading.Lock()
        self.timer = threading.Timer(PATIENCE, self._draw)
        self.timer.daemon = True

    def __enter__(self) -> Self:
        if self.on_terminal:
            self.timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.timer.cancel()
        with self.lock:
            self.over = True
            if self.bar is not None:
                self.bar.stop()
        if self.timer.ident is not None:
            self.timer.join()  # it may still be loading what it would have drawn with

    def __call__(self, done: int, total: int, name: str) -> None:
        self.state = (done, total, name)
        if self.on_terminal:
            with self.lock:
                self._update()
        elif time.monotonic() - self.spoken > QUIET:
            self.spoken = time.monotonic()
            tell(text("run.count", verb=self.verb, done=done, total=total, name=shown(name)))

    def _draw(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - only for work that takes long
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
        from rich.progress import Progress as Bar  # noqa: PLC0415

        with self.lock:
            if self.over:
                return
            self.bar = Bar(
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[name]}", markup=False),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self.task = self.bar.add_task(self.verb, total=None, name="")
            self._update()
            self.bar.start()

    def _update(self) -> None:
        if self.bar is not None and self.state is not None:
            done, total, name = self.state
            self.bar.update(self.task, completed=done, total=total or None, name=clipped(shown(name), NAME))
