"""Where the files of a notice wait until it is known that they may be stored: outside storage, readable by us alone.

A file that must not enter is overwritten before it is removed, so that nothing of it stays in this folder.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from gongwen.readers import printable


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
    for file in place.rglob("*"):
        if file.is_file():
            with file.open("r+b") as out:
                left = file.stat().st_size
                while left > 0:
                    left -= out.write(bytes(min(left, 1 << 20)))
                os.fsync(out.fileno())
    shutil.rmtree(place, ignore_errors=True)


def _safe(title: str) -> str:
    """The name as a person gave it, as a name of one file: it says what the file is in every message."""
    name = printable(title).replace("/", "_").replace("\\", "_").strip(". ") or "file"
    stem, dot, extension = name.rpartition(".")
    while len(name.encode()) > 200:
        stem = stem[:-1] if dot else name[:-1]
        name = f"{stem}.{extension}" if dot else stem
    return name
