"""The keys that sign checkpoints: ``keys/audit`` of the data folder signs; retired ones, ``keys/audit.*``, are still believed.

They are read where they are used, so that a key renewed or restored counts at once.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def signing() -> bytes:
    """The key that signs now."""
    return (_folder() / "audit").read_bytes()


def believed() -> list[bytes]:
    """All keys whose signatures count."""
    return [file.read_bytes() for file in [_folder() / "audit", *sorted(_folder().glob("audit.*"))] if file.is_file()]


def _folder() -> Path:
    return Path(settings.KEYS_FOLDER)
