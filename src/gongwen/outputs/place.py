"""Files into a folder, all or nothing each: written beside, then moved over; other files are left alone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def landing(folder: Path) -> Iterator[Path]:
    """A hidden folder inside ``folder`` to write into; what is in it at the end takes its place in ``folder``.

    If anything goes wrong on the way, Ctrl-C included, ``folder`` is as it was.
    """
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder))
    try:
        yield beside
        for file in sorted(beside.iterdir()):
            if file.is_file():
                _settle(file)
                os.replace(file, folder / file.name)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise
    shutil.rmtree(beside, ignore_errors=True)


def _settle(file: Path) -> None:
    """The bytes on the disk and the rights of any new file."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
    mask = os.umask(0)
    os.umask(mask)
    with suppress(OSError):
        file.chmod(0o666 & ~mask)
