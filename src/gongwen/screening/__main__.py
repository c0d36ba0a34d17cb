"""``python -m gongwen.screening PATH NAME SECONDS MEGABYTES``: look at one file in this process, which may use so much memory.

Writes ``Look`` as one line of JSON. SIGTERM ends it with what it started.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from .looking import look


def main(path: str, name: str, seconds: str, megabytes: str) -> None:
    """Look, and say what was seen."""
    answers, sys.stdout = sys.stdout, sys.stderr  # nothing that a parser prints may get into the answer
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) << 20, hard))
    found = look(Path(path), name, seconds=float(seconds) or None)
    answers.write(json.dumps(found.to_dict(), ensure_ascii=True) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
