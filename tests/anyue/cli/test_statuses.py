"""Each end has its exit status, one line, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from . import fakes
from .conftest import Done

Run = Callable[..., Done]
Start = Callable[..., "subprocess.Popen[bytes]"]


def test_0_a_notice_is_compiled(anyue: Run) -> None:
    done = anyue("compile", "通知.docx")

    assert (done.status, done.err) == (0, "")
    assert "安办〔2026〕1号" in done.out


def test_0_doubtful_replies_are_no_failure_unless_strict(anyue: Run, tmp_path: Path) -> None:
    assert anyue("collect", "通知.docx", "replies", "--out", tmp_path).status == 0


def test_1_strict_with_a_reply_that_is_not_accepted_and_the_files_are_written(anyue: Run, tmp_path: Path) -> None:
    done = anyue("collect", "通知.docx", "replies", "--out", tmp_path / "out", "--strict")

    assert (done.status, done.err) == (1, "")
    assert (tmp_path / "out" / "汇总表.docx").exists()


def test_0_strict_where_all_replies_are_accepted(anyue: Run, tmp_path: Path) -> None:
    assert anyue("collect", "通知.docx", "good.docx", "--out", tmp_path, "--strict").status == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["colect"], "there is no command colect; did you mean collect"),
        (["--bogus"], "there is no option --bogus"),
        (["compile"], "NOTICE is missing"),
        (["compile", ""], "NOTICE: must not be empty"),
        (["compile", "a", "b"], "too many arguments: b"),
        (["compile", "a", "--jsn"], "there is no option --jsn; did you mean --json?"),
        (["compile", "a", "--json=1"], "the option --json takes no value"),
        (["compile", "a", "--with"], "the option --with needs a value"),
        (["forms", "a"], "--output is missing"),
        (["collect", "a", "--out", "o"], "REPLY is missing"),
        (["collect", "a", "b"], "--out is missing"),
        (["schema"], "notice|collect is missing"),
        (["schema", "form"], "notice|collect: 'form' is not one of notice, collect"),
    ],
)
def test_2_a_wrong_command_line_is_explained(anyue: Run, words: list[str], reason: str) -> None:
    done = anyue(*words)

    assert (done.status, done.out) == (2, "")
    assert done.err.splitlines()[-1].startswith(f"Error: {reason}")


def test_2_no_command_at_all_shows_the_help_on_standard_error(anyue: Run) -> None:
    done = anyue()

    assert (done.status, done.out) == (2, "")
    assert "compile" in done.err


def test_2_the_output_folder_is_a_file(anyue: Run, tmp_path: Path) -> None:
    (tmp_path / "out").touch()

    for words in (["collect", "通知.docx", "r", "--out"], ["forms", "通知.docx", "-o"]):
        done = anyue(*words, tmp_path / "out")
        assert done.status == 2
        assert "is a file, not a folder" in done.err
    assert fakes.calls == []


def test_2_an_input_is_never_written_over(anyue: Run, tmp_path: Path) -> None:
    notice = tmp_path / "通知.docx"
    notice.write_bytes(b"precious")
    (tmp_path / "link").symlink_to(notice)

    assert anyue("compile", notice, "-o", tmp_path / "link").status == 2
    assert anyue("compile", "x.docx", "--with", notice, "-o", notice).status == 2
    assert anyue("compile", notice, "-o", tmp_path).status == 2
    assert notice.read_bytes() == b"precious"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["compile", "missing.docx"], "missing.docx: the file does not exist. Check the path and the name."),
        (["forms", "missing.docx", "-o", "OUT"], "missing.docx: the file does not exist. Check the path and the name."),
        (["collect", "missing.docx", "r", "--out", "OUT"], "missing.docx: the file does not exist. Check the path and the name."),
        (["collect", "n.docx", "r", "--units", "no.xlsx", "--out", "OUT"], "no.xlsx: the file does not exist. Check the path and the name."),
        (["collect", "n.docx", "r", "--form", "9", "--out", "OUT"], "there is no such form; there are form-1"),
        (["forms", "n.docx", "--form", "9", "-o", "OUT"], "there is no such form; there are form-1"),
        (["forms", "formless.docx", "-o", "OUT"], "there is no such form; there are"),
        (["compile", "n.docx", "-o", "/proc/none/x.json"], "/proc/none/x.json: cannot be written (No such file or directory)."),
    ],
)  # fmt: skip
def test_3_an_input_that_cannot_be_used_is_one_line(anyue: Run, tmp_path: Path, words: list[str], line: str) -> None:
    done = anyue(*(str(tmp_path / "out") if word == "OUT" else word for word in words))

    assert (done.status, done.out) == (3, "")
    assert done.err.startswith(line)
    assert done.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_3_an_error_that_nobody_expected_is_one_line_too(anyue: Run) -> None:
    done = anyue("compile", "bug.docx")

    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("anyue: an unexpected error (KeyError: 'two")
    assert "ANYUE_DEBUG=1" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("name", ["short.docx", "pipe.docx"])
def test_3_errors_of_which_typer_would_make_something_else(anyue: Run, name: str) -> None:
    done = anyue("compile", name)

    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("anyue: an unexpected error")
    assert done.err.count("\n") == 1


def test_3_a_disk_that_fills_up_while_the_files_are_written(anyue: Run, tmp_path: Path) -> None:
    done = anyue("collect", "large.docx", "replies", "--out", tmp_path)

    assert (done.status, done.out) == (3, "")
    assert done.err.startswith(f"{tmp_path}: cannot be written (No space left on device).")
    assert done.err.count("\n") == 1


def test_a_traceback_is_shown_to_who_asks_for_it(anyue: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_DEBUG", "1")

    done = anyue("compile", "bug.docx")

    assert done.status == 3
    assert "Traceback (most recent call last)" in done.err


def _begun(folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if (folder / "begun").exists():
            return
        assert process.poll() is None
        time.sleep(0.05)
    pytest.fail("the work did not begin")


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [(signal.SIGINT, 130, "Interrupted.\n"), (signal.SIGTERM, 143, ""), (signal.SIGHUP, 129, "")],
)
def test_130_ctrl_c_and_a_polite_end_tidy_up(
    start: Start, tmp_path: Path, number: signal.Signals, status: int, said: str
) -> None:
    process = start("collect", tmp_path / "slow.docx", "replies", "--out", tmp_path / "out", "--json")
    _begun(tmp_path, process)

    os.kill(process.pid, number)
    out, err = process.communicate(timeout=20)

    assert (process.returncode, out, err.decode()) == (status, b"", said)
    assert (tmp_path / "tidied").exists()
    assert not (tmp_path / "out").exists()


def test_130_a_ctrl_c_while_the_program_still_loads(start: Start) -> None:
    program = """
import sys
import anyue.surfaces.cli
class Finder:
    def find_spec(self, name, *_):
        if name == "typer":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
sys.exit(anyue.surfaces.cli.main())
"""
    process = start("compile", "通知.docx", program=program)
    _, err = process.communicate(timeout=20)

    assert (process.returncode, err) == (130, b"Interrupted.\n")
