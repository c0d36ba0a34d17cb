"""Units brought in on the web: looked at and written by jobs, left and come back to, called off, nothing ever half there."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult, get_date_max

from anyue.kernel.clock import today
from anyue.modules.orgs import jobs, services
from anyue.modules.orgs.models import Unit, UnitImport
from anyue.modules.orgs.services import imports
from anyue.modules.orgs.services.importing import bring_in
from anyue.platform.audit.models import Entry
from anyue.platform.files.models import Blob, StoredFile
from anyue.platform.jobs.models import Progress
from anyue.platform.jobs.worker import run_ready
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, client_for, make_user

from .test_pages import admin, keeper, said
from .trees import SYSTEM

pytestmark = pytest.mark.django_db
State = UnitImport.State
GOOD = "名称,上级单位,类型\n新里社区,望榆街道,社区\n党建科,,科室\n"


def sent(client: Client, content: str | bytes, name: str = "单位.csv", status: int = 302, **data: object) -> str:
    file = SimpleUploadedFile(name, content.encode("gb18030") if isinstance(content, str) else content)
    answer = client.post(reverse("orgs:import"), {"file": file, "on": today().isoformat(), "under": "云湖区", **data})
    assert answer.status_code == status, answer.content.decode()
    return answer["Location"] if status == 302 else answer.content.decode()


def confirmed(client: Client, address: str) -> None:
    assert client.post(f"{address}confirm/").status_code == 302


def state() -> str:
    return UnitImport.objects.get().state


def test_a_table_is_looked_at_by_a_job_confirmed_and_written_by_another(tree: Tree) -> None:
    client = admin(tree)
    assert f"云湖区 [#{tree.district.pk}]" in said(client, reverse("orgs:import"))
    address = sent(client, GOOD)
    waiting = said(client, address)
    assert f'hx-get="{address}state/"' in waiting
    assert "新里社区" not in waiting

    run_ready()
    assert "HX-Refresh" in client.get(f"{address}state/").headers
    assert "新里社区" in said(client, address)
    assert not Unit.objects.filter(name="新里社区").exists()

    confirmed(client, address)
    confirmed(client, address)
    assert not Unit.objects.filter(name="新里社区").exists(), "a request writes nothing"
    assert run_ready() == 1, "confirmed twice, written once"
    assert Unit.objects.get(name="新里社区").parent == tree.street
    assert Unit.objects.get(name="党建科").parent == tree.district
    entry = Entry.objects.get(action="units.imported")
    assert (entry.actor_kind, entry.place, entry.after["add"]) == ("person", tree.district.path, 2)


def test_what_is_wrong_is_shown_by_row_and_column_and_never_confirmed(tree: Tree) -> None:
    client = admin(tree)
    address = sent(client, "名称,上级单位,类型\n新里社区,没有街道,社区\n")
    run_ready()
    page = said(client, address)
    assert "上级单位" in page
    assert "没有街道" in page

    confirmed(client, address)
    run_ready()
    assert state() == State.REFUSED
    assert not Unit.objects.filter(name="新里社区").exists()


def test_a_table_without_a_column_of_names_says_so(tree: Tree) -> None:
    client = admin(tree)
    address = sent(client, "电话\n1\n")
    run_ready()
    assert state() == State.FAILED
    assert "单位名称" in said(client, address)


def test_the_page_of_imports_leads_back_to_the_one_that_is_not_finished(tree: Tree) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    run_ready()
    assert f'href="{address}"' in said(client, reverse("orgs:import"))


def test_a_page_of_an_import_asks_little(tree: Tree, assert_queries_at_most: Limit) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    with assert_queries_at_most(15):
        said(client, address)
    run_ready()
    with assert_queries_at_most(15):
        said(client, address)


def test_another_persons_table_is_not_there(tree: Tree) -> None:
    address = sent(admin(tree), GOOD)
    other = admin(tree)
    said(other, address, 404)
    said(other, f"{address}state/", 404)
    assert other.post(f"{address}confirm/").status_code == 404
    assert other.post(f"{address}withdraw/").status_code == 404


def test_who_has_lost_the_right_meanwhile_cannot_confirm(tree: Tree) -> None:
    user = make_user("unit_admin", tree.district)
    client = client_for(user)
    address = sent(client, GOOD)
    run_ready()
    user.grants.all().delete()
    assert client.post(f"{address}confirm/").status_code in (403, 404)
    assert run_ready() == 0


def test_what_changed_since_it_was_shown_is_found_before_anything_is_written(tree: Tree) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    run_ready()
    services.unit_rename(by=SYSTEM, unit=tree.street, name="榆林街道", on=today())
    confirmed(client, address)
    run_ready()
    assert state() == State.REFUSED
    assert not Unit.objects.filter(name__in=("新里社区", "党建科")).exists()
    assert "望榆街道" in said(client, address)


def marked(name: str) -> tuple[bytes, str]:
    if name.endswith(".csv"):
        return "机密★1年\n单位名称,类型\n绝密社区,社区\n".encode(), name
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate((["机密★1年"], ["单位名称", "类型"], ["绝密社区", "社区"])):
            sheet.write_row(number, 0, line)
    return out.getvalue(), name


@pytest.mark.parametrize("name", ["单位.xlsx", "单位.csv"])
def test_a_table_with_a_mark_of_secrecy_is_refused_before_a_byte_is_kept(tree: Tree, name: str) -> None:
    page = sent(admin(tree), marked(name)[0], name, status=422)
    assert "机密" in page
    assert not UnitImport.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Blob.objects.exists()
    entry = Entry.objects.get(action="file.refused_secret")
    assert "绝密社区" not in str(entry.after)


def test_called_off_before_it_is_confirmed_nothing_changes_and_the_table_is_gone(tree: Tree) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    run_ready()
    assert client.post(f"{address}withdraw/").status_code == 302
    confirmed(client, address)
    assert run_ready() == 0
    assert state() == State.WITHDRAWN
    assert StoredFile.objects.get().removed_at is not None
    assert Entry.objects.filter(action="units.import_withdrawn").count() == 1


def test_called_off_while_it_is_written_nothing_of_it_stays(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    run_ready()
    confirmed(client, address)
    units = Unit.objects.count()
    row = UnitImport.objects.get()
    write = bring_in

    def called_off(**given: Any) -> Any:
        result = write(**given)
        assert Unit.objects.count() == units + 2, "it was written inside the transaction"
        imports.import_withdraw(by=imports._owner(row), row=row)
        return result

    monkeypatch.setattr(imports, "bring_in", called_off)
    run_ready()
    assert Unit.objects.count() == units
    assert not Entry.objects.filter(action="units.imported").exists()


def test_a_call_to_stop_is_heard_between_two_steps(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    run_ready()
    confirmed(client, address)
    row, units = UnitImport.objects.get(), Unit.objects.count()
    monkeypatch.setattr(imports, "_LOOK", -1.0)
    heard: list[int] = []

    def tell(done: int, _total: int) -> None:
        heard.append(done)
        cache.set(imports._STOP % row.task, True)

    imports.import_write(row=row, tell=tell)
    assert len(heard) == 1
    assert Unit.objects.count() == units
    assert state() == State.RUNNING


def test_after_a_fault_in_the_middle_there_is_nothing_and_it_can_run_again(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    run_ready()
    confirmed(client, address)
    units = Unit.objects.count()

    def broken(*_: object, **__: object) -> bool:
        raise RuntimeError("power")

    with monkeypatch.context() as patch:
        patch.setattr(imports, "_goes_on", broken)
        run_ready()
    assert Unit.objects.count() == units
    assert state() == State.RUNNING
    DBTaskResult.objects.update(run_after=get_date_max())
    run_ready()
    assert Unit.objects.count() == units + 2
    assert state() == State.DONE


def test_a_job_that_was_given_up_says_so_on_the_page(tree: Tree) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    DBTaskResult.objects.update(status="FAILED")
    assert "未写入" in said(client, address)
    assert state() == State.FAILED


def test_what_is_in_cannot_be_called_off(tree: Tree) -> None:
    client = admin(tree)
    address = sent(client, GOOD)
    run_ready()
    confirmed(client, address)
    run_ready()
    client.post(f"{address}withdraw/")
    assert state() == State.DONE
    assert Unit.objects.filter(name="新里社区").exists()


def test_progress_is_told_while_the_transaction_is_open(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of an open transaction are seen by nobody, so what is told does not depend on them."""
    client = admin(tree)
    address = sent(client, "名称,上级单位,类型\n" + "".join(f"第{n}社区,望榆街道,社区\n" for n in range(50)))
    run_ready()
    confirmed(client, address)
    seen: list[str] = []
    write = bring_in

    def watched(**given: Any) -> Any:
        result = write(**given)
        assert Progress.objects.get(job="orgs.import_write").done == 0
        seen.append(said(client, f"{address}state/"))
        return result

    monkeypatch.setattr("anyue.platform.jobs.reporting.INTERVAL", -1.0)
    monkeypatch.setattr(imports, "bring_in", watched)
    run_ready()
    assert 'value="100"' in seen[0]


def test_the_top_of_the_tree_is_for_who_has_all_units(tree: Tree) -> None:
    refused = sent(admin(tree), GOOD, status=403, under="")
    assert "上级单位" in refused
    assert not StoredFile.objects.exists()
    sent(keeper(tree), GOOD, under="")
    assert jobs.look.code == "orgs.import_look"
