"""The pages that follow a campaign: chasing, completeness, calendar, board, circulars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from anyue.kernel import clock
from anyue.modules.campaigns.models import Campaign, Chase, DraftDocument, Duty
from anyue.modules.campaigns.rules.chasing import DEFAULTS, Rule
from anyue.modules.campaigns.selectors import completeness
from anyue.modules.campaigns.selectors.chasing import rules_of
from anyue.modules.campaigns.selectors.circulars import circular_figures, circular_items
from anyue.modules.campaigns.services import receipt_sign
from anyue.modules.campaigns.services.circulars import circular_spec
from anyue.modules.orgs.models import Kind
from anyue.platform.authz import Actor
from anyue.platform.files.selectors import content_of
from gongwen.readers import Source, read
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, client_for, make_unit, make_user

from .makers import running

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("tests")


@pytest.fixture
def campaign(tree: Tree) -> Iterator[Campaign]:
    """It is Thursday, 21 May 2026, 9:00: one street has signed, everybody else is late."""
    with clock.held_at(clock.at(date(2026, 5, 18), 9)):
        made = running(tree)
        receipt_sign(by=SYSTEM, campaign=made, unit=tree.street)
    with clock.held_at(clock.at(date(2026, 5, 21), 9)):
        yield made


@pytest.fixture
def office(campaign: Campaign) -> Client:
    """The browser of the office's administrator."""
    with clock.held_at(clock.at(date(2026, 5, 1), 9)):
        user = make_user("unit_admin", campaign.unit)
    return client_for(user)


