"""Standard output and error: UTF-8 whatever the locale, a broken pipe is no error, nothing but results on the output."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from .language import Language, text
from .words import one_line, shown


class CannotWrite(Exception):
    """A place that cannot be written to; one line for a person, like ``gongwen.Unreadable``."""

    def __init__(self, place: str | Path, error: OSError) -> None:
        self.place = place
        self.reason = error.strerror or str(error)
        super().__init__(f"{place}: {self.reason}")

    def line(self, _language: Language = "zh") -> str:
        """One line for a person."""
        return text("run.cannot_write", path=shown(self.place), reason=self.reason)


class Escaped(Exception):
    """What typer would make something else of on its way out: an end of file, an input or output error."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        super().__init__(str(error))


def debugging() -> bool:
    """``ANYUE_DEBUG`` is set: tracebacks and what libraries print are shown."""
    return os.environ.get("ANYUE_DEBUG", "") not in ("", "0")


def prepare_streams() -> None:
    """Make both streams safe to write any text to; a stream that the caller has closed goes nowhere."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - until the program ends
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=_encoding(stream), errors="replace")


def _encoding(stream: io.TextIOWrapper) -> str:
    """UTF-8, save on a Chinese terminal that shows nothing else than GBK."""
    given = (stream.encoding or "").lower()
    return given if given.startswith("gb") and stream.isatty() else "utf-8"


def emit(result: str) -> None:
    """Print a result for a person."""
    with _to_output():
        sys.stdout.write(result if result.endswith("\n") else result + "\n")
        sys.stdout.flush()


def emit_json(result: bytes) -> None:
    """Print a JSON object as UTF-8, whatever the encoding of the terminal."""
    with _to_output():
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(result.decode() + "\n")
        else:
            sys.stdout.flush()
            buffer.write(result + b"\n")
        sys.stdout.flush()


@contextmanager
def _to_output() -> Iterator[None]:
    """A reader that has seen enough is no error; a full disk is."""
    try:
        yield
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise CannotWrite(text("run.standard_output"), error) from error


def _discard(stream: TextIO) -> None:
    """Whatever is still to be written goes nowhere, so that the interpreter does not fail on its last flush."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def tell(message: str) -> None:
    """Say one thing to the person, on standard error."""
    try:
        sys.stderr.write(message + "\n")
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def tell_line(message: str) -> None:
    """Say it on exactly one line."""
    tell(one_line(message))


@contextmanager
def only_results() -> Iterator[None]:
    """While work is done nothing reaches standard output, whoever prints there: a library, native code or a child."""
    stdout = sys.stdout
    if stdout is not sys.__stdout__ or stdout is None or debugging():
        yield
        return
    stdout.flush()
    real = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    try:
        yield
    finally:
        with suppress(OSError):
            stdout.flush()
        os.dup2(real, 1)
        os.close(real)


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. A device or a pipe is written to as it is."""
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as stream:
                stream.write(content)
            return
        beside = target.with_name(f".anyue-{os.getpid()}.part")
        try:
            beside.write_bytes(content)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except BrokenPipeError:
        return
    except OSError as error:
        raise CannotWrite(path, error) from error


@contextmanager
def writing_to(place: Path) -> Iterator[None]:
    """Whatever goes wrong in writing is said of ``place``: a full disk names no file."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(place, error) from error


def can_stand(file: Path) -> None:
    """Find out before the work, not after it, that there is no folder for ``file``."""
    if not file.absolute().parent.is_dir():
        raise CannotWrite(file, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


def can_hold(folder: Path) -> None:
    """Find out before the work, not after it, that ``folder`` cannot be written to."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise CannotWrite(folder, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))
    if not os.access(there, os.W_OK | os.X_OK):
        raise CannotWrite(folder, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
