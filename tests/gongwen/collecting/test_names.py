"""Files whose names are no UTF-8, as a .zip from Chinese Windows leaves them: read by their real path, named for a person."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongwen import collect, load
from gongwen.errors import Unreadable
from gongwen.readers import expand
from gongwen.readers.archive import printable

from .district import NOTICE, Sheet

ROOT = Path(__file__).parents[3]


def escaped(name: str) -> str:
    """A name in GB18030 as the system hands it over."""
    return os.fsdecode(name.encode("gb18030"))


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    """A folder named rightly with one reply named rightly and one not."""
    folder = tmp_path / "回复"
    folder.mkdir()
    (folder / "甲山社区.docx").write_bytes(Sheet("", {"talks": 3, "talkers": 60}).docx())
    try:
        (folder / escaped("乙山社区.docx")).write_bytes(Sheet("", {"talks": 2, "talkers": 40}).docx())
    except (OSError, UnicodeError):
        pytest.skip("this file system takes only names that are text")
    return folder


def test_a_reply_with_such_a_name_is_read_and_its_unit_known(replies: Path, tmp_path: Path) -> None:
    roster = tmp_path / escaped("名单.csv")
    roster.write_text("单位名称\n甲山社区\n乙山社区\n", "utf-8")

    collection = collect(NOTICE, [replies], roster)

    assert {(reply.file, reply.unit) for reply in collection.replies} == {
        ("回复/甲山社区.docx", "甲山社区"),
        ("回复/乙山社区.docx", "乙山社区"),
    }
    assert json.loads(collection.to_json())["missing"] == []


def test_the_whole_run_goes_through(replies: Path, tmp_path: Path) -> None:
    words: list[str | Path] = [
        "collect",
        ROOT / "examples/district-2026/通知.docx",
        replies,
        "--out",
        tmp_path / "out",
        "--json",
    ]
    ended = subprocess.run(
        [sys.executable, "-m", "anyue.surfaces.cli", *words],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"},
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert {reply["file"] for reply in json.loads(ended.stdout)["replies"]} == {
        "回复/甲山社区.docx",
        "回复/乙山社区.docx",
    }
    assert len(list((tmp_path / "out").iterdir())) == 5


def test_a_notice_with_such_a_name_is_compiled_and_refused_under_its_name(replies: Path) -> None:
    loaded = load(replies / escaped("乙山社区.docx"))
    assert (loaded.name, loaded.spec.source[0].name) == ("乙山社区.docx", "乙山社区.docx")
    json.loads(loaded.spec.to_json())
    with pytest.raises(Unreadable) as refused:
        load(replies / escaped("没有.docx"))
    assert refused.value.file == "没有.docx"


def test_what_is_opened_is_the_file_on_the_disk(replies: Path) -> None:
    for source in expand([replies]):
        source.name.encode()
        assert source.read()[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("回复/甲.docx", "回复/甲.docx"),
        (escaped("甲.docx"), "甲.docx"),
        (f"回复/{escaped('甲山')}/乙.docx", "回复/甲山/乙.docx"),
    ],
)
def test_each_folder_is_named_by_itself(name: str, shown: str) -> None:
    assert printable(name) == shown


@pytest.mark.parametrize("name", ["\udcff\udcfe\udc80.docx", "\ud83d.docx", "a\udcb8"])
def test_bytes_that_are_no_text_are_replaced(name: str) -> None:
    assert printable(name).encode()
