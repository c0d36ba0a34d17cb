"""What is kept under examples/ is what its script writes."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from examples import build
from examples.district import office

CONVERTED = {"望榆街道.doc", "石塘街道统计表.pdf", "北堤社区盖章扫描件.pdf"}


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((build.HERE / build.TRUTH).read_text("utf-8"))
    return found


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_script_writes_what_is_kept(
    tmp_path: Path, kept: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(office, "soffice", lambda: None)
    build.build(tmp_path)
    assert json.loads((tmp_path / build.TRUTH).read_text("utf-8")) == kept
    assert files_below(build.HERE) - files_below(tmp_path) == {f"{build.REPLIES}/{name}" for name in CONVERTED}
    assert capsys.readouterr().err.count("LibreOffice is not installed") == len(CONVERTED)


def test_every_unit_has_replied_or_is_missing(kept: dict[str, Any]) -> None:
    files = Counter(reply["unit"] for reply in kept["replies"])
    assert len(files) + len(kept["missing"]) == kept["units"] == 26
    assert [unit for unit, count in files.items() if count > 1] == ["柳岸社区"]
    assert not set(kept["missing"]) & set(files)


def test_totals_come_from_each_unit_once(kept: dict[str, Any]) -> None:
    counted = [reply for reply in kept["replies"] if reply["counted"]]
    assert max(Counter(reply["unit"] for reply in counted).values()) == 1
    assert all(reply["status"] != "rejected" for reply in counted)
    for key, total in kept["totals"].items():
        assert total == sum(r["values"][key] for r in counted if isinstance(r["values"][key], int))


def test_the_example_stays_small() -> None:
    sizes = {path.name: path.stat().st_size for path in build.HERE.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < 2_500_000
    assert sizes["北堤社区盖章扫描件.pdf"] < 300_000
