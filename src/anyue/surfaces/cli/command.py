"""Commands and groups as this program has them: help in the person's language, no library loaded to read a path.

A command's file writes keys of the catalogue where typer wants help texts; they become sentences when the command is
built, so that the language is the one of this run.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args, get_origin

import typer
from typer.core import TyperCommand, TyperGroup

from .catalogue import CATALOGUE
from .helping import help_page
from .language import text, translated
from .streams import Escaped, emit


class Light:
    """Reads the values of a command line. Typer's own way loads a validation library, which costs as much as all else."""

    def __init__(self, annotation: object) -> None:
        self.many = get_origin(annotation) is list
        self.kind = get_args(annotation)[0] if self.many else annotation

    @property
    def suits(self) -> bool:
        """The values are of a kind that is read here."""
        return self.kind in (str, Path, bool) or bool(self._choices())

    def _choices(self) -> tuple[str, ...]:
        values = get_args(self.kind)
        return values if values and all(isinstance(value, str) for value in values) else ()

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """The value as the command takes it."""
        if value is None:
            return () if self.many else None
        if self.many:
            return [self._one(item, param, ctx) for item in ([value] if isinstance(value, str) else value)]
        return self._one(value, param, ctx)

    def _one(self, value: Any, param: Any, ctx: Any) -> Any:
        choices = self._choices()
        if choices and value not in choices:
            raise typer.BadParameter(
                text("usage.choice", value=value, choices=", ".join(choices)), ctx=ctx, param=param
            )
        if self.kind is Path and value == "":
            raise typer.BadParameter(text("usage.empty"), ctx=ctx, param=param)
        return Path(value) if self.kind is Path else value


def _prepare(command: TyperCommand | TyperGroup) -> None:
    """Keys of the catalogue become sentences; parameters are read lightly."""
    for name in ("help", "short_help", "epilog"):
        setattr(command, name, translated(getattr(command, name)))
    for parameter in command.params:
        prepare_parameter(parameter)


def prepare_parameter(parameter: Any) -> None:
    """The same for one parameter."""
    parameter.help = translated(parameter.help)
    if f"metavar.{parameter.metavar}" in CATALOGUE:
        parameter.metavar = text(f"metavar.{parameter.metavar}")
    light = Light(parameter.type_descriptor.annotation)
    if light.suits:
        # Where typer should once forget this name it falls back to its own way: slower, not wrong.
        parameter._runtime_param = light


def _with_own_help(option: Any) -> Any:
    if option is not None:
        prepare_parameter(option)
        option.help = text("help.option")
        option.callback = _show_help
    return option


def _show_help(ctx: Any, _option: Any, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        emit(help_page(ctx))
        raise typer.Exit


class Command(TyperCommand):
    """One command."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        _prepare(self)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help page."""
        return _with_own_help(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return help_page(ctx)

    def invoke(self, ctx: Any) -> Any:
        """Run it, and keep typer from making an exit status of its own of some errors."""
        try:
            return super().invoke(ctx)
        except (EOFError, OSError) as error:
            raise Escaped(error) from error


class Group(TyperGroup):
    """Commands under one name."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        _prepare(self)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help page."""
        return _with_own_help(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return help_page(ctx)


class LazyGroup(Group):
    """The program: a command's file is imported when that command is asked for. ``files`` is in the order of the help."""

    files: Sequence[tuple[str, str]] = ()

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, without importing anything."""
        del ctx
        return [name for name, _ in self.files]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the file of this command and build it."""
        module = dict(self.files).get(cmd_name)
        if module is None:
            return None
        command = super().get_command(ctx, cmd_name)
        if command is None:
            command = typer.main.get_command(importlib.import_module(module).app)
            command.name = cmd_name
            self.add_command(command)
        return command
