"""The chain: everything gets in, in whatever order it appears, once, and nobody waits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from anyue.kernel import clock
from anyue.platform.audit import chain, checkpoints, keys, sealing
from anyue.platform.audit.models import Checkpoint, Entry, Seal, Sealer
from anyue.platform.audit.selectors import unsealed_count
from anyue.platform.audit.services import entries_seal, entries_seal_all
from anyue.platform.audit.verifying import outcome_of, verify_chain

from .trail import write


@pytest.mark.django_db
def test_each_entry_gets_one_link_and_a_second_call_adds_none() -> None:
    write(5)

    assert (entries_seal(), entries_seal()) == (5, 0)

    assert [seal.number for seal in Seal.objects.all()] == [1, 2, 3, 4, 5]
    assert unsealed_count() == 0


@pytest.mark.django_db
def test_a_link_is_sm3_over_the_link_before_and_the_bytes_of_the_entry() -> None:
    write(2)
    entries_seal()

    first, second = (
        Entry.objects.filter(pk=seal.entry).values_list(*chain.FIELDS).get() for seal in Seal.objects.all()
    )

    assert Seal.objects.get(number=1).digest == chain.link("00" * 32, first)
    assert Seal.objects.get(number=2).digest == chain.link(chain.link("00" * 32, first), second)


@pytest.mark.django_db
def test_a_backlog_is_sealed_in_portions_without_a_gap() -> None:
    write(25)

    assert [entries_seal(limit=10) for _ in range(4)] == [10, 10, 5, 0]
    assert outcome_of(verify_chain()) == outcome_of(verify_chain())
    assert outcome_of(verify_chain()).sealed == 25


@pytest.mark.database("sqlite")
@pytest.mark.django_db(transaction=True)
def test_of_two_entries_written_at_once_one_waits_and_both_are_sealed_in_the_order_of_their_ids() -> None:
    drawn, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write()
            drawn.set()
            assert may_commit.wait(20)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert drawn.wait(20)
    threading.Timer(0.3, may_commit.set).start()
    later = write()[0]
    writer.join(20)
    entries_seal_all()

    ids = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert ids[-1] == later.pk
    assert list(Seal.objects.order_by("number").values_list("entry", flat=True)) == ids


@pytest.mark.database("postgresql")
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_after_a_later_one_is_sealed_all_the_same() -> None:
    drawn, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write()
            drawn.set()
            assert may_commit.wait(20)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert drawn.wait(20)
    later = write()[0]
    for _ in range(3):
        entries_seal()
    assert list(Seal.objects.values_list("entry", flat=True)) == [later.pk]
    assert Sealer.objects.get().settled < later.pk

    may_commit.set()
    writer.join()
    assert entries_seal_all() == 1

    early = Entry.objects.order_by("id")[0]
    assert early.pk < later.pk
    assert [seal.entry for seal in Seal.objects.all()] == [later.pk, early.pk]
    assert outcome_of(verify_chain()).broken is None
    assert entries_seal() == 0
    assert Sealer.objects.get().settled == later.pk


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_was_rolled_back_is_not_waited_for_for_ever() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    kept = write()[0]

    entries_seal_all()

    assert Sealer.objects.get().settled == kept.pk


PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.anyue.platform.audit.trail import write
write(300)
"""
CHECK = """
import django
django.setup()
from anyue.platform.audit.verifying import outcome_of, verify_chain
outcome = outcome_of(verify_chain())
print(outcome.sealed, outcome.unsealed, outcome.broken)
"""
SEALER = """
import django
django.setup()
import time
from anyue.platform.audit.models import Entry, Seal
from anyue.platform.audit.services import entries_seal
# A transaction that is open anywhere on the server puts sealing off: so until all is sealed, and not so many times.
sealed, end = 0, time.monotonic() + 60
while Seal.objects.count() < Entry.objects.count() and time.monotonic() < end:
    sealed += entries_seal(limit=7)
print(sealed)
"""


