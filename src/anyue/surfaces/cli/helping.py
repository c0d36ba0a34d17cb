"""The help page of a command, in columns that hold with Chinese in them. Examples are a heading of their own."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from typing import Any

from typer.core import TyperArgument, TyperGroup, TyperOption

from .language import text, translated
from .words import padded, width, wrapped

NARROWEST, WIDEST = 50, 110
LEFT = 30
"""The widest that the names on the left may be; what stands behind a longer one goes on the next line."""

Style = Callable[[str], str]


def help_page(ctx: Any) -> str:
    """Usage, what it does, arguments, options, commands, examples."""
    columns = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((90, 24)).columns))
    bold = _bold()
    command = ctx.command
    page = [usage(ctx), ""]
    page += [*wrapped(command.help or "", columns), ""]
    shown = [parameter for parameter in command.get_params(ctx) if not parameter.hidden]
    page += _section("help.arguments", [_entry(p) for p in shown if isinstance(p, TyperArgument)], columns, bold)
    page += _section("help.options", [_entry(p) for p in shown if isinstance(p, TyperOption)], columns, bold)
    if isinstance(command, TyperGroup):
        commands = [(name, _short(ctx, name)) for name in command.list_commands(ctx)]
        page += _section("help.commands", commands, columns, bold)
    if command.epilog:
        examples, _, rest = command.epilog.partition("\n\n")
        page += [bold(text("help.examples")), *(f"  {line}" for line in examples.splitlines()), ""]
        page += wrapped(rest, columns) if rest else []
    return "\n".join(page).rstrip()


def usage(ctx: Any) -> str:
    """The one line that says how the command is written."""
    words = [ctx.command_path]
    optional = False
    for parameter in ctx.command.get_params(ctx):
        if isinstance(parameter, TyperArgument):
            words.append(_argument(parameter))
        elif isinstance(parameter, TyperOption) and parameter.required:
            words.append(f"{parameter.opts[0]} {parameter.metavar or ''}".rstrip())
        else:
            optional = True
    if optional:
        words.insert(1, text("help.any_options"))
    if isinstance(ctx.command, TyperGroup):
        words.append(text("help.any_command"))
    return text("help.usage") + " ".join(words)


def _argument(parameter: TyperArgument) -> str:
    return f"{parameter.metavar or parameter.name.upper()}{'...' if parameter.nargs != 1 else ''}"


def _entry(parameter: TyperArgument | TyperOption) -> tuple[str, str]:
    said = translated(parameter.help) or ""
    if isinstance(parameter, TyperArgument):
        return _argument(parameter), said
    names = ", ".join(sorted(parameter.opts, key=len))
    if not parameter.is_flag:
        names += f" {parameter.metavar or parameter.name.upper()}"
    return names, f"{said} [{text('help.required')}]" if parameter.required else said


def _short(ctx: Any, name: str) -> str:
    command = ctx.command.get_command(ctx, name)
    return "" if command is None else str(command.short_help or command.help or "")


def _section(title: str, entries: list[tuple[str, str]], columns: int, bold: Style) -> list[str]:
    if not entries:
        return []
    left = min(LEFT, max(width(name) for name, _ in entries))
    lines = [bold(text(title))]
    for name, said in entries:
        first, *rest = wrapped(said, columns - left - 4)
        if width(name) > left:
            lines.append(f"  {name}")
            lines.append(f"  {' ' * left}  {first}")
        else:
            lines.append(f"  {padded(name, left)}  {first}".rstrip())
        lines += [f"  {' ' * left}  {line}" for line in rest]
    return [*lines, ""]


def _bold() -> Style:
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        return lambda words: f"\x1b[1m{words}\x1b[0m"
    return lambda words: words
