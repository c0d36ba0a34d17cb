"""docs/messages.md has every code of the catalogue under a heading of its own, with both its sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongwen.messages import CATALOGUE


@pytest.fixture(scope="module")
def sections(root: Path) -> dict[str, str]:
    """What stands under the heading of each code."""
    page = (root / "docs" / "messages.md").read_text("utf-8")
    return dict(re.findall(r"^### ([A-Z]\d{3})\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_has_a_heading(sections: dict[str, str], code: str) -> None:
    assert code in sections, f"docs/messages.md has no heading ### {code}"


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_the_sentences_are_those_of_the_code(sections: dict[str, str], code: str) -> None:
    chinese, english = CATALOGUE[code]

    assert chinese.replace("|", "；") in sections.get(code, "")
    assert english.replace("|", "; ") in sections.get(code, "")


def test_no_heading_is_left_of_a_code_that_is_gone(sections: dict[str, str]) -> None:
    assert set(sections) - set(CATALOGUE) == set()
