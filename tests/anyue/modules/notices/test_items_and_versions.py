"""An item of a review has a page of its own, a campaign's task leads there and back; an earlier reading can be looked at."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from anyue.modules.campaigns.models import Campaign
from anyue.modules.campaigns.services import campaign_draft_from_notice
from anyue.modules.notices.models import Item, Notice, Version
from gongwen.spec import Evidence, KeyDate, NoticeSpec
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, client_for, make_user
from tests.anyue.modules.campaigns.makers import reviewed_notice, running

pytestmark = pytest.mark.django_db
SENTENCE = "各街道主要负责人要讲一堂安全课。"


def said(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def campaign(tree: Tree) -> Campaign:
    made = running(tree)
    assert made.notice is not None
    task = made.tasks.get(number=1)
    item = Item.objects.get(version__notice=made.notice, key=task.item_key or "tasks:0")
    Item.objects.filter(pk=item.pk).update(evidence={"text": SENTENCE})
    made.tasks.filter(pk=task.pk).update(item_key=item.key, evidence={"text": SENTENCE})
    return made


def item_of(campaign: Campaign) -> Item:
    return Item.objects.get(version__notice=campaign.notice, key=campaign.tasks.get(number=1).item_key)


def test_a_task_leads_to_its_item_with_its_sentence_and_the_item_back(
    tree: Tree, campaign: Campaign, assert_queries_at_most: Limit
) -> None:
    client = client_for(make_user("unit_admin", tree.district))
    item = item_of(campaign)
    with assert_queries_at_most(20):
        page = said(client, reverse("campaigns:show", args=[campaign.pk]))
    assert SENTENCE in page
    address = reverse("notices:item", args=[item.pk])
    assert f'href="{address}"' in page

    with assert_queries_at_most(15):
        shown = said(client, address)
    assert SENTENCE in shown
    assert f"{reverse('campaigns:show', args=[campaign.pk])}#task-{campaign.tasks.get(number=1).pk}" in shown
    assert f"{reverse('notices:review', args=[campaign.notice_id])}#row-{item.pk}" in shown


def test_the_duty_shows_the_sentence_and_leads_there_who_may_see_the_notice(tree: Tree, campaign: Campaign) -> None:
    duty = campaign.duties.get(unit=tree.street, task__number=1)
    address = reverse("notices:item", args=[item_of(campaign).pk])
    above = said(client_for(make_user("unit_admin", tree.district)), reverse("campaigns:duty", args=[duty.pk]))
    below = said(client_for(make_user("recorder", tree.street)), reverse("campaigns:duty", args=[duty.pk]))
    assert SENTENCE in above
    assert SENTENCE in below
    assert address in above
    assert address not in below, "the notice is its office's; the sentence is everybody's"


def test_who_does_not_see_the_notice_finds_no_item(tree: Tree, campaign: Campaign) -> None:
    stranger = client_for(make_user("unit_admin", tree.stranger_district))
    said(stranger, reverse("notices:item", args=[item_of(campaign).pk]), 404)


@pytest.fixture
def read_twice(tree: Tree) -> Notice:
    notice = reviewed_notice(tree.district)
    words = (("2026-06-16", "安全宣传咨询日"), ("2026-06-20", "公众开放日"))
    days = [KeyDate(on, name, Evidence(0, 0, None, None, 0, 1, name)) for on, name in words]
    one, two = (NoticeSpec(source=[], key_dates=days[:count]).to_dict() for count in (1, 2))
    Version.objects.filter(notice=notice, number=1).update(spec=one, html="<p>第一次</p>")
    Version.objects.create(notice=notice, number=2, spec=two, html="<p>第二次</p>", made_by="测试")
    return notice


def test_an_earlier_reading_has_a_page_to_look_at_and_nothing_to_decide(tree: Tree, read_twice: Notice) -> None:
    client = client_for(make_user("reviewer", tree.district))
    first, second = (reverse("notices:version", args=[read_twice.pk, number]) for number in (1, 2))
    one = said(client, reverse("notices:one", args=[read_twice.pk]))
    assert first in one
    page = said(client, first)
    assert "第一次" in page
    assert "/accept/" not in page
    later = said(client, second)
    assert "第二次" in later
    assert "<ins>" in later
    assert "公众开放日" in later
    assert "公众开放日" not in page
    said(client, reverse("notices:version", args=[read_twice.pk, 3]), 404)


def test_a_stranger_finds_no_reading(tree: Tree, read_twice: Notice) -> None:
    stranger = client_for(make_user("unit_admin", tree.stranger_district))
    said(stranger, reverse("notices:version", args=[read_twice.pk, 1]), 404)


def test_a_campaign_started_twice_at_once_is_one_draft(tree: Tree) -> None:
    user = make_user("unit_admin", tree.district)
    notice = reviewed_notice(tree.district)
    first = campaign_draft_from_notice(by=actor_for(user), notice=notice)
    answer = client_for(user).post(reverse("campaigns:start", args=[notice.pk]), {})
    assert answer.status_code == 302
    assert Campaign.objects.get() == first
