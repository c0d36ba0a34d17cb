"""The liaison officers as an office wants them: in the notice's own Word form, and in a workbook of all units."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import AbstractContextManager
from typing import Protocol

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import User
from anyue.modules.campaigns.models import Campaign
from anyue.modules.campaigns.rules.slips import Officer
from anyue.modules.campaigns.services import (
    campaign_draft_from_notice,
    campaign_publish,
    liaison_name,
    link_holder,
    roster_begin,
    roster_fill,
    targets_confirm,
)
from anyue.modules.notices import services as notices
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor
from anyue.platform.files.models import StoredFile
from anyue.platform.files.selectors import content_of
from anyue.platform.jobs.worker import run_ready
from gongwen.model import Paragraph, Table
from gongwen.readers import Source, read
from tests.anyue.factories import Tree, actor_for, client_for, make_user
from tests.support.notation import docx_from

from .makers import running

pytestmark = pytest.mark.django_db
NOTICE = """
    = 关于开展2026年“安全生产月”活动的通知
    各街道、各社区：
    现将2026年6月1日至6月30日“安全生产月”活动有关事项通知如下。
    # 一、工作要求
    请各单位于2026年5月25日前将联络员名单（附件1）报送区安委会办公室。
    > 2026年5月18日
    ---
    附件1
    = 联络员名单
"""
ROWS = """
    | 序号 | 单位 | 姓名 | 职务 | 联系电话 |
    | 1    |      |      |      |          |
    | 2    |      |      |      |          |
"""
BY_UNIT = """
    填报单位：[________]
    | 姓名 | 职务 | 办公电话 | 手机号码 | 电子邮箱 |
    |      |      |          |          |          |
    |      |      |          |          |          |
"""
SLIP = """
    | 单位名称 |  | 联络员姓名 |  |
    | 职务     |  | 手机号码   |  |
"""


class Limit(Protocol):
    def __call__(self, most: int) -> AbstractContextManager[None]: ...


@pytest.fixture
def office(tree: Tree) -> User:
    return make_user("unit_admin", tree.district, name="区管理员")


def issued(tree: Tree, form: str, by: Actor) -> Campaign:
    """The campaign of a notice with that form, read, reviewed and published like any other."""
    upload = SimpleUploadedFile("通知.docx", docx_from(NOTICE + form))
    notice = notices.notice_receive(by=by, unit=tree.district, uploads=[upload], start=lambda _: None)
    version = notices.notice_read(by=by, notice=notice)
    assert version is not None, notice.trouble
    notices.items_accept(by=by, items=[one for one in version.items.all() if one.value is not None])
    for item in version.items.filter(state="proposed").exclude(kind="warning"):
        notices.item_drop(by=by, item=item)
    notices.notice_review(by=by, notice=notice)
    notice.refresh_from_db()
    campaign = campaign_draft_from_notice(by=by, notice=notice)
    targets_confirm(by=by, campaign=campaign, targets=campaign.targets.all())
    return campaign_publish(by=by, campaign=campaign, units=[tree.street, tree.other_street, tree.community])


def name(campaign: Campaign, unit: Unit, officer: Officer, by: Actor | None = None) -> None:
    acting = by or actor_for(make_user("liaison_officer", unit, name="报送人"))
    liaison_name(by=acting, campaign=campaign, unit=unit, officer=officer)


LIU = Officer(name="柳青", post="科员", office_phone="0000-12345678", mobile="13900001234", email="liuqing@example.org")
YU = Officer(name="榆红", post="主任", mobile="13900005678")


def rows_of(data: bytes) -> list[list[str]]:
    """The table of a Word file by its cells' words."""
    table = next(block for block in read(Source("x.docx", data=data)).blocks if isinstance(block, Table))
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text.strip()
    return rows


def test_the_notices_own_form_gets_a_row_for_each_officer_in_the_order_of_units(tree: Tree, office: User) -> None:
    campaign = issued(tree, ROWS, actor_for(office))
    name(campaign, tree.other_street, YU)
    name(campaign, tree.community, Officer(name="荷白", office_phone="0000-7654321"))
    name(campaign, tree.street, LIU)

    made = roster_fill(by=actor_for(office), campaign=campaign)

    assert rows_of(content_of(made)) == [
        ["序号", "单位", "姓名", "职务", "联系电话"],
        ["1", "望榆街道", "柳青", "科员", "13900001234"],
        ["2", "柳岸社区", "荷白", "", "0000-7654321"],
        ["3", "松桥街道", "榆红", "主任", "13900005678"],
    ]
    assert made.name == f"云湖区_联络员名单_{clock.today():%Y%m%d}.docx"
    words = [
        block.text for block in read(Source("x.docx", data=content_of(made))).blocks if isinstance(block, Paragraph)
    ]
    assert [one for one in words if one.strip()] == ["附件1", "联络员名单"]  # the form alone, as the notice has it


