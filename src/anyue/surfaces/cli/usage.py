"""What is wrong with a command line, in the person's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer

from .helping import usage
from .language import listed, text
from .words import shown


def complaint(error: typer.TyperException) -> str:
    """Usage, where the help is, and what is wrong; one line each."""
    ctx: Any = getattr(error, "ctx", None)
    lines = []
    if ctx is not None:
        lines = [usage(ctx), text("usage.hint", command=f"{ctx.command_path} --help")]
    return "\n".join(shown(line) for line in [*lines, text("usage.error") + _reason(error, ctx)])


def _reason(error: Any, ctx: Any) -> str:
    """Typer's exceptions are told apart by their names: their classes are not public."""
    message = error.format_message()
    match type(error).__name__:
        case "NoSuchOption":
            return text("usage.no_option", name=error.option_name) + _meant(error.possibilities or ())
        case "BadOptionUsage":
            key = "usage.no_value" if "not take" in message else "usage.needs_value"
            return text(key, name=error.option_name)
        case "MissingParameter":
            return text("usage.missing", name=_name(error.param))
        case "BadParameter" if error.param is not None:
            return text("usage.bad", name=_name(error.param), reason=error.message)
        case "UsageError":
            return _general(message, ctx)
    return str(message)


def _general(message: str, ctx: Any) -> str:
    if message.startswith("Missing command"):
        return text("usage.missing_command")
    if found := re.match(r"No such command (['\"])(?P<name>.*?)\1", message):
        name = found["name"]
        return text("usage.no_command", name=name) + _meant(get_close_matches(name, ctx.command.list_commands(ctx)))
    if found := re.fullmatch(r"Got unexpected extra argument(?:s|\(s\))? \((?P<words>.*)\)", message, re.DOTALL):
        return text("usage.extra", words=found["words"])
    return message


def _meant(names: Sequence[str]) -> str:
    return text("usage.meant", names=listed(sorted(names))) if names else ""


def _name(parameter: Any) -> str:
    """The option as it is written, or the argument as the usage line has it."""
    longest = max(parameter.opts, key=len)
    return str(longest if longest.startswith("-") else parameter.metavar or longest.upper())
