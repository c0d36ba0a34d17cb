"""The four benchmarks. Each gives a ``Result``; ``quick`` makes them small enough to see whether they run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import gongwen
from gongwen.spec import NoticeSpec

from . import inputs
from .measure import ALL_CORES, Command, Run, Runs, cores, on_one_core, program, programs, timed
from .peer_list import listed, parsed
from .report import Goal, Result

START_SECONDS = 0.6
LIBRARY_TIMES = 2
COLLECT_TIMES = 6
MEMORY_MB = 250
FLAT = 2
"""Memory counts as flat if a hundred times as many replies take no more than this many times as much."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a benchmark may write, and whether it is to be quick."""

    folder: Path
    quick: bool = False


def compile_start(bench: Bench) -> Result:
    """``anyue compile`` as it is typed: a process from its start to its end."""
    notice = inputs.notice()
    runs = 3 if bench.quick else 11
    own, bare, peer = programs(
        [
            [_anyue(), "compile", notice, "--json"],
            [sys.executable, "-c", "pass"],
            [sys.executable, "-m", "benchmarks.peer_list", notice],
        ],
        runs,
    )
    return Result(
        "compile-start",
        f"{notice.name}, the start of the program included, one core, median of {runs} runs",
        [("anyue compile --json", own), ("python -c pass", bare), ("python-docx opens and lists it", peer)],
        [Goal(f"under {START_SECONDS} s", f"{own.seconds:.2f} s", own.seconds < START_SECONDS)],
    )


def compile_library(bench: Bench) -> Result:
    """Reading and compiling in a program that runs already, over copies no two of which are alike."""
    notice = inputs.notice()
    rounds, many = (2, 10) if bench.quick else (7, 50)
    workers: dict[str, Callable[[Path], object]] = {
        "gongwen reads and compiles": gongwen.compile_notice,
        "python-docx lists text and cells": listed,
        "zipfile and lxml.fromstring, text only": parsed,
    }
    found: dict[str, list[Run]] = {name: [] for name in workers}
    with on_one_core():
        for number in range(rounds + 1):
            files = inputs.copies(notice, bench.folder / f"copies-{number}", many, number * many)
            for name, work in workers.items():
                found[name].append(timed(work, files))
    own, peer, bound = (Runs(each[1:], many) for each in found.values())
    times = peer.seconds / own.seconds
    return Result(
        "compile-library",
        f"{many} copies of {notice.name} that differ, per document, one core, median of {rounds} rounds with new copies",
        list(zip(workers, (own, peer, bound), strict=True)),
        [Goal(f"at least {LIBRARY_TIMES} times as fast as python-docx", f"{times:.2f} times", times >= LIBRARY_TIMES)],
        [_sameness(gongwen.compile_notice(notice), [gongwen.compile_notice(file) for file in files])],
    )


def _sameness(original: NoticeSpec, copies: list[NoticeSpec]) -> str:
    """Whether the copies are as much work as the original: the same forms, fields and tasks are found in them."""
    alike = sum(_size(spec) == _size(original) for spec in copies)
    return f"in {alike} of {len(copies)} copies as many forms, fields and tasks are found as in the original"


def _size(spec: NoticeSpec) -> tuple[list[int], int]:
    return [len(form.fields) for form in spec.forms], len(spec.tasks)


def collect(bench: Bench) -> Result:
    """Many Word replies to totals and a workbook, as a process."""
    notice = inputs.notice()
    runs, many = (1, 100) if bench.quick else (3, 1000)
    given = inputs.replies(notice, bench.folder / "collect", many)
    own_book, peer_book = bench.folder / "own.xlsx", bench.folder / "peer.xlsx"
    own_command: Command = [
        sys.executable,
        "-m",
        "benchmarks.own_collect",
        notice,
        given.folder,
        given.roster,
        own_book,
    ]
    peer_command: Command = [sys.executable, "-m", "benchmarks.peer_collect", given.folder, peer_book]
    own, peer = programs([own_command, peer_command], runs)
    contestants = [("gongwen collects, workbook", own), ("python-docx and openpyxl script", peer)]
    times = peer.seconds / own.seconds
    notes = [_rightness(given.totals, own_book, peer_book)]
    if cores() > 1:
        free = Runs([program(own_command, ALL_CORES) for _ in range(runs)])
        contestants.insert(1, (f"  the same, free to use {cores()} cores", free))
        notes.append(f"free to use {cores()} cores: {peer.seconds / free.seconds:.2f} times as fast as the script")
    return Result(
        "collect",
        f"{many:,} Word replies to {notice.name}, start included, one core, median of {runs} runs",
        contestants,
        [Goal(f"at least {COLLECT_TIMES} times as fast as the script", f"{times:.2f} times", times >= COLLECT_TIMES)],
        notes,
        shows_memory=True,
    )


def _rightness(true: Sequence[int], own_book: Path, peer_book: Path) -> str:
    """How many totals of each are those that went in: speed is worth nothing without."""
    import openpyxl  # noqa: PLC0415 - not while others are measured

    own = json.loads(own_book.with_suffix(".json").read_text())
    rows = openpyxl.load_workbook(peer_book, read_only=True).worksheets[0].iter_rows(values_only=True)
    peer = list(list(rows)[-1][1:])
    right = sum(a == b for a, b in zip(true, own, strict=True))
    somewhere = len(set(true) & set(peer))
    return f"totals right: gongwen {right} of {len(true)}, script {somewhere} (in whichever column)"


def _anyue() -> Path:
    return Path(sys.executable).with_name("anyue")


def collect_memory(bench: Bench) -> Result:
    """``anyue collect`` with everything that it writes, at a hundred, a thousand and ten thousand replies."""
    notice = inputs.notice()
    sizes = (20, 200) if bench.quick else (100, 1_000, 10_000)
    some = inputs.replies(notice, bench.folder / "models", 60 if bench.quick else 400)
    contestants = []
    for size in sizes:
        place = bench.folder / f"memory-{size}"
        folder, roster = inputs.multiply(some, place, size)
        command: Command = [_anyue(), "collect", notice, folder, "--units", roster, "--out", place]
        contestants.append((f"anyue collect, {size:,} replies", Runs([program(command, watch=True)])))
    first, last = contestants[0][1].peak_mb, contestants[-1][1].peak_mb
    return Result(
        "collect-memory",
        f"peak memory with all files written, replies to {notice.name}, one run each",
        contestants,
        [
            Goal(f"under {MEMORY_MB} MB", f"{last:.0f} MB", last < MEMORY_MB),
            Goal(f"flat, at most × {FLAT}", f"× {last / first:.2f}", last <= FLAT * first),
        ],
        [f"{(last - first) / (sizes[-1] - sizes[0]) * 1000:.1f} MB more for each further 1,000 replies"],
        by="memory",
    )


SUITE: dict[str, Callable[[Bench], Result]] = {
    "compile-start": compile_start,
    "compile-library": compile_library,
    "collect": collect,
    "collect-memory": collect_memory,
}
