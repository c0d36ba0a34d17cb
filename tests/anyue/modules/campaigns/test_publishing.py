"""From a reviewed notice to units that owe something."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

import pytest

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.campaigns.models import Campaign, Duty, Requirement
from anyue.modules.campaigns.selectors import campaigns_for, duties_for, duties_of
from anyue.modules.campaigns.services import (
    campaign_close,
    campaign_draft_from_notice,
    campaign_publish,
    campaign_withdraw,
    participants_add,
    target_decide,
    targets_confirm,
)
from anyue.modules.notices.models import Notice
from anyue.modules.orgs.models import Kind
from anyue.platform.audit.models import Entry
from tests.anyue.factories import Tree, actor_for, make_unit, make_user

from .makers import SPEC, draft, reviewed_notice, running

pytestmark = pytest.mark.django_db


class Limit(Protocol):
    def __call__(self, most: int) -> AbstractContextManager[None]: ...


def test_the_draft_takes_over_what_the_review_decided(tree: Tree) -> None:
    campaign = draft(tree)
    assert campaign.name == "2026年“安全生产月”活动"
    assert (campaign.starts_on.isoformat(), campaign.ends_on.isoformat()) == ("2026-06-01", "2026-06-30")
    assert [day.name for day in campaign.key_days.all()] == ["安全宣传咨询日"]
    assert campaign.contact_phone == "0000-1234567"
    asked = {(one.kind, one.title): one for one in campaign.requirements.all()}
    assert asked["liaison", "联络员回执"].due_at == clock.at(date(2026, 5, 25), 17)
    assert asked["return", "活动情况统计表"].form == "form-1"
    assert asked["return", "活动情况统计表"].due_at == clock.end_of(date(2026, 6, 20))
    assert ("receipt", "签收") in asked
    first, second = campaign.tasks.all()
    assert first.due_at == clock.end_of(campaign.ends_on)
    assert second.due_at == clock.end_of(date(2026, 6, 10))


def test_each_name_is_proposed_once_and_publishing_waits_for_a_person(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign = draft(tree, by=admin)
    assert sorted(target.words for target in campaign.targets.all()) == [
        "level:community",
        "各单位",
        "各社区",
        "各街道",
    ]
    with pytest.raises(RefusedError) as refused:
        campaign_publish(by=admin, campaign=campaign, units=[tree.street])
    assert refused.value.problem.code == "campaigns.targets_undecided"
    assert not Duty.objects.exists()
    targets_confirm(by=admin, campaign=campaign)
    campaign_publish(by=admin, campaign=campaign, units=[tree.street])
    assert Campaign.objects.get().state == Campaign.State.RUNNING


def test_every_addressed_unit_owes_what_it_was_named_for(tree: Tree) -> None:
    campaign = running(tree)
    owed = Counter(campaign.duties.values_list("unit__name", "kind"))
    for street in ("望榆街道", "松桥街道"):
        assert [owed[street, kind] for kind in ("receipt", "liaison", "task", "return")] == [1, 1, 1, 1]
    for community in ("柳岸社区", "荷风社区"):
        assert [owed[community, kind] for kind in ("receipt", "liaison", "task", "return")] == [1, 1, 1, 1]
    assert {name for name, _ in owed} == {"望榆街道", "松桥街道", "柳岸社区", "荷风社区"}
    task = campaign.duties.get(unit=tree.community, kind="task")
    assert task.title == "利用楼栋微信群开展宣讲。"


def test_a_unit_that_is_not_addressed_owes_nothing_though_a_name_means_it(tree: Tree) -> None:
    campaign = running(tree, [tree.street])
    assert set(campaign.duties.values_list("unit", flat=True)) == {tree.street.pk}


def test_what_a_person_corrected_goes_before_the_proposal(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign = draft(tree, by=admin)
    target_decide(by=admin, target=campaign.targets.get(words="各街道"), units=[tree.street])
    targets_confirm(by=admin, campaign=campaign)
    campaign_publish(by=admin, campaign=campaign, units=[tree.street, tree.other_street])
    assert not campaign.duties.filter(unit=tree.other_street, kind="task").exists()
    assert campaign.duties.filter(unit=tree.street, kind="task").count() == 1
    assert campaign.targets.get(words="各街道").why == "chosen"


def test_the_office_owes_the_tasks_of_its_own_level_without_a_receipt(tree: Tree) -> None:
    task = {
        "id": "t-3",
        "levels": ["county"],
        "responsible": [],
        "heads": [],
        "text": "设置主会场。",
        "section": None,
        "due": None,
    }
    campaign = running(tree, spec={**SPEC, "tasks": [*SPEC["tasks"], task]})
    own = campaign.duties.filter(unit=tree.district)
    assert [(duty.kind, duty.title) for duty in own] == [("task", "设置主会场。")]
    assert not campaign.participations.filter(unit=tree.district).exists()


def test_a_task_that_only_asks_for_a_return_is_not_owed_twice(tree: Tree) -> None:
    words = {"source": 0, "block": 9, "row": None, "column": None, "start": 0, "end": 40, "text": "……"}
    deadline = {**SPEC["deadlines"][1], "evidence": {**words, "start": 3, "end": 30}}
    task = {**SPEC["tasks"][0], "id": "t-9", "text": "6月20日前报统计表。", "evidence": words}
    campaign = running(tree, spec={**SPEC, "deadlines": [deadline], "tasks": [task]})
    assert not campaign.duties.filter(kind="task").exists()
    assert campaign.tasks.get().covered_by == campaign.requirements.get(kind="return")


def test_a_repeating_deadline_is_owed_on_each_of_its_days(tree: Tree) -> None:
    weekly = {
        "due": None,
        "who": ["各街道"],
        "deliverables": ["活动开展情况"],
        "recurs": "FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=0",
    }
    campaign = running(tree, spec={**SPEC, "deadlines": [weekly], "forms": []})
    dues = campaign.duties.filter(kind="return", unit=tree.street).order_by("due_at").values_list("title", "due_at")
    assert list(dues) == [
        (f"活动开展情况（第{number}次）", clock.at(date(2026, 6, day), 16))
        for number, day in enumerate((5, 12, 19, 26), 1)
    ]


def test_an_unreviewed_notice_starts_nothing(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    for notice in (reviewed_notice(tree.district, state=Notice.State.REVIEW), reviewed_notice(tree.district)):
        if notice.state == Notice.State.REVIEWED:
            notice.versions.get().items.filter(kind="task").update(state="proposed", decided_at=None, decided_by="")
        with pytest.raises(RefusedError) as refused:
            campaign_draft_from_notice(by=admin, notice=notice)
        assert refused.value.problem.code == "campaigns.notice_unreviewed"


def test_without_days_a_person_gives_them(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    notice = reviewed_notice(tree.district, {**SPEC, "campaign": {"name": "安全生产月"}})
    with pytest.raises(RefusedError) as refused:
        campaign_draft_from_notice(by=admin, notice=notice)
    assert set(refused.value.fields) == {"starts_on", "ends_on"}
    campaign = campaign_draft_from_notice(
        by=admin, notice=notice, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)
    )
    assert campaign.year == 2026


@pytest.mark.parametrize("role", ["reviewer", "liaison_officer", "recorder", "media_officer"])
def test_only_who_runs_campaigns_of_the_office_publishes(tree: Tree, role: str) -> None:
    campaign = draft(tree)
    for unit in (tree.district, tree.street):
        with pytest.raises(RefusedError) as refused:
            campaign_publish(by=actor_for(make_user(role, unit)), campaign=campaign, units=[tree.street])
        assert refused.value.problem.status == 403


def test_units_of_others_cannot_be_addressed(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign = draft(tree, by=admin)
    targets_confirm(by=admin, campaign=campaign)
    with pytest.raises(RefusedError) as refused:
        campaign_publish(by=admin, campaign=campaign, units=[tree.street, tree.stranger_street])
    assert refused.value.problem.code == "campaigns.units_outside"


def test_a_unit_sees_the_campaign_once_it_is_published_and_only_its_own_duties(tree: Tree) -> None:
    officer = actor_for(make_user("liaison_officer", tree.street))
    stranger = actor_for(make_user("unit_admin", tree.stranger_district))
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign = draft(tree, by=admin)
    assert not campaigns_for(officer).exists()
    targets_confirm(by=admin, campaign=campaign)
    campaign_publish(by=admin, campaign=campaign, units=[tree.street, tree.other_street])
    assert list(campaigns_for(officer)) == [campaign]
    assert {duty.unit for duty in duties_for(officer)} == {tree.street}
    assert {duty.unit for duty in duties_for(admin)} == {tree.street, tree.other_street}
    assert not campaigns_for(stranger).exists()
    assert not duties_for(stranger).exists()
    assert {duty.kind for duty in duties_of(tree.street, campaign)} == {"receipt", "liaison", "task", "return"}


def test_a_hundred_units_are_published_in_few_statements(tree: Tree, assert_queries_at_most: Limit) -> None:
    units = [make_unit(f"第{number}社区", parent=tree.other_street, kind=Kind.COMMUNITY) for number in range(130)]
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign = draft(tree, by=admin)
    targets_confirm(by=admin, campaign=campaign)
    with assert_queries_at_most(43):
        campaign_publish(by=admin, campaign=campaign, units=[tree.street, tree.other_street, *units])
    assert campaign.duties.count() == 132 * 4
    assert len(set(campaign.participations.values_list("link_digest", flat=True))) == 132


def test_units_are_added_later_with_all_that_the_others_owe(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign = running(tree, [tree.street], by=admin)
    assert participants_add(by=admin, campaign=campaign, units=[tree.street, tree.other_street]) == 1
    kinds = sorted(campaign.duties.filter(unit=tree.other_street).values_list("kind", flat=True))
    assert kinds == ["liaison", "receipt", "return", "task"]


def test_the_receipt_is_due_in_two_working_days_where_the_notice_says_nothing(tree: Tree) -> None:
    campaign = running(tree)
    due = campaign.requirements.get(kind=Requirement.Kind.RECEIPT).due_at
    assert due is not None
    assert due == campaign.duties.filter(kind="receipt").first().due_at  # type: ignore[union-attr]
    assert 1 <= (clock.day_of(due) - clock.today()).days <= 12


def test_a_withdrawn_campaign_says_why_and_leaves_the_lists(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign = running(tree, by=admin)
    with pytest.raises(RefusedError):
        campaign_withdraw(by=admin, campaign=campaign, reason="  ")
    campaign_withdraw(by=admin, campaign=campaign, reason="上级推迟")
    assert not duties_for(admin).exists()
    with pytest.raises(RefusedError):
        campaign_close(by=admin, campaign=campaign)


def test_what_was_done_stands_in_the_trail(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign_close(by=admin, campaign=running(tree, by=admin))
    said = list(Entry.objects.order_by("id").values_list("action", flat=True))
    assert said == [
        "campaign.drafted",
        "campaign.targets_confirmed",
        "notice.issued",
        "campaign.published",
        "campaign.closed",
    ]
    assert set(Entry.objects.values_list("place", flat=True)) == {tree.district.path}
