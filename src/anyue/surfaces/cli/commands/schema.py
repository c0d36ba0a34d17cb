"""``anyue schema``: JSON Schema of what ``compile`` and ``collect`` print."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from ..command import Command
from ..streams import emit_json

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command, help="schema.help", short_help="schema.short", epilog="schema.examples")
def schema(
    which: Annotated[Literal["notice", "collect"], typer.Argument(metavar="notice|collect", help="schema.which")],
) -> int:
    """Print a schema."""
    if which == "notice":
        from gongwen.spec import notice_schema as found  # noqa: PLC0415 - one of the two
    else:
        from gongwen.collection import collection_schema as found  # noqa: PLC0415
    emit_json(json.dumps(found(), ensure_ascii=False, indent=2).encode())
    return 0
