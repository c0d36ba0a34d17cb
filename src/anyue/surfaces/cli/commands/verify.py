"""``anyue verify``: database, files, audit chain, and one digest over everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ..command import Command
from ..language import text
from ..progress import Progress
from ..run import DONE, FALLS_SHORT
from ..site import site
from ..streams import emit

if TYPE_CHECKING:
    from anyue.platform.backups.checking import Report

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command, help="verify.help", short_help="verify.short", epilog="verify.examples")
def verify() -> int:
    """Verify."""
    with site():
        from anyue.platform.backups.checking import backup_verify  # noqa: PLC0415 - Django is loaded now

        with Progress("verify.working") as progress:
            report = backup_verify(progress)
    emit("\n".join(_lines(report)))
    return DONE if report.is_sound else FALLS_SHORT


def _lines(report: Report) -> list[str]:
    """One line for each part, or one for each finding; the digest last."""
    measured, outcome = report.measured, report.outcome
    unchecked = text("verify.unchecked")
    database = text("verify.database_sound", tables=len(measured.tables), rows=measured.rows) if measured else unchecked
    files = text("verify.files_sound", files=measured.files, size=measured.size) if measured else unchecked
    chain, broken = unchecked, report.chain
    if outcome:
        chain = text("verify.chain_sound", sealed=outcome.sealed, unsealed=outcome.unsealed)
        broken = [text("verify.chain_broken", said=said, unsealed=outcome.unsealed) for said in report.chain]
    parts = (
        (text("verify.database"), report.database or [database]),
        (text("verify.files"), report.files or [files]),
        (text("verify.chain"), broken or [chain]),
        (text("verify.digest"), [measured.digest if measured else unchecked]),
    )
    return [text("verify.line", what=what, said=said) for what, findings in parts for said in findings]
