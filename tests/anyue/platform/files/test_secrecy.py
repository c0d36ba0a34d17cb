"""A mark of secrecy is found before a byte is stored, by whatever door and in whatever form the file comes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from PIL import Image, ImageDraw
from pytest_django.fixtures import Settings

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.models import Entry
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.files import holding, looking, problems, receiving, selectors, services, uploads
from anyue.platform.files.kinds import EVIDENCE
from anyue.platform.files.links import Copy, token
from anyue.platform.files.models import Blob, StoredFile
from anyue.platform.jobs.worker import run_ready
from anyue.platform.messaging.models import Message
from gongwen.screening import Look, Unseen, Why
from tests.support.marked import old_word, packed, pdf, picture, scan, word

pytestmark = pytest.mark.django_db
NAME = "不得入库的内容"
HEAD = ("机密★1年", "关于某事的通知", "各街道：")
PLAIN = ("关于开展安全生产月活动的通知", "各街道：", "做好保密工作，机密文件另发。")
SECRET, OPEN = word(*HEAD), word(*PLAIN)
JOBS = Actor.system("files.look")


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder, with what waits in it."""
    settings.DATA = tmp_path_factory.mktemp("data")
    settings.FILE_UPLOAD_TEMP_DIR = settings.DATA / "arriving"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return Path(settings.DATA)


def send(by: Actor, name: str, data: bytes) -> uploads.Received:
    return uploads.store_all([SimpleUploadedFile(name, data)], by=by, place="0001", kinds=EVIDENCE)


def files_below(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"{NAME}.docx", SECRET),
        (f"{NAME}.jpg", SECRET),  # renamed: the content tells
        (f"{NAME}.zip", packed(("佐证/总结.docx", OPEN), (f"佐证/{NAME}.docx", SECRET))),
        (f"{NAME}.zip", packed(("里层.zip", packed((f"{NAME}.docx", SECRET))))),
        (f"{NAME}.zip", packed((f"__MACOSX/.{NAME}.docx", SECRET))),  # hidden members are stored like any other
        (f"{NAME}.pdf", pdf("秘密★长期")),
    ],
    ids=["word", "renamed", "zip", "zip in zip", "hidden in zip", "pdf"],
)
def test_a_marked_file_that_is_read_in_a_moment_is_turned_away_at_once(
    officer: Actor, folder: Path, data: Path, name: str, content: bytes
) -> None:
    answer = send(officer, name, content)

    assert [one.problem for one in answer.refusals] == [problems.SECRET]
    assert not StoredFile.objects.exists()
    assert not Blob.objects.exists()
    assert files_below(folder, data) == []
    entry = Entry.objects.get(action="file.refused_secret")
    assert entry.place == "0001"
    assert NAME not in f"{entry.subject_label}{entry.before}{entry.after}"


def many(last: bytes) -> bytes:
    """An archive of 240 members, of which the last is ``last``."""
    return packed(*((f"佐证/{number}.txt", b"safe") for number in range(239)), (f"佐证/{NAME}.docx", last))


def large(*lines: str) -> bytes:
    """A Word document with a picture of noise of some ten megabytes."""
    from docx import Document

    noise = BytesIO()
    Image.frombytes("RGB", (2000, 1800), os.urandom(2000 * 1800 * 3)).save(noise, "PNG")
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    paper.add_picture(noise)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


SLOW: dict[str, tuple[str, Callable[[], bytes], Callable[[], bytes]]] = {
    "old word": ("doc", lambda: old_word(*HEAD), lambda: old_word(*PLAIN)),
    "photograph": ("jpg", lambda: picture(*HEAD), lambda: picture(*PLAIN)),
    "scan": ("pdf", lambda: scan(picture(*PLAIN), picture(*HEAD)), lambda: scan(picture(*PLAIN))),
    "more than two hundred members": ("zip", lambda: many(SECRET), lambda: many(OPEN)),
    "old word in zip in zip": (
        "zip",
        lambda: packed(("里层.zip", packed((f"{NAME}.doc", old_word(*HEAD))))),
        lambda: packed(("里层.zip", packed((f"{NAME}.doc", old_word(*PLAIN))))),
    ),
    "more than eight megabytes": ("docx", lambda: large(*HEAD), lambda: large(*PLAIN)),
}


