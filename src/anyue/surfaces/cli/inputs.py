"""Parameters that several commands share, and checks of them that need no work to be done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from .language import text
from .words import shown

Notice = Annotated[Path, typer.Argument(metavar="NOTICE", help="notice")]
With = Annotated[list[Path] | None, typer.Option("--with", metavar="FILE", help="with")]
Form = Annotated[str | None, typer.Option("--form", metavar="ID", help="form")]


def no_input_overwritten(output: Path, inputs: Sequence[Path]) -> None:
    """Refuse to write over what was given to be read."""
    if output.is_dir():
        raise typer.BadParameter(text("usage.is_folder", path=shown(output)))
    for path in inputs:
        if output.exists() and path.exists() and output.samefile(path):
            raise typer.BadParameter(text("usage.overwrite", path=shown(output)))


def a_folder(output: Path) -> None:
    """Refuse a file where a folder is meant."""
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(text("usage.not_folder", path=shown(output)))
