"""Numbers of a command line: read here, because typer's own way of reading them loads a library."""

from __future__ import annotations

import typer

from .language import text


def between(written: str, least: int, most: int, otherwise: str) -> int:
    """The number; the command line is wrong where it is none or lies outside."""
    if not written.isascii() or not written.isdigit() or not least <= int(written) <= most:
        raise typer.BadParameter(text(otherwise))
    return int(written)
