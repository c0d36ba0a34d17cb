"""Starts one program and prints what it took as JSON: seconds, processor seconds, peak memory, exit status.

    python -I -S launch.py CORE COMMAND...        CORE -1 leaves the program all cores

A small process of its own, because Linux counts the memory of whoever starts a program into that program's peak.
"""

from __future__ import annotations

import json
import os
import sys
import time


def main() -> int:
    """Run the command with its output thrown away; its complaints go where ours go."""
    core, command = int(sys.argv[1]), sys.argv[2:]
    if core >= 0 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=nowhere)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    taken = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / unit}
    print(json.dumps({**taken, "status": os.waitstatus_to_exitcode(status)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
