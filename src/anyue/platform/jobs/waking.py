"""A worker of this process that is waiting need not wait until it looks again."""

from __future__ import annotations

import threading

_condition = threading.Condition()
_count = 0


def wake() -> None:
    """Something was enqueued."""
    global _count  # noqa: PLW0603 - what is counted is the process's
    with _condition:
        _count += 1
        _condition.notify_all()


def seen() -> int:
    """To be asked before one looks into the queue, so that nothing that comes between is slept through."""
    return _count


def wait(since: int, seconds: float) -> None:
    """Until something is enqueued in this process after ``seen()`` gave ``since``, or ``seconds`` have passed."""
    with _condition:
        _condition.wait_for(lambda: _count != since, seconds)
