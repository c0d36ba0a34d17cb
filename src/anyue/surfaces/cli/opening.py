"""The notice, read and compiled, with the warning that it may need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .language import text
from .progress import Progress
from .streams import only_results, tell_line

if TYPE_CHECKING:
    from gongwen import LoadedNotice, NoticeSpec


def opened(notice: Path, attachments: Sequence[Path]) -> LoadedNotice:
    """Read the notice once for all that is done with it."""
    import gongwen  # noqa: PLC0415 - a wrong command line is refused before the library loads

    with only_results(), Progress("run.reading") as progress:
        loaded = gongwen.load(notice, *attachments, progress=progress)
    warn_of_secrecy(loaded.spec)
    return loaded


def warn_of_secrecy(spec: NoticeSpec) -> None:
    """Warn where the document is a state secret; 内部 and 工作秘密 are not."""
    if spec.classification and re.match(r"绝密|机密|秘密", spec.classification):
        tell_line(text("run.secret", mark=spec.classification))
