"""Before serving: the database brought up to date, static files collected, the link of the first start."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Progress = Callable[[int, int, str], None]
_LOCK = 0x616E797565  # "anyue"


class _Migrating(Migrate):
    """Django's own command, telling how far it is."""

    told: Progress
    total = 0
    done = 0

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """Called by the executor around every migration."""
        del fake
        if action == "apply_start":
            self.told(self.done, self.total, str(migration))
        elif action == "apply_success":
            self.done += 1
            self.told(self.done, self.total, str(migration))


def is_migrated() -> bool:
    """Every migration is in."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate(progress: Progress) -> None:
    """Run the migrations that are missing; one process at a time, on however many machines it is started.

    Ends the program, in one line, where something would go wrong in silence (``config.checks``).
    """
    run_checks_of_ours()
    with _alone():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            return
        command = _Migrating()
        command.told, command.total = progress, len(plan)
        call_command(command, verbosity=0, interactive=False)


def run_checks_of_ours() -> None:
    """Stop at what Django's own check would stop at."""
    if found := [one for one in checks.run_checks() if one.id == "anyue.E001"]:
        raise SystemExit(f"{found[0].msg} {found[0].hint}")


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        return
    with Path(settings.KEYS_FOLDER).parent.joinpath(".migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def collect_static() -> bool:
    """Stylesheets and scripts under the names of their content, in ``ANYUE_DATA/static``. Only when something changed since."""
    root = Path(settings.STATIC_ROOT)
    stamp, state = root / ".collected", _state()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == state:
        return False
    stamp.unlink(missing_ok=True)
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state, encoding="ascii")
    return True


def _state() -> str:
    """Of every source file its name, size and time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = os.stat(storage.path(path))
            digest.update(f"{path}\t{about.st_size}\t{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def first_link() -> str | None:
    """The one-time link where there is nobody yet."""
    from anyue.modules.accounts.services.first import first_link as made  # noqa: PLC0415 - after the migrations

    return made()
