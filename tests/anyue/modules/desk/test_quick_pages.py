"""The pages of the quick desk: what she sees, what she is told, and that nobody else sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anyue.modules.accounts.models import User
from anyue.modules.desk import jobs, services
from anyue.modules.desk.models import QuickFile, QuickRun
from anyue.modules.notices.models import Notice
from anyue.platform.audit import sentences
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from anyue.platform.files.models import StoredFile
from anyue.platform.jobs.worker import run_ready
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, client_for, make_user

from .district import Role, done, file, gather, notice, reply, zipped

Commit = Callable[..., Any]
State = QuickRun.State


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def client(officer: User) -> Client:
    return client_for(officer)


@pytest.fixture
def by(officer: User) -> Actor:
    return actor_for(officer)


def one_run(by: Actor, tree: Tree) -> QuickRun:
    roster = "单位名称,联系人,电话\n甲山社区,,\n乙山社区,宁小汀,0000-6614114".encode()
    return done(by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks="约3", talkers=20)}, roster=roster))


def test_dropped_without_any_script_it_is_read_by_the_job(
    client: Client, tree: Tree, django_capture_on_commit_callbacks: Commit
) -> None:
    page = client.get(reverse("desk:quick")).content.decode()
    for name in ("notice", "replies", "folder", "roster"):
        assert f'name="{name}"' in page
    files = {
        "notice": [upload("通知.docx", notice())],
        "replies": [upload("甲.docx", reply("甲山社区", talks=3, talkers=20))],
    }
    files["folder"] = [upload("乙.docx", reply("乙山社区", talks=4, talkers=31))]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("desk:quick"), {"unit": tree.district.pk, **files})
    run = QuickRun.objects.get()
    assert answer["Location"] == reverse("desk:quick-run", args=[run.pk])
    waiting = client.get(answer["Location"]).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    run_ready()
    run.refresh_from_db()
    assert run.state == State.DONE, run.trouble
    assert client.get(reverse("desk:quick-progress", args=[run.pk]))["HX-Refresh"] == "true"
    shown = client.get(answer["Location"]).content.decode()
    assert "正式统计表（Word）" in shown
    assert "未发现问题" in shown


def test_a_script_sends_them_in_pieces_and_starts_at_the_end(
    client: Client, tree: Tree, django_capture_on_commit_callbacks: Commit
) -> None:
    headers = {"accept": "application/json"}
    first = {"unit": tree.district.pk, "notice": upload("通知.docx", notice()), "notice-path": "通知.docx"}
    where = client.post(reverse("desk:quick"), first, headers=headers).json()
    for name in ("甲山社区", "乙山社区"):
        body = {"replies": upload("统计表.docx", reply("", talks=3)), "replies-path": f"六月/{name}/统计表.docx"}
        assert client.post(where["add"], body, headers=headers).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(where["start"], headers=headers).json() == {"page": where["page"]}
    run_ready()
    run = QuickRun.objects.get()
    assert set(run.files.filter(role="reply").values_list("unit", flat=True)) == {"甲山社区", "乙山社区"}


def test_what_is_missing_is_said_and_nothing_is_left(client: Client, tree: Tree) -> None:
    answer = client.post(reverse("desk:quick"), {"unit": tree.district.pk, "notice": upload("通知.docx", notice())})
    assert answer.status_code == 422
    assert "请至少放入一份回复" in answer.content.decode()
    assert not QuickRun.objects.exclude(state=State.REMOVED).exists()


def test_a_secret_notice_is_refused_on_the_page_itself(client: Client, tree: Tree) -> None:
    files = {"notice": upload("密.docx", notice("机密★5年")), "replies": upload("甲.docx", reply("甲山社区"))}
    answer = client.post(reverse("desk:quick"), {"unit": tree.district.pk, **files})
    assert answer.status_code == 422
    assert "机密★5年" in answer.content.decode()
    assert not QuickFile.objects.exists()
    assert not StoredFile.objects.exists()


def test_empty_files_and_too_large_ones_are_named_and_the_others_taken(
    client: Client, by: Actor, tree: Tree, settings: Any
) -> None:
    settings.UPLOAD_LIMIT = 200_000
    run = gather(by, tree.district, {})
    body = {
        "replies": [upload("空.docx", b""), upload("大.docx", b"x" * 300_000), upload("甲.docx", reply("甲山社区"))]
    }
    answer = client.post(reverse("desk:quick-add", args=[run.pk]), body, follow=True)
    shown = answer.content.decode()
    assert "空.docx" in shown
    assert "大.docx" in shown
    assert list(run.files.filter(role="reply").values_list("path", flat=True)) == ["甲.docx"]


def test_too_many_replies_are_refused_as_a_whole(
    client: Client, by: Actor, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anyue.modules.desk.services.quick_gathering.REPLY_LIMIT", 2)
    run = gather(by, tree.district, {"甲.docx": reply("甲山社区")})
    body = {"replies": [upload("乙.docx", b"1"), upload("丙.docx", b"2")]}
    answer = client.post(reverse("desk:quick-add", args=[run.pk]), body, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert "3" in answer.json()["errors"][0]
    assert run.files.filter(role="reply").count() == 1


def test_too_many_replies_in_an_archive_are_refused_by_the_job(
    by: Actor, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anyue.modules.desk.services.quick_files.REPLY_LIMIT", 2)
    files = {"包.zip": zipped({f"{number}.docx": reply(f"{number}山社区") for number in "甲乙丙"})}
    run = done(by, gather(by, tree.district, files))
    assert run.state == State.FAILED
    assert run.trouble["code"] == "desk.too_many"


def test_a_run_asks_few_questions_however_many_replies_there_are(
    client: Client, by: Actor, tree: Tree, assert_queries_at_most: Limit
) -> None:
    run = one_run(by, tree)
    issue = {"code": "R101", "doubt": True, "text": "写的是约数", "place": "", "found": "约3", "details": {}}
    rows = [
        QuickFile(
            run=run, role=Role.REPLY, order=n, path=f"{n}.docx", state="doubtful", unit=f"{n}号社区", issues=[issue]
        )
        for n in range(1000)
    ]
    QuickFile.objects.bulk_create(rows)
    QuickRun.objects.filter(pk=run.pk).update(state=State.READING, finished_at=None)
    for name in ("quick-run", "quick-progress", "quick-files"):
        with assert_queries_at_most(15):
            page = client.get(reverse(f"desk:{name}", args=[run.pk]))
        assert len(page.content) < 400_000, name
    QuickRun.objects.filter(pk=run.pk).update(state=State.DONE, finished_at=run.finished_at)
    field = run.summary["totals"][0]["field"]
    for address in (
        reverse("desk:quick"),
        reverse("desk:quick-run", args=[run.pk]),
        reverse("desk:quick-figure", args=[run.pk, field]),
    ):
        with assert_queries_at_most(15):
            page = client.get(address)
        assert page.status_code == 200
        assert len(page.content) < 200_000, address


def test_issues_are_said_with_code_file_field_and_what_to_do(client: Client, by: Actor, tree: Tree) -> None:
    run = one_run(by, tree)
    shown = client.get(reverse("desk:quick-run", args=[run.pk])).content.decode()
    for words in ("R101", "甲.docx", "组织安全宣讲", "约3", "请核实准确数", "乙山社区", "宁小汀 0000-6614114"):
        assert words in shown, words
    client.cookies["anyue_language"] = "en"
    english = client.get(reverse("desk:quick-run", args=[run.pk])).content.decode()
    assert "please give the exact one" in english


def test_a_stranger_finds_nothing_whatever_she_holds(by: Actor, tree: Tree) -> None:
    run = one_run(by, tree)
    one = run.files.filter(role="reply").get()
    colleague = client_for(make_user("reviewer", tree.district))
    for name in ("quick-run", "quick-progress", "quick-files"):
        assert colleague.get(reverse(f"desk:{name}", args=[run.pk])).status_code == 404
    for name in ("quick-start", "quick-remove", "quick-notice", "quick-add"):
        assert colleague.post(reverse(f"desk:{name}", args=[run.pk])).status_code == 404
    assert colleague.post(reverse("desk:quick-drop", args=[run.pk, one.pk])).status_code == 404
    assert reverse("desk:quick-run", args=[run.pk]) not in colleague.get(reverse("desk:quick")).content.decode()
    run.refresh_from_db()
    assert run.state == State.DONE


def test_removed_it_is_gone_at_once_and_its_bytes_with_it(
    client: Client, by: Actor, tree: Tree, folder: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    run = one_run(by, tree)
    services.quick_files_add(by=by, run=run, role=Role.REPLY, files=[file("乙.docx", reply("乙山社区"))])
    assert list((folder / "files").rglob("*-*"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk:quick-remove", args=[run.pk]))
    assert client.get(reverse("desk:quick-run", args=[run.pk])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        run_ready()
    assert not StoredFile.objects.filter(removed_at=None).exists()
    assert not [path for path in (folder / "files").rglob("*-*") if path.is_file()]
    assert not list((folder / "holding").glob("*"))


def test_what_is_too_old_goes_by_itself(by: Actor, tree: Tree) -> None:
    old, new = one_run(by, tree), one_run(by, tree)
    QuickRun.objects.filter(pk=old.pk).update(expires_at=old.created_at)
    assert services.quick_runs_expire(by=Actor.system("desk.quick_expire")) == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.title, old.summary) == (State.REMOVED, "", {})
    assert new.state == State.DONE
    assert not old.files.exists()


def test_one_click_makes_it_a_notice_under_review(
    client: Client, by: Actor, tree: Tree, django_capture_on_commit_callbacks: Commit
) -> None:
    run = one_run(by, tree)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("desk:quick-notice", args=[run.pk]))
    run_ready()
    made = Notice.objects.get()
    assert answer["Location"] == reverse("notices:one", args=[made.pk])
    assert (made.state, made.title, made.unit) == (Notice.State.REVIEW, run.title, tree.district)
    client.post(reverse("desk:quick-notice", args=[run.pk]))
    assert Notice.objects.count() == 1, "a second click leads to the same"
    services.quick_run_remove(by=by, run=run, start=lambda _pk: None)
    services.quick_run_purge(by=by, run=run)
    shas = StoredFile.objects.filter(removed_at=None).values_list("blob__sha256", flat=True)
    assert len(shas) >= 1, "the notice keeps its file when the run goes"


def test_who_may_not_upload_notices_is_not_offered_a_campaign(tree: Tree) -> None:
    officer = make_user("liaison_officer", tree.street)
    run = done(actor_for(officer), gather(actor_for(officer), tree.street, {"甲.docx": reply("甲山社区", talks=3)}))
    client = client_for(officer)
    shown = client.get(reverse("desk:quick-run", args=[run.pk])).content.decode()
    assert reverse("desk:quick-notice", args=[run.pk]) not in shown
    assert client.post(reverse("desk:quick-notice", args=[run.pk])).status_code == 403


def test_the_trail_says_in_words_what_was_done(by: Actor, tree: Tree) -> None:
    run = one_run(by, tree)
    services.quick_run_remove(by=by, run=run, start=lambda _pk: None)
    entries = Entry.objects.filter(action__startswith="quick_run.")
    said = [sentences.sentence(entry) for entry in entries]
    actions = list(entries.order_by("pk").values_list("action", flat=True))
    assert actions[0] == "quick_run.opened"
    assert set(actions[1:-2]) == {"quick_run.files_added"}
    assert actions[-2:] == ["quick_run.started", "quick_run.removed"]
    added = entries.filter(action="quick_run.files_added")
    assert sum(entry.after["files"] for entry in added) == 3
    assert all(set(entry.after) == {"role", "files"} for entry in added), "no file is called by its name"
    assert all(sentence.startswith("李工") for sentence in said), said
    assert all("快速汇总" in sentence for sentence in said), said


def test_a_run_whose_job_has_given_up_says_so_and_can_be_started_again(
    client: Client, by: Actor, tree: Tree, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    run = gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3)})
    monkeypatch.setattr(jobs, "read", replace(jobs.read, retries=0))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk:quick-start", args=[run.pk]))
    with monkeypatch.context() as broken:
        broken.setattr("anyue.modules.desk.services.quick_reading.collect", lambda *_a, **_k: 1 / 0)
        run_ready()
    shown = client.get(reverse("desk:quick-run", args=[run.pk])).content.decode()
    assert "因系统故障，汇总中断" in shown
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk:quick-start", args=[run.pk]))
    run_ready()
    run.refresh_from_db()
    assert run.state == State.DONE
