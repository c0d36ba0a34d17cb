"""Replies read by several processes where there are many of them and more than one processor to read them.

A worker is this module run by the same interpreter: it needs nothing of the program that calls the library (no import of
its main module, no fork of its threads). It is handed the judge once and then lists of sources; it answers with what it
read. Where no worker can be started everything is read here.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from queue import SimpleQueue
from typing import IO, Any

from ..readers import Source, read_all
from .judging import Judge, ReadReply

ALONE = 60
"""Fewer replies than this are read here: a worker takes some 0.2 s to start."""
BATCH = 24
MOST = 8


def read_replies(judge: Judge, sources: Sequence[Source]) -> Iterator[ReadReply]:
    """Every reply read and judged by itself, in the order given."""
    count = min(MOST, _processors(), len(sources) // (ALONE // 2))
    if len(sources) < ALONE or count < 2:
        yield from (judge.one(source, result) for source, result in read_all(sources))
        return
    workers = _start(count, judge)
    if not workers:
        yield from (judge.one(source, result) for source, result in read_all(sources))
        return
    try:
        yield from _shared(workers, judge, sources)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start(count: int, judge: Judge) -> list[subprocess.Popen[bytes]]:
    """Workers that hold the judge; [] where none can be started."""
    handed = pickle.dumps(judge, pickle.HIGHEST_PROTOCOL)
    workers: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(count):
            worker = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
            workers.append(worker)
            _send(worker.stdin, handed)
    except OSError:
        for worker in workers:
            worker.kill()
        return []
    return workers


def _shared(workers: list[subprocess.Popen[bytes]], judge: Judge, sources: Sequence[Source]) -> Iterator[ReadReply]:
    """Batches handed to whichever worker is free; a batch whose worker died is read here."""
    free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def ask(batch: list[Source]) -> list[ReadReply]:
        worker = free.get()
        try:
            _send(worker.stdin, pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
            answer: list[ReadReply] = pickle.loads(_receive(worker.stdout))  # noqa: S301 - from our own worker's pipe
        except (OSError, EOFError, pickle.UnpicklingError):
            answer = [judge.one(source, result) for source, result in read_all(batch)]
        free.put(worker)
        return answer

    rest = iter(sources)
    waiting: list[Future[list[ReadReply]]] = []
    with ThreadPoolExecutor(len(workers)) as threads:
        try:
            while True:
                while len(waiting) < 2 * len(workers) and (batch := list(islice(rest, BATCH))):
                    waiting.append(threads.submit(ask, batch))
                if not waiting:
                    return
                yield from waiting.pop(0).result()
        finally:  # on Ctrl-C nobody waits for an answer
            for future in waiting:
                future.cancel()
            if waiting:
                for worker in workers:
                    worker.kill()


def _send(pipe: IO[bytes] | None, data: bytes) -> None:
    assert pipe is not None
    pipe.write(len(data).to_bytes(8, "big"))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> bytes:
    assert pipe is not None
    size = pipe.read(8)
    if len(size) < 8:
        raise EOFError
    data = pipe.read(int.from_bytes(size, "big"))
    if len(data) < int.from_bytes(size, "big"):
        raise EOFError
    return data


def _work() -> None:
    """What a worker does: the judge first, then batch after batch, until the pipe is closed."""
    import signal  # noqa: PLC0415 - only a worker needs it

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started us ends us
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing a parser prints may get into the answers
    judge: Any = pickle.loads(_receive(sys.stdin.buffer))  # noqa: S301 - from the process that started us
    while True:
        try:
            batch = pickle.loads(_receive(sys.stdin.buffer))  # noqa: S301
        except EOFError:
            return
        read = [judge.one(source, result) for source, result in read_all(batch)]
        _send(answers, pickle.dumps(read, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    _work()
