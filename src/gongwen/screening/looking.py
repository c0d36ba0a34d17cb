"""Looking at each file of what came, by its kind."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..compile import mark_of_secrecy
from ..errors import Unreadable
from ..readers import Source, read, read_all
from ..readers.detect import IMAGES
from ..readers.sheet import read_sheet
from .members import File, files_in
from .packages import text_of
from .papers import mark_on_paper, mark_on_pictures, scanned_pages
from .result import Look, Unseen, Why

SECONDS = 60.0
SECONDS_ARCHIVE = 900.0
"""Longest time for one file, and for an archive with all that is in it."""
QUICK_BYTES = 8 << 20
QUICK_MEMBERS = 100
_AT_ONCE = frozenset(("docx", "text", "html", "mht", "xlsx", "xlsb", "ods", "ofd", "pptx"))
_QUICK_PAGES = 40
_REASONS = {
    "U003": Why.DAMAGED,
    "U004": Why.DAMAGED,
    "U009": Why.NO_OCR,
    "U010": Why.NO_OFFICE,
}
"""U002 and U008 (nothing in it) hide nothing; whatever else a reader says is a limit that it keeps."""
_NOTHING = frozenset(("U002", "U008"))
_GROUP = 20


class _LateError(Exception):
    """The time is over."""


def look(path: Path, name: str, *, quick: bool = False, seconds: float | None = None) -> Look:
    """Look at the file at ``path``, called ``name``. The first mark ends it; nothing is raised for whatever is in the file."""
    if quick and _is_large(path):
        return Look(unseen=(Unseen(Why.SLOW),))
    begun = time.monotonic()
    unseen: list[Unseen] = []
    waiting: list[tuple[File, Source]] = []
    for count, file in enumerate(files_in(path, name)):
        limit = seconds or (SECONDS_ARCHIVE if file.member else SECONDS)
        if time.monotonic() - begun > limit:
            unseen.append(Unseen(Why.LIMIT, file.member))
            break
        if file.why is not None:
            unseen.append(Unseen(file.why, file.member))
            continue
        if quick and (count >= QUICK_MEMBERS or not _is_quick(file)):
            unseen.append(Unseen(Why.SLOW, file.member))
            if count >= QUICK_MEMBERS:
                break
            continue
        if _needs_office(file):
            waiting.append((file, Source(file.name, data=file.path.read_bytes())))
            found = _converted(waiting, unseen) if _is_full(waiting) else None
        else:
            found = _one(file, unseen, begun + limit)
        if found is not None:
            return found
    return _converted(waiting, unseen) or Look(unseen=tuple(unseen))


def _is_large(path: Path) -> bool:
    """As it is, or unpacked."""
    if path.stat().st_size > QUICK_BYTES:
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(info.file_size for info in archive.infolist()) > 8 * QUICK_BYTES
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return False


def _is_quick(file: File) -> bool:
    if file.path.stat().st_size > QUICK_BYTES:
        return False
    return (
        file.kind in _AT_ONCE
        or _is_plain_sheet(file)
        or (file.kind == "pdf" and not scanned_pages(file.path, _QUICK_PAGES))
    )


def _is_plain_sheet(file: File) -> bool:
    """An old workbook that needs no LibreOffice."""
    try:
        return file.kind in ("xls", "et") and bool(read_sheet(file.path.read_bytes(), file.name, file.kind))
    except Exception:  # whatever is wrong with it, it is no quick one
        return False


def _needs_office(file: File) -> bool:
    return file.kind in ("doc", "wps", "rtf", "odt", "wordml")


def _is_full(waiting: list[tuple[File, Source]]) -> bool:
    """LibreOffice takes many in one process; not more than fit in memory."""
    return len(waiting) >= _GROUP or sum(len(source.data or b"") for _, source in waiting) > 64 << 20


def _converted(waiting: list[tuple[File, Source]], unseen: list[Unseen]) -> Look | None:
    files = [file for file, _ in waiting]
    results = read_all([source for _, source in waiting])
    try:
        for file, (_, result) in zip(files, results, strict=False):
            if isinstance(result, Unreadable):
                _note(result, file, unseen)
            elif mark := mark_of_secrecy(result):
                return Look(mark, file.member)
    except MemoryError:
        unseen.append(Unseen(Why.LIMIT, files[0].member))
    finally:
        waiting.clear()
    return None


def _one(file: File, unseen: list[Unseen], end: float) -> Look | None:
    try:
        mark = next((mark for mark in _until(end, _marks(file)) if mark), None)
    except Unreadable as error:
        _note(error, file, unseen)
        return None
    except (_LateError, MemoryError, RecursionError):
        unseen.append(Unseen(Why.LIMIT, file.member))
        return None
    except Exception:  # no input may end in a traceback
        unseen.append(Unseen(Why.DAMAGED, file.member))
        return None
    return Look(mark, file.member) if mark else None


def _marks(file: File) -> Iterator[str | None]:
    """The mark, or None, of each part of the file: of a scan page after page."""
    if file.kind == "pdf":
        yield from mark_on_paper(file.path, file.name)
    elif file.kind in IMAGES:
        yield from mark_on_pictures(file.path, file.name)
    elif file.kind in ("ofd", "pptx"):
        yield from (
            mark_of_secrecy(read(Source("page.txt", data=text.encode()))) for text in text_of(file.path, file.kind)
        )
    else:
        yield mark_of_secrecy(read(Source(file.name, file.path)))


def _until(end: float, marks: Iterable[str | None]) -> Iterator[str | None]:
    for mark in marks:
        yield mark
        if time.monotonic() > end:
            raise _LateError


def _note(error: Unreadable, file: File, unseen: list[Unseen]) -> None:
    if error.code not in _NOTHING and not (
        error.code == "U004" and file.kind in IMAGES
    ):  # no picture: it shows nothing
        unseen.append(Unseen(_REASONS.get(error.code, Why.LIMIT), file.member))
