"""What the operator sets from outside: environment variables, and the keys kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit


def flag(name: str, default: bool = False) -> bool:
    """``1``, ``true``, ``yes`` and ``on`` switch on; anything else off; absent: ``default``."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """``ANYUE_DATA``: database, files, keys and exports; ``./var`` if not set."""
    return Path(os.environ.get("ANYUE_DATA") or "var").resolve()


def secret(folder: Path, name: str) -> str:
    """The key ``name`` of this installation: made once, readable by its owner alone.

    Two processes that start together end with the same key, because the file is created exclusively.
    """
    file = folder / "keys" / name
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f".{name}.{secrets.token_hex(4)}")
    fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
    fresh.chmod(0o600)
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return file.read_text(encoding="ascii")


def oidc(*, issuer: str, client: str, secret: str, name: str) -> list[dict[str, object]]:
    """The provider of single sign-on as allauth wants it; empty unless issuer, client and secret are all set."""
    if not (issuer and client and secret):
        return []
    return [
        {
            "provider_id": "office",
            "name": name,
            "client_id": client,
            "secret": secret,
            "settings": {"server_url": issuer.rstrip("/")},
        }
    ]


def origins(*addresses: str) -> list[str]:
    """Scheme and host of each address that is one."""
    parts = [urlsplit(address) for address in addresses]
    return [f"{part.scheme}://{part.netloc}" for part in parts if part.scheme and part.netloc]


def retired(folder: Path, name: str) -> list[str]:
    """Earlier keys ``name.*`` of this installation: what they signed is still believed (docs/operating, rotating keys)."""
    return [file.read_text(encoding="ascii") for file in sorted((folder / "keys").glob(f"{name}.*"))]