@pytest.mark.parametrize("case", SLOW)
def test_a_marked_file_that_takes_longer_waits_outside_the_store_and_is_wiped(
    officer: Actor, folder: Path, data: Path, client: Client, case: str
) -> None:
    ending, marked, _ = SLOW[case]
    answer = send(officer, f"{NAME}.{ending}", marked())

    assert answer.refusals == ()
    [file] = answer.files
    services.file_claim(by=officer, files=[file], owner=Subject("campaigns.duty", "1", ""), place="0001")
    assert file.is_waiting
    assert files_below(folder) == []
    assert len(files_below(data / "holding")) == 1
    for copy in Copy:
        anyone = Actor.anonymous()
        answered = client.get(f"/files/open/{token(file.pk, copy, for_=anyone, minutes=5)}")
        assert answered.status_code in (404, 409)
    with pytest.raises(RefusedError):
        selectors.content_of(file)

    run_ready()

    file.refresh_from_db()
    assert (file.is_waiting, file.blob, file.name) == (False, None, "")
    assert file.refused["mark"] == "机密★1年"
    assert not Blob.objects.exists()
    assert files_below(folder, data) == []
    assert Entry.objects.filter(action="file.refused_secret").count() == 1
    written = "".join(f"{one.subject_label}{one.before}{one.after}" for one in Entry.objects.all())
    assert NAME not in written
    [message] = Message.objects.all()
    assert (message.recipient_id, NAME in message.subject + message.body) == (officer.id, False)
    assert "机密★1年" in message.body


@pytest.mark.parametrize("case", SLOW)
def test_a_file_without_a_mark_is_stored_by_the_job_and_can_then_be_opened(
    officer: Actor, folder: Path, data: Path, case: str
) -> None:
    ending, _, plain = SLOW[case]
    content = plain()
    [file] = send(officer, f"总结.{ending}", content).files
    assert "总结" not in "".join(f"{one.subject_label}{one.after}" for one in Entry.objects.all())

    run_ready()

    file.refresh_from_db()
    assert (file.is_waiting, file.unseen, file.name) == (False, "", f"总结.{ending}")
    assert selectors.content_of(file) == content
    assert files_below(data / "holding") == []
    assert Entry.objects.filter(action="file.stored", subject_label=file.name).count() == 1
    assert not Message.objects.exists()

    [again] = send(officer, f"再发.{ending}", content).files  # the same bytes have been looked at
    assert not again.is_waiting


def test_what_only_speaks_of_secrets_is_kept_at_once(officer: Actor) -> None:
    answers = [send(officer, "总结.docx", OPEN), send(officer, "通知.pdf", pdf("关于报送秘密文件清单的通知"))]

    assert [one.refusals for one in answers] == [(), ()]
    assert not StoredFile.objects.exclude(held="").exists()


def test_without_text_recognition_a_photograph_is_taken_and_everybody_sees_that_nobody_looked(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "look_apart", lambda *_, **__: Look(unseen=(Unseen(Why.NO_OCR),)))
    [file] = send(officer, "现场.jpg", drawn("work safety")).files

    run_ready()

    file.refresh_from_db()
    shown = Template("{% load files %}{% stored_file file %}").render(Context({"file": file, "actor": officer}))
    assert (file.blob is not None, file.unseen) == (True, "no_ocr")
    assert "密级" in shown
    assert Entry.objects.get(action="file.stored").after["unseen"] == "no_ocr"


def drawn(words: str) -> bytes:
    paper = Image.new("RGB", (200, 80), "white")
    ImageDraw.Draw(paper).text((10, 10), words, fill="black")
    out = BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()


