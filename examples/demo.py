"""The main job on the example district: the notice read, empty forms for the units, 25 replies summed up.

``make demo`` runs this. It calls the same command that an office would type, and leaves its files below ``var/demo``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DISTRICT = HERE / "district-2026"


def main() -> int:
    """Run the three commands one after the other; the first that fails ends the demonstration with its status."""
    out = Path(os.environ.get("ANYUE_DATA", HERE.parent / "var")) / "demo"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    notice, replies, roster = DISTRICT / "通知.docx", DISTRICT / "回复", DISTRICT / "单位名单.xlsx"
    steps = (
        ["compile", notice],
        ["forms", notice, "-o", out / "空表"],
        ["collect", notice, replies, "--units", roster, "--out", out / "汇总"],
    )
    for step in steps:
        words = [str(word) for word in step]
        shown = " ".join(os.path.relpath(word) if os.path.isabs(word) else word for word in words)
        print(f"\n$ anyue {shown}\n", flush=True)
        status = subprocess.run([sys.executable, "-m", "anyue.surfaces.cli", *words], check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
