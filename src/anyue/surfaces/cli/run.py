"""One run: streams made safe, signals heard, every end turned into an exit status and at most one line."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from .language import language, text
from .streams import Escaped, debugging, prepare_streams, tell, tell_line
from .words import shown

DONE, FALLS_SHORT, WRONG_COMMAND, UNUSABLE, INTERRUPTED = 0, 1, 2, 3, 130


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status."""
    prepare_streams()
    _listen()
    if not debugging():
        warnings.simplefilter("ignore")
    try:
        return _dispatch(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return _interrupted()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE if end.code is None else WRONG_COMMAND
    except Escaped as escaped:
        return _refuse(escaped.error)
    except Exception as error:
        return _refuse(error)


def _dispatch(argv: list[str]) -> int:
    import typer  # noqa: PLC0415 - Ctrl-C while it loads is answered above

    from .app import build  # noqa: PLC0415
    from .usage import complaint  # noqa: PLC0415

    try:
        status = build().main(args=argv, prog_name="anyue", standalone_mode=False)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            tell(error.format_message())
        else:
            tell(complaint(error))
        return WRONG_COMMAND
    if status == INTERRUPTED:
        return _interrupted()
    return status if isinstance(status, int) else DONE


def _interrupted() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not disturb the tidying up
    tell_line(text("run.interrupted"))
    return INTERRUPTED


def _refuse(error: Exception) -> int:
    """One line: the library's own for an input that it cannot use, else where to report."""
    if debugging():
        import traceback  # noqa: PLC0415 - rarely

        tell("".join(traceback.format_exception(error)).rstrip())
    line = getattr(error, "line", None)
    if callable(line):
        tell_line(shown(str(line(language()))))
    elif isinstance(error, OSError) and error.filename is not None:
        tell_line(text("run.cannot_use", path=shown(os.fsdecode(error.filename)), reason=error.strerror))
    else:
        what = f"{type(error).__name__}: {shown(str(error))}".rstrip(": ")
        tell_line(text("run.unexpected", what=what))
    return UNUSABLE


def _listen() -> None:
    """A polite end (SIGTERM, a closed terminal) unwinds like Ctrl-C, so that programs started are ended and half files go."""
    here = os.getpid()

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        if os.getpid() != here:  # a child that was forked dies as it would
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        raise SystemExit(128 + number)

    try:
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, end)
    except ValueError:
        return  # not the main thread: whoever runs us has the signals
