"""Clocks and cores: a program measured as a process, a function measured on one core, and the median of either."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
LAUNCH = Path(__file__).with_name("launch.py")
ALL_CORES = -1
Command = Sequence[str | Path]


class Failed(Exception):
    """A measured program did not do its work."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall-clock seconds, processor seconds, and the most memory held."""

    seconds: float
    cpu: float
    peak_mb: float = 0.0


@dataclass(frozen=True, slots=True)
class Runs:
    """Several runs of the same; ``per`` divides where a run does more than one piece of work."""

    each: Sequence[Run]
    per: int = 1

    @property
    def seconds(self) -> float:
        """Median of the wall clock."""
        return median(run.seconds for run in self.each) / self.per

    @property
    def cpu(self) -> float:
        """Median of the processor time."""
        return median(run.cpu for run in self.each) / self.per

    @property
    def fastest(self) -> float:
        """The fastest run."""
        return min(run.seconds for run in self.each) / self.per

    @property
    def slowest(self) -> float:
        """The slowest run."""
        return max(run.seconds for run in self.each) / self.per

    @property
    def peak_mb(self) -> float:
        """The most memory that any run held."""
        return max(run.peak_mb for run in self.each)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def one() -> int:
    """The core that everything is pinned to: the last, as the first has the machine's own work."""
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0


def program(command: Command, core: int | None = None, *, watch: bool = False) -> Run:
    """Run a program to its end on one core (``ALL_CORES`` for all). Raises ``Failed`` with its own words.

    ``watch`` counts the memory of the programs that it starts too.
    """
    pinned = one() if core is None else core
    launcher = [sys.executable, "-I", "-S", str(LAUNCH), str(pinned), str(int(watch)), *map(str, command)]
    done = subprocess.run(launcher, cwd=ROOT, capture_output=True, text=True, check=False)
    taken = json.loads(done.stdout) if done.returncode == 0 else {"status": done.returncode}
    if taken["status"] != 0:
        said = done.stderr.strip().splitlines()[-1:] or ["no word"]
        raise Failed(f"{Path(command[0]).name} ended with status {taken['status']}: {said[0]}")
    return Run(taken["seconds"], taken["cpu"], taken["peak_mb"])


def programs(commands: Sequence[Command], runs: int) -> list[Runs]:
    """Several programs in turns, so that what disturbs the machine disturbs each; a first round is not counted."""
    rounds = [[program(command) for command in commands] for _ in range(runs + 1)][1:]
    return [Runs([each[place] for each in rounds]) for place in range(len(commands))]


@contextmanager
def on_one_core() -> Iterator[None]:
    """This process on one core."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {one()})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def timed(work: Callable[[Path], object], files: Sequence[Path]) -> Run:
    """A function over files, one after another; what it gives is let go at once, as a program does that goes on."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    for file in files:
        work(file)
    return Run(time.perf_counter() - wall, time.process_time() - cpu)
