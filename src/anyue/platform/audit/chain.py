"""The bytes of an entry and the digest of a seal, defined once for whoever writes the chain and whoever checks it.

The bytes of an entry are ``kernel.canonical`` of the list of ``FIELDS`` in their order: JSON in UTF-8 without blanks, keys
sorted, numbers by value, instants in UTC with six digits. They are the same on SQLite and PostgreSQL, in every time zone.

The digest of seal 1 is ``SM3(32 zero bytes ‖ bytes of its entry)``, that of seal n ``SM3(digest of seal n - 1 ‖ bytes of its
entry)``, written as 64 hexadecimal digits. The order of the chain is the order of sealing, not that of the ids.

A checkpoint is signed with ``HMAC-SM3(key, "anyue-checkpoint|number|digest|at")``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac

from anyue.kernel.canonical import canonical, instant

FIELDS = (
    "id",
    "at",
    "actor_kind",
    "actor_id",
    "actor_label",
    "action",
    "subject_kind",
    "subject_id",
    "subject_label",
    "place",
    "before",
    "after",
    "address",
    "device",
)
BEGINNING = "0" * 64


def link(before: str, entry: Sequence[Any]) -> str:
    """The digest of the seal of ``entry`` (the values of ``FIELDS``) behind the seal with the digest ``before``."""
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(bytes.fromhex(before))
    sm3.update(canonical(list(entry)))
    return sm3.finalize().hex()


def signature(key: bytes, number: int, digest: str, at: datetime) -> str:
    """The signature of a checkpoint."""
    return _hmac(key, number, digest, at).finalize().hex()


def is_signed(keys: Iterable[bytes], number: int, digest: str, at: datetime, signed: str) -> bool:
    """One of ``keys`` made ``signed``."""
    for key in keys:
        try:
            _hmac(key, number, digest, at).verify(bytes.fromhex(signed))
        except (InvalidSignature, ValueError):
            continue
        return True
    return False


def _hmac(key: bytes, number: int, digest: str, at: datetime) -> hmac.HMAC:
    code = hmac.HMAC(key, hashes.SM3())
    code.update(f"anyue-checkpoint|{number}|{digest}|{instant(at)}".encode())
    return code
