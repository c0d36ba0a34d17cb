"""A notice comes in, is read, reviewed item by item and closed; what must not enter never does."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from anyue.kernel.errors import RefusedError
from anyue.modules.notices import jobs, problems, services
from anyue.modules.notices.models import Item, Notice
from anyue.modules.notices.selectors import decided_spec, latest_version, standing
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from anyue.platform.files import holding
from anyue.platform.files.models import Blob
from anyue.platform.jobs.models import Progress
from anyue.platform.jobs.worker import run_ready
from tests.anyue.factories import Tree, actor_for, make_user

pytestmark = pytest.mark.django_db(transaction=True)
State = Notice.State
SYSTEM = Actor.system("notices.read")


@pytest.fixture(autouse=True)
def _holding_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def officer(tree: Tree) -> Actor:
    return actor_for(make_user("unit_admin", tree.district))


def example(root: Path) -> SimpleUploadedFile:
    path = root / "examples/district-2026/通知.docx"
    return SimpleUploadedFile(path.name, path.read_bytes())


def word(*lines: str, name: str = "通知.docx") -> SimpleUploadedFile:
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def zipped(*files: SimpleUploadedFile) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in files:
            archive.writestr(file.name or "", file.read())
    return SimpleUploadedFile("通知.zip", out.getvalue())


def received(officer: Actor, tree: Tree, *uploads: SimpleUploadedFile) -> Notice:
    started: list[Notice] = []
    services.notice_receive(by=officer, unit=tree.district, uploads=uploads, start=started.append)
    notice = started[0]
    services.notice_read(by=SYSTEM, notice=notice)
    notice.refresh_from_db()
    return notice


def left_in_holding() -> list[Path]:
    top = holding.folder("x").parent
    return list(top.iterdir()) if top.is_dir() else []


def test_a_notice_is_read_and_waits_for_review_with_its_files_and_pages(officer: Actor, tree: Tree, root: Path) -> None:
    notice = received(officer, tree, example(root))

    assert notice.state == State.REVIEW
    assert notice.title.endswith("的通知")
    assert [row.file.name for row in notice.files.all()] == ["通知.docx"]
    version = latest_version(notice)
    assert version is not None
    assert standing(version).left == standing(version).total > 40
    assert notice.pages.count() >= 3
    assert left_in_holding() == []


def test_every_item_is_marked_in_the_document(officer: Actor, tree: Tree, root: Path) -> None:
    notice = received(officer, tree, example(root))
    version = notice.versions.get()

    for item in version.items.exclude(evidence=None):
        assert item.key in version.html, item.key


@pytest.mark.parametrize("mark", ["秘密★1年", "机密", "绝密★长期"])
def test_a_mark_of_secrecy_is_refused_and_nothing_is_kept(officer: Actor, tree: Tree, mark: str) -> None:
    secret = word(mark, "关于某事的通知", "各街道：", "请于6月20日前报送。", name="内容不得入库.docx")

    with pytest.raises(RefusedError) as refused:
        services.notice_receive(by=officer, unit=tree.district, uploads=[secret], start=lambda _: None)

    assert refused.value.problem is problems.SECRET
    assert not Notice.objects.exists()
    assert not Blob.objects.exists()
    assert left_in_holding() == []
    entry = Entry.objects.get(action="notice.refused_secret")
    assert "内容" not in f"{entry.subject_label}{entry.after}{entry.before}"


def test_a_mark_that_only_the_job_can_see_leaves_nothing_either(
    officer: Actor, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anyue.modules.notices.services.receiving._is_quick", lambda _: False)
    started: list[Notice] = []
    services.notice_receive(
        by=officer, unit=tree.district, uploads=[word("机密", "关于某事的通知")], start=started.append
    )
    notice = Notice.objects.select_related("unit").get()

    assert services.notice_read(by=SYSTEM, notice=notice) is None
    assert not Notice.objects.exists()
    assert not Blob.objects.exists()
    assert left_in_holding() == []


@pytest.mark.parametrize("in_zip", [False, True])
def test_a_secret_attachment_that_only_the_job_can_see_takes_the_notice_with_it(
    officer: Actor, tree: Tree, monkeypatch: pytest.MonkeyPatch, in_zip: bool
) -> None:
    monkeypatch.setattr("anyue.modules.notices.services.receiving._is_quick", lambda _: False)
    files = [
        word("关于开展安全生产月活动的通知", "各街道：", "请于6月20日前报送总结。"),
        word("秘密★1年", "关于某事的报告", "不得入库的内容。", name="内容不得入库.docx"),
    ]
    started: list[Notice] = []
    uploads = [zipped(*files)] if in_zip else files
    services.notice_receive(by=officer, unit=tree.district, uploads=uploads, start=started.append)

    assert services.notice_read(by=SYSTEM, notice=started[0]) is None
    assert not Notice.objects.exists()
    assert not Blob.objects.exists()
    assert left_in_holding() == []


def test_the_name_of_a_refused_file_stands_neither_in_the_trail_nor_among_the_jobs(
    officer: Actor, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anyue.modules.notices.services.receiving._is_quick", lambda _: False)
    secret = word("机密", "关于某事的通知", name="内容不得入库.docx")
    services.notice_receive(by=officer, unit=tree.district, uploads=[secret], start=jobs.read(officer))
    run_ready()

    assert not Notice.objects.exists()
    entries = [f"{one.subject_label}{one.before}{one.after}" for one in Entry.objects.all()]
    progress = [f"{one.subject_label}{one.message}{one.trouble}{one.trouble_details}" for one in Progress.objects.all()]
    assert progress
    assert "入库" not in "".join([*entries, *progress])


def test_an_internal_notice_is_taken_and_marked(officer: Actor, tree: Tree) -> None:
    notice = received(
        officer, tree, word("内部资料", "关于开展安全生产月活动的通知", "各街道：", "请于6月20日前报送总结。")
    )

    assert notice.state == State.REVIEW
    assert notice.internal


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(officer: Actor, tree: Tree) -> None:
    notice = received(officer, tree, SimpleUploadedFile("坏.docx", b"PK\x03\x04 broken"))

    assert notice.state == State.UNREADABLE
    assert "坏.docx" in notice.trouble
    assert left_in_holding() == []


def test_no_file_is_refused_at_the_field(officer: Actor, tree: Tree) -> None:
    with pytest.raises(RefusedError) as refused:
        services.notice_receive(by=officer, unit=tree.district, uploads=[], start=lambda _: None)

    assert "notice" in refused.value.fields


def test_who_may_not_upload_for_the_unit_is_not_let_in(tree: Tree, root: Path) -> None:
    stranger = actor_for(make_user("unit_admin", tree.stranger_district))

    with pytest.raises(PermissionDenied):
        services.notice_receive(by=stranger, unit=tree.district, uploads=[example(root)], start=lambda _: None)
    assert left_in_holding() == []


def test_nothing_goes_live_unreviewed_and_the_review_carries_corrections(
    officer: Actor, tree: Tree, root: Path
) -> None:
    notice = received(officer, tree, example(root))
    version = notice.versions.get()
    title = version.items.get(kind="title")
    with pytest.raises(RefusedError) as refused:
        services.notice_review(by=officer, notice=notice)
    assert refused.value.problem is problems.STILL_OPEN

    services.item_correct(by=officer, item=title, value="改过的标题")
    task = version.items.filter(kind="task").first()
    assert task is not None
    services.item_drop(by=officer, item=task)
    services.item_add(by=officer, notice=notice, kind="key_date", value={"date": "2026-06-16", "name": "咨询日"})
    services.items_accept(by=officer, items=list(version.items.filter(state=Item.State.PROPOSED)))
    services.notice_review(by=officer, notice=notice)

    notice.refresh_from_db()
    spec = decided_spec(notice)
    assert (notice.state, notice.title) == (State.REVIEWED, "改过的标题")
    assert task.value
    assert task.value["text"] not in [one["text"] for one in spec["tasks"]]
    assert {"date": "2026-06-16", "name": "咨询日"}.items() <= spec["key_dates"][-1].items()
    assert len(next(form for form in spec["forms"] if form["kind"] == "statistics")["fields"]) > 10
    with pytest.raises(RefusedError):
        services.item_accept(by=officer, item=title)


def test_a_second_reading_keeps_what_was_decided_about_the_same_words(officer: Actor, tree: Tree, root: Path) -> None:
    notice = received(officer, tree, example(root))
    first = notice.versions.get()
    title = first.items.get(kind="title")
    services.item_correct(by=officer, item=title, value="改过的标题")
    added = services.item_add(by=officer, notice=notice, kind="contact", value={"name": "值班室", "phone": "12350"})

    second = services.notice_compile(by=SYSTEM, notice=notice)

    assert second.number == 2
    assert second.items.get(key=title.key).value == "改过的标题"
    assert second.items.get(key=added.key).state == Item.State.ADDED
    assert (
        second.items.filter(state=Item.State.PROPOSED).count() == first.items.filter(state=Item.State.PROPOSED).count()
    )


def test_a_notice_never_stands_above_itself(officer: Actor, tree: Tree) -> None:
    above = Notice.objects.create(unit=tree.district, title="上级", created_by="测试", state=State.REVIEW)
    below = Notice.objects.create(unit=tree.district, title="下级", created_by="测试", state=State.REVIEW)
    services.notice_parent_set(by=officer, notice=below, parent=above, previous=None)

    with pytest.raises(RefusedError):
        services.notice_parent_set(by=officer, notice=above, parent=below, previous=None)


def test_the_job_reads_what_was_received(officer: Actor, tree: Tree, root: Path) -> None:
    services.notice_receive(by=officer, unit=tree.district, uploads=[example(root)], start=jobs.read(officer))
    assert Notice.objects.get().state == State.READING

    assert run_ready() == 1

    assert Notice.objects.get().state == State.REVIEW
