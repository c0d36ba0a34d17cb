"""Nothing of one job test is left for the next."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from anyue.platform.jobs import schedules
from anyue.platform.jobs.waking import wake
from anyue.platform.jobs.worker import run_worker

from . import samples


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    samples.DONE.clear()
    samples.GO.clear()
    samples.BEGUN.clear()
    own = {code: entry for code, entry in schedules.entries().items() if code.startswith("samples.")}
    monkeypatch.setattr(schedules, "_ENTRIES", own)
    yield
    samples.GO.set()


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., threading.Event]]:
    """``workers(2)`` starts two worker threads without schedules and returns the event that stops them."""
    monkeypatch.setattr(schedules, "_ENTRIES", {})
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(count: int = 1, grace: float = 30) -> threading.Event:
        for _ in range(count):
            threads.append(threading.Thread(target=run_worker, args=(stop,), kwargs={"grace": grace}))
            threads[-1].start()
        return stop

    yield start
    samples.GO.set()
    stop.set()
    wake()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    connections.close_all()


def until(question: Callable[[], object], seconds: float = 15) -> None:
    """Wait for an answer that is true."""
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
