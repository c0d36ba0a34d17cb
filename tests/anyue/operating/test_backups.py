"""Backup, restore and verify: the same digest on the same and the other database; interrupted, nothing half is there."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from anyue.platform.backups.archive import members

from .conftest import Done, Installation, until

Install = Callable[..., Installation]


def digest(done: Done) -> str:
    assert done.status == 0, done.out + done.err
    return done.out.split()[-1]


@pytest.fixture(scope="module")
def whole(archive: Path, filled: Installation) -> str:
    """The digest of the installation that was backed up."""
    return digest(filled.run("verify"))


def test_backup_restore_and_verify_give_the_same_digest(
    filled: Installation, archive: Path, whole: str, install: Install
) -> None:
    other = install()

    assert digest(other.run("restore", archive)) == digest(other.run("verify")) == whole
    assert (other.folder / "keys" / "secret").read_bytes() == (filled.folder / "keys" / "secret").read_bytes()
    assert not (other.folder / ".restoring").exists()


def test_the_digest_is_the_same_across_databases(archive: Path, whole: str, install: Install, tmp_path: Path) -> None:
    light = install(server=False)
    assert digest(light.run("restore", archive)) == whole
    assert digest(light.run("backup", tmp_path / "light.tar")) == whole

    back = install()

    assert digest(back.run("restore", tmp_path / "light.tar")) == digest(back.run("verify")) == whole


def test_what_was_restored_works_on(archive: Path, install: Install) -> None:
    other = install()
    other.run("restore", archive)

    said = other.python(
        "import django; django.setup()\n"
        "from anyue.platform.audit.models import Entry\n"
        "from anyue.platform.audit.services import entries_seal\n"
        "from tests.anyue.platform.audit.trail import write\n"
        "before = Entry.objects.order_by('-id').first().pk\n"
        "print(write()[0].pk > before, entries_seal())\n"
        "from django.db import DatabaseError\n"
        "try:\n    Entry.objects.all().delete()\nexcept DatabaseError as error:\n    print('append-only' in str(error))\n"
    )

    assert said.split() == ["True", "1", "True"]
    assert other.run("verify").status == 0


def test_a_backup_lists_what_it_holds_and_is_for_its_owner_alone(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        names = tar.getnames()

    assert names[0] == "anyue.json"
    assert names[-1] == "manifest.json"
    assert {"keys/secret", "keys/audit"} <= set(names)
    assert sum(name.startswith("files/blobs/") for name in names) == 3
    assert not any("session" in name for name in names)
    assert archive.stat().st_mode & 0o077 == 0


def places(archive: Path) -> dict[str, int]:
    """Where the content of each member begins."""
    with tarfile.open(archive) as tar:
        return {about.name: about.offset_data for about in tar if about.size > 40}


@pytest.mark.parametrize(
    "which",
    ["data/audit.entry", "files/blobs/1", "keys/secret", "index/", "manifest"],
)
def test_a_flipped_byte_is_found_and_named(archive: Path, install: Install, tmp_path: Path, which: str) -> None:
    name, at = next((name, at) for name, at in places(archive).items() if name.startswith(which))
    bytes_ = bytearray(archive.read_bytes())
    bytes_[at + 30] ^= 1
    damaged = tmp_path / "damaged.tar"
    damaged.write_bytes(bytes_)
    other = install()

    done = other.run("restore", damaged)

    assert done.status == 3
    assert name in done.err.splitlines()[-1]  # above it may stand how far it was
    assert not other.folder.exists()


@pytest.mark.parametrize("part", [0.02, 0.4, 0.9, 0.999])
def test_a_backup_that_ends_too_early_restores_nothing(
    archive: Path, install: Install, tmp_path: Path, part: float
) -> None:
    cut = tmp_path / "cut.tar"
    with tarfile.open(archive) as tar:
        *_, last = tar.getmembers()
    end = last.offset_data + last.size  # a tar is filled up with nothing behind its last member
    cut.write_bytes(archive.read_bytes()[: int(end * part)])
    other = install()

    done = other.run("restore", cut)

    assert done.status == 3
    assert "Nothing was restored" in done.err or "is no backup of Anyue" in done.err
    assert not other.folder.exists()
    assert list(other.folder.parent.iterdir()) == []


def test_a_backup_that_ends_inside_a_stored_file_restores_nothing(
    archive: Path, install: Install, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.tar"
    with tarfile.open(archive) as tar:
        file = next(member for member in tar.getmembers() if member.name.startswith("files/"))
    cut.write_bytes(archive.read_bytes()[: file.offset_data + file.size // 2])
    other = install()

    done = other.run("restore", cut)

    assert done.status == 3
    assert "Nothing was restored" in done.err
    assert list(other.folder.parent.iterdir()) == []


def test_a_folder_that_holds_data_is_refused_and_untouched(filled: Installation, archive: Path) -> None:
    before = sorted(filled.folder.rglob("*"))

    done = filled.run("restore", archive)

    assert done.status == 3
    assert "holds data already" in done.err
    assert sorted(filled.folder.rglob("*")) == before


@pytest.mark.database("postgresql")  # SQLite's lies in the folder, of which the test above tells
def test_a_database_that_holds_tables_is_refused(filled: Installation, archive: Path, tmp_path: Path) -> None:
    done = Installation(tmp_path / "fresh", filled.database, filled.root).run("restore", archive)

    assert done.status == 3
    assert "empty database" in done.err
    assert not (tmp_path / "fresh").exists()


@pytest.mark.parametrize("file", ["nothing.tar", "letter.docx"])
def test_what_is_no_backup_is_refused_in_one_line(install: Install, tmp_path: Path, file: str) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04 a letter" * 100)

    done = install().run("restore", tmp_path / file)

    assert (done.status, len(done.err.splitlines())) == (3, 1)
    assert file in done.err


def test_another_file_is_not_overwritten_by_a_backup(filled: Installation, archive: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK")
    assert filled.run("backup", letter).status == 3
    assert letter.read_bytes() == b"PK"

    earlier = shutil.copy(archive, tmp_path / "earlier.tar")
    assert filled.run("backup", earlier).status == 0


# --- interrupted ------------------------------------------------------------------------------------------------------

SLOW = """
import contextlib, importlib, sys, time
import anyue.surfaces.cli.site as cli
whole = cli.site
@contextlib.contextmanager
def site(**how):
    with whole(**how):  # Django is loaded now
        module = importlib.import_module("anyue.platform.backups.{module}")
        was, calls = module.{name}, [0]
        def slow(*words, **more):
            calls[0] += 1
            if calls[0] == {at}:
                open({begun!r}, "w").close()
                time.sleep(60)
            return was(*words, **more)
        module.{name} = slow
        yield
