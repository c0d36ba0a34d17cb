"""``anyue collect``: replies to totals, the official table, and who is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..command import Command
from ..inputs import Form, Notice, With, a_folder
from ..jsons import as_json
from ..opening import opened
from ..progress import Progress
from ..run import DONE, FALLS_SHORT
from ..streams import can_hold, emit, emit_json, only_results, writing_to

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command, help="collect.help", short_help="collect.short", epilog="collect.examples")
def collect(
    notice: Notice,
    replies: Annotated[list[Path], typer.Argument(metavar="REPLY", help="collect.reply")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="collect.out")],
    attachments: With = None,
    form: Form = None,
    units: Annotated[Path | None, typer.Option("--units", metavar="FILE", help="collect.units")] = None,
    as_object: Annotated[bool, typer.Option("--json", help="collect.json")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="collect.strict")] = False,
) -> int:
    """Collect the replies."""
    a_folder(out)
    can_hold(out.absolute())

    loaded = opened(notice, attachments or [])

    from gongwen import collect as collected  # noqa: PLC0415 - a wrong command line is refused before the library loads
    from gongwen.outputs import write_outputs  # noqa: PLC0415

    with only_results(), Progress("run.reading") as progress:
        collection = collected(loaded, replies, units, form=form, progress=progress)
    with only_results(), writing_to(out), Progress("run.writing") as progress:
        written = write_outputs(collection, loaded, [], out, progress, replies=replies)
    if as_object:
        emit_json(as_json(collection))
    else:
        from ..page import rendered  # noqa: PLC0415
        from ..tally import tally  # noqa: PLC0415

        emit(rendered(tally(collection, written)))
    return FALLS_SHORT if strict and any(reply.status != "accepted" for reply in collection.replies) else DONE
