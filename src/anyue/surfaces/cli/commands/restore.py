"""``anyue restore``: a backup into an empty data folder and an empty database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..command import Command
from ..language import text
from ..progress import Progress
from ..restored import Place
from ..run import DONE
from ..site import data_folder, site
from ..streams import emit, tell_line

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command, help="restore.help", short_help="restore.short", epilog="restore.examples")
def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="restore.file")]) -> int:
    """Restore."""
    place = Place(data_folder())
    if place.is_unfinished and _is_committed(place):
        place.finish()
        return DONE
    with file.open("rb") as stream, place.taken() as work:
        os.environ["ANYUE_DATA"] = str(work)
        if place.outside:
            os.environ["DATABASE_URL"] = f"sqlite:///{place.half}"
        with site(restoring=True):
            from django.db import connections  # noqa: PLC0415 - Django is loaded now

            from anyue.platform.backups.restoring import backup_restore  # noqa: PLC0415

            try:
                with Progress("restore.working") as progress:
                    restored = backup_restore(stream, file.name, progress, place.put if place.has_server else None)
            except BaseException:
                place.give_up()
                raise
            finally:
                connections.close_all()
        if not place.has_server:
            place.put()
        place.finish()
    tell_line(text("backup.done", tables=restored.tables, rows=restored.rows, files=restored.files))
    emit(restored.digest)
    return DONE


def _is_committed(place: Place) -> bool:
    """The run before was ended between the commit of the database and taking the mark away."""
    if place.outside:
        return place.outside.exists()
    with site(restoring=True):
        from django.db import connection  # noqa: PLC0415

        return bool(connection.introspection.table_names())