@pytest.mark.django_db(transaction=True)
def test_sealers_in_several_processes_make_one_chain(root: Path, tmp_path: Path) -> None:
    # SQLite's database of the tests lies in memory; processes need a file.
    shared = {"DATABASE_URL": _test_database()} if connection.vendor == "postgresql" else {}
    surroundings = {
        **os.environ,
        "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
        "DJANGO_SETTINGS_MODULE": "anyue.config.settings",
        "ANYUE_DATA": str(tmp_path),
        **shared,
    }
    if shared:
        write(300)
    else:
        subprocess.run([sys.executable, "-c", PREPARE], env=surroundings, check=True, cwd=root)

    sealers = [
        subprocess.Popen([sys.executable, "-c", SEALER], env=surroundings, cwd=root, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    sealed = [int(sealer.communicate(timeout=120)[0]) for sealer in sealers]

    assert sum(sealed) == 300
    checked = subprocess.run([sys.executable, "-c", CHECK], env=surroundings, cwd=root, capture_output=True, check=True)
    assert checked.stdout.decode().split() == ["300", "0", "None"]


@pytest.mark.database("sqlite")
@pytest.mark.django_db(transaction=True)
def test_a_writer_waits_for_one_portion_of_the_sealer_at_most() -> None:
    write(30)
    done: list[int] = []
    begun = threading.Event()

    def other() -> None:
        begun.set()
        done.append(write()[0].pk)
        connection.close()

    writer = threading.Thread(target=other)
    with transaction.atomic():
        assert entries_seal(limit=10) == 10
        writer.start()
        assert begun.wait(10)
    writer.join(10)

    assert done
    assert Seal.objects.count() == 10


@pytest.mark.database("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_writer_does_not_wait_for_the_sealer() -> None:
    write()
    with transaction.atomic():
        entries_seal()
        done: list[int] = []

        def other() -> None:
            done.append(write()[0].pk)
            connection.close()

        writer = threading.Thread(target=other)
        writer.start()
        writer.join(10)

        assert done


@pytest.mark.django_db
def test_a_quiet_second_asks_little_and_writes_nothing(django_assert_max_num_queries: Any) -> None:
    write()
    entries_seal_all()

    with django_assert_max_num_queries(2):
        assert entries_seal() == 0


@pytest.mark.django_db(transaction=True)
def test_checkpoints_are_signed_and_stand_in_a_file(settings: Settings, tmp_path: Path) -> None:
    settings.CHECKPOINTS_FOLDER = tmp_path / "checkpoints"
    write()
    entries_seal()

    row = Checkpoint.objects.get()
    body = json.loads((tmp_path / "checkpoints" / "000000000001.json").read_text())
    assert body["digest"] == row.digest == Seal.objects.get().digest
    assert body["signature"] == row.signature
    assert chain.is_signed(keys.believed(), row.number, row.digest, row.at, row.signature)
    assert not chain.is_signed([b"another key"], row.number, row.digest, row.at, row.signature)


@pytest.mark.django_db
def test_a_checkpoint_is_taken_every_so_many_links_and_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "EVERY", 10)
    write(25)
    entries_seal()
    assert sorted(Checkpoint.objects.values_list("number", flat=True)) == [10, 20]

    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(checkpoints, "now", lambda: later)
    write(3)
    entries_seal()
    assert sorted(Checkpoint.objects.values_list("number", flat=True)) == [10, 20, 28]


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_does_not_stop_the_sealer(settings: Settings, tmp_path: Path) -> None:
    blocked = tmp_path / "checkpoints"
    blocked.write_text("a file where the folder should be")
    settings.CHECKPOINTS_FOLDER = blocked
    write()

    assert entries_seal() == 1
    assert Checkpoint.objects.count() == 1


def _test_database() -> str:
    details = connection.settings_dict
    return f"postgres://{details['USER']}@{details['HOST']}:{details['PORT']}/{details['NAME']}"
