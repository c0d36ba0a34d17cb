"""Chinese or English, chosen at the start, complete in both."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from anyue.surfaces.cli.app import COMMANDS
from anyue.surfaces.cli.catalogue import CATALOGUE
from anyue.surfaces.cli.language import language

from .conftest import Done

Run = Callable[..., Done]
CLI = Path("src/anyue/surfaces/cli")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_SG"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "de_DE.UTF-8", "ANYUE_LANG": "zh"}, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8", "ANYUE_LANG": "en"}, "en"),
    ],
)
def test_the_first_that_is_set_decides(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], expected: str
) -> None:
    monkeypatch.delenv("LANG")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert language() == expected


def test_every_sentence_stands_in_both_languages_with_the_same_details() -> None:
    def details(sentence: str) -> set[str]:
        return {name.split("!")[0] for _, name, _, _ in Formatter().parse(sentence) if name}

    for key, (chinese, english) in CATALOGUE.items():
        assert chinese, key
        assert english, key
        assert details(chinese) == details(english), key


def test_every_sentence_is_used_and_every_key_exists(root: Path) -> None:
    code = "".join(
        path.read_text("utf-8") for path in (root / CLI).rglob("*.py") if not path.name.startswith("catalogue")
    )
    written = set(re.findall(r"[\"']([a-z_]+(?:\.[a-z_]+)*)[\"']", code))
    written = {
        key for key in written if not key.startswith(("anyue.config", "anyue.surfaces", "anyue.serving"))
    }  # modules
    by_family = {"kind", "level", "metavar"}

    for key in CATALOGUE:
        assert key in written or key.split(".")[0] in by_family or "_completion" in key, key
    for key in written:
        if "." in key and key.split(".")[0] in {name.split(".")[0] for name in CATALOGUE if "." in name}:
            assert key in CATALOGUE, key


@pytest.mark.parametrize("command", [None, *(name for name, _ in COMMANDS)])
def test_help_is_whole_in_either_language(anyue: Run, monkeypatch: pytest.MonkeyPatch, command: str | None) -> None:
    words = [command, "--help"] if command else ["--help"]

    english = anyue(*words)
    monkeypatch.setenv("ANYUE_LANG", "zh")
    chinese = anyue(*words)

    assert (english.status, english.err, chinese.status, chinese.err) == (0, "", 0, "")
    assert "Usage: " in english.out
    assert "Examples" in english.out
    assert "用法：" in chinese.out
    assert "示例" in chinese.out
    assert "".join(english.out.split()).replace("单位名称", "").isascii()
    prose = [line for line in chinese.out.splitlines() if line and "anyue" not in line]
    assert all(re.search(r"[一-鿿]", line) for line in prose if re.search("[a-z]{4} [a-z]{3}", line)), prose


def test_minus_h_is_help_everywhere(anyue: Run) -> None:
    assert anyue("-h").out == anyue("--help").out
    assert anyue("forms", "-h").out == anyue("forms", "--help").out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["compile"], "命令行有误：缺少 通知"),
        (["colect"], "命令行有误：没有命令 colect，是不是 collect、compile？"),
        (["compile", "a", "b"], "命令行有误：多余的参数 b"),
        (["schema", "x"], "命令行有误：notice|collect：“x”不在可选范围内（notice, collect）"),
        (["compile", "missing.docx"], "missing.docx：文件不存在。请检查路径和文件名。"),
        (["collect", "n.docx", "r", "--form", "9", "--out", "out"], "没有这张表，可选：form-1"),
    ],
)
def test_refusals_in_chinese(anyue: Run, monkeypatch: pytest.MonkeyPatch, words: list[str], line: str) -> None:
    monkeypatch.setenv("ANYUE_LANG", "zh")

    assert anyue(*words).err.splitlines()[-1] == line


def test_the_version_is_printed(anyue: Run) -> None:
    done = anyue("--version")

    assert done.status == 0
    assert re.fullmatch(r"anyue \S+\n", done.out)
