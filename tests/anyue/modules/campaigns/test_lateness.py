"""Who is late with what, in words; and what the next days bring."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from anyue.kernel import clock
from anyue.modules.campaigns.models import Campaign
from anyue.modules.campaigns.selectors import agenda, late_by_unit, missing
from anyue.modules.campaigns.selectors.agenda import due_day
from anyue.modules.campaigns.selectors.lateness import Missing
from anyue.modules.campaigns.services import receipt_sign
from anyue.modules.campaigns.wording import missing_words, said
from anyue.modules.orgs.models import Kind
from anyue.platform.authz import Actor
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, make_user

from .makers import running

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("tests")


def published(tree: Tree) -> Campaign:
    """Published on Monday, 18 May 2026; receipts are due on Wednesday at 24:00."""
    with clock.held_at(clock.at(date(2026, 5, 18), 9)):
        return running(tree)


def test_who_has_done_nothing_is_late_with_it_and_hears_of_what_comes(tree: Tree) -> None:
    campaign = published(tree)
    with clock.held_at(clock.at(date(2026, 5, 19), 9)):
        receipt_sign(by=SYSTEM, campaign=campaign, unit=tree.street)
    with clock.held_at(clock.at(date(2026, 5, 24), 9)):
        found = {one.unit: one for one in late_by_unit(SYSTEM, campaign)}
    assert [duty.kind for duty in found[tree.community].late] == ["receipt"]
    assert [duty.kind for duty in found[tree.community].soon] == ["liaison"]
    assert found[tree.street].late == ()
    assert found[tree.community].oldest == clock.end_of(date(2026, 5, 20))


def test_somebody_of_a_street_sees_who_is_late_below_her_alone(tree: Tree) -> None:
    campaign = published(tree)
    with clock.held_at(clock.at(date(2026, 5, 24), 9)):
        found = late_by_unit(actor_for(make_user("unit_admin", tree.other_street)), campaign)
    assert [one.unit for one in found] == [tree.other_street]


def test_nobody_is_late_with_what_is_over(tree: Tree) -> None:
    campaign = published(tree)
    Campaign.objects.filter(pk=campaign.pk).update(state="closed", closed_at=clock.now(), closed_by="测试")
    campaign.refresh_from_db()
    with clock.held_at(clock.at(date(2026, 5, 24), 9)):
        assert late_by_unit(SYSTEM, campaign) == []
        assert missing(SYSTEM, campaign) == []


def test_the_words_of_a_home_page_say_who_how_many_what_and_how_long(tree: Tree) -> None:
    campaign = published(tree)
    with clock.held_at(clock.at(date(2026, 5, 20), 22)), translation.override("zh-hans"):
        words = missing_words(missing(SYSTEM, campaign, within=timedelta(hours=3)))
    assert words == ["2 个街道未签收，2 小时后到期", "2 个社区未签收，2 小时后到期"]
    with clock.held_at(clock.at(date(2026, 5, 25), 18)), translation.override("zh-hans"):
        words = missing_words(missing(SYSTEM, campaign), most=1)
    assert words == ["2 个街道未签收，已逾期 4 天 18 小时"]


@pytest.mark.parametrize(
    ("kind", "title", "level", "rural", "words"),
    [
        ("liaison", "", Kind.COMMUNITY, 3, "3 个村未报联络员，1 天后到期"),
        ("liaison", "", Kind.COMMUNITY, 1, "3 个村（社区）未报联络员，1 天后到期"),
        ("return", "活动情况统计表", Kind.TOWNSHIP, 3, "3 个乡镇未报送活动情况统计表，1 天后到期"),
        ("return", "", Kind.TOWNSHIP, 2, "3 个乡镇（街道）未报送材料，1 天后到期"),
        ("task", "", Kind.DEPARTMENT, 0, "3 个部门有任务未完成，1 天后到期"),
        ("task", "", Kind.ENTERPRISE, 0, "3 家企业有任务未完成，1 天后到期"),
    ],
)
def test_each_level_and_kind_is_called_as_an_office_calls_it(
    kind: str, title: str, level: str, rural: int, words: str
) -> None:
    now = clock.at(date(2026, 6, 1), 9)
    with translation.override("zh-hans"):
        assert said(Missing(kind, title, level, 3, rural, now + timedelta(days=1), False), now=now) == words


def test_the_agenda_has_key_days_and_deadlines_with_how_far_they_are(tree: Tree, assert_queries_at_most: Limit) -> None:
    campaign = published(tree)
    with clock.held_at(clock.at(date(2026, 6, 14), 9)), assert_queries_at_most(3):
        found = agenda(SYSTEM, 7)
    assert [(item.on, item.title) for item in found] == [
        (date(2026, 6, 16), "安全宣传咨询日"),
        (date(2026, 6, 20), "活动情况统计表"),
    ]
    assert found[1].campaign == campaign
    assert found[1].tally.expected == 4
    assert found[1].is_open


def test_what_ends_at_midnight_is_due_on_the_day_that_ends() -> None:
    assert due_day(clock.end_of(date(2026, 6, 20))) == date(2026, 6, 20)
    assert due_day(clock.at(date(2026, 6, 20), 0, 1)) == date(2026, 6, 20)


def test_a_stranger_has_an_empty_agenda(tree: Tree) -> None:
    published(tree)
    with clock.held_at(clock.at(date(2026, 6, 14), 9)):
        assert agenda(actor_for(make_user("unit_admin", tree.stranger_district)), 7) == []
