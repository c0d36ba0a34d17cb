"""``GET /metrics`` counts over all web processes: they share a folder, emptied at each start."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.conf import settings

from ..language import text
from ..streams import tell_line


def prepare(data: Path) -> None:
    """Make the folder and name it to the processes that are started; say so where the token was forgotten."""
    if not settings.METRICS_ASKED:
        return
    if not settings.METRICS_TOKEN:
        tell_line(text("serve.no_metrics_token"))
        return
    folder = data / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
