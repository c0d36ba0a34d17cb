"""Files and messages go along with their unit; the audit trail keeps the path of its day."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from anyue.kernel.clock import today
from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.services import unit_move, units_import, units_merge
from anyue.modules.orgs.services.importing.rows import MARK
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor, places
from anyue.platform.files.models import Blob, StoredFile
from anyue.platform.messaging.models import Kind, Message, OfficeHours
from tests.anyue.factories import Tree

SYSTEM = Actor.system("tests")
DAY = today() - timedelta(days=1)


@pytest.fixture(autouse=True)
def _grown_up(tree: Tree) -> None:
    Unit.objects.update(since_on=DAY - timedelta(days=100), opened_on=DAY - timedelta(days=100))


def kept_at(unit: Unit) -> tuple[StoredFile, Message]:
    blob = Blob.objects.create(sha256=unit.path, sm3="0", size=1, kind="pdf", stored=unit.path)
    file = StoredFile.objects.create(blob=blob, name="现场.pdf", place=unit.path, uploaded_by="person:1")
    message = Message.objects.create(
        channel=Kind.EMAIL,
        recipient_kind="unit",
        recipient_id="1",
        body="请签收",
        place=unit.path,
        created_by="system:t",
    )
    return file, message


def test_what_is_kept_by_place_follows_a_unit_that_moves_and_nothing_beside_it_does(tree: Tree) -> None:
    moving, below, beside = (kept_at(unit) for unit in (tree.street, tree.community, tree.other_street))
    OfficeHours.objects.create(place=tree.street.path, opens="08:00", closes="17:00")

    unit_move(by=SYSTEM, unit=tree.street, parent=tree.stranger_district, on=DAY)

    tree.street.refresh_from_db()
    tree.community.refresh_from_db()
    assert tree.street.path.startswith(tree.stranger_district.path)
    for rows, unit in ((moving, tree.street), (below, tree.community), (beside, tree.other_street)):
        for row in rows:
            row.refresh_from_db()
            assert row.place == unit.path
    assert OfficeHours.objects.get().place == tree.street.path


def test_a_table_that_moves_a_unit_takes_its_files_along(tree: Tree) -> None:
    file, _message = kept_at(tree.community)
    table = f"单位代码,单位名称,上级单位名称\n{MARK}{tree.community.pk},柳岸社区,松桥街道\n".encode()

    done = units_import(by=SYSTEM, file=io.BytesIO(table), name="单位.csv", under=None, on=DAY)

    tree.community.refresh_from_db()
    file.refresh_from_db()
    assert (done.faults, done.moved) == ([], 1)
    assert file.place == tree.community.path
    assert file.place.startswith(tree.other_street.path)


def test_what_a_merged_unit_kept_goes_on_at_the_one_that_goes_on_but_not_its_settings(tree: Tree) -> None:
    file, message = kept_at(tree.street)
    below, _ = kept_at(tree.community)
    closed = tree.street.path
    OfficeHours.objects.create(place=closed, opens="08:00", closes="17:00")

    units_merge(by=SYSTEM, units=[tree.street], into=tree.other_street, on=DAY)

    for row in (file, message, below):
        row.refresh_from_db()
    tree.community.refresh_from_db()
    assert (file.place, message.place) == (tree.other_street.path, tree.other_street.path)
    assert below.place == tree.community.path
    assert below.place.startswith(tree.other_street.path)
    assert OfficeHours.objects.get().place == closed


def test_the_trail_keeps_the_place_of_its_day(tree: Tree) -> None:
    before = tree.street.path

    unit_move(by=SYSTEM, unit=tree.street, parent=tree.stranger_district, on=DAY)
    unit_move(by=SYSTEM, unit=tree.street, parent=tree.district, on=today())

    first = Entry.objects.filter(action="unit.moved").order_by("id").values_list("before", flat=True)[0]
    assert first["path"] == before
    assert "audit.Entry.place" not in {f"{one.model._meta.label}.{one.name}" for one in places.columns()}
