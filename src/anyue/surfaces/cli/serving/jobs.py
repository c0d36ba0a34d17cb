"""The jobs as a process: ``python -m anyue.surfaces.cli.serving.jobs THREADS``, and the same inside ``anyue worker``."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable

logger = logging.getLogger("anyue.serving")


def work(threads: int, ready: Callable[[], None] | None = None) -> None:
    """Run jobs and schedules in so many threads until SIGTERM or SIGINT; what is running may end. ``ready``: told when it is heard."""
    from anyue.platform.jobs.worker import run_worker  # noqa: PLC0415 - Django is loaded now

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if ready:
        ready()
    # By itself, so that the trail is sealed every second however long the jobs take that keep the workers busy.
    clock = threading.Thread(target=_tick, args=(stop,), name="clock")
    clock.start()
    workers = [threading.Thread(target=run_worker, args=(stop,), name=f"worker-{n}") for n in range(threads)]
    for worker in workers:
        worker.start()
    stop.wait()
    for worker in [*workers, clock]:
        worker.join()


def _tick(stop: threading.Event) -> None:
    from django.db import DatabaseError, close_old_connections, connections  # noqa: PLC0415 - Django is loaded now

    from anyue.platform.jobs.schedules import tick  # noqa: PLC0415

    while not stop.wait(1):
        try:
            close_old_connections()
            tick()
        except DatabaseError:
            logger.exception("the database does not answer")
            stop.wait(5)
    connections.close_all()


if __name__ == "__main__":
    import django

    from anyue.surfaces.cli.serving.children import end_with_parent

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anyue.config.settings")
    django.setup()
    end_with_parent()
    work(int(sys.argv[1]))
