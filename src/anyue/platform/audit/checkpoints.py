"""Checkpoints: the chain's state, signed, in the database and as a file in ``ANYUE_DATA/checkpoints`` to be copied elsewhere."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from anyue.kernel.canonical import instant
from anyue.kernel.clock import day_of, now

from . import chain, keys
from .models import Checkpoint, Seal

logger = logging.getLogger("anyue.audit")


@dataclass(frozen=True, slots=True)
class Mark:
    """A checkpoint, wherever it was found. ``name`` says where; ``sound`` is False where nobody's key made its signature."""

    number: int
    digest: str
    name: str
    sound: bool


def checkpoint_add(seal: Seal) -> Checkpoint:
    """Sign the chain as it stands at ``seal``; the file is written when the transaction is in."""
    at = now()
    made = Checkpoint.objects.create(
        number=seal.number,
        digest=seal.digest,
        at=at,
        signature=chain.signature(keys.signing(), seal.number, seal.digest, at),
    )
    transaction.on_commit(lambda: _keep(made))
    return made


def is_due() -> bool:
    """There are seals that no checkpoint of today covers."""
    last = Checkpoint.objects.order_by("-number", "-id").first()
    tail = Seal.objects.order_by("-number").first()
    if tail is None:
        return False
    return last is None or (last.number < tail.number and day_of(last.at) < day_of(now()))


def _keep(made: Checkpoint) -> None:
    """A full disk must not stop the sealer: the checkpoint is in the database and the next one tries again."""
    folder = Path(settings.CHECKPOINTS_FOLDER)
    body = {"number": made.number, "digest": made.digest, "at": instant(made.at), "signature": made.signature}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{made.number:012d}.{os.getpid()}.part"
        part.write_text(json.dumps(body, indent=1) + "\n", encoding="ascii")
        part.replace(folder / f"{made.number:012d}.json")
    except OSError as error:
        logger.warning("checkpoint %s could not be written to %s: %s", made.number, folder, error)


def marks() -> Iterator[Mark]:
    """All checkpoints of the database and of the folder."""
    known = keys.believed()
    for row in Checkpoint.objects.order_by("number", "id").iterator():
        sound = chain.is_signed(known, row.number, row.digest, row.at, row.signature)
        yield Mark(row.number, row.digest, f"#{row.number}", sound)
    for file in sorted(Path(settings.CHECKPOINTS_FOLDER).glob("*.json")):
        yield _read(file, known)


def _read(file: Path, known: list[bytes]) -> Mark:
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
        number, digest, at = int(body["number"]), str(body["digest"]), datetime.fromisoformat(body["at"])
        return Mark(number, digest, file.name, chain.is_signed(known, number, digest, at, str(body["signature"])))
    except (OSError, ValueError, KeyError, TypeError):
        digits = "".join(filter(str.isdigit, file.stem))
        return Mark(int(digits or 0), "", file.name, sound=False)
