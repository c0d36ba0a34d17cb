"""Starts one program and prints what it took as JSON: seconds, processor seconds, peak memory, exit status.

    python -I -S launch.py CORE WATCH COMMAND...

``CORE`` -1 leaves the program all cores. ``WATCH`` 1 adds up, ten times a second, what the program and the programs
that it started hold together (each shared page once); 0 takes the peak of the largest of them from the system.

A small process of its own, because Linux counts the memory of whoever starts a program into that program's peak.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PROCESSES = Path("/proc")


def main() -> int:
    """Run the command with its output thrown away; its complaints go where ours go."""
    core, watch, command = int(sys.argv[1]), sys.argv[2] == "1" and PROCESSES.is_dir(), sys.argv[3:]
    free = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if core >= 0 and free:
        os.sched_setaffinity(0, {core})
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=nowhere)
    if free:
        os.sched_setaffinity(0, free)  # watching takes nothing from the program
    seen = 0.0
    ended, status, used = os.wait4(child, os.WNOHANG if watch else 0)
    while not ended:
        time.sleep(0.1)
        seen = max(seen, sum(held(process) for process in family(child)))
        ended, status, used = os.wait4(child, os.WNOHANG)
    seconds = time.perf_counter() - start
    peak = max(seen, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))
    taken = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "peak_mb": peak}
    print(json.dumps({**taken, "status": os.waitstatus_to_exitcode(status)}))
    return 0


def family(process: int) -> Iterator[int]:
    """A process and those that it started."""
    yield process
    try:
        children = [found.read_text() for found in (PROCESSES / str(process) / "task").glob("*/children")]
    except OSError:
        return
    for child in " ".join(children).split():
        yield from family(int(child))


def held(process: int) -> float:
    """The memory of a process in MB, a page that several share in equal parts; 0 for one that has ended."""
    try:
        lines = (PROCESSES / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    sys.exit(main())
