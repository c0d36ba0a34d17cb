"""A chain of each test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_checkpoints(settings: Settings, tmp_path: Path) -> None:
    settings.CHECKPOINTS_FOLDER = tmp_path / "checkpoints"
