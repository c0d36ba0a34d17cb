"""The operator's guide says what the program does: settings, commands, nginx, the table of working days."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from anyue.platform.messaging.working_days import is_working_day
from anyue.surfaces.cli.app import COMMANDS, build
from tests.conftest import program as program_at

READ = re.compile(r"""(?:environ\.get\(|environ\[|flag\(|words\()\s*["']([A-Z][A-Z0-9_]+)["']""")
OURS = re.compile(r"^(?:ANYUE_\w+|DATABASE_URL)$")


@pytest.fixture(scope="module")
def guide(root: Path) -> Path:
    return root / "docs" / "operating"


def fenced(guide: Path, language: str = "") -> list[str]:
    """The blocks of a language in all pages; "" is what is typed into a shell."""
    pages = "\n".join(page.read_text("utf-8") for page in sorted(guide.glob("*.md")))
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", pages, re.MULTILINE | re.DOTALL)
    return [block for found, block in blocks if found == language]


def test_every_setting_has_its_heading_and_no_heading_is_of_none(root: Path, guide: Path) -> None:
    source = root / "src" / "anyue"
    config = "".join(file.read_text("utf-8") for file in (source / "config").glob("*.py"))
    everything = "".join(file.read_text("utf-8") for file in source.rglob("*.py"))
    read = {name for name in READ.findall(config) if OURS.match(name)} | set(
        re.findall(r'dj_database_url\.config\(\s*"(\w+)"', config)
    )
    headings = re.findall(r"^### `(\w+)`$", (guide / "settings.md").read_text("utf-8"), re.MULTILINE)

    assert len(headings) == len(set(headings))
    assert read - set(headings) == set()
    assert {name for name in headings if f'"{name}"' not in everything} == set()


def commands(guide: Path) -> list[list[str]]:
    """Every ``anyue …`` that the guide has somebody type, without settings before it and whatever comes after it."""
    typed = re.compile(r"(?:^|[ /;=])anyue ((?:serve|worker|units|backup|restore|verify)\b[^|&;\n]*)", re.MULTILINE)
    text = re.sub(r"\$\([^)]*\)", "today", "\n".join(fenced(guide)))
    return [shlex.split(words) for words in typed.findall(text)]


def test_every_command_of_the_guide_is_one_of_the_program(guide: Path) -> None:
    program: Any = build()
    typed = commands(guide)

    for words in typed:
        command = program.get_command(None, words[0])
        rest = words[1:]
        if getattr(command, "commands", None):
            command, rest = command.commands[rest[0]], rest[1:]
        assert command.make_context(words[0], rest, resilient_parsing=False)
    assert {words[0] for words in typed} == {name for name, _ in COMMANDS} - {
        *("compile", "forms", "collect", "schema", "demo")
    }


@pytest.mark.program("nginx")
def test_nginx_takes_the_settings_of_the_guide(guide: Path, tmp_path: Path) -> None:
    nginx = program_at("nginx")
    assert nginx is not None
    subject = [
        "-subj",
        "/CN=anyue.example.gov.cn",
        "-keyout",
        str(tmp_path / "site.key"),
        "-out",
        str(tmp_path / "site.pem"),
    ]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject], check=True, capture_output=True
    )
    whole, upstream = fenced(guide, "nginx")
    both = [whole, re.sub(r"upstream anyue \{.*?\n\}\n", upstream, whole, flags=re.DOTALL)]

    for number, written in enumerate(both):
        said = (
            written.replace("/etc/anyue/", f"{tmp_path}/")
            .replace("listen 80;", "listen 18080;")
            .replace("listen 443", "listen 18443")
        )
        file = tmp_path / f"{number}.conf"
        file.write_text(f"pid {tmp_path}/nginx.pid; error_log stderr; events {{}} http {{ access_log off;\n{said}\n}}")
        done = subprocess.run([nginx, "-t", "-c", file, "-p", tmp_path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_table_of_working_days_of_the_guide_counts(guide: Path, settings: Settings, tmp_path: Path) -> None:
    (written,) = fenced(guide, "json")
    settings.DATA = tmp_path
    (tmp_path / "working-days.json").write_text(written)
    table = json.loads(written)["2027"]

    assert not any(is_working_day(date.fromisoformat(day)) for day in table["off"])
    assert all(is_working_day(date.fromisoformat(day)) for day in table["work"])
