"""The program and its commands. A new command is a file in ``commands`` and a line in ``COMMANDS``."""

from __future__ import annotations

from typing import Annotated

import typer

from .command import LazyGroup, prepare_parameter
from .language import text
from .streams import emit

COMMANDS = tuple(
    (name, f"{__package__}.commands.{file}")
    for name, file in (
        ("compile", "compile_notice"),
        ("forms", "forms"),
        ("collect", "collect"),
        ("schema", "schema"),
        ("serve", "serve"),
        ("worker", "worker"),
        ("units", "units"),
        ("demo", "demo"),
        ("backup", "backup"),
        ("restore", "restore"),
        ("verify", "verify"),
    )
)


class Program(LazyGroup):
    """``anyue``."""

    files = COMMANDS


app = typer.Typer(
    cls=Program,
    name="anyue",
    help="anyue.help",
    epilog="anyue.examples",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only for this option

        try:
            number = version("anyue")
        except PackageNotFoundError:
            number = "?"
        emit(f"anyue {number}")
        raise typer.Exit


@app.callback()
def anyue(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="anyue.version")
    ] = False,
) -> None:
    """All commands begin here."""
    del version


def build() -> LazyGroup:
    """The program in the language of this run."""
    program = typer.main.get_command(app)
    assert isinstance(program, LazyGroup)
    program.epilog = f"{program.epilog}\n\n{text('anyue.status')}"
    for option in program.params:
        if option.name in ("install_completion", "show_completion"):
            option.help = f"anyue.{option.name}"  # type: ignore[attr-defined]
            prepare_parameter(option)
    return program
