"""Chasing: who is written to, what is kept of it, and what is not done twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import Post, User
from anyue.modules.campaigns import jobs
from anyue.modules.campaigns.models import Campaign, Chase, ChasedStep, Duty
from anyue.modules.campaigns.rules.slips import Officer
from anyue.modules.campaigns.selectors.contacts import contacts_of
from anyue.modules.campaigns.services import address_of, duty_done, liaison_name, receipt_sign
from anyue.modules.campaigns.services.chasing import chase_due, chase_escalate, chase_note, chase_send
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.audit.models import Entry
from anyue.platform.audit.sentences import sentence
from anyue.platform.authz import Actor
from anyue.platform.messaging.models import Message
from tests.anyue.factories import Tree, actor_for, make_tree, make_unit, make_user

from .makers import running

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("campaigns.chase")
LATE_MORNING = clock.at(date(2026, 5, 21), 9)  # Thursday; receipts were due on Wednesday at 24:00


def published(tree: Tree) -> Campaign:
    """Published on Monday, 18 May 2026 at 9."""
    with clock.held_at(clock.at(date(2026, 5, 18), 9)):
        return running(tree)


def worker(role: str, unit: Unit, name: str) -> User:
    """Somebody who has worked at ``unit`` since before the campaign."""
    with clock.held_at(clock.at(date(2026, 4, 1), 9)):
        return make_user(role, unit, name=name)


def chase_at(campaign: Campaign, *instants: datetime) -> list[Chase]:
    made = []
    for instant in instants:
        with clock.held_at(instant):
            made += chase_due(by=SYSTEM, campaign=campaign)
    return made


def test_each_late_unit_gets_one_message_that_names_all_it_owes(tree: Tree) -> None:
    campaign = published(tree)
    officer = worker("liaison_officer", tree.street, "甘小棠")
    made = chase_at(campaign, clock.at(date(2026, 5, 25), 17, 30))  # both receipt and officer are late
    ours = [one for one in made if one.unit == tree.street]
    assert [(one.step, one.channel, one.recipient, one.reached) for one in ours] == [("late", "system", "甘小棠", 1)]
    assert {duty.kind for duty in ours[0].duties.all()} == {"receipt", "liaison"}
    message = Message.objects.get(recipient_id=str(officer.pk))
    assert message.body == ours[0].text
    assert message.body == (
        "望榆街道：2026年“安全生产月”活动有 2 项尚未完成，其中 2 项已逾期：\n"
        "1. 签收通知（5月20日（周三）24:00 截止，已逾期 4 天 17 小时）\n"
        "2. 报送联络员（5月25日（周一）17:00 截止，已逾期 30 分钟）\n"
        "请抓紧办理；确有困难的，请申请延期并说明原因。\n"
        "联系人：安小宁 0000-1234567"
    )


def test_who_has_nobody_is_on_record_as_not_reached(tree: Tree) -> None:
    made = chase_at(published(tree), LATE_MORNING)
    assert {one.channel for one in made} == {"none"}
    assert not Message.objects.exists()
    entry = Entry.objects.filter(action="chase.unreached").first()
    assert entry is not None
    assert "没有可联系的人" in sentence(entry)


def test_nothing_leaves_at_night_on_a_day_off_or_where_it_is_switched_off(tree: Tree) -> None:
    campaign = published(tree)
    saturday = clock.at(date(2026, 5, 23), 10)
    assert chase_at(campaign, clock.at(date(2026, 5, 21), 7), clock.at(date(2026, 5, 21), 20), saturday) == []
    Campaign.objects.filter(pk=campaign.pk).update(chases_itself=False)
    assert chase_at(campaign, LATE_MORNING) == []


def test_what_was_done_meanwhile_is_not_chased(tree: Tree) -> None:
    campaign = published(tree)
    with clock.held_at(LATE_MORNING - timedelta(minutes=1)):
        receipt_sign(by=SYSTEM, campaign=campaign, unit=tree.street)
    assert tree.street not in {one.unit for one in chase_at(campaign, LATE_MORNING)}


def test_after_the_unit_its_leader_is_told_and_where_it_has_none_the_one_above(tree: Tree) -> None:
    campaign = published(tree)
    head = worker("unit_admin", tree.street, "柳知荷")
    Post.objects.filter(user=head).update(is_leader=True)
    days = [clock.at(date(2026, 5, day), 9) for day in (21, 22, 25)]
    leaders = [one for one in chase_at(campaign, *days) if one.step == "leader"]
    assert {(one.unit.name, one.recipient) for one in leaders} == {
        ("望榆街道", "柳知荷"),
        ("松桥街道", ""),
        ("柳岸社区", "柳知荷"),
        ("荷风社区", "柳知荷"),
    }
    told = Entry.objects.filter(action="chase.escalated", subject_label="柳岸社区").get()
    assert sentence(told) == "系统（campaigns.chase）向“柳岸社区”负责人通报逾期事项"


def test_a_call_today_is_enough_for_today_and_settles_the_step(tree: Tree) -> None:
    campaign = published(tree)
    with clock.held_at(LATE_MORNING):
        chase_note(by=SYSTEM, campaign=campaign, units=[tree.street], channel="phone", note="已接通")
    later = chase_at(campaign, LATE_MORNING + timedelta(hours=1), LATE_MORNING + timedelta(days=1))
    of_street = [one for one in later if one.unit == tree.street]
    assert [(one.step, one.on) for one in of_street] == [("late", date(2026, 5, 22))]
    assert Chase.objects.get(channel="phone").note == "已接通"


def test_by_hand_at_any_hour_but_only_whom_one_may_chase_and_who_owes_something(tree: Tree) -> None:
    campaign = published(tree)
    street = actor_for(make_user("unit_admin", tree.street))
    with clock.held_at(clock.at(date(2026, 5, 23), 22)):
        [made] = chase_send(by=street, campaign=campaign, units=[tree.community])
        assert made.unit == tree.community
        for act in (chase_send, chase_escalate):
            with pytest.raises(RefusedError, match="not_allowed"):
                act(by=street, campaign=campaign, units=[tree.other_street])
        with pytest.raises(RefusedError, match="not_allowed"):
            chase_note(
                by=actor_for(make_user("recorder", tree.street)), campaign=campaign, units=[tree.street], channel="chat"
            )
        with pytest.raises(RefusedError, match="nothing_to_chase"):
            chase_send(by=SYSTEM, campaign=campaign, units=[tree.department])
        with pytest.raises(RefusedError, match="no_units_to_chase"):
            chase_send(by=SYSTEM, campaign=campaign, units=[])


def test_what_is_kept_never_opens_the_units_door(tree: Tree) -> None:
    campaign = published(tree)
    worker("liaison_officer", tree.community, "江以舟")
    chase_at(campaign, LATE_MORNING)
    token = address_of(campaign.participations.get(unit=tree.community)).rstrip("/").rpartition("/")[2]
    assert token
    kept = [*Chase.objects.values_list("text", flat=True), *Message.objects.values_list("body", flat=True)]
    assert kept
    assert not any(token in text for text in [*kept, *Message.objects.values_list("link", flat=True)])


def test_an_extension_is_another_deadline(tree: Tree) -> None:
    campaign = published(tree)
    chase_at(campaign, LATE_MORNING)
    later = clock.at(date(2026, 5, 27), 12)
    Duty.objects.filter(campaign=campaign, unit=tree.street, kind="receipt").update(due_at=later)
    made = chase_at(campaign, clock.at(date(2026, 5, 27), 15))
    assert [one.step for one in made if one.unit == tree.street] == ["late"]


def test_the_database_itself_knows_no_step_twice(tree: Tree) -> None:
    campaign = published(tree)
    chase_at(campaign, LATE_MORNING)
    step = ChasedStep.objects.first()
    assert step is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        ChasedStep.objects.create(chase=step.chase, duty=step.duty, mark=step.mark, due_at=step.due_at)


def test_the_job_goes_on_with_the_others_when_one_campaign_has_a_fault(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = published(tree), published(make_tree())
    real = chase_due

    def faulty(*, by: Actor, campaign: Campaign) -> list[Chase]:
        if campaign == first:
            raise ValueError("broken")
        return real(by=by, campaign=campaign)

    monkeypatch.setattr(jobs, "chase_due", faulty)
    with clock.held_at(LATE_MORNING), pytest.raises(ValueError, match="broken"):
        jobs.chase.func()
    assert set(Chase.objects.values_list("campaign", flat=True)) == {second.pk}


def test_contacts_are_the_officer_then_whoever_works_there_then_the_duty_phone(tree: Tree) -> None:
    campaign = published(tree)
    tree.community.phone = "0000-8880001"
    tree.community.save(update_fields=["phone"])
    found = contacts_of(campaign, [tree.community])[tree.community.pk]
    assert (found.name, found.phone) == ("", "0000-8880001")
    colleague = worker("recorder", tree.community, "梅若竹")
    found = contacts_of(campaign, [tree.community])[tree.community.pk]
    assert (found.name, found.phone) == (colleague.name, "0000-8880001")
    officer = Officer(name="江以舟", mobile="13800000001")
    liaison_name(by=SYSTEM, campaign=campaign, unit=tree.community, officer=officer)
    found = contacts_of(campaign, [tree.community])[tree.community.pk]
    assert (found.name, found.phone, found.is_officer) == ("江以舟", "13800000001", True)


_ticks = st.lists(st.integers(0, 10 * 24), min_size=1, max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ticks=_ticks, done=st.sets(st.integers(0, 3), max_size=3))
def test_whatever_the_order_of_ticks_no_duty_is_chased_twice_on_a_day_or_for_a_step(
    every_example: None, ticks: Iterable[int], done: set[int]
) -> None:
    tree = make_tree()
    campaign = published(tree)
    with clock.held_at(clock.at(date(2026, 5, 19), 9)):
        for duty in list(campaign.duties.filter(kind="receipt"))[: len(done)]:
            duty_done(by=SYSTEM, duty=duty)
    chase_at(campaign, *(clock.at(date(2026, 5, 18), 9) + timedelta(hours=hour) for hour in ticks))
    seen = [
        (duty.pk, chase.on, chase.step == "leader")
        for chase in campaign.chases.prefetch_related("duties")
        for duty in chase.duties.all()
    ]
    assert len(seen) == len(set(seen))
    steps = list(ChasedStep.objects.filter(chase__campaign=campaign).values_list("duty", "mark", "due_at"))
    assert len(steps) == len(set(steps))


@pytest.fixture
def every_example(db: None) -> None:
    """Each example leaves its rows; every one has a campaign and units of its own."""


def test_a_hundred_units_are_chased_with_a_number_of_reads_that_does_not_grow(tree: Tree) -> None:
    more = [make_unit(parent=tree.street, kind=Kind.COMMUNITY) for _ in range(20)]
    with clock.held_at(clock.at(date(2026, 5, 18), 9)):
        campaign = running(tree, units=[tree.street, *more])
    made = chase_at(campaign, LATE_MORNING)
    assert len(made) == 21


def test_a_message_that_names_something_overdue_is_no_reminder(tree: Tree) -> None:
    campaign = published(tree)
    officer = worker("liaison_officer", tree.street, "甘小棠")
    chase_at(campaign, LATE_MORNING)  # the receipt is late; the officer is not yet due
    [made] = [
        one
        for one in chase_at(campaign, clock.at(date(2026, 5, 25), 10))
        if one.unit == tree.street and one.recipient == officer.name
    ]

    assert {duty.kind for duty in made.duties.all()} == {"receipt", "liaison"}
    assert made.step == "late"
    assert "1 项已逾期" in made.text
