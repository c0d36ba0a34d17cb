"""Where files wait until it is known that they may be stored: outside storage, readable by us alone.

A file that must not enter is overwritten before it is removed, so that nothing of it stays in this folder. Whatever a process
that was killed left behind, here or in the folder where uploads arrive, ``sweep`` finds: it belongs to no row.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from gongwen.readers import printable

ABANDONED = 3600.0
"""Seconds after which what belongs to no row is nobody's: whoever put it there has written its row long ago, or has died."""
_users: list[Callable[[], Iterable[str]]] = []


def used_by(names: Callable[[], Iterable[str]]) -> None:
    """Make known who keeps files here: ``names`` gives those of the folders that its rows still name."""
    _users.append(names)


def folder(name: str) -> Path:
    """The folder of one notice that waits."""
    return Path(settings.DATA) / "holding" / name


def hold(files: Iterable[tuple[str, Iterable[bytes]]]) -> str:
    """Keep files (name, pieces of content) in the order given and return the folder's name."""
    name = secrets.token_hex(16)
    place = folder(name)
    place.mkdir(mode=0o700, parents=True)
    try:
        for number, (title, pieces) in enumerate(files):
            inside = place / f"{number:04d}"
            inside.mkdir(mode=0o700)
            with (inside / _safe(title)).open("wb") as out:
                for piece in pieces:
                    out.write(piece)
    except BaseException:
        discard(name)
        raise
    return name


def held(name: str) -> list[Path]:
    """The files that wait, in order."""
    return [next(iter(sorted(inside.iterdir()))) for inside in sorted(folder(name).iterdir())]


def discard(name: str) -> None:
    """Overwrite and remove what waits; nothing happens if it is gone."""
    place = folder(name)
    if not name or not place.is_dir():
        return
    _wipe(place)


def overwrite(file: Path) -> None:
    """Nothing of the content stays where it lay; the file does."""
    with suppress(FileNotFoundError), file.open("r+b") as out:
        left = file.stat().st_size
        while left > 0:
            left -= out.write(bytes(min(left, 1 << 20)))
        out.flush()
        os.fsync(out.fileno())


def sweep() -> int:
    """Wipe what belongs to no row and is old enough, as a process that died leaves it; how many that were."""
    used = {name.partition("/")[0] for names in _users for name in names() if name}
    found = [*_within(Path(settings.DATA) / "holding", used), *_within(Path(settings.FILE_UPLOAD_TEMP_DIR), set())]
    for path in found:
        if path.is_dir() and not path.is_symlink():
            _wipe(path)
        else:
            if not path.is_symlink():
                overwrite(path)
            path.unlink(missing_ok=True)
    return len(found)


def _wipe(place: Path) -> None:
    for file in place.rglob("*"):
        if file.is_file() and not file.is_symlink():
            overwrite(file)
    shutil.rmtree(place, ignore_errors=True)


def _within(top: Path, used: set[str]) -> list[Path]:
    old = time.time() - ABANDONED
    return [path for path in _listed(top) if path.name not in used and _touched(path) < old]


def _listed(top: Path) -> list[Path]:
    try:
        return sorted(top.iterdir())
    except FileNotFoundError:
        return []


def _touched(path: Path) -> float:
    """The last change to it or in it: a large file arrives for long."""
    try:
        inside = [file.lstat().st_mtime for file in path.rglob("*")] if path.is_dir() else []
        return max([path.lstat().st_mtime, *inside])
    except FileNotFoundError:
        return time.time()


def _safe(title: str) -> str:
    """The name as a person gave it, as a name of one file: it says what the file is in every message."""
    name = printable(title).replace("/", "_").replace("\\", "_").strip(". ") or "file"
    stem, dot, extension = name.rpartition(".")
    while len(name.encode()) > 200:
        stem = stem[:-1] if dot else name[:-1]
        name = f"{stem}.{extension}" if dot else stem
    return name
