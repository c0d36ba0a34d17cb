"""How far a run is, file by file, written down often enough to be watched and seldom enough not to be felt."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from gongwen.collecting import ReadReply
from gongwen.outputs.naming import Label

from ..models import QuickFile, QuickRun
from ..rules.figures import issue_of

EVERY = 0.7
"""Seconds between two writes."""
Report = Callable[[int, int], object]


class StoppedError(Exception):
    """Its owner removed the run while it was being read, or another worker has it by now."""


class Progress:
    """Told of each step. ``report`` hears the same: a job hands its own progress on."""

    def __init__(self, run: QuickRun, report: Report) -> None:
        self.run, self.report = run, report
        self._waiting: list[QuickFile] = []
        self._written = 0.0

    def begins(self, stage: str, total: int) -> None:
        """A new stage of so many steps. Raises ``StoppedError``."""
        self.run.stage, self.run.done, self.run.total = stage, 0, total
        self._write()

    def step(self) -> None:
        """One more. Raises ``StoppedError``."""
        self.run.done += 1
        if time.monotonic() - self._written >= EVERY:
            self._write()

    def tell(self, file: QuickFile, reply: ReadReply | None = None, names: Mapping[str, Label] | None = None) -> None:
        """One more reply is read: what is known of it before all are looked at together. Raises ``StoppedError``."""
        if reply is not None:
            file.state = (
                QuickFile.State.REJECTED
                if reply.rejected
                else QuickFile.State.DOUBTFUL
                if any(issue.doubt for issue in reply.issues)
                else QuickFile.State.READ
            )
            file.unit = (reply.unit or "")[:200]
            file.issues = [issue_of(issue, names or {}) for issue in reply.issues]
            self._waiting.append(file)
        self.step()

    def _write(self) -> None:
        run, self._written = self.run, time.monotonic()
        QuickFile.objects.bulk_update(self._waiting, ("state", "unit", "issues"), batch_size=100)
        self._waiting.clear()
        there = QuickRun.objects.filter(pk=run.pk, work=run.work).exclude(state=QuickRun.State.REMOVED)
        if not there.update(stage=run.stage, done=run.done, total=run.total):
            raise StoppedError
        self.report(run.done, run.total)
