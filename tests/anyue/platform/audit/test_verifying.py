"""Whatever is done to the chain behind the program's back is found and named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from anyue.platform.audit import sealing
from anyue.platform.audit.models import Checkpoint, Entry, Seal
from anyue.platform.audit.services import entries_seal, entries_seal_all
from anyue.platform.audit.verifying import Broken, outcome_of, verify_chain

from .trail import tamper, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chain(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CHECKPOINTS_FOLDER = tmp_path
    monkeypatch.setattr(sealing, "EVERY", 10)
    write(25)
    entries_seal_all()


def broken() -> Broken:
    with translation.override("en"):
        found = outcome_of(verify_chain()).broken
    assert found is not None
    return found


def entry_of(number: int) -> int:
    return Seal.objects.get(number=number).entry


def test_an_untouched_chain_holds_and_tells_its_progress() -> None:
    assert list(verify_chain()) == [(25, 25)]
    outcome = outcome_of(verify_chain())
    assert (outcome.sealed, outcome.unsealed, outcome.broken) == (25, 0, None)


def test_what_is_not_sealed_yet_is_counted_and_is_no_fault() -> None:
    write(3)

    outcome = outcome_of(verify_chain())

    assert (outcome.sealed, outcome.unsealed, outcome.broken) == (25, 3, None)


@pytest.mark.parametrize("column", ["actor_label", "action", "subject_label", "place", "address", "device", "actor_id"])
def test_an_altered_entry_is_named(column: str) -> None:
    tamper(f"UPDATE audit_entry SET {column} = 'x' WHERE id = %s", entry_of(7))

    found = broken()

    assert (found.kind, found.number, found.entry) == ("altered", 7, entry_of(7))
    assert found.sentence == f"Link 7: entry {entry_of(7)} was altered after it was sealed."


def test_an_entry_moved_by_a_microsecond_is_named() -> None:
    row = Entry.objects.get(pk=entry_of(4))
    moved = row.at.replace(microsecond=(row.at.microsecond + 1) % 1_000_000)
    tamper(
        "UPDATE audit_entry SET at = %s WHERE id = %s", moved.replace(tzinfo=None) if _is_sqlite() else moved, row.pk
    )

    assert (broken().kind, broken().number) == ("altered", 4)


def test_what_was_changed_before_and_after_is_part_of_the_chain() -> None:
    tamper("UPDATE audit_entry SET after = %s WHERE id = %s", json.dumps({"name": "别处"}), entry_of(3))

    assert (broken().kind, broken().number) == ("altered", 3)


def test_a_deleted_entry_is_named() -> None:
    gone = entry_of(9)
    tamper("DELETE FROM audit_entry WHERE id = %s", gone)

    assert (broken().kind, broken().number, broken().entry) == ("missing", 9, gone)


def test_an_altered_seal_is_told_from_an_altered_entry() -> None:
    tamper("UPDATE audit_seal SET digest = %s WHERE number = 7", "ab" * 32)

    assert (broken().kind, broken().number) == ("seal", 7)


def test_an_alteration_at_the_very_end_is_found() -> None:
    tamper("UPDATE audit_entry SET action = 'x' WHERE id = %s", entry_of(25))

    assert (broken().kind, broken().number) == ("either", 25)


def test_a_deleted_link_is_a_gap() -> None:
    tamper("DELETE FROM audit_seal WHERE number IN (11, 12)")

    assert broken().kind == "gap"
    assert broken().sentence == "Links 11 to 12 are missing from the chain. They were deleted from the database."


def test_a_chain_cut_off_at_its_end_does_not_reach_its_checkpoint() -> None:
    tamper("DELETE FROM audit_seal WHERE number > 15")
    tamper("DELETE FROM audit_entry WHERE id > %s", entry_of(15))

    found = broken()

    assert (found.kind, found.number) == ("checkpoint", 20)
    assert "ends at link 15" in found.sentence


def test_links_cut_off_behind_the_last_checkpoint_leave_entries_without_one() -> None:
    lost = entry_of(22)
    tamper("DELETE FROM audit_seal WHERE number >= 22")

    assert (broken().kind, broken().entry) == ("slipped", lost)


def test_an_entry_put_in_behind_the_chain_is_found() -> None:
    row = Entry.objects.get(pk=entry_of(5))
    tamper("DELETE FROM audit_seal WHERE number = 25")
    tamper("UPDATE audit_entry SET id = %s WHERE id = %s", -1, row.pk)

    assert broken().kind == "missing"


def test_a_chain_rewritten_as_a_whole_does_not_match_the_file_outside(tmp_path: Path) -> None:
    first = Entry.objects.order_by("id").first()
    assert first is not None
    tamper("DELETE FROM audit_seal")
    tamper("DELETE FROM audit_checkpoint")
    tamper("UPDATE audit_entry SET actor_label = 'x' WHERE id = %s", first.pk)
    tamper("UPDATE audit_sealer SET settled = 0, until = 0")
    kept = Checkpoint(number=10, digest="cd" * 32)
    (tmp_path / "000000000010.json").write_text(json.dumps({"number": kept.number, "digest": kept.digest}))
    entries_seal()

    assert broken().kind == "signature"


def test_a_checkpoint_kept_outside_convicts_a_chain_made_anew(
    django_capture_on_commit_callbacks: object, tmp_path: Path
) -> None:
    row = Checkpoint.objects.get(number=10)
    body = {"number": 10, "digest": row.digest, "at": row.at.isoformat(), "signature": row.signature}
    tamper("DELETE FROM audit_seal")
    tamper("DELETE FROM audit_checkpoint")
    tamper("UPDATE audit_entry SET actor_label = 'x' WHERE id = %s", Entry.objects.order_by("id")[0].pk)
    tamper("UPDATE audit_sealer SET settled = 0, until = 0")
    entries_seal_all()
    assert outcome_of(verify_chain()).broken is None

    (tmp_path / "000000000010.json").write_text(json.dumps(body))

    assert (broken().kind, broken().number) == ("checkpoint", 10)


def test_an_altered_checkpoint_bears_no_signature() -> None:
    tamper("UPDATE audit_checkpoint SET digest = %s WHERE number = 20", "ab" * 32)

    assert (broken().kind, broken().number) == ("signature", 20)


def _is_sqlite() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"
