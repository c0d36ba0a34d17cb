"""The site behind the operator's commands: Django is loaded here and nowhere else in the command line.

What goes wrong on the way is one plain line: a database that does not answer, a refusal of the platform, a half restore.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from .language import Language, language, text

MARK = ".restoring"
"""In the data folder while a restore is not finished."""


class Refused(Exception):
    """One line for a person about the site."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said

    def line(self, _language: Language = "zh") -> str:
        """As the command line prints it."""
        return self.said


def data_folder() -> Path:
    """``ANYUE_DATA``, found without loading the settings, which would make keys in it."""
    return Path(os.environ.get("ANYUE_DATA") or "var").resolve()


@contextmanager
def site(*, restoring: bool = False) -> Iterator[None]:
    """Inside, the site is loaded in the language of this run, and its refusals are lines for a person."""
    folder = data_folder()
    if not restoring and (folder / MARK).exists():
        raise Refused(text("site.half_restored", path=folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anyue.config.settings")
    _know_database()
    _load(folder)
    from django.db import Error  # noqa: PLC0415 - only for commands of the site
    from django.utils import translation  # noqa: PLC0415

    from anyue.kernel.errors import RefusedError  # noqa: PLC0415

    with translation.override("zh-hans" if language() == "zh" else "en"):
        try:
            yield
        except RefusedError as refusal:
            from anyue.platform.pages.refusals import sentence  # noqa: PLC0415

            raise Refused(sentence(refusal)) from refusal
        except Error as error:
            if not _is_away(error):
                raise
            raise Refused(text("site.no_database", place=_place(), reason=_reason(error))) from error


def _load(folder: Path) -> None:
    import django  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except PermissionError as error:
        raise Refused(text("site.no_folder", path=folder, reason=error.strerror)) from error
    except ImproperlyConfigured as error:
        if "psycopg" not in str(error):
            raise
        raise Refused(text("site.no_psycopg")) from error


def _know_database() -> None:
    """Only what the platform is tried on; an address with a slip of the pen is said to be one before Django sees it."""
    address = os.environ.get("DATABASE_URL")
    if not address:
        return
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise Refused(text("site.bad_database", reason=error)) from error
    if parts.scheme not in ("sqlite", "postgres", "postgresql", "pgsql"):
        raise Refused(text("site.bad_database", reason=f"{parts.scheme}://"))


def _is_away(error: Exception) -> bool:
    """Not an error of ours in a statement: the server does not answer, or does not let us in."""
    from django.db import OperationalError  # noqa: PLC0415

    return isinstance(error, OperationalError)


def _place() -> str:
    """Where the database is, without user and password."""
    from django.db import connection  # noqa: PLC0415

    details = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(details["NAME"])
    return f"{details['HOST'] or 'localhost'}:{details['PORT'] or 5432}/{details['NAME']}"


def _reason(error: Exception) -> str:
    """The last thing that the driver said, on one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = next((line for line in reversed(lines) if not line.startswith("Is the server")), type(error).__name__)
    return re.sub(r"^.*?(failed: |error: )", "", said).rstrip(".")


def is_postgresql() -> bool:
    """The database of this installation is a server, told from the address alone."""
    return urlsplit(os.environ.get("DATABASE_URL", "")).scheme.startswith(("postgres", "pgsql"))


def sqlite_file() -> Path | None:
    """Where SQLite lies if ``DATABASE_URL`` says so and it is not in the data folder."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("sqlite:///"):
        return None
    return Path(address.removeprefix("sqlite:///")).resolve()