cli.site = site
from anyue.surfaces.cli import main
sys.exit(main())
"""


def interrupted(
    place: Installation, begun: Path, number: int, *words: str | Path, module: str, name: str, at: int
) -> int:
    """Run a command that stands still at a point, and end it there."""
    program = SLOW.format(module=module, name=name, at=at, begun=str(begun))
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        env=place.surroundings,
        cwd=place.folder.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert until(begun.exists)
        process.send_signal(number)
        return process.wait(60)
    finally:
        process.kill()


POINTS = [
    ("_prepare", 1, signal.SIGINT),
    ("_load", 4, signal.SIGINT),
    ("_load", 4, signal.SIGKILL),
    ("_store", 2, signal.SIGTERM),
    ("measure", 1, signal.SIGKILL),
    ("call_command", 1, signal.SIGINT),
]
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}


@pytest.mark.parametrize(("name", "at", "number"), POINTS)
def test_an_interrupted_restore_leaves_nothing_half_there_and_runs_again(
    archive: Path, whole: str, install: Install, tmp_path: Path, name: str, at: int, number: signal.Signals
) -> None:
    other = install()

    status = interrupted(other, tmp_path / "begun", number, "restore", archive, module="restoring", name=name, at=at)

    assert status == STATUS[number]
    assert not other.folder.exists()
    if number != signal.SIGKILL:
        assert list(other.folder.parent.iterdir()) == []
    assert digest(other.run("restore", archive)) == whole
    assert [path.name for path in other.folder.parent.iterdir()] == ["data"]


@pytest.mark.parametrize(("name", "at"), [("_write_table", 3), ("_write", 1)])
def test_an_interrupted_backup_leaves_nothing(filled: Installation, tmp_path: Path, name: str, at: int) -> None:
    folder = tmp_path / "to"
    folder.mkdir()

    status = interrupted(
        filled, tmp_path / "begun", signal.SIGINT, "backup", folder / "b.tar", module="making", name=name, at=at
    )

    assert status == 130
    assert list(folder.iterdir()) == []


def test_where_the_parent_cannot_be_used_the_restore_works_inside_the_folder(
    archive: Path, filled: Installation, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anyue.surfaces.cli.restored import Place

    other = install()
    other.folder.mkdir()
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == other.folder)
    place = Place(other.folder)
    assert place.inside
    with place.taken() as work:
        assert work.parent == other.folder
        (work / "keys").mkdir()
        (work / "anyue.sqlite3").touch()
        place.put()
        place.finish()

    assert sorted(path.name for path in other.folder.iterdir()) == ["anyue.sqlite3", "keys"]


def test_a_half_restored_folder_is_not_served(install: Install) -> None:
    other = install()
    other.folder.mkdir()
    (other.folder / ".restoring").touch()

    done = other.run("verify")

    assert (done.status, "Run anyue restore again" in done.err) == (3, True)


# --- verify -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def place(archive: Path, install: Install) -> Installation:
    """A light installation to be spoilt."""
    made = install(server=False)
    digest(made.run("restore", archive))
    return made


def test_verify_names_a_file_that_was_changed_or_is_gone(place: Installation) -> None:
    first, second, _ = sorted((place.folder / "files" / "blobs").rglob("*.jpg"))
    first.write_bytes(b"x" + first.read_bytes()[1:])
    second.unlink()

    done = place.run("verify")

    assert done.status == 1
    assert "现场照片0.jpg) was changed" in done.out
    assert "现场照片1.jpg) is missing" in done.out


def test_verify_names_a_row_that_points_nowhere(place: Installation) -> None:
    with sqlite3.connect(place.folder / "anyue.sqlite3") as connection:
        connection.execute("UPDATE files_storedfile SET blob_id = 99 WHERE id = 1")

    done = place.run("verify")

    assert done.status == 1
    assert "Row 1 of the table files_storedfile points at a row of files_blob that is not there." in done.out


def test_verify_names_the_broken_link_of_the_chain(place: Installation) -> None:
    with sqlite3.connect(place.folder / "anyue.sqlite3") as connection:
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("UPDATE audit_entry SET actor_label = 'x' WHERE id = 7")

    done = place.run("verify")

    assert done.status == 1
    assert "Link 7: entry 7 was altered after it was sealed." in done.out


def test_verify_says_that_migrations_are_missing(install: Install) -> None:
    done = install().run("verify")

    assert done.status == 1
    assert "Migrations are missing" in done.out


def test_an_archive_is_read_in_small_pieces(archive: Path) -> None:
    with archive.open("rb") as stream:
        sizes = [member.size for member in members(stream)]

    assert max(sizes) < 5 << 20
