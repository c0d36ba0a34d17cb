"""Measures what docs promise, each beside its peer in the same run.

python -m benchmarks [NAME...] [--quick] [--strict] [--folder DIR]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from .measure import Failed, cores
from .suite import SUITE, Bench


def main() -> int:
    """Run the benchmarks that are named, all if none is; 1 if one failed, or with ``--strict`` if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, each beside its peer.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SUITE))
    parser.add_argument("--quick", action="store_true", help="small inputs and few runs: does everything run?")
    parser.add_argument("--strict", action="store_true", help="status 1 where a goal is missed")
    parser.add_argument("--folder", type=Path, help="where to put the inputs (up to 1 GB, removed afterwards)")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.names if name not in SUITE]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}: there are {', '.join(SUITE)}")
    os.environ.pop("ANYUE_DEBUG", None)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, {platform.machine()}, {cores()} cores{load}")
    print("median, fastest – slowest, processor time, × of ours")
    bad = False
    for name in chosen.names or SUITE:
        print(flush=True)
        with tempfile.TemporaryDirectory(prefix="anyue-bench-", dir=chosen.folder) as folder:
            try:
                result = SUITE[name](Bench(Path(folder), chosen.quick))
            except Failed as failure:
                print(f"{name}: {failure}")
                bad = True
                continue
        print("\n".join(result.lines()), flush=True)
        bad = bad or (chosen.strict and not all(goal.met for goal in result.goals))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
