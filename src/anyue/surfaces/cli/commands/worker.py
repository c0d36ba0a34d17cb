"""``anyue worker``: the jobs alone, on as many machines as needed."""

from __future__ import annotations

from typing import Annotated

import typer

from ..command import Command
from ..language import text
from ..numbers import between
from ..run import DONE
from ..site import Refused, site
from ..streams import tell_line

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command, help="worker.help", short_help="worker.short", epilog="worker.examples")
def worker(
    threads: Annotated[str, typer.Option("--threads", metavar="N", help="worker.threads")] = "2",
) -> int:
    """Run jobs."""
    count = between(threads, 1, 64, "serve.workers_range")
    with site():
        from ..serving.jobs import work  # noqa: PLC0415 - Django is loaded now
        from ..serving.preparing import is_migrated  # noqa: PLC0415

        if not is_migrated():
            raise Refused(text("worker.behind"))
        work(count, lambda: tell_line(text("worker.ready")))
    return DONE
