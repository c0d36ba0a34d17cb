"""The scorers of the shared cases, run as they are with the command as people have it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


def command() -> str:
    """``anyue`` beside this interpreter, else the module that it starts."""
    script = Path(sys.executable).with_name("anyue")
    return str(script) if script.exists() else f"{sys.executable} -m anyue.surfaces.cli"


@pytest.mark.timeout(240)
@pytest.mark.parametrize("scorer", ["score.py", "score_quirks.py"])
def test_the_scorer_prints_a_macro_f1_of_at_least_95_percent(shared: Path, root: Path, scorer: str) -> None:
    done = subprocess.run(
        [sys.executable, str(shared / "cases" / scorer), "--anyue", command(), "--verbose"],
        capture_output=True,
        text=True,
        timeout=200,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    score = re.search(r"macro F1 ([\d.]+)", done.stdout)
    assert score is not None, done.stdout
    assert float(score[1]) >= 0.95, done.stdout
    missed = re.findall(r"(?:exit \d|not JSON|no answer)[^\n]*", done.stdout)
    assert missed == []
