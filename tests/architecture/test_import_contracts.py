"""Every import contract is green on the code as it is and turns red on a planted fault."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# contract, file to add, its one forbidden import
FAULTS = [
    ("gongwen-alone", "gongwen/readers/planted.py", "import anyue.kernel"),
    ("gongwen-alone", "gongwen/readers/planted.py", "from django.db import models"),
    ("gongwen-layers", "gongwen/lexicon/planted.py", "from gongwen import readers"),
    ("gongwen-layers", "gongwen/readers/planted.py", "from ..compile import planted"),
    ("gongwen-layers", "gongwen/model_of_no_layer.py", ""),
    ("anyue-layers", "anyue/kernel/planted.py", "import anyue.surfaces.cli"),
    ("anyue-layers", "anyue/modules/__init__.py", "from anyue import surfaces"),
    ("anyue-layers", "anyue/helpers.py", ""),
    ("modules-layers", "anyue/modules/orgs/planted.py", "from anyue.modules.accounts import models"),
    ("modules-layers", "anyue/modules/notices/planted.py", "from anyue.modules import campaigns"),
    ("modules-layers", "anyue/modules/of_no_layer.py", ""),
    ("platform-layers", "anyue/platform/authz/planted.py", "from anyue.platform.audit import services"),
    ("platform-layers", "anyue/platform/pages/planted.py", "from anyue.platform import files"),
    ("platform-layers", "anyue/platform/of_no_layer.py", ""),
    ("kernel-pure", "anyue/kernel/planted.py", "import django.utils.timezone"),
    ("kernel-pure", "anyue/kernel/planted.py", "from gongwen import model"),
    ("surfaces-apart", "anyue/surfaces/planted.py", "from .cli import planted"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A copy of the code and its contracts."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copy(root / ".importlinter", copy)
    shutil.copytree(root / "src", copy / "src", ignore=lambda _, names: [n for n in names if _is_data(n)])
    return copy


def _is_data(name: str) -> bool:
    return name == "__pycache__" or ("." in name and not name.endswith(".py"))


def lint(tree: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    """The contracts over ``tree``; it stands before the installed project on the path."""
    only = [f"--contract={contract}"] if contract else []
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", *only],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_code_keeps_every_contract(tree: Path) -> None:
    done = lint(tree)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("contract", "file", "line"), FAULTS)
def test_a_planted_fault_turns_its_contract_red(tree: Path, contract: str, file: str, line: str) -> None:
    planted = tree / "src" / file
    target = planted.parents[1] / "compile" / "planted.py" if "..compile" in line else None
    made_folder = not planted.parent.exists()
    planted.parent.mkdir(exist_ok=True)
    before = planted.read_text() if planted.exists() else None
    if target:
        target.write_text("")
    planted.write_text(f'"""Planted."""\n{line}\n')
    try:
        done = lint(tree, contract)
    finally:
        if before is None:
            planted.unlink()
        else:
            planted.write_text(before)
        if target:
            target.unlink()
        if made_folder:
            planted.parent.rmdir()

    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_every_contract_has_a_planted_fault(root: Path) -> None:
    config = configparser.ConfigParser()
    config.read(root / ".importlinter", encoding="utf-8")
    contracts = {name.rpartition(":")[2] for name in config.sections() if ":contract:" in name}

    assert contracts == {contract for contract, _, _ in FAULTS}
