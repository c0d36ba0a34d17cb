"""Results on standard output and nothing else there; any locale, any name, any pipe."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from . import fakes
from .conftest import Done

Run = Callable[..., Done]
Start = Callable[..., "subprocess.Popen[bytes]"]


def finished(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


def test_json_is_the_object_of_the_contract(anyue: Run) -> None:
    done = anyue("compile", "通知.docx", "--with", "附件1.docx", "--json")

    assert json.loads(done.out) == fakes.spec().to_dict()
    assert done.err == ""


def test_json_of_a_collection(anyue: Run, tmp_path: Path) -> None:
    done = anyue("collect", "通知.docx", "a", "b", "--with", "附件2.docx", "--out", tmp_path, "--json")

    assert json.loads(done.out) == fakes.collection().to_dict()
    assert done.err == ""
    assert fakes.calls == [("outputs", ("form-1", "通知.docx", [Path("附件2.docx")], tmp_path, [Path("a"), Path("b")]))]


@pytest.mark.parametrize("name", ["notice", "collect"])
def test_schemas_are_printed_as_json(anyue: Run, name: str) -> None:
    done = anyue("schema", name)

    assert done.status == 0
    assert f"anyue/{'notice' if name == 'notice' else 'collection'}@1" in done.out
    assert "$defs" in json.loads(done.out)


def test_whoever_prints_meanwhile_the_output_is_the_object_alone(start: Start) -> None:
    status, out, err = finished(start("compile", "noisy.docx", "--json"))

    assert (status, err) == (0, b"")
    assert json.loads(out)["schema"] == "anyue/notice@1"


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LANG": "C"}, {"LC_ALL": "POSIX"}, {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}]
)
def test_utf_8_whatever_the_locale(start: Start, locale: dict[str, str]) -> None:
    status, out, _ = finished(start("compile", "通知.docx", "--json", env=locale))
    assert (status, json.loads(out.decode())["source"][0]["name"]) == (0, "通知.docx")

    status, out, _ = finished(start("compile", "通知.docx", env=locale))
    assert status == 0
    assert "关于开展安全生产月活动的通知" in out.decode()


@pytest.mark.parametrize("name", ["回复.docx".encode("gb18030"), b"\xff\xfe\x80.docx"])
def test_a_name_that_is_not_utf_8_is_no_obstacle(start: Start, name: bytes) -> None:
    status, out, err = finished(start("compile", name, "--json"))

    assert (status, err) == (0, b"")
    assert json.loads(out.decode())["source"][0]["name"].endswith(".docx")


def test_such_a_name_in_a_refusal_is_readable(start: Start) -> None:
    name = "回复".encode("gb18030") + b".docx"

    status, _, err = finished(start("compile", "n.docx", name))

    assert status == 2
    assert err.decode().splitlines()[-1] == "Error: too many arguments: 回复.docx"


@pytest.mark.parametrize("words", [["long.docx", "--json"], ["long.docx"]])
def test_a_reader_that_has_seen_enough_is_no_error(start: Start, words: list[str]) -> None:
    process = start("compile", *words)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()

    process.wait(timeout=30)

    assert process.stderr is not None
    assert (process.returncode, process.stderr.read()) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_one_line(start: Start) -> None:
    with open("/dev/full", "wb") as full:
        status, _, err = finished(start("compile", "通知.docx", "--json", stdout=full))

    assert status == 3
    assert err.decode().startswith("standard output: cannot be written (No space left on device)")
    assert err.count(b"\n") == 1


def test_closed_streams_are_no_crash(start: Start, tmp_path: Path) -> None:
    def close() -> None:
        os.close(1)
        os.close(2)

    process = start("compile", "通知.docx", "--json", "-o", tmp_path / "n.json", preexec_fn=close)

    assert finished(process)[0] == 0
    assert json.loads((tmp_path / "n.json").read_bytes())["doc_no"] == "安办〔2026〕1号"


def test_the_object_is_written_to_a_file_as_well(anyue: Run, tmp_path: Path) -> None:
    done = anyue("compile", "通知.docx", "-o", tmp_path / "n.json")

    assert "关于开展" in done.out
    assert json.loads((tmp_path / "n.json").read_bytes()) == fakes.spec().to_dict()
    assert [path.name for path in tmp_path.iterdir()] == ["n.json"]


def test_a_device_is_written_to_and_not_replaced(anyue: Run) -> None:
    assert anyue("compile", "通知.docx", "-o", "/dev/null").status == 0
    assert not Path("/dev/null").is_file()


def test_a_mark_of_secrecy_is_warned_of_on_standard_error(anyue: Run) -> None:
    done = anyue("compile", "secret.docx", "--json")

    assert done.status == 0
    assert "marked secret (秘密★1年)" in done.err
    assert json.loads(done.out)["classification"] == "秘密★1年"
    assert anyue("compile", "inner.docx").err == ""


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ([], ["docx", "xlsx", "xlsform"]),
        (["--docx"], ["docx"]),
        (["--xlsform", "--xlsx"], ["xlsx", "xlsform"]),
    ],
)
def test_forms_are_made_as_asked_and_their_paths_printed(
    anyue: Run, tmp_path: Path, asked: list[str], kinds: list[str]
) -> None:
    done = anyue("forms", "通知.docx", "-o", tmp_path, *asked)

    assert done.status == 0
    assert done.out.splitlines() == [str(tmp_path / f"活动统计表.{kind}") for kind in kinds]
    assert done.err == f"{len(kinds)} files written.\n"
    assert fakes.calls == [("forms", ("通知.docx", [], tmp_path, kinds, None))]


def on_terminal(start: Start, *words: str, env: dict[str, str] | None = None, **settings: Any) -> tuple[str, str]:
    """What appears on a terminal that is standard output and error of the program: one for each."""
    pairs = [pty.openpty() for _ in range(2)]
    process = start(
        *words,
        stdout=pairs[0][1],
        stderr=pairs[1][1],
        env={"TERM": "xterm-256color", "COLUMNS": "100", **(env or {})},
        **settings,
    )
    shown = []
    for _, ours in pairs:
        os.close(ours)
    for theirs, _ in pairs:
        content = b""
        try:
            while piece := os.read(theirs, 65536):
                content += piece
        except OSError:  # the other end is closed
            pass
        os.close(theirs)
        shown.append(content.decode())
    assert process.wait(timeout=30) == 0
    return shown[0], shown[1]


def test_colours_on_a_terminal_only_and_never_with_no_color(start: Start) -> None:
    bold = "\x1b[1m"

    assert bold in on_terminal(start, "compile", "通知.docx")[0]
    assert bold in on_terminal(start, "--help")[0]
    assert "\x1b[33" not in on_terminal(start, "compile", "通知.docx", env={"NO_COLOR": "1"})[0]
    assert "\x1b" not in on_terminal(start, "--help", env={"NO_COLOR": "1"})[0]
    assert "\x1b" not in on_terminal(start, "compile", "通知.docx", env={"TERM": "dumb"})[0]
    assert b"\x1b" not in finished(start("compile", "通知.docx", env={"FORCE_COLOR": "1"}))[1]


def test_progress_with_a_count_on_a_terminal(start: Start) -> None:
    out, err = on_terminal(start, "compile", "many.docx", "--json")

    assert json.loads(out)["schema"] == "anyue/notice@1"
    assert "/1000" in err
    assert "回复.docx" in err


def test_what_is_done_at_once_shows_no_progress(start: Start) -> None:
    assert on_terminal(start, "compile", "通知.docx", "--json")[1] == ""
