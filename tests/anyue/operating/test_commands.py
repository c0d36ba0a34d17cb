"""The operator's commands as she types them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Installation, until

Install = Callable[..., Installation]
Ended = list["subprocess.Popen[str]"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(port: int, path: str = "/healthz") -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def children(process: subprocess.Popen[str]) -> list[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(child) for child in found]


def test_serve_starts_from_nothing_seals_survives_a_dead_worker_and_stops_in_order(
    install: Install, ended: Ended
) -> None:
    place, port = install(), free_port()
    process = place.start("serve", "--port", str(port))
    ended.append(process)
    assert until(lambda: answer(port) == 200, 120)

    assert process.stdout is not None
    link = process.stdout.readline().strip()
    assert link.startswith(f"http://127.0.0.1:{port}/")
    assert answer(port, link.removeprefix(f"http://127.0.0.1:{port}")) == 200
    assert answer(port, "/metrics") == 404

    place.python("import django; django.setup()\nfrom tests.anyue.platform.audit.trail import write\nwrite(5)")
    sealed = "import django; django.setup()\nfrom anyue.platform.audit.models import Seal\nprint(Seal.objects.count())"
    assert until(lambda: int(place.python(sealed)) >= 5, 30)

    taken = place.run("serve", "--port", str(port))
    assert (taken.status, len(taken.err.splitlines())) == (3, 1)
    assert "is taken by another program" in taken.err

    begun = children(process)
    assert len(begun) == 2
    for child in begun:
        os.kill(child, signal.SIGKILL)
    assert until(lambda: len(children(process)) == 2 and not set(children(process)) & set(begun))
    assert until(lambda: answer(port) == 200)

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert answer(port) == 0


def test_a_second_start_prints_no_link_where_there_is_somebody(filled: Installation, ended: Ended) -> None:
    port = free_port()
    process = filled.start("serve", "--no-jobs", "--port", str(port))
    ended.append(process)
    assert process.stderr is not None
    said = next(line for line in process.stderr if "running at" in line)
    assert f"http://127.0.0.1:{port}" in said
    assert answer(port) == 200

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (130, "", "Interrupted.\n")


def test_children_end_with_a_supervisor_that_was_killed(filled: Installation, ended: Ended) -> None:
    port = free_port()
    process = filled.start("serve", "--no-jobs", "--port", str(port))
    ended.append(process)
    assert until(lambda: answer(port) == 200, 120)

    process.kill()
    process.communicate()

    assert until(lambda: answer(port) == 0, 30)


def test_a_worker_runs_alone_and_stops_in_order(archive: Path, install: Install, ended: Ended) -> None:
    place = install()  # of its own: what is scheduled may run, and leaves rows
    assert place.run("restore", archive).status == 0
    process = place.start("worker", "--threads", "1")
    ended.append(process)
    assert process.stderr is not None
    assert "Running jobs" in process.stderr.readline()

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert process.returncode == 0


def test_a_worker_refuses_a_database_that_is_not_up_to_date(install: Install) -> None:
    done = install().run("worker")

    assert (done.status, done.err) == (3, "The database is not up to date with this version. Run anyue serve first.\n")


@pytest.mark.parametrize(
    "command", [["serve"], ["worker"], ["verify"], ["backup", "b.tar"], ["units", "import", "units.csv"]]
)
def test_a_database_that_does_not_answer_is_one_plain_line_without_the_password(
    install: Install, command: list[str]
) -> None:
    place = install(server=False)
    place.folder.mkdir()
    (place.folder.parent / "units.csv").write_text("名称\n云湖区\n")
    if command == ["serve"]:
        command = ["serve", "--port", str(free_port())]

    done = place.run(*command, DATABASE_URL="postgres://anyue:secret-word@127.0.0.1:9/anyue")

    assert (done.status, len(done.err.splitlines())) == (3, 1), done.err
    assert "127.0.0.1:9/anyue does not answer" in done.err
    assert "secret-word" not in done.err


@pytest.mark.parametrize("address", ["mysql://u:secret-word@h/n", "postgres://u@h:port/n", "nonsense"])
def test_an_address_that_is_none_is_refused_in_one_plain_line(install: Install, address: str) -> None:
    done = install(server=False).run("verify", DATABASE_URL=address)

    assert (done.status, len(done.err.splitlines())) == (3, 1), done.err
    assert "DATABASE_URL" in done.err
    assert "secret-word" not in done.err


@pytest.mark.parametrize(
    "words", [["--port", "0"], ["--port", "x"], ["--port", "70000"], ["--workers", "0"], ["--workers", "-1"]]
)
def test_a_number_out_of_range_is_a_wrong_command_line(install: Install, words: list[str]) -> None:
    assert install(server=False).run("serve", *words).status == 2


def test_an_address_of_another_machine_is_refused(install: Install) -> None:
    done = install(server=False).run("serve", "--host", "192.0.2.1")

    assert (done.status, len(done.err.splitlines())) == (3, 1)
    assert "cannot be listened on" in done.err


def test_units_are_imported_all_or_nothing_and_once(filled: Installation, install: Install, archive: Path) -> None:
    place = install()
    assert place.run("restore", archive).status == 0
    table = place.folder.parent / "units.csv"
    table.write_text("代码,名称,上级代码,类别\n120106000000,红桥区,,县区\n", encoding="utf-8")

    assert "nothing was written" in place.run("units", "import", table, "--dry-run").err
    first, second = place.run("units", "import", table), place.run("units", "import", table)

    assert (first.status, first.out) == (0, "1 added, 0 renamed, 0 moved, 0 changed otherwise, 0 unchanged.\n"), (
        first.err
    )
    assert (second.status, second.out) == (0, "0 added, 0 renamed, 0 moved, 0 changed otherwise, 1 unchanged.\n")


def test_a_faulty_table_of_units_is_told_by_row_and_nothing_is_written(filled: Installation) -> None:
    count = "import django; django.setup()\nfrom anyue.modules.orgs.models import Unit\nprint(Unit.objects.count())"
    before = filled.python(count)
    table = filled.folder.parent / "bad.csv"
    table.write_text("代码,名称,上级代码,类别\n12,红桥区,,县区\n", encoding="utf-8")

    done = filled.run("units", "import", table)

    assert done.status == 3
    assert done.err.startswith("row 2")
    assert filled.python(count) == before
