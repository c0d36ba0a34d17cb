"""The program starts at once: a command loads what it needs and nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from . import fakes

Start = Callable[..., "subprocess.Popen[bytes]"]

HEAVY = {
    "rich",
    "pydantic",
    "gongwen.outputs",
    "gongwen.collecting",
    "gongwen.readers",
    "importlib.metadata",
    "django",
    "asyncio",
    "docx",
}

LISTING = fakes.PROGRAM.replace(
    "sys.exit(main())",
    "del sys.modules['gongwen.outputs']\nstatus = main()\nsys.stderr.write(' '.join(sys.modules))\nsys.exit(status)",
)


@pytest.mark.parametrize("words", [["compile", "通知.docx", "--json"], ["compile", "通知.docx"], ["compile", "--help"]])
def test_compile_loads_nothing_heavy_of_its_own(start: Start, words: list[str]) -> None:
    process = start(*words, program=LISTING)
    _, err = process.communicate(timeout=30)

    assert process.returncode == 0
    assert set(err.decode().split()) & HEAVY == set()


def test_a_wrong_command_line_is_refused_before_the_library_loads(start: Start) -> None:
    program = "import sys\nfrom anyue.surfaces.cli import main\nstatus = main()\nprint(*sys.modules)\nsys.exit(status)"

    process = start("compile", program=program)
    out, _ = process.communicate(timeout=30)

    assert process.returncode == 2
    assert "gongwen" not in out.decode().split()


@pytest.mark.parametrize(
    ("shell", "settings", "expected"),
    [
        ("bash", {"COMP_WORDS": "anyue co", "COMP_CWORD": "1"}, ["compile", "collect"]),
        ("bash", {"COMP_WORDS": "anyue collect --", "COMP_CWORD": "2"}, ["--units", "--strict"]),
        ("bash", {"COMP_WORDS": "anyue schema ", "COMP_CWORD": "2"}, ["notice", "collect"]),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "anyue compile --j", "ANYUE_LANG": "zh"}, ["--json", "只输出一个 JSON 对象"]),
    ],
)
def test_the_shell_completes_commands_options_and_choices(
    start: Start, shell: str, settings: dict[str, str], expected: list[str]
) -> None:
    process = start(env={"_ANYUE_COMPLETE": f"complete_{shell}", **settings})
    out, err = process.communicate(timeout=30)

    assert (process.returncode, err) == (0, b"")
    for word in expected:
        assert word in out.decode()


def test_the_completion_script_is_shown(start: Start) -> None:
    process = start("--show-completion", env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    process.communicate(timeout=30)

    assert process.returncode in (0, 1, 2)
