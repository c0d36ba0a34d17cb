"""``anyue forms``: the empty forms of a notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..command import Command
from ..inputs import Form, Notice, With, a_folder
from ..language import text
from ..opening import opened
from ..progress import Progress
from ..streams import can_hold, emit, only_results, tell_line, writing_to
from ..words import shown

if TYPE_CHECKING:
    from gongwen.outputs.bundle import FormFile

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command, help="forms.help", short_help="forms.short", epilog="forms.examples")
def forms(
    notice: Notice,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="forms.output")],
    docx: Annotated[bool, typer.Option("--docx", help="forms.docx")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="forms.xlsx")] = False,
    xlsform: Annotated[bool, typer.Option("--xlsform", help="forms.xlsform")] = False,
    attachments: With = None,
    form: Form = None,
) -> int:
    """Make the empty forms."""
    a_folder(output)
    can_hold(output.absolute())
    choices: tuple[tuple[FormFile, bool], ...] = (("docx", docx), ("xlsx", xlsx), ("xlsform", xlsform))
    kinds = [kind for kind, asked in choices if asked] or [kind for kind, _ in choices]

    loaded = opened(notice, attachments or [])

    from gongwen.outputs import write_forms  # noqa: PLC0415 - a wrong command line is refused before the library loads

    with only_results(), writing_to(output), Progress("run.writing") as progress:
        written = write_forms(loaded, [], output, kinds, form, progress)
    emit("\n".join(shown(path) for path in written))
    tell_line(text("run.written", count=len(written)))
    return 0
