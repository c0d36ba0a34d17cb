"""``anyue compile``: what a notice asks, for a person or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..command import Command
from ..inputs import Notice, With, no_input_overwritten
from ..jsons import as_json
from ..opening import warn_of_secrecy
from ..progress import Progress
from ..streams import can_stand, emit, emit_json, only_results, save

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command, help="compile.help", short_help="compile.short", epilog="compile.examples")
def compile_notice(
    notice: Notice,
    attachments: With = None,
    as_object: Annotated[bool, typer.Option("--json", help="compile.json")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="compile.output")] = None,
) -> int:
    """Compile a notice."""
    others = attachments or []
    if output is not None:
        no_input_overwritten(output, [notice, *others])
        can_stand(output)

    import gongwen  # noqa: PLC0415 - a wrong command line is refused before the library loads

    with only_results(), Progress("run.reading") as progress:
        spec = gongwen.compile_notice(notice, *others, progress=progress)

    warn_of_secrecy(spec)
    if output is not None:
        save(output, as_json(spec) + b"\n")
    if as_object:
        emit_json(as_json(spec))
    else:
        from ..page import rendered  # noqa: PLC0415 - not for --json
        from ..review import review  # noqa: PLC0415

        emit(rendered(review(spec)))
    return 0
