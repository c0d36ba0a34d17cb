"""``anyue serve``: the whole site in one command."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Annotated

import typer

from ..command import Command
from ..language import text
from ..numbers import between
from ..progress import Progress
from ..run import DONE, INTERRUPTED
from ..serving.ports import address, answers, must_be_free
from ..site import Refused, site
from ..streams import emit, tell_line

app = typer.Typer(rich_markup_mode=None, add_completion=False)
THREADS = 4
"""Requests at the same time in one web process."""


@app.command(cls=Command, help="serve.help", short_help="serve.short", epilog="serve.examples")
def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="serve.host")] = "127.0.0.1",
    port: Annotated[str, typer.Option("--port", metavar="PORT", help="serve.port")] = "8000",
    workers: Annotated[str | None, typer.Option("--workers", metavar="N", help="serve.workers")] = None,
    no_jobs: Annotated[bool, typer.Option("--no-jobs", help="serve.no_jobs")] = False,
) -> int:
    """Serve."""
    number = between(port, 1, 65535, "serve.port_range")
    count = between(workers, 1, 64, "serve.workers_range") if workers else 0
    must_be_free(host, number)
    os.environ.setdefault("ANYUE_ADDRESS", address(host, number))  # links that are printed and sent lead here
    with site():
        is_server, link = _prepare()
        if link:
            tell_line(text("serve.first"))
            emit(link)
    return _run(host, number, count or (2 if is_server else 1), no_jobs)


def _prepare() -> tuple[bool, str | None]:
    """Everything that needs Django here; afterwards this process only watches, without a connection."""
    from django.conf import settings  # noqa: PLC0415 - Django is loaded now
    from django.db import connection, connections  # noqa: PLC0415

    from ..serving.metrics import prepare  # noqa: PLC0415
    from ..serving.preparing import collect_static, first_link, migrate  # noqa: PLC0415

    if not Path(settings.FRONTEND, "static", "vendor").is_dir():
        raise Refused(text("serve.no_frontend"))
    with Progress("serve.migrating") as progress:
        migrate(progress)
    collect_static()
    prepare(Path(settings.DATA))
    link = first_link()
    is_server = connection.vendor == "postgresql"
    connections.close_all()
    return is_server, link


def _run(host: str, port: int, workers: int, no_jobs: bool) -> int:
    from ..serving.children import Child  # noqa: PLC0415 - a wrong command line needs none of it
    from ..serving.supervisor import Supervisor  # noqa: PLC0415

    package = "anyue.surfaces.cli.serving"
    words = (host, str(port), str(workers), str(THREADS))
    children = [Child(text("serve.web"), f"{package}.web", *words, patience=15)]
    if not no_jobs:
        children.append(Child(text("serve.jobs"), f"{package}.jobs", "2", patience=50))
    supervisor = Supervisor(
        children,
        lambda: answers(host, port),
        lambda: tell_line(text("serve.ready", address=address(host, port))),
    )
    ended_by = supervisor.run()
    return INTERRUPTED if ended_by == signal.SIGINT else DONE
