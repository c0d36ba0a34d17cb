"""The program in this process and in one of its own, over a library that answers at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import gongwen
from anyue.surfaces.cli import main

from . import fakes


@dataclass(frozen=True)
class Done:
    """How a command line ended."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, no terminal, the invented library."""
    for name in ("ANYUE_LANG", "ANYUE_DEBUG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name, stand_in in fakes.LIBRARY.items():
        monkeypatch.setattr(gongwen, name, stand_in, raising=False)
    for name, module in fakes.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    fakes.calls.clear()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture
def anyue(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run a command line in this process."""

    def run(*words: str | Path) -> Done:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return run


@pytest.fixture
def start(root: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a command line in a process of its own."""
    begun: list[subprocess.Popen[bytes]] = []

    def run(
        *words: str | bytes | Path, env: dict[str, str] | None = None, program: str = fakes.PROGRAM, **settings: Any
    ) -> subprocess.Popen[bytes]:
        settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **settings}
        process = subprocess.Popen(
            [sys.executable, "-c", program, *words],
            env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}", **(env or {})},
            **settings,
        )
        begun.append(process)
        return process

    yield run
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()
