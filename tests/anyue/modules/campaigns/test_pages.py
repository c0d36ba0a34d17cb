"""The pages of campaigns as people of the office and of the units use them."""

from __future__ import annotations

import io
import re
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anyue.kernel import clock
from anyue.modules.campaigns.models import Campaign, DraftDocument, Duty, Extension, LiaisonOfficer
from anyue.modules.campaigns.services import duty_decline, duty_done, extension_ask, link_holder, receipt_sign
from anyue.modules.orgs.models import Kind
from anyue.platform.files.models import StoredFile
from tests.anyue.factories import Tree, actor_for, client_for, make_unit, make_user
from tests.support.notation import docx_from

from .makers import draft, reviewed_notice, running

pytestmark = pytest.mark.django_db


class Limit(Protocol):
    def __call__(self, most: int) -> AbstractContextManager[None]: ...


def test_the_office_goes_from_the_notice_to_a_running_campaign(tree: Tree) -> None:
    client = client_for(make_user("unit_admin", tree.district))
    notice = reviewed_notice(tree.district)
    assert client.get(f"/campaigns/start/{notice.pk}/").status_code == 200
    made = client.post(f"/campaigns/start/{notice.pk}/", {})
    campaign = Campaign.objects.get()
    assert made.headers["Location"] == f"/campaigns/{campaign.pk}/names/"
    names = client.get(made.headers["Location"]).content.decode()
    assert "各街道" in names
    assert "松桥街道" in names
    client.post(f"/campaigns/{campaign.pk}/names/confirm/")
    for target in campaign.targets.filter(decided_at=None):
        client.post(f"/campaigns/{campaign.pk}/names/confirm/", {"target": target.pk})
    choose = client.get(f"/campaigns/{campaign.pk}/publish/").content.decode()
    assert choose.count(" checked") == 4
    units = [tree.street.pk, tree.community.pk]
    check = client.post(f"/campaigns/{campaign.pk}/publish/", {"step": "check", "units": units})
    assert check.status_code == 200
    assert Campaign.objects.get().state == Campaign.State.DRAFT
    client.post(f"/campaigns/{campaign.pk}/publish/", {"step": "publish", "units": units})
    assert Campaign.objects.get().state == Campaign.State.RUNNING
    assert campaign.duties.count() == 8


