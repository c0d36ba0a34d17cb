"""``anyue units``: units in bulk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..command import Command, Group
from ..language import text
from ..progress import Progress
from ..run import DONE, UNUSABLE
from ..site import site
from ..streams import emit, tell_line

if TYPE_CHECKING:
    from anyue.modules.orgs.services.importing.result import ImportResult

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    cls=Group,
    help="units.help",
    short_help="units.short",
    epilog="units.examples",
)
NAMED = 50


@app.callback()
def units() -> None:
    """All commands of units begin here."""


@app.command(
    "import", cls=Command, help="units.import_help", short_help="units.import_short", epilog="units.import_examples"
)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="units.file")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="units.dry_run")] = False,
) -> int:
    """Import units."""
    file.open("rb").close()
    with site():
        from anyue.modules.orgs.services import units_import  # noqa: PLC0415 - Django is loaded now
        from anyue.platform.authz import Actor  # noqa: PLC0415

        with Progress("units.importing") as progress:
            result = units_import(
                by=Actor.system("units_import"),
                file=file,
                name=file.name,
                progress=lambda done, total: progress(done, total, ""),
                dry_run=dry_run,
            )
        return _told(result)


def _told(result: ImportResult) -> int:
    """Each fault by row and column, or what was done."""
    if not result.is_clean:
        for fault in result.faults[:NAMED]:
            tell_line(text("units.fault", row=fault.row, column=fault.column, said=fault.sentence))
        tell_line(text("units.refused", count=len(result.faults)))
        return UNUSABLE
    emit(
        text(
            "units.done",
            added=result.added,
            renamed=result.renamed,
            moved=result.moved,
            changed=result.changed,
            unchanged=result.unchanged,
        )
    )
    if not result.done:
        tell_line(text("units.checked"))
    return DONE
