"""docs/cli.md has every command, option, argument and status, in English and in Chinese."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from anyue.surfaces.cli.app import COMMANDS, build


def section(page: str, command: str) -> str:
    """What stands under the heading of a command."""
    found = re.search(rf"^## anyue {command}\b.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"no heading for {command}"
    return found[0]


def parameters(program: Any, name: str) -> list[Any]:
    """Those of a command and of the commands below it."""
    command = program.get_command(None, name)
    return [*command.params, *(one for below in getattr(command, "commands", {}).values() for one in below.params)]


@pytest.fixture(params=["en", "zh"])
def page(request: pytest.FixtureRequest, root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ANYUE_LANG", request.param)
    english, chinese = (root / "docs" / "cli.md").read_text("utf-8").split("\n# 命令行\n")
    return chinese if request.param == "zh" else english


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_parameter_of_every_command_is_documented_under_its_heading(page: str, name: str) -> None:
    program: Any = build()
    documented = section(page, name)

    for parameter in parameters(program, name):
        if parameter.param_type_name == "argument":
            names = [parameter.metavar.replace("|", "\\|") + ("..." if parameter.nargs != 1 else "")]
        else:
            names = [f"{option}{'' if parameter.is_flag else ' ' + parameter.metavar}" for option in parameter.opts]
        for written in names:
            assert f"`{written}`" in documented, written


def test_the_options_of_the_program_are_documented(page: str) -> None:
    for option in ("--help", "-h", "--version", *(opt for p in build().params for opt in p.opts)):
        assert option in page


def test_no_option_is_documented_that_does_not_exist(page: str) -> None:
    program: Any = build()

    for name, _ in COMMANDS:
        known = {option for parameter in parameters(program, name) for option in parameter.opts}
        table = "\n".join(line.split(" | ")[0] for line in section(page, name).splitlines() if line.startswith("|"))
        assert set(re.findall(r"(?<![\w-])--?[a-z]+(?:-[a-z]+)*", table)) <= known


def test_every_status_and_variable_is_documented(page: str) -> None:
    for status in (0, 1, 2, 3, 130):
        assert f"| {status} |" in page
    for variable in ("ANYUE_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "ANYUE_DEBUG"):
        assert f"`{variable}`" in page
