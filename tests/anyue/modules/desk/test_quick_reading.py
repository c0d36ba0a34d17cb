"""A notice and its replies become the official table: the example district to its known totals, and what may go wrong."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from unittest import mock
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import User
from anyue.modules.desk import services
from anyue.modules.desk.models import QuickFile, QuickOutput, QuickRun
from anyue.modules.desk.selectors import quick as selectors
from anyue.platform.audit.models import Entry
from anyue.platform.files.models import StoredFile
from gongwen.readers.docx import read_docx
from tests.anyue.factories import Tree, actor_for
from tests.support import bad_files
from tests.support.notation import docx_from

from .district import EMPTY, HEADING, SYSTEM, done, example, file, gather, notice, reply, truth, zipped

State, Role = QuickRun.State, QuickFile.Role


def output(run: QuickRun, kind: str) -> bytes:
    row = run.outputs.select_related("file__blob").get(kind=kind)
    with default_storage.open(row.file.kept.stored) as stored:
        data: bytes = stored.read()
    return data


@pytest.mark.usefixtures("office")
def test_the_example_district_comes_to_its_known_totals(tree: Tree, officer: User, folder: Path) -> None:
    by, said = actor_for(officer), truth()
    run = done(by, example(by, tree.district))

    assert run.state == State.DONE, run.trouble
    fields = {one["id"]: one for one in json.loads(output(run, "json"))["form_spec"]["fields"]}
    totals = {one["field"]: one["total"] for one in run.summary["totals"]}
    assert [total for key, total in totals.items() if not fields[key]["group"]] == list(said["totals"].values())
    assert [one["name"] for one in run.summary["missing"]] == said["missing"]
    states = Counter(run.files.filter(role="reply").values_list("state", flat=True))
    assert states == Counter(reply["status"] for reply in said["replies"])
    counted = {reply["file"] for reply in said["replies"] if reply["counted"]}
    assert set(run.files.filter(is_counted=True).values_list("path", flat=True)) == counted
    kinds = list(run.outputs.values_list("kind", flat=True))
    assert kinds == [kind.value for kind in QuickOutput.Kind]
    table = read_docx(output(run, "table"), "表.docx")
    assert table.blocks
    assert output(run, "pdf").startswith(b"%PDF")
    assert json.loads(output(run, "json"))["missing"] == said["missing"]
    with ZipFile(folder / "files" / run.outputs.get(kind="all").file.kept.stored) as packed:
        stem = run.outputs.get(kind="table").file.name.removesuffix(".docx")
        assert f"{stem}.docx" in packed.namelist()
        assert len(packed.namelist()) == len(kinds) - 1
    assert not list((folder / "holding").glob("*/*/*")), "nothing waits any more"


def test_a_number_opens_the_replies_that_it_comes_from(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    run = done(
        by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3), "乙.docx": reply("乙山社区", talks="/")})
    )
    talks = run.summary["totals"][0]
    parts = selectors.parts_of(run, talks["field"], by)
    assert talks["total"] == 3
    assert "pdf" not in run.outputs.values_list("kind", flat=True), "there is no LibreOffice"
    assert [(part.file.unit, part.value, part.is_na) for part in parts] == [
        ("甲山社区", 3, False),
        ("乙山社区", None, True),
    ]
    assert all(part.link for part in parts)


def test_folders_and_archives_keep_what_their_names_say(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    files = {
        "六月/甲山社区/统计表.docx": reply("", talks=3),
        "街道.zip": zipped(
            {"乙山社区/统计表.docx": reply("", talks=4), "__MACOSX/._x": b"1", "丙山社区.docx": reply("", talks=5)}
        ),
        "~$锁.docx": b"1",
    }
    run = done(by, gather(by, tree.district, files, roster="单位名称\n甲山社区\n乙山社区\n丙山社区\n丁山社区".encode()))
    assert run.state == State.DONE, run.trouble
    found = dict(run.files.filter(role="reply").values_list("path", "unit"))
    assert found == {
        "六月/甲山社区/统计表.docx": "甲山社区",
        "街道/乙山社区/统计表.docx": "乙山社区",
        "街道/丙山社区.docx": "丙山社区",
    }
    assert run.summary["totals"][0]["total"] == 12
    assert [one["name"] for one in run.summary["missing"]] == ["丁山社区"]


def test_bad_files_are_named_with_what_to_do_and_cost_no_other(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    bad = {
        name: data
        for name, (data, _) in bad_files.contents().items()
        if name in ("cut.docx", "encrypted.docx", "noise.pdf")
    }
    run = done(by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3), **bad}))
    assert run.summary["totals"][0]["total"] == 3
    rejected = run.files.filter(state="rejected")
    assert {one.path for one in rejected} == set(bad)
    for one in rejected:
        (issue,) = selectors.issues_said(one)
        assert issue["code"] == "R001"
        assert "请" in issue["said"]
        assert one.stored is None, "what nobody can look into is not kept"


def test_a_secret_notice_leaves_nothing(tree: Tree, officer: User, folder: Path) -> None:
    by = actor_for(officer)
    run = services.quick_run_open(by=by, unit=tree.district)
    with pytest.raises(RefusedError) as refused:
        services.quick_files_add(by=by, run=run, role=Role.NOTICE, files=[file("密.docx", notice("机密★5年"))])
    assert refused.value.problem.code == "notices.secret"
    assert not QuickFile.objects.exists()
    assert not StoredFile.objects.exists()
    assert not list((folder / "holding").glob("*"))


def test_a_secret_notice_in_an_archive_takes_the_whole_run_with_it(tree: Tree, officer: User, folder: Path) -> None:
    by = actor_for(officer)
    data = zipped({"通知.docx": notice("绝密")})
    run = done(by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3)}, text=data, name="某机密事项.zip"))
    assert run.state == State.FAILED
    assert "绝密" in selectors.trouble_words(run)
    assert not run.files.exists()
    assert not StoredFile.objects.exists()
    assert not list((folder / "holding").glob("*"))
    kept = json.dumps(list(Entry.objects.values("subject_label", "before", "after")), ensure_ascii=False)
    assert "某机密事项" not in kept
    assert Entry.objects.filter(action="quick_run.refused_secret").count() == 1


def test_a_secret_reply_is_wiped_and_the_others_are_added_up(tree: Tree, officer: User, folder: Path) -> None:
    by = actor_for(officer)
    marked = docx_from("    秘密★1年\n    = 某事项的情况\n    | 栏目 | 内容 |\n    | 甲 | 乙 |")
    files = {"甲.docx": reply("甲山社区", talks=3), "丙山社区某事项.docx": marked}
    files["包.zip"] = zipped({"丁山社区某事项.docx": marked, "乙.docx": reply("乙山社区", talks=4)})
    run = done(by, gather(by, tree.district, files))
    assert run.state == State.DONE, run.trouble
    assert run.summary["totals"][0]["total"] == 7
    secret = run.files.filter(state="secret")
    assert [(one.path, one.unit, one.stored) for one in secret] == [("", "", None)] * 2
    assert "秘密★1年" in selectors.issues_said(secret[0])[0]["said"]
    assert not list((folder / "holding").glob("*/*/*"))
    for kind in ("json", "reminder", "table"):
        assert "某事项".encode() not in output(run, kind)
    assert not any("某事项" in name for name in StoredFile.objects.values_list("name", flat=True))
    shas = set(StoredFile.objects.values_list("blob__sha256", flat=True))
    assert hashlib.sha256(marked).hexdigest() not in shas


def test_a_secret_list_of_units_is_wiped_alone(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    run = gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3)})
    # Too large to be looked at in the request itself.
    with mock.patch("anyue.modules.notices.services.receiving._QUICK_BYTES", 0):
        added = file("名单.txt", "机密★1年\n单位名称\n甲山社区".encode())
        services.quick_files_add(by=by, run=run, role=Role.ROSTER, files=[added])
    run = done(by, run)
    assert run.state == State.FAILED
    assert not run.files.filter(role="roster").exists()
    run = done(by, run)
    assert run.state == State.DONE


def test_a_notice_without_a_form_says_so_and_another_can_be_dropped(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    run = done(by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3)}, text=docx_from(HEADING)))
    assert run.state == State.FAILED
    assert "没有找到需要填报的表" in selectors.trouble_words(run)
    services.quick_files_add(by=by, run=run, role=Role.NOTICE, files=[file("通知2.docx", notice())])
    run = done(by, run)
    assert run.state == State.DONE
    assert list(run.files.filter(role="notice").values_list("path", flat=True)) == ["通知2.docx"]


def test_an_unreadable_notice_is_named_and_wiped(tree: Tree, officer: User, folder: Path) -> None:
    by = actor_for(officer)
    run = done(by, gather(by, tree.district, {"甲.docx": reply("甲山社区")}, text=notice()[:900], name="坏的.docx"))
    assert run.state == State.FAILED
    assert "坏的.docx" in selectors.trouble_words(run)
    assert not run.files.filter(role="notice").exists()
    assert len(list((folder / "holding").glob("*/*/*"))) == 1, "the reply still waits"


def test_added_replies_count_with_those_that_were_there(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    run = done(
        by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3), "乙.docx": reply("乙山社区", talks=4)})
    )
    first = set(run.outputs.values_list("file_id", flat=True))
    more = [file("乙.docx", reply("乙山社区", talks=40)), file("丙.docx", reply("丙山社区", talks=5))]
    services.quick_files_add(by=by, run=run, role=Role.REPLY, files=more)
    assert selectors.standing(run).new == 2
    assert run.summary["totals"][0]["total"] == 7, "what was made stays until it is made again"
    run = done(by, run)
    assert run.summary["totals"][0]["total"] == 48
    assert run.files.filter(role="reply").count() == 3
    assert not StoredFile.objects.filter(pk__in=first, removed_at=None).exists()


def test_a_reply_that_is_left_out_counts_no_more(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    run = done(
        by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3), "乙.docx": reply("乙山社区", talks=4)})
    )
    services.quick_file_drop(by=by, file=run.files.get(path="乙.docx"))
    assert selectors.standing(run).dropped == 1
    run = done(by, run)
    assert run.summary["totals"][0]["total"] == 3
    assert not run.files.filter(path="乙.docx").exists()


def test_another_form_of_the_notice_can_be_chosen(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    second = "\n    ---\n    附件3\n    = 联络员回执\n    单位名称：{u:　　　　}\n    联络员：{u:　　　　}\n    电话：{u:　　　　}\n"
    text = docx_from(HEADING + EMPTY + second)
    run = done(by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3)}, text=text))
    others = [one for one in run.summary["forms"] if one["id"] != run.summary["form"]]
    assert others, run.summary["forms"]
    run = done(by, run, form=others[0]["id"])
    assert run.summary["form"] == others[0]["id"]


def test_a_run_that_was_killed_in_the_middle_is_done_by_the_next_attempt(
    tree: Tree, officer: User, folder: Path
) -> None:
    by = actor_for(officer)
    run = gather(
        by,
        tree.district,
        {"甲.docx": reply("甲山社区", talks=3), "包.zip": zipped({"乙.docx": reply("乙山社区", talks=4)})},
    )
    services.quick_run_start(by=by, run=run, start=lambda _pk: None)
    for place in ("quick_reading.collect", "quick_reading.make_outputs", "quick_files.file_store"):
        with (
            mock.patch(f"anyue.modules.desk.services.{place}", side_effect=KeyboardInterrupt),
            pytest.raises(KeyboardInterrupt),
        ):
            services.quick_run_read(by=SYSTEM, run=run)
        run.refresh_from_db()
        assert run.state == State.READING, place
    services.quick_run_read(by=SYSTEM, run=run)
    run.refresh_from_db()
    assert run.state == State.DONE
    assert run.summary["totals"][0]["total"] == 7
    assert not list((folder / "holding").glob("*/*/*"))
    alive = StoredFile.objects.filter(removed_at=None)
    assert alive.count() == 3 + run.outputs.count(), "each file is kept once"


def test_two_workers_do_not_do_the_same_run_twice(tree: Tree, officer: User) -> None:
    by = actor_for(officer)
    run = done(by, gather(by, tree.district, {"甲.docx": reply("甲山社区", talks=3)}))
    before = list(run.outputs.values_list("pk", flat=True))
    services.quick_run_read(by=SYSTEM, run=run)
    assert list(run.outputs.values_list("pk", flat=True)) == before
