"""Liaison officers: named on the web, changed, and read from the slip that came back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from anyue.kernel.errors import RefusedError
from anyue.modules.campaigns.models import Duty, LiaisonOfficer
from anyue.modules.campaigns.rules import phones
from anyue.modules.campaigns.rules.slips import Officer
from anyue.modules.campaigns.services import liaison_name, liaison_slip_read
from gongwen.write.reissue import Liaison, ReissueSpec, draft_notice
from tests.anyue.factories import Tree, actor_for, make_user
from tests.support.notation import docx_from

from .makers import SPEC, running

OFFICER = Officer(name="周明", post="科员", office_phone="0000-1234567", mobile="13800000001")


@pytest.mark.django_db
def test_a_unit_names_its_officer_and_its_duty_is_done(tree: Tree) -> None:
    campaign, by = running(tree), actor_for(make_user("liaison_officer", tree.street))
    named = liaison_name(by=by, campaign=campaign, unit=tree.street, officer=OFFICER)
    assert (named.name, named.mobile, named.by_link) == ("周明", "13800000001", False)
    assert campaign.duties.get(unit=tree.street, kind="liaison").state == Duty.State.DONE
    assert liaison_name(by=by, campaign=campaign, unit=tree.street, officer=OFFICER) == named


@pytest.mark.django_db
def test_the_officer_before_her_stays_on_record(tree: Tree) -> None:
    campaign, by = running(tree), actor_for(make_user("liaison_officer", tree.street))
    first = liaison_name(by=by, campaign=campaign, unit=tree.street, officer=OFFICER)
    second = liaison_name(
        by=by, campaign=campaign, unit=tree.street, officer=Officer(name="吴芳", mobile="139 0000 0002")
    )
    first.refresh_from_db()
    assert first.until_at == second.named_at
    assert second.mobile == "13900000002"
    assert list(LiaisonOfficer.objects.filter(campaign=campaign, until_at=None)) == [second]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("officer", "field"),
    [
        (Officer(name=" ", mobile="13800000001"), "name"),
        (Officer(name="周明"), "mobile"),
        (Officer(name="周明", mobile="1380000"), "mobile"),
        (Officer(name="周明", office_phone="电话见通讯录"), "office_phone"),
        (Officer(name="周明", mobile="13800000001", email="zhou@"), "email"),
    ],
)
def test_an_officer_nobody_can_reach_is_refused_at_the_field(tree: Tree, officer: Officer, field: str) -> None:
    campaign, by = running(tree), actor_for(make_user("liaison_officer", tree.street))
    with pytest.raises(RefusedError) as refused:
        liaison_name(by=by, campaign=campaign, unit=tree.street, officer=officer)
    assert field in refused.value.fields
    assert not LiaisonOfficer.objects.exists()


@pytest.mark.django_db
def test_who_is_asked_for_no_officer_names_none(tree: Tree) -> None:
    campaign = running(tree, spec={**SPEC, "deadlines": []})
    with pytest.raises(RefusedError) as refused:
        liaison_name(
            by=actor_for(make_user("liaison_officer", tree.street)),
            campaign=campaign,
            unit=tree.street,
            officer=OFFICER,
        )
    assert refused.value.problem.code == "campaigns.liaison_not_asked"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("138 0000 0001", "13800000001"),
        ("＋86 138-0000-0001", "13800000001"),
        ("(022)2345 6789", "02223456789"),
        ("022－23456789", "022-23456789"),
        ("8401", "8401"),
    ],
)
def test_numbers_are_taken_as_people_write_them(written: str, number: str) -> None:
    assert phones.tidy(written) == number
    assert phones.is_phone(number)


@pytest.mark.parametrize("written", ["", "12", "电话", "1380000000a", "138000000012"])
def test_what_cannot_be_called_is_no_number(written: str) -> None:
    assert not phones.is_phone(phones.tidy(written))


def slip(tmp_path: Path, text: str) -> list[Officer]:
    path = tmp_path / "回执.docx"
    path.write_bytes(docx_from(text))
    return liaison_slip_read(path)


def test_a_slip_with_a_head_row_names_everybody_in_it(tmp_path: Path) -> None:
    found = slip(
        tmp_path,
        """
        = 活动联络员反馈表
        | 单位     | 联络员姓名 | 职务 | 办公电话     | 手机        |
        | 望榆街道 | 周明       | 科员 | 0000-1234567 | 13800000001 |
        | ^        | 吴芳       | 主任 |              | 13900000002 |
        |          |            |      |              |             |
        """,
    )
    assert [(one.name, one.post, one.office_phone, one.mobile) for one in found] == [
        ("周明", "科员", "0000-1234567", "13800000001"),
        ("吴芳", "主任", "", "13900000002"),
    ]
    assert found[0].unit == "望榆街道"


def test_a_slip_of_labels_and_values_side_by_side_is_read(tmp_path: Path) -> None:
    found = slip(
        tmp_path,
        """
        = 联络员回执
        填报单位（盖章）：柳岸社区
        | 姓名     | 郑月        | 职务 | 副主任            |
        | 联系电话 | 13700000003 | 邮箱 | zheng@example.com |
        """,
    )
    assert found == [Officer("柳岸社区", "郑月", "副主任", "", "13700000003", "zheng@example.com")]


def test_a_slip_written_in_lines_is_read(tmp_path: Path) -> None:
    (found,) = slip(
        tmp_path,
        """
        = 联络员回执
        单位：荷风社区
        联络员：孙立  职务：网格员
        联系电话：0000-7654321
        """,
    )
    assert (found.unit, found.name, found.post, found.office_phone) == ("荷风社区", "孙立", "网格员", "0000-7654321")


@pytest.mark.parametrize(
    "text",
    [
        "= 联络员回执\n| 单位 | 姓名 | 职务 | 手机 |\n|  |  |  |  |",
        "= 通知\n请各单位报送联络员。",
        "= 回执\n| 姓名 | 职务 |\n| 周明 | 科员 |",
    ],
)
def test_a_slip_that_names_nobody_who_can_be_reached_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        slip(tmp_path, text)
    assert refused.value.problem.code == "campaigns.slip_unreadable"


def test_a_file_that_is_no_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "回执.docx"
    path.write_bytes(b"no document")
    with pytest.raises(RefusedError):
        liaison_slip_read(path)


def test_the_slip_of_our_own_drafts_is_read_when_it_is_filled(tmp_path: Path) -> None:
    spec = ReissueSpec(
        issuer="望榆街道办事处", campaign="安全生产月活动", year=2026, liaison=Liaison(due=date(2026, 5, 25))
    )
    path = tmp_path / "回执.docx"
    path.write_bytes(draft_notice(spec))
    import docx

    document = docx.Document(str(path))
    row = document.tables[-1].rows[1]
    for cell, text in zip(row.cells, ("柳岸社区", "周明", "科员", "0000-1234567", "13800000001"), strict=True):
        cell.text = text
    document.save(str(path))
    assert liaison_slip_read(path) == [Officer("柳岸社区", "周明", "科员", "0000-1234567", "13800000001")]


def test_a_slip_with_a_mark_of_secrecy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        slip(tmp_path, "机密★1年\n联络员回执\n单位：望榆街道\n姓名：李工\n手机：13800001234\n")

    assert refused.value.problem.code == "files.secret"
