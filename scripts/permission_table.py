"""Writes docs/permissions.md anew from the program: roles, permissions, addresses. The test that holds it does the writing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEST = "tests/anyue/permissions/test_table.py::test_the_customers_table_is_what_the_program_does"


def main() -> int:
    """Run that test with leave to write."""
    environment = {**os.environ, "ANYUE_UPDATE_PERMISSIONS": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