def test_a_name_is_corrected_by_hand(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    campaign, client = draft(tree, by=actor_for(admin)), client_for(admin)
    target = campaign.targets.get(words="各街道")
    path = f"/campaigns/{campaign.pk}/names/{target.pk}/"
    assert client.get(path).status_code == 200
    client.post(path, {"units": [tree.street.pk]})
    target.refresh_from_db()
    assert (target.units, target.why) == ([tree.street.pk], "chosen")


def test_publishing_with_an_undecided_name_says_which(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    campaign, client = draft(tree, by=actor_for(admin)), client_for(admin)
    answer = client.post(f"/campaigns/{campaign.pk}/publish/", {"step": "publish", "units": [tree.street.pk]})
    assert answer.status_code == 422
    assert Campaign.objects.get().state == Campaign.State.DRAFT


def test_a_unit_signs_with_one_button_and_names_its_officer_from_the_slip(tree: Tree) -> None:
    campaign, client = running(tree), client_for(make_user("liaison_officer", tree.street))
    here = f"/campaigns/{campaign.pk}/units/{tree.street.pk}/"
    page = client.get(here).content.decode()
    assert here + "sign/" in page
    client.post(here + "sign/")
    assert campaign.duties.get(unit=tree.street, kind="receipt").state == Duty.State.DONE
    slip = docx_from("= 联络员回执\n| 单位 | 姓名 | 职务 | 手机 |\n| 望榆街道 | 周明 | 科员 | 13800000001 |")
    read = client.post(here + "liaison/", {"slip": SimpleUploadedFile("回执.docx", slip)})
    assert "周明" in read.content.decode()
    assert not LiaisonOfficer.objects.exists()
    client.post(here + "liaison/", {"name": "周明", "post": "科员", "mobile": "13800000001"})
    assert LiaisonOfficer.objects.get().name == "周明"
    wrong = client.post(here + "liaison/", {"name": "吴芳", "mobile": "12"})
    assert wrong.status_code == 422
    assert "吴芳" in wrong.content.decode()


def test_a_unit_reports_a_task_and_what_was_refused_stays_typed(tree: Tree) -> None:
    campaign, client = running(tree), client_for(make_user("liaison_officer", tree.street))
    duty = campaign.duties.get(unit=tree.street, kind="task")
    path = f"/campaigns/duties/{duty.pk}/"
    assert client.get(path).status_code == 200
    refused = client.post(path + "progress/", {"progress": "120", "note": "已讲两场"})
    assert refused.status_code == 422
    assert "已讲两场" in refused.content.decode()
    client.post(path + "progress/", {"progress": "50", "note": "已讲两场"})
    client.post(
        path + "done/",
        {"progress": "100", "note": "已讲四场", "files": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")},
    )
    duty.refresh_from_db()
    assert (duty.state, duty.note, duty.evidence.count()) == (Duty.State.DONE, "已讲四场", 1)
    assert client.get(path).status_code == 200


def test_the_office_answers_what_waits(tree: Tree, assert_queries_at_most: Limit) -> None:
    campaign, client = running(tree), client_for(make_user("reviewer", tree.district))
    street = actor_for(make_user("liaison_officer", tree.street))
    other = actor_for(make_user("liaison_officer", tree.other_street))
    duty = campaign.duties.get(unit=tree.street, kind="task")
    assert duty.due_at is not None
    asked = extension_ask(by=street, duty=duty, wanted_at=duty.due_at + timedelta(days=2), reason="人手不足")
    declined = duty_decline(by=other, duty=campaign.duties.get(unit=tree.other_street, kind="task"), reason="无此职责")
    holder = link_holder(campaign.participations.get(unit=tree.community), name="郑月", phone="13800000001")
    receipt = receipt_sign(by=holder, campaign=campaign, unit=tree.community)
    done = duty_done(
        by=actor_for(make_user("recorder", tree.community)), duty=campaign.duties.get(unit=tree.community, kind="task")
    )
    here = f"/campaigns/{campaign.pk}/office/"
    client.get("/campaigns/")
    with assert_queries_at_most(15):
        page = client.get(here).content.decode()
    assert all(text in page for text in ("人手不足", "无此职责", "郑月 13800000001"))
    client.post(f"/campaigns/extensions/{asked.pk}/", {"answer_is": "grant", "back": here})
    client.post(f"/campaigns/duties/{declined.pk}/agree/", {"back": here})
    assert client.post(f"/campaigns/duties/{receipt.pk}/confirm/", {"back": here}).headers["Location"] == here
    client.post(f"/campaigns/{campaign.pk}/office/accept/", {"duties": [done.pk]})
    assert Extension.objects.get().state == Extension.State.GRANTED
    for row in (declined, done):
        row.refresh_from_db()
        assert row.accepted_at is not None
    receipt.refresh_from_db()
    assert not receipt.by_link


def test_the_office_finds_who_has_not_signed_among_many_units(tree: Tree) -> None:
    units = [make_unit(f"第{number}社区", parent=tree.street, kind=Kind.COMMUNITY) for number in range(60)]
    campaign = running(tree, [tree.street, *units])
    client, here = client_for(make_user("reviewer", tree.district)), f"/campaigns/{campaign.pk}/office/"
    receipt_sign(by=actor_for(make_user("liaison_officer", tree.street)), campaign=campaign, unit=tree.street)
    other = actor_for(make_user("liaison_officer", units[0]))
    duty_decline(by=other, duty=campaign.duties.get(unit=units[0], kind="task"), reason="无此职责")

    page = client.get(here)
    signed = client.get(here, {"signed": "yes"}).content.decode()
    unsigned = client.get(here, {"signed": "no", "size": "100"}).content.decode()

    figures = re.findall(r"<dd>(\d+)(?:<span class=\"ay-unit\">/ (\d+)</span>)?</dd>", page.content.decode())
    assert figures == [("1", "61"), ("0", "61"), ("1", ""), ("0", "")]
    assert page.context["list"].total == 61
    assert page.content.decode().count('<th scope="row"') == 50
    assert ("望榆街道</a>" in signed, "第7社区</a>" in signed) == (True, False)
    assert ("望榆街道</a>" in unsigned, unsigned.count('<th scope="row"')) == (False, 60)


def test_a_page_never_leads_off_this_site(tree: Tree) -> None:
    campaign, client = running(tree), client_for(make_user("liaison_officer", tree.street))
    duty = campaign.duties.get(unit=tree.street, kind="task")
    answer = client.post(f"/campaigns/duties/{duty.pk}/done/", {"progress": "100", "back": "//example.com/"})
    assert answer.headers["Location"] == f"/campaigns/duties/{duty.pk}/"


def test_the_roster_is_a_workbook_of_all_units(tree: Tree) -> None:
    campaign, client = running(tree), client_for(make_user("reviewer", tree.district))
    LiaisonOfficer.objects.create(
        campaign=campaign, unit=tree.street, name="=周明", mobile="13800000001", named_by="测试"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/campaigns/{campaign.pk}/roster/").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:5] == ("望榆街道", "=周明", None, None, "13800000001")
    assert len(rows) == 5


def test_links_are_printed_with_their_codes_and_made_anew(tree: Tree, assert_queries_at_most: Limit) -> None:
    campaign, client = running(tree), client_for(make_user("unit_admin", tree.district))
    with assert_queries_at_most(15):
        page = client.get(f"/campaigns/{campaign.pk}/links/")
    text = page.content.decode()
    assert text.count("data:image/svg+xml;base64,") == 4
    assert "no-store" in page.headers["Cache-Control"]
    row = campaign.participations.get(unit=tree.community)
    client.post(f"/campaigns/links/{row.pk}/revoke/")
    row.refresh_from_db()
    assert row.link_digest is None
    assert client.get(f"/campaigns/{campaign.pk}/links/").content.decode().count("data:image/svg+xml;base64,") == 3
    client.post(f"/campaigns/{campaign.pk}/links/switch/", {"open": "0"})
    assert not Campaign.objects.get().links_open


def test_a_street_issues_further_down_and_downloads_its_draft(tree: Tree) -> None:
    parent, client = running(tree, [tree.street]), client_for(make_user("unit_admin", tree.street))
    path = f"/campaigns/{parent.pk}/units/{tree.street.pk}/reissue/"
    assert "各社区" in client.get(path).content.decode()
    task, asked = parent.duties.get(kind="task").task_id, parent.duties.get(kind="return").requirement_id
    form = {"name": "望榆街道安全生产月活动", "addressed": "各社区", "tasks": [task], "requirements": [asked]}
    late = client.post(path, {**form, f"t{task}_day": "2026-07-15", f"r{asked}_day": "2026-06-18"})
    assert late.status_code == 422
    assert "2026-07-15" in late.content.decode()
    client.post(path, {**form, f"t{task}_day": "2026-06-28", f"r{asked}_day": "2026-06-18", f"r{asked}_time": "17:00"})
    child = Campaign.objects.get(parent=parent)
    assert child.requirements.get(kind="return").due_at == clock.at(
        clock.day_of(clock.due_instant("2026-06-18")) - timedelta(days=1), 17
    )
    client.post(f"/campaigns/{child.pk}/draft/")
    document = DraftDocument.objects.get()
    assert client.get(f"/campaigns/drafts/{document.pk}/").status_code == 302
    signed = {"doc_no": "望街办〔2026〕3号", "signer": "李平", "signed_on": "2026-05-20"}
    client.post(f"/campaigns/drafts/{document.pk}/signed/", signed)
    document.refresh_from_db()
    assert document.doc_no == "望街办〔2026〕3号"


def test_a_task_is_edited_in_the_draft_and_a_new_name_is_proposed(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    campaign, client = draft(tree, by=actor_for(admin)), client_for(admin)
    task = campaign.tasks.first()
    assert task is not None
    path = f"/campaigns/asked/task/{task.pk}/"
    assert client.get(path).status_code == 200
    client.post(
        path, {"text": "讲两堂安全课。", "responsible": "应急管理局", "due_at_day": "2026-06-15", "due_at_time": ""}
    )
    task.refresh_from_db()
    assert (task.text, task.responsible) == ("讲两堂安全课。", ["应急管理局"])
    assert campaign.targets.get(words="应急管理局").units == [tree.department.pk]
    added = {"kind": "return", "title": "活动总结", "who": "各街道", "due_at_day": "2026-07-05"}
    client.post(f"/campaigns/{campaign.pk}/add/requirement/", added)
    assert campaign.requirements.filter(title="活动总结").exists()


def test_pages_ask_the_database_little_with_many_units(tree: Tree, assert_queries_at_most: Limit) -> None:
    units = [make_unit(f"第{number}社区", parent=tree.street, kind=Kind.COMMUNITY) for number in range(60)]
    admin = make_user("unit_admin", tree.district)
    campaign, client = running(tree, [tree.street, *units], by=actor_for(admin)), client_for(admin)
    client.get("/campaigns/")
    duty = campaign.duties.filter(kind="task").first()
    assert duty is not None
    for path in (
        "/campaigns/",
        f"/campaigns/{campaign.pk}/",
        f"/campaigns/{campaign.pk}/office/",
        f"/campaigns/{campaign.pk}/units/{tree.street.pk}/",
        f"/campaigns/{campaign.pk}/links/",
        f"/campaigns/{campaign.pk}/edit/",
        f"/campaigns/duties/{duty.pk}/",
    ):
        with assert_queries_at_most(15):
            assert client.get(path).status_code == 200, path


def test_strangers_find_nothing_and_readers_may_not_act(tree: Tree) -> None:
    campaign = running(tree)
    duty = campaign.duties.get(unit=tree.street, kind="task")
    paths = (
        f"/campaigns/{campaign.pk}/",
        f"/campaigns/{campaign.pk}/office/",
        f"/campaigns/duties/{duty.pk}/",
        f"/campaigns/{campaign.pk}/units/{tree.street.pk}/",
        f"/campaigns/{campaign.pk}/links/",
    )
    stranger = client_for(make_user("unit_admin", tree.stranger_district))
    assert [stranger.get(path).status_code for path in paths] == [404] * len(paths)
    reader = client_for(make_user("recorder", tree.street))
    assert reader.get(paths[0]).status_code == 200
    assert reader.get(paths[1]).status_code == 404
    assert reader.post(f"/campaigns/duties/{duty.pk}/accept/").status_code == 403
    assert reader.post(f"/campaigns/{campaign.pk}/units/{tree.street.pk}/sign/").status_code in (403, 404)
    street = client_for(make_user("unit_admin", tree.street))
    assert street.get(paths[1]).status_code == 403
    assert street.post(f"/campaigns/{campaign.pk}/close/").status_code == 403
    assert street.get(f"/campaigns/{campaign.pk}/units/{tree.other_street.pk}/").status_code == 404


def test_who_may_not_work_on_a_duty_leaves_no_file_behind(tree: Tree) -> None:
    """She sees it from above; the act is refused before a byte of hers is kept."""
    campaign, client = running(tree), client_for(make_user("media_officer", tree.district))
    duty = campaign.duties.get(unit=tree.street, kind="task")
    photo = SimpleUploadedFile("佐证.docx", docx_from("= 总结\n讲了一堂安全课。"))

    answer = client.post(f"/campaigns/duties/{duty.pk}/done/", {"note": "", "files": photo})

    assert answer.status_code == 403
    assert not StoredFile.objects.filter(name="佐证.docx").exists()


def test_two_duties_of_two_campaigns_are_not_reached_through_each_other(tree: Tree) -> None:
    one, other = running(tree), running(tree)
    client = client_for(make_user("unit_admin", tree.district))
    name = other.targets.order_by("pk").first()
    assert name is not None
    before = name.units

    answer = client.post(f"/campaigns/{one.pk}/names/{name.pk}/", {"units": [tree.street.pk]})
    client.post(f"/campaigns/{one.pk}/office/accept/", {"duties": [duty.pk for duty in other.duties.all()]})

    name.refresh_from_db()
    assert answer.status_code == 404
    assert name.units == before
    assert not other.duties.exclude(accepted_at=None).exists()
