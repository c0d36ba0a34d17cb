"""The one that watches: starts web and jobs, starts again what dies, ends all in order."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence

from ..language import text
from ..streams import tell_line
from .children import Child

LOOK = 0.2


class Supervisor:
    """Runs ``children`` until SIGTERM or Ctrl-C. ``ready`` is asked until it says yes, then ``on_ready`` is called once."""

    def __init__(self, children: Sequence[Child], ready: Callable[[], bool], on_ready: Callable[[], None]) -> None:
        self.children, self.ready, self.on_ready = children, ready, on_ready
        self.stop = threading.Event()
        self.signal = 0

    def run(self) -> int:
        """The signal that ended it."""
        before = {number: signal.signal(number, self._end) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
        try:
            for child in self.children:
                child.start()
            self._watch()
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return self.signal

    def _end(self, number: int, _frame: object) -> None:
        self.signal = self.signal or number
        self.stop.set()

    def _watch(self) -> None:
        waiting = True
        while not self.stop.wait(LOOK):
            if waiting and self.ready():
                waiting = False
                self.on_ready()
            for child in self.children:
                status = child.ended()
                if status is not None:
                    tell_line(text("serve.died", what=child.name, status=status, seconds=round(child.pause)))
                elif child.is_due:
                    child.start()

    def _end_all(self) -> None:
        """Web first asked, then jobs, all waited for: each has its own patience."""
        begun = time.monotonic()
        for child in self.children:
            child.end()
        for child in self.children:
            child.wait(begun + child.patience)
