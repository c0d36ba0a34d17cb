"""Whatever comes, a file is read or refused by one clear sentence: quickly, in little memory, and the rest goes on."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongwen.errors import Unreadable
from gongwen.readers import read, read_all
from gongwen.readers.source import Source
from tests.support import bad_files
from tests.support.containers import docx

CONTENTS = bad_files.contents()


def test_there_are_at_least_forty(tmp_path: Path) -> None:
    assert len(bad_files.write(tmp_path)) >= 40


@pytest.mark.parametrize("name", CONTENTS)
def test_a_bad_file_is_refused_quickly_with_its_reason(name: str, tmp_path: Path) -> None:
    data, code = CONTENTS[name]
    path = tmp_path / name
    path.write_bytes(data)
    start = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        read(path)
    assert time.monotonic() - start < 10
    assert refusal.value.code == code, refusal.value
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, code in bad_files.write(tmp_path).items():
        if not path.is_file() or path.is_symlink():
            with pytest.raises(Unreadable) as refusal:
                read(path)
            assert refusal.value.code == code, path


def test_a_bad_path_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / ("长" * 300), Path("a\0b.docx")):
        with pytest.raises(Unreadable):
            read(path)


def test_in_a_batch_they_are_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = tmp_path / "zz.docx"
    sources = [Source.of(path) for path in bad_files.write(tmp_path)]
    good.write_bytes(docx("通知"))
    results = list(read_all([*sources, Source.of(good)]))
    assert [source for source, _ in results] == [*sources, Source.of(good)]
    assert all(isinstance(result, Unreadable) for _, result in results[:-1])
    assert not isinstance(results[-1][1], Unreadable)


def test_no_memory_is_lost_over_them_and_nothing_is_said(tmp_path: Path) -> None:
    bad_files.write(tmp_path)
    script = (
        "import re; from pathlib import Path; from gongwen.readers import read_all, Source\n"
        f"paths = sorted(Path({str(tmp_path)!r}).iterdir())\n"
        "list(read_all(map(Source.of, paths)))\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=280, check=True)
    assert run.stderr == ""
    assert int(run.stdout) < 500 * 1024