def test_without_libreoffice_an_old_word_file_is_refused_and_its_sender_told_what_to_send(
    officer: Actor, folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = old_word(*PLAIN)
    monkeypatch.setattr(receiving, "look_apart", lambda *_, **__: Look(unseen=(Unseen(Why.NO_OFFICE),)))
    [file] = send(officer, "总结.doc", content).files

    run_ready()

    file.refresh_from_db()
    shown = Template("{% load files %}{% stored_file file %}").render(Context({"file": file, "actor": officer}))
    assert (file.blob, file.name, ".docx" in shown) == (None, "总结.doc", True)
    assert "总结.doc" in Message.objects.get().body
    assert files_below(folder, data / "holding") == []


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        (packed(("一.zip", packed(("二.zip", packed(("三.docx", OPEN)))))), problems.ARCHIVE_INSIDE),
        (packed(("一.rar", b"Rar!\x1a\x07\x01\x00" + bytes(40))), problems.ARCHIVE_INSIDE),
        (packed(("坏.docx", SECRET[:2000])), problems.CLOSED),
    ],
    ids=["too deep", "rar", "damaged"],
)
def test_what_could_be_looked_at_if_it_came_otherwise_is_refused(
    officer: Actor, inside: bytes, problem: object
) -> None:
    answer = send(officer, "佐证.zip", inside)

    assert [one.problem for one in answer.refusals] == [problem]
    assert not StoredFile.objects.exists()


def test_a_look_that_never_ends_is_ended_and_says_so(
    officer: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\nexec sleep 60\n")
    sleeper.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(sleeper))
    monkeypatch.setattr(looking, "SECONDS", 0.2)
    monkeypatch.setattr(looking, "GRACE", 0.2)
    begun = time.monotonic()

    found = looking.look_apart(tmp_path / "x.jpg", "x.jpg", is_archive=False)

    assert found.reasons == {Why.LIMIT}
    assert time.monotonic() - begun < 10


def test_looking_keeps_to_its_limit_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MEGABYTES", 300)
    (tmp_path / "大.txt").write_bytes(("安全生产月" * 20 + "\n").encode() * 500_000)

    found = looking.look_apart(tmp_path / "大.txt", "大.txt", is_archive=False)

    assert found.reasons == {Why.LIMIT}


def test_the_job_may_run_again_after_a_crash_and_twice_at_once(officer: Actor, data: Path) -> None:
    [file] = send(officer, "现场.jpg", drawn("work safety")).files
    first = receiving.file_look(by=JOBS, file=file)

    assert first is not None
    assert receiving.file_look(by=JOBS, file=file) is None
    assert Entry.objects.filter(action="file.stored").count() == 1
    assert files_below(data / "holding") == []


def test_a_file_taken_back_while_it_waits_is_wiped(officer: Actor, folder: Path, data: Path) -> None:
    [file] = send(officer, "现场.jpg", drawn("work safety")).files
    services.file_remove(by=officer, file=file)
    assert receiving.file_look(by=JOBS, file=file) is None
    assert not Blob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_taken_back_while_it_waits_leaves_nothing_behind(officer: Actor, folder: Path, data: Path) -> None:
    [file] = send(officer, "现场.jpg", drawn("work safety")).files
    services.file_remove(by=officer, file=file)

    run_ready()

    assert files_below(folder, data) == []


def test_what_a_killed_process_left_is_wiped_and_what_still_waits_is_not(officer: Actor, data: Path) -> None:
    [file] = send(officer, "现场.jpg", drawn("work safety")).files
    left = holding.folder(holding.hold([("遗留.doc", [b"rest"])]))
    arriving = data / "arriving" / "anyue-upload-x"
    arriving.write_bytes(b"half a file")
    fresh = holding.folder(holding.hold([("正在上传.doc", [b"now"])]))
    for path in (left, *left.rglob("*"), holding.folder(file.held), *holding.folder(file.held).rglob("*"), arriving):
        os.utime(path, (time.time() - 7200,) * 2)

    assert holding.sweep() == 2

    assert (left.exists(), arriving.exists()) == (False, False)
    assert (fresh.exists(), holding.folder(file.held).exists()) == (True, True)


def test_what_waited_and_is_gone_is_said_to_be_lost(officer: Actor) -> None:
    [file] = send(officer, "现场.jpg", drawn("work safety")).files
    holding.discard(file.held)

    lost = receiving.file_look(by=JOBS, file=file)

    assert lost is not None
    assert lost.refused["code"] == problems.LOST.code