def test_where_no_column_is_the_units_its_name_stands_before_the_officers(tree: Tree, office: User) -> None:
    campaign = issued(tree, BY_UNIT, actor_for(office))
    name(campaign, tree.street, LIU)
    name(campaign, tree.other_street, YU)

    rows = rows_of(content_of(roster_fill(by=actor_for(office), campaign=campaign)))

    assert rows[1:] == [
        ["【望榆街道】柳青", "科员", "0000-12345678", "13900001234", "liuqing@example.org"],
        ["【松桥街道】榆红", "主任", "", "13900005678", ""],
    ]


def test_a_slip_for_one_officer_is_filled_once_for_each_unit(tree: Tree, office: User) -> None:
    campaign = issued(tree, SLIP, actor_for(office))
    name(campaign, tree.street, LIU)
    name(campaign, tree.other_street, YU)

    made = roster_fill(by=actor_for(office), campaign=campaign)

    with zipfile.ZipFile(io.BytesIO(content_of(made))) as archive:
        assert archive.namelist() == ["001_望榆街道.docx", "002_松桥街道.docx"]
        assert rows_of(archive.read("001_望榆街道.docx")) == [
            ["单位名称", "望榆街道", "联络员姓名", "柳青"],
            ["职务", "科员", "手机号码", "13900001234"],
        ]


def test_made_anew_it_takes_the_place_of_the_one_before(tree: Tree, office: User) -> None:
    campaign, by = issued(tree, ROWS, actor_for(office)), actor_for(office)
    name(campaign, tree.street, LIU)
    first = roster_fill(by=by, campaign=campaign)
    name(campaign, tree.other_street, YU)
    second = roster_fill(by=by, campaign=campaign)

    present = StoredFile.objects.filter(owner_kind="campaigns.roster", removed_at=None)
    assert [file.pk for file in present] == [second.pk]
    assert first.pk != second.pk
    assert len(rows_of(content_of(second))) == 3


def test_it_is_refused_without_a_form_without_names_and_to_those_below(tree: Tree, office: User) -> None:
    by, started = actor_for(office), list[Campaign]()
    plain = running(tree, by=by)
    campaign = issued(tree, ROWS, by)
    for act in (roster_fill, lambda **given: roster_begin(**given, start=started.append)):
        with pytest.raises(RefusedError) as refused:
            act(by=by, campaign=plain)
        assert refused.value.problem.code == "campaigns.roster_no_form"
        with pytest.raises(RefusedError) as refused:
            act(by=by, campaign=campaign)
        assert refused.value.problem.code == "campaigns.roster_nobody"
    name(campaign, tree.street, LIU)
    with pytest.raises(RefusedError):
        roster_fill(by=actor_for(make_user("unit_admin", tree.street)), campaign=campaign)
    assert started == []


def test_it_is_made_by_a_job_and_found_from_the_offices_page(
    tree: Tree, office: User, assert_queries_at_most: Limit
) -> None:
    campaign, client = issued(tree, ROWS, actor_for(office)), client_for(office)
    name(campaign, tree.street, LIU)
    page = f"/campaigns/{campaign.pk}/roster/word/"
    assert page in client.get(f"/campaigns/{campaign.pk}/office/").content.decode()

    client.post(page)
    assert "job-progress" in client.get(page).content.decode()
    run_ready()
    with assert_queries_at_most(15):
        text = client.get(page).content.decode()
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()

    file = StoredFile.objects.get(owner_kind="campaigns.roster")
    link = re.search(r'href="(/files/[^"]+)"', part)
    assert file.uploaded_label == "区管理员"
    assert file.name in text
    assert file.name in part
    assert "job-progress" not in text
    assert "<html" not in part
    assert link is not None
    assert b"".join(client.get(link[1]).streaming_content) == content_of(file)  # type: ignore[attr-defined]


def test_a_notice_without_such_a_form_still_has_the_workbook(tree: Tree, office: User) -> None:
    campaign = running(tree, by=actor_for(office))

    text = client_for(office).get(f"/campaigns/{campaign.pk}/roster/word/").content.decode()

    assert f'href="/campaigns/{campaign.pk}/roster/"' in text
    assert "<form" not in text.partition('id="roster"')[2].partition("</section>")[0]


def test_the_workbook_says_who_was_named_when_and_by_whom(tree: Tree, office: User) -> None:
    campaign = running(tree, by=actor_for(office))
    name(campaign, tree.street, LIU)
    row = campaign.participations.select_related("campaign", "unit").get(unit=tree.community)
    name(campaign, tree.community, YU, by=link_holder(row, name="郑月", phone="13800000001"))

    answer = client_for(office).get(f"/campaigns/{campaign.pk}/roster/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active

    assert sheet is not None
    heads, *rows = list(sheet.iter_rows(values_only=True))
    assert heads == ("单位", "联络员", "职务", "办公电话", "手机", "电子邮箱", "报送时间", "报送人")
    found = {str(one[0]): one[1:] for one in rows}
    named_at = f"{clock.now().astimezone(clock.SHANGHAI):%Y-%m-%d}"
    assert found["望榆街道"][:5] == ("柳青", "科员", "0000-12345678", "13900001234", "liuqing@example.org")
    assert str(found["望榆街道"][5]).startswith(named_at)
    assert found["望榆街道"][6] == "报送人"
    assert found["柳岸社区"][6] == "郑月 13800000001（通过链接，未确认）"
    assert set(found["松桥街道"]) == {None}
