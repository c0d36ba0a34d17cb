"""What is kept, once, and what is refused before a byte is kept."""

from __future__ import annotations

import hashlib
import io
import random
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from anyue.kernel.errors import RefusedError
from anyue.platform.audit import services as audit
from anyue.platform.audit.models import Entry
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.files import services
from anyue.platform.files.kinds import ARCHIVES, DOCUMENTS, EVIDENCE, PICTURES
from anyue.platform.files.models import Blob, StoredFile
from anyue.platform.files.sweeping import Swept, sweep
from anyue.platform.files.verifying import verify

from .bucket import Bucket
from .conftest import ALL, photograph, stored

Store = Callable[..., StoredFile]
TEXT = "各单位：请于6月20日前报送。".encode()


def zipped(**members: bytes) -> bytes:
    """A .zip of ``members``; ``__`` in a name is a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def stored_names(folder: Path) -> list[str]:
    return [path.as_posix() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_bytes_are_kept_with_both_digests_under_the_name_they_came_with(store: Store, officer: Actor) -> None:
    file = store(TEXT, "通知.txt", owner=Subject("notices.notice", "3", "通知"))

    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(TEXT)
    assert (file.kept.sha256, file.kept.sm3) == (hashlib.sha256(TEXT).hexdigest(), sm3.finalize().hex())
    assert stored(file.kept.stored) == TEXT
    assert (file.name, file.owner_kind, file.owner_id, file.place) == ("通知.txt", "notices.notice", "3", "0001")
    assert (file.uploaded_by, file.uploaded_label) == (officer.key, "李工")
    entry = Entry.objects.get()
    assert (entry.action, entry.place, entry.after["sm3"]) == ("file.stored", "0001", file.kept.sm3)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["bytes", "path", "memory", "temporary"])
def test_it_takes_what_a_browser_a_folder_and_a_program_hand_over(store: Store, tmp_path: Path, form: str) -> None:
    on_disk = tmp_path / "x"
    on_disk.write_bytes(TEXT)
    temporary = TemporaryUploadedFile("x.txt", "image/png", len(TEXT), None)
    temporary.write(TEXT)
    temporary.seek(0)
    forms = {
        "bytes": TEXT,
        "path": on_disk,
        "memory": SimpleUploadedFile("x.txt", TEXT, "image/png"),
        "temporary": temporary,
    }

    assert store(forms[form], "x.txt").kept.kind == "text"


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_and_each_upload_keeps_its_name(store: Store, folder: Path) -> None:
    first, second = store(TEXT, "一.txt"), store(TEXT, "二.txt")

    assert first.blob_id == second.blob_id
    assert [file.name for file in StoredFile.objects.order_by("pk")] == ["一.txt", "二.txt"]
    assert len(stored_names(folder)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_from_many_at_once_are_kept_once(store: Store, folder: Path) -> None:
    picture, failures = photograph((900, 700)), list[BaseException]()
    barrier = threading.Barrier(4)

    def upload(number: int) -> None:
        try:
            barrier.wait()
            store(picture, f"{number}.jpg")
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    blob = Blob.objects.get()
    assert StoredFile.objects.count() == 4
    assert sorted(stored_names(folder)) == sorted(str(folder / name) for name in blob.names)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_where_the_row_cannot_be_written(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        store(photograph(), "x.jpg")

    assert not Blob.objects.exists()
    assert not stored_names(folder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\folder\\通知.txt", "通知.txt"),
        ("../../etc/passwd", "passwd.txt"),
        ("a\u202etxt.exe", "atxt.exe.txt"),
        (".hidden", "hidden.txt"),
        ("", "file.txt"),
        ("长" * 400 + ".txt", "长" * 176 + ".txt"),
        ("page.html", "page.html.txt"),
        ("table.csv", "table.csv"),
    ],
)
def test_a_name_is_made_harmless_and_ends_as_its_content_is(store: Store, name: str, kept: str) -> None:
    assert store(TEXT, name).name == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "空.docx", "files.empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "工具.exe", "files.unreadable"),
        (b"PK\x03\x04 and then nothing", "坏.zip", "files.unreadable"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "包.rar", "files.unreadable"),
        (b"<script>alert(1)</script>%PDF-1.7\n", "两面.pdf", "files.ambiguous"),
        (b"\xff\xd8\xff\xe0 no picture at all", "坏.jpg", "files.picture_broken"),
        (photograph((600, 400))[:1500], "断.jpg", "files.picture_broken"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "苹果.heic", "files.picture_heic"),
    ],
)
def test_what_is_no_honest_file_is_refused_with_its_name(
    store: Store, folder: Path, data: bytes, name: str, code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        store(data, name)

    assert refused.value.problem.code == code
    assert refused.value.details["name"] == name
    assert refused.value.problem.text % refused.value.details
    assert not stored_names(folder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (TEXT, "photo.jpg", "text"),
        (photograph(), "notice.docx", "jpg"),
        (zipped(a__txt=b"1"), "x.docx", "zip"),
        (zipped(**{"OFD.xml": b"<x/>"}), "x.zip", "ofd"),
        (zipped(**{"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}), "x.zip", "pptx"),
        (b"<!doctype html><script>alert(1)</script>", "x.jpg", "html"),
        (b"%PDF-1.7\n", "x.docx", "pdf"),
    ],
)
def test_the_content_decides_what_it_is_never_the_name(store: Store, data: bytes, name: str, kind: str) -> None:
    assert store(data, name).kept.kind == kind
    with pytest.raises(RefusedError) as refused:
        store(data, name, kinds=ALL - {kind})
    assert refused.value.problem.code == "files.wrong_kind"


@pytest.mark.django_db
def test_too_large_is_said_with_both_sizes_and_nothing_is_read_beyond_it(
    store: Store, settings: Settings, folder: Path
) -> None:
    settings.UPLOAD_LIMIT = 2048
    settings.UPLOAD_LIMIT_ARCHIVE = 1 << 20

    with pytest.raises(RefusedError) as refused:
        store(b"x" * 5000, "大.txt", kinds=DOCUMENTS)

    assert refused.value.problem.code == "files.too_large"
    assert refused.value.details["size"] != refused.value.details["limit"]
    with pytest.raises(RefusedError, match="too_large"):
        store(b"x" * 5000, "大.txt", kinds=DOCUMENTS | ARCHIVES)
    store(zipped(a__txt=random.Random(1).randbytes(4000)), "大.zip", kinds=ARCHIVES)
    assert len(stored_names(folder)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bomb.zip", "bomb.docx"])
def test_an_archive_that_bursts_is_refused_whatever_it_says_it_is(store: Store, name: str) -> None:
    members = {"[Content_Types].xml": b"wordprocessingml.document.main+xml"} if name.endswith("docx") else {}

    with pytest.raises(RefusedError, match=r"files\.bomb"):
        store(zipped(**members, **{"word/document.xml": bytes(40 << 20)}), name)


@pytest.mark.django_db(transaction=True)
def test_removing_keeps_the_bytes_while_another_file_uses_them(store: Store, officer: Actor, folder: Path) -> None:
    first, second = store(photograph(), "一.jpg"), store(photograph(), "二.jpg")

    services.file_remove(by=officer, file=first)
    assert len(stored_names(folder)) == 3
    services.file_remove(by=officer, file=second)
    services.file_remove(by=officer, file=second)

    assert not stored_names(folder)
    blob = Blob.objects.get()
    assert (blob.names, blob.sha256) == ([], first.kept.sha256)
    assert Entry.objects.filter(action="file.removed").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_is_undone_loses_nothing(store: Store, officer: Actor, folder: Path) -> None:
    file = store(TEXT, "x.txt")

    def undone() -> None:
        with transaction.atomic():
            services.file_remove(by=officer, file=file)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()

    file.refresh_from_db()
    assert file.removed_at is None
    assert stored(file.kept.stored) == TEXT


@pytest.mark.django_db(transaction=True)
def test_bytes_that_come_again_after_their_removal_are_kept_again(store: Store, officer: Actor) -> None:
    services.file_remove(by=officer, file=store(TEXT, "x.txt"))

    again = store(TEXT, "y.txt")

    assert again.kept.emptied_at is None
    assert stored(again.kept.stored) == TEXT


@pytest.mark.django_db
def test_a_claimed_file_belongs_to_its_owner_and_a_removed_one_cannot_be_claimed(store: Store, officer: Actor) -> None:
    file, owner = store(TEXT, "x.txt"), Subject("campaigns.duty", "9", "任务")

    services.file_claim(by=officer, files=[file], owner=owner, place="00010002")
    file.refresh_from_db()
    assert (file.owner_kind, file.owner_id, file.place) == ("campaigns.duty", "9", "00010002")

    services.file_remove(by=officer, file=file)
    with pytest.raises(RefusedError, match=r"files\.gone"):
        services.file_claim(by=officer, files=[file], owner=owner, place="")


@pytest.mark.django_db
def test_everything_works_in_a_store_that_has_no_folder(store: Store, settings: Settings, officer: Actor) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": f"{Bucket.__module__}.Bucket"},
    }
    file = store(photograph(), "一.jpg")
    again = store(photograph(), "二.jpg")

    assert file.blob_id == again.blob_id
    assert stored(file.kept.stored) == photograph()
    assert sorted(Bucket.held) == sorted(file.kept.names)
    assert [checked.fault for checked in verify()] == [None]
    assert sweep(by=officer) == Swept(0, 0)


def test_what_evidence_takes_holds_photographs_and_office_files() -> None:
    assert EVIDENCE >= PICTURES
    assert "html" not in EVIDENCE
