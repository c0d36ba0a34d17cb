"""``pytest tests/gongwen/compile --update-golden`` writes the golden files anew; look at the difference before it goes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "golden"
Check = Callable[[str, dict[str, Any]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Check:
    """Compare an object with the golden file of a name."""

    def check(name: str, said: dict[str, Any]) -> None:
        path = GOLDEN / f"{name}.json"
        if request.config.getoption("--update-golden", default=False):
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
        assert said == json.loads(path.read_text("utf-8"))

    return check
