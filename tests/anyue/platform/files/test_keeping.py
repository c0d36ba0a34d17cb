"""Every byte is still what it was, or is named; and what belongs to nobody goes."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from anyue.kernel.clock import now
from anyue.modules.notices.models import Notice, NoticeFile
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.files import services
from anyue.platform.files.models import Blob, StoredFile
from anyue.platform.files.sweeping import Swept, sweep
from anyue.platform.files.verifying import Fault, verify

from .conftest import photograph

Store = Callable[..., StoredFile]


@pytest.mark.django_db
def test_verifying_names_each_file_whose_bytes_are_not_what_they_were(store: Store, folder: Path) -> None:
    files = {name: store(photograph(colour=name), f"{name}.jpg") for name in ("red", "green", "blue", "black", "gold")}
    (folder / files["green"].kept.stored).unlink()
    changed = folder / files["blue"].kept.stored
    changed.write_bytes(changed.read_bytes()[:-1] + b"\0")
    (folder / files["black"].kept.thumbnail).unlink()
    Blob.objects.filter(pk=files["gold"].kept.pk).update(sm3="0" * 64)

    found = list(verify())

    assert [(each.number, each.total) for each in found] == [(number, 5) for number in range(1, 6)]
    assert [each.fault for each in found] == [None, Fault.MISSING, Fault.CHANGED, Fault.COPY_MISSING, Fault.CHANGED]
    assert found[1].names == ("green.jpg",)


@pytest.mark.django_db(transaction=True)
def test_bytes_that_were_removed_on_purpose_are_not_missed(store: Store, officer: Actor) -> None:
    services.file_remove(by=officer, file=store(photograph()))

    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_old_uploads_that_no_form_claimed_go_and_what_anything_uses_stays(store: Store, officer: Actor) -> None:
    unit = Unit.objects.create(name="区", kind="county", path="0000")
    notice = Notice.objects.create(unit=unit, created_by="李工")
    kept = [store(photograph(colour=colour)) for colour in ("red", "green", "blue", "gold")]
    services.file_claim(by=officer, files=[kept[0]], owner=Subject("x.y", "1", ""), place="")
    NoticeFile.objects.create(notice=notice, file=kept[1])
    StoredFile.objects.filter(pk__in=[file.pk for file in kept[:3]]).update(uploaded_at=now() - timedelta(days=8))

    assert sweep(by=officer) == Swept(unclaimed=1, without_row=0)

    assert [*StoredFile.objects.filter(removed_at=None).order_by("pk")] == [kept[0], kept[1], kept[3]]


@pytest.mark.django_db
def test_bytes_without_a_row_go_a_day_later(store: Store, officer: Actor, folder: Path) -> None:
    file = store(photograph())
    beside = (folder / file.kept.stored).parent
    (beside / "new").write_bytes(b"being written")
    (beside / "old").write_bytes(b"left behind")
    yesterday = (now() - timedelta(days=2)).timestamp()
    for path in [*folder.rglob("*")]:
        if path.is_file() and path.name != "new":
            os.utime(path, (yesterday, yesterday))

    assert sweep(by=officer) == Swept(unclaimed=0, without_row=1)

    assert sorted(path.name for path in beside.iterdir()) == sorted([Path(file.kept.stored).name, "new"])
    assert [each.fault for each in verify()] == [None]
