"""``anyue demo``: a fictional district in the middle of its month, into an empty data folder."""

from __future__ import annotations

from typing import Annotated

import typer

from ..command import Command
from ..language import text
from ..progress import Progress
from ..run import DONE, WRONG_COMMAND
from ..site import Refused, site
from ..streams import emit, tell_line

_STEPS = {
    "units": "demo.step.units",
    "people": "demo.step.people",
    "month": "demo.step.month",
    "accounts": "demo.step.accounts",
}
app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command, help="demo.help", short_help="demo.short", epilog="demo.examples")
def demo(load: Annotated[bool, typer.Option("--load", help="demo.load")] = False) -> int:
    """Load the demonstration."""
    if not load:
        tell_line(text("demo.say_load"))
        return WRONG_COMMAND
    with site():
        from anyue.demonstration import NotEmptyError, demo_load  # noqa: PLC0415 - Django is loaded now

        from ..serving.preparing import migrate  # noqa: PLC0415

        with Progress("serve.migrating") as progress:
            migrate(progress)
        with Progress("demo.loading") as progress:
            try:
                file = demo_load(progress=lambda done, total, step: progress(done, total, _step(step)))
            except NotEmptyError as error:
                raise Refused(text("demo.not_empty")) from error
    tell_line(text("demo.accounts"))
    emit(str(file))
    return DONE


def _step(step: str) -> str:
    return text(_STEPS[step]) if step else ""
