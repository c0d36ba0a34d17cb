"""Where bytes come from: a file, a member of a .zip, or memory. Checked before anything is parsed."""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import Unreadable

MAX_BYTES = 200 * 1024 * 1024
"""A file larger than this is refused unread; a Word file of 40 photos is some 60 MB."""


@dataclass(frozen=True, slots=True)
class Source:
    """A named input. ``path`` for a file on disk, ``data`` for bytes in memory.

    ``member`` is the number of a member in the .zip at ``path``: it is read when it is needed, so that a folder of many
    is never in memory at once.
    """

    name: str
    path: Path | None = None
    data: bytes | None = field(default=None, repr=False)
    member: int | None = None

    def read(self) -> bytes:
        """All bytes. Raises ``Unreadable`` with a sentence for every way in which a path fails."""
        if self.data is not None:
            if not self.data:
                raise Unreadable(self.name, "U002")
            return self.data
        assert self.path is not None
        try:
            status = self.path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(self.name, "U012", what="文件夹" if stat.S_ISDIR(status.st_mode) else "设备或管道")
            if status.st_size == 0:
                raise Unreadable(self.name, "U002")
            if status.st_size > MAX_BYTES:
                raise Unreadable(self.name, "U014", size=status.st_size >> 20, limit=MAX_BYTES >> 20)
            return self.path.read_bytes() if self.member is None else self._read_member(self.path, self.member)
        except FileNotFoundError as error:
            raise Unreadable(self.name, "U001") from error
        except PermissionError as error:
            raise Unreadable(self.name, "U013") from error
        except OSError as error:
            raise Unreadable(self.name, "U004", what=error.strerror or type(error).__name__) from error

    def _read_member(self, path: Path, number: int) -> bytes:
        try:
            with zipfile.ZipFile(path) as archive:
                data = archive.read(archive.infolist()[number])
        except RuntimeError as error:  # zipfile's word for a password
            raise Unreadable(self.name, "U003") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, IndexError, NotImplementedError) as error:
            raise Unreadable(self.name, "U004", what="ZIP") from error
        if not data:
            raise Unreadable(self.name, "U002")
        return data

    @staticmethod
    def of(path: str | Path) -> Source:
        """A file on disk, named by its last part."""
        path = Path(path)
        return Source(path.name or str(path), path)


def sha256(data: bytes) -> str:
    """Hexadecimal digest of the bytes as they came."""
    return hashlib.sha256(data).hexdigest()
