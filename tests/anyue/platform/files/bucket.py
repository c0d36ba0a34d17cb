"""A store as S3 is one: keys to bytes, no folders, and nothing in it has a path on this machine."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, ClassVar

from django.core.files.base import File
from django.core.files.storage import Storage


class Bucket(Storage):
    """All instances are the one bucket, as they are with S3; ``path`` fails as it does there."""

    held: ClassVar[dict[str, tuple[bytes, datetime]]] = {}

    def _save(self, name: str, content: File[bytes]) -> str:
        self.held[name] = (b"".join(content.chunks()), datetime.now(UTC))
        return name

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if name not in self.held:
            raise FileNotFoundError(name)
        return File(BytesIO(self.held[name][0]), name)

    def delete(self, name: str) -> None:
        self.held.pop(name, None)

    def exists(self, name: str) -> bool:
        return name in self.held

    def size(self, name: str) -> int:
        return len(self.held[name][0])

    def get_modified_time(self, name: str) -> datetime:
        return self.held[name][1]

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """What S3 lists under a prefix with "/" between names; an unknown prefix is empty, not an error."""
        below = [name[len(path) + 1 :] for name in self.held if name.startswith(f"{path}/")]
        return sorted({name.split("/")[0] for name in below if "/" in name}), [n for n in below if "/" not in n]

    def url(self, name: str | None) -> Any:
        raise AssertionError("bytes are never handed out by the store's own address")
