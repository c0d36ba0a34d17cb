"""The web server as a process: ``python -m anyue.surfaces.cli.serving.web HOST PORT WORKERS THREADS``."""

from __future__ import annotations

import sys

# Its own puts what went wrong on standard output, which is for results.
_HANDLER = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "generic"}
_TO_STANDARD_ERROR = {"handlers": {"console": _HANDLER, "access": {**_HANDLER, "formatter": "access"}}}


def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until told to end. A worker that dies is replaced; if that fails at once, this process ends and is started anew."""
    from granian.constants import Interfaces  # noqa: PLC0415 - workers import this module again and need it not
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    Server(
        "anyue.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
        log_level=LogLevels.error,
        log_dictconfig=_TO_STANDARD_ERROR,
    ).serve()


if __name__ == "__main__":
    from anyue.surfaces.cli.serving.children import end_with_parent

    end_with_parent()
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
