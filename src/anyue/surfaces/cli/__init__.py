"""The command line: ``anyue COMMAND``. One file of ``commands`` is one command or one group of them.

Nothing is imported here, so that ``anyue compile`` starts at once and Ctrl-C is heard from the first moment on.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status: 0, 1, 2, 3 or 130 as in docs/cli.md."""
    try:
        from .run import run  # noqa: PLC0415 - see above

        return run(argv)
    except KeyboardInterrupt:
        return 130
