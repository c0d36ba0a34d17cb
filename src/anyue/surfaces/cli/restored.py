"""Where a restore works until it is whole, and how it gets into its place: nothing half is ever there to be used.

Beside the data folder, under a name of its own, and renamed at the end. Where the folder is a mount or its parent cannot be written to:
inside it, in ``.restoring``. With a database outside the folder a file ``.restoring`` stays in it until that has
committed; while it is there every other command refuses to run, and running ``restore`` again goes on.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .language import text
from .site import MARK, Refused, is_postgresql, sqlite_file


class Place:
    """The folder of one restore. ``work`` is where it is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        beside = folder.parent
        self.inside = os.path.ismount(folder) or not os.access(_existing(beside), os.W_OK)
        self.work = folder / MARK if self.inside else folder.with_name(f".{folder.name}{MARK}")
        self.outside = sqlite_file()
        self.has_server = is_postgresql()

    @contextmanager
    def taken(self) -> Iterator[Path]:
        """An empty folder to work in, of this process alone; gone afterwards unless ``put`` was called."""
        self._refuse_what_is_used()
        self.work.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.work, os.O_RDONLY)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Refused(text("restore.running", path=self.folder)) from error
            _empty(self.work)  # what an earlier run left
            try:
                yield self.work
            finally:
                shutil.rmtree(self.work, ignore_errors=True)
                if self.outside:
                    _drop_database(self.half)
        finally:
            os.close(lock)

    @property
    def half(self) -> Path:
        """Where a SQLite database outside the folder is made."""
        assert self.outside
        return self.outside.with_name(f".{self.outside.name}{MARK}")

    def put(self) -> None:
        """Everything into its place. On a server the caller commits afterwards, then calls ``finish``."""
        apart = self.has_server or self.outside is not None
        if self.inside:
            for child in sorted(self.work.iterdir(), key=lambda path: path.suffix == ".sqlite3"):  # the database last
                child.rename(self.folder / child.name)
            if not apart:
                self.work.rmdir()
            return
        if apart:
            (self.work / MARK).touch()
        if self.folder.exists():
            self.folder.rmdir() if not self.folder.is_symlink() else self.folder.unlink()
        self.work.rename(self.folder)

    def finish(self) -> None:
        """The database is in as well."""
        if self.outside:
            for ending in ("-wal", "-shm"):
                Path(f"{self.half}{ending}").unlink(missing_ok=True)
            self.half.rename(self.outside)
        mark = self.folder / MARK
        if mark.is_dir():
            mark.rmdir()
        else:
            mark.unlink(missing_ok=True)

    def give_up(self) -> None:
        """After ``put``: the database did not commit, so the folder goes as well."""
        if (self.folder / MARK).exists():
            _empty(self.folder)

    @property
    def is_unfinished(self) -> bool:
        """An earlier run got as far as ``put`` and no further."""
        return (self.folder / MARK).is_file()

    def _refuse_what_is_used(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise Refused(text("usage.not_folder", path=self.folder))
        if (self.folder / MARK).exists():
            _empty(self.folder)  # a folder with the mark holds nothing but what an interrupted restore put there
        elif self.folder.exists() and any(self.folder.iterdir()):
            raise Refused(text("restore.not_empty", path=self.folder))
        if self.outside and self.outside.exists():
            raise Refused(text("restore.not_empty", path=self.outside))


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _empty(folder: Path) -> None:
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()


def _drop_database(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