def page(client: Client, name: str, *args: int, query: str = "") -> str:
    answer = client.get(reverse(f"campaigns:{name}", args=args) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_list_shows_who_is_late_and_not_who_has_signed(campaign: Campaign, office: Client, tree: Tree) -> None:
    text = page(office, "chase", campaign.pk)
    assert "松桥街道" in text
    assert f'value="{tree.street.pk}" form="chase-form"' not in text
    assert "签收通知" in text
    assert "柳岸社区" not in page(office, "chase", campaign.pk, query="?level=township")
    assert "没有找到" not in page(office, "chase", campaign.pk, query="?missing=receipt&when=late&chased=never")


def test_its_workbook_says_what_the_page_says(campaign: Campaign, office: Client) -> None:
    answer = office.get(reverse("campaigns:chase", args=[campaign.pk]) + "?export=xlsx")
    data = BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(data).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["柳岸社区", "荷风社区", "松桥街道"]
    assert rows[1][1] == "签收通知（5月20日（周三）24:00 截止，已逾期 9 小时）"


def test_ticked_units_become_a_text_for_the_group_by_level_with_whom_to_call(
    campaign: Campaign, office: Client, tree: Tree
) -> None:
    tree.community.phone = "0000-8880001"
    tree.community.save(update_fields=["phone"])
    ticked = {"units": [tree.other_street.pk, tree.community.pk]}
    answer = office.post(reverse("campaigns:chase-choose", args=[campaign.pk]), ticked, follow=True)
    assert answer.context["text"] == (
        "【催办】2026年“安全生产月”活动\n"
        "截至5月21日（周四）09:00，以下 2 个单位有事项逾期或即将到期，请抓紧办理：\n"
        "\n"
        "一、乡镇（街道）（1 个）\n"
        "1. 松桥街道（没有联系电话）\n"
        "  · 签收通知（5月20日（周三）24:00 截止，已逾期 9 小时）\n"
        "\n"
        "二、社区（村）（1 个）\n"
        "1. 柳岸社区（0000-8880001）\n"
        "  · 签收通知（5月20日（周三）24:00 截止，已逾期 9 小时）\n"
        "\n"
        "联系人：安小宁 0000-1234567"
    )


def test_links_stand_in_the_text_of_the_unit_and_in_that_of_the_group_only_when_asked(
    campaign: Campaign, office: Client, tree: Tree
) -> None:
    address = reverse("campaigns:chase-text", args=[campaign.pk])
    answer = office.get(address + "?all=1")
    assert "/u/" not in answer.context["text"] or "http" not in answer.context["text"]
    assert all("http" in words for _, words in answer.context["cards"])
    assert answer.context["text"].count("http") == 0
    assert office.get(address + "?all=1&links=1").context["text"].count("http") == 3


def test_sending_calling_and_telling_the_leader_are_on_record_for_the_unit(
    campaign: Campaign, office: Client, tree: Tree
) -> None:
    for act in ("send", "escalate", "chat", "phone"):
        office.post(
            reverse("campaigns:chase-act", args=[campaign.pk, act]),
            {"units": str(tree.other_street.pk), "note": "已接通"},
        )
    assert list(Chase.objects.order_by("pk").values_list("step", "channel", "note")) == [
        ("late", "none", ""),
        ("leader", "none", ""),
        ("late", "chat", "已接通"),
        ("late", "phone", "已接通"),
    ]
    text = page(office, "chase-unit", campaign.pk, tree.other_street.pk)
    assert text.count("已接通") == 2
    assert "data:image/svg+xml" in text
    assert "松桥街道" in page(office, "chases", campaign.pk)


def test_nothing_ticked_and_nothing_owed_say_so(campaign: Campaign, office: Client, tree: Tree) -> None:
    answer = office.post(reverse("campaigns:chase-choose", args=[campaign.pk]), {}, follow=True)
    assert "请先勾选单位" in answer.content.decode()
    act = reverse("campaigns:chase-act", args=[campaign.pk, "send"])
    answer = office.post(act, {"units": str(tree.street.pk)}, follow=True)
    assert "请先勾选单位" in answer.content.decode()


def test_a_street_chases_its_own_communities_and_nobody_else(campaign: Campaign, tree: Tree) -> None:
    client = client_for(make_user("unit_admin", tree.street))
    text = page(client, "chase", campaign.pk)
    assert "柳岸社区" in text
    assert "松桥街道" not in text
    assert client.get(reverse("campaigns:chase-unit", args=[campaign.pk, tree.other_street.pk])).status_code == 404
    assert client.get(reverse("campaigns:chase-rules", args=[campaign.pk])).status_code == 403
    assert client.get(reverse("campaigns:circulars", args=[campaign.pk])).status_code == 403


def test_rules_are_changed_refused_with_a_reason_and_set_back(campaign: Campaign, office: Client) -> None:
    address = reverse("campaigns:chase-rules", args=[campaign.pk])
    form = {"rules-TOTAL_FORMS": "1", "rules-INITIAL_FORMS": "0", "chases_itself": "on"}
    line = {"rules-0-amount": "4", "rules-0-when": "-h", "rules-0-step": "remind", "rules-0-kind": "return"}
    assert office.post(address, form | line).status_code == 302
    assert rules_of(campaign) == (Rule(0, -4, "remind", "return"),)
    wrong = office.post(address, form | line | {"rules-0-step": "leader"})
    assert wrong.status_code == 422
    assert "提醒应在时限之前" in wrong.content.decode()
    office.post(address, form | line | {"usual": "1"})
    assert rules_of(campaign) == DEFAULTS


def test_completeness_shows_what_is_done_late_open_and_not_asked(
    campaign: Campaign, office: Client, tree: Tree, assert_queries_at_most: Limit
) -> None:
    more = [make_unit(parent=tree.street, kind=Kind.COMMUNITY) for _ in range(40)]
    Duty.objects.bulk_create(Duty(campaign=campaign, unit=unit, kind="receipt", title="签收") for unit in more)
    page(office, "completeness", campaign.pk)  # the session is touched once
    with assert_queries_at_most(15):
        text = page(office, "completeness", campaign.pk)
    assert "望榆街道" in text
    assert "含下级" not in text
    with assert_queries_at_most(15):
        by_street = page(office, "completeness", campaign.pk, query="?parts=1")
    assert f'<a href="?street={tree.street.pk}">望榆街道</a>' in by_street
    with assert_queries_at_most(15):
        page(office, "completeness", campaign.pk, query=f"?street={tree.street.pk}&level=community&how=late&sort=-late")
    answer = office.get(reverse("campaigns:completeness", args=[campaign.pk]) + "?export=xlsx")
    data = BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(data).get_sheet_by_index(0).to_python()
    assert rows[0] == ["单位", "签收", "联络员", "活动情况统计表", "任务", "完成数", "已逾期"]
    assert rows[1] == ["望榆街道", "已完成", "待办", "待办", "0/1", "1/4", 0.0]


def test_the_calendar_shows_key_days_deadlines_and_the_days_that_are_worked(campaign: Campaign, office: Client) -> None:
    june = page(office, "calendar", campaign.pk, query="?month=2026-06")
    assert "安全宣传咨询日" in june
    assert "活动情况统计表" in june
    assert "休" in june  # Dragon Boat Festival, Friday 19 June
    assert "班" in page(office, "calendar", campaign.pk, query="?month=2026-05")  # Saturday 9 May
    assert page(office, "calendar", campaign.pk, query="?month=9999-99")


def test_the_board_counts_tasks_by_state_for_whom_one_asks(campaign: Campaign, office: Client) -> None:
    answer = office.get(reverse("campaigns:board", args=[campaign.pk]))
    lanes = {lane.state: lane.count for lane in answer.context["lanes"]}
    assert lanes == {"late": 0, "open": 4, "started": 0, "done": 0, "not_ours": 0}
    with clock.held_at(clock.at(date(2026, 6, 11), 9)):
        answer = office.get(reverse("campaigns:board", args=[campaign.pk]) + "?level=community&q=柳岸")
    lanes = {lane.state: lane.count for lane in answer.context["lanes"]}
    assert lanes == {"late": 1, "open": 0, "started": 0, "done": 0, "not_ours": 0}


def test_a_circular_says_what_completeness_counts_and_is_kept(campaign: Campaign, office: Client, tree: Tree) -> None:
    items = [item for item in circular_items(SYSTEM, campaign) if item.kind in ("receipt", "liaison")]
    figures = circular_figures(SYSTEM, campaign, items=items, levels=[])
    counted = completeness(SYSTEM, campaign).tallies
    assert figures.tallies == {key: counted[key] for key in ("receipt", "liaison")}
    answer = office.post(
        reverse("campaigns:circulars", args=[campaign.pk]),
        {
            "items": ["receipt", "liaison"],
            "catch_up_day": "2026-05-22",
            "requests": "请各单位、各社区抓紧。\n加强值守。",
        },
    )
    draft = DraftDocument.objects.get(kind="circular")
    assert answer["Location"] == reverse("campaigns:circular", args=[draft.pk])
    document = read(Source("通报.docx", data=content_of(draft.file)))
    words = "".join(str(block) for block in document.blocks)
    for said in ("活动进展情况", "松桥街道", "逾期", "加强值守", "代拟稿"):
        assert said in words
    assert "松桥街道" in page(office, "circular", draft.pk)


def test_a_circular_comes_from_whoever_issued_the_notice(campaign: Campaign) -> None:
    assert circular_spec(by=SYSTEM, campaign=campaign, items=["receipt"]).issuer == "云湖区"
    assert campaign.notice is not None
    campaign.notice.issuer = "云湖区安全生产委员会办公室"
    assert circular_spec(by=SYSTEM, campaign=campaign, items=["receipt"]).issuer == "云湖区安全生产委员会办公室"


def test_a_circular_about_nothing_or_too_much_is_refused_with_what_was_typed(
    campaign: Campaign, office: Client
) -> None:
    answer = office.post(reverse("campaigns:circulars", args=[campaign.pk]), {"requests": "加强值守"})
    assert answer.status_code == 422
    assert "加强值守" in answer.content.decode()
    assert "请至少选择一项通报内容" in answer.content.decode()
