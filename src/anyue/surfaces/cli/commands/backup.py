"""``anyue backup``: database, files and keys into one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..command import Command
from ..language import listed, text
from ..progress import Progress
from ..run import DONE, FALLS_SHORT
from ..site import site
from ..streams import can_stand, emit, tell_line, writing_to

app = typer.Typer(rich_markup_mode=None, add_completion=False)
NAMED = 5


@app.command(cls=Command, help="backup.help", short_help="backup.short", epilog="backup.examples")
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="backup.file")]) -> int:
    """Back up."""
    if file.is_dir():
        raise typer.BadParameter(text("usage.is_folder", path=file))
    can_stand(file)
    with site():
        from anyue.platform.backups.making import backup_make  # noqa: PLC0415 - Django is loaded now

        with writing_to(file), Progress("backup.working") as progress:
            made = backup_make(file.absolute(), progress)
    tell_line(text("backup.done", tables=made.tables, rows=made.rows, files=made.files))
    if made.missing:
        tell_line(text("backup.missing", count=len(made.missing), names=listed([*made.missing[:NAMED]])))
    emit(made.digest)
    return FALLS_SHORT if made.missing else DONE
