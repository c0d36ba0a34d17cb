"""Who is told what became of a campaign and of what a unit asked: the right people, once, with a link and in their own language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Protocol

import pytest
from pytest_django import Settings

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import User
from anyue.modules.campaigns.models import Campaign, Duty
from anyue.modules.campaigns.rules.slips import Officer
from anyue.modules.campaigns.services import (
    campaign_edit,
    campaign_publish,
    campaign_reissue,
    campaign_withdraw,
    duty_agree,
    duty_decline,
    duty_done,
    duty_insist,
    extension_answer,
    extension_ask,
    liaison_name,
    link_holder,
    participants_add,
    receipt_sign,
    requirement_edit,
    targets_confirm,
    task_edit,
)
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor
from anyue.platform.messaging.models import Channel, Message
from anyue.platform.messaging.sealing import seal
from anyue.platform.messaging.services import message_read
from tests.anyue.factories import Tree, actor_for, client_for, make_unit, make_user

from .makers import draft, running

pytestmark = pytest.mark.django_db
MORNING = clock.at(date(2026, 5, 18), 9)


class Limit(Protocol):
    def __call__(self, most: int) -> AbstractContextManager[None]: ...


@pytest.fixture(autouse=True)
def _may(db: None) -> Iterator[None]:
    with clock.held_at(MORNING):
        yield


@pytest.fixture
def office(tree: Tree) -> User:
    return make_user("unit_admin", tree.district, name="区管理员")


@pytest.fixture
def officer(tree: Tree) -> User:
    return make_user("liaison_officer", tree.street, name="街联络员")


def told(user: User) -> list[str]:
    """The texts in her inbox, the first first."""
    rows = Message.objects.filter(channel="in_app", recipient_kind="person", recipient_id=str(user.pk))
    return list(rows.order_by("pk").values_list("template", flat=True))


def last(user: User) -> Message:
    found = Message.objects.filter(recipient_id=str(user.pk)).order_by("-pk").first()
    assert found is not None
    return found


def task_of(campaign: Campaign, unit: Unit) -> Duty:
    return Duty.objects.get(campaign=campaign, unit=unit, kind="task")


def by_link(campaign: Campaign, unit: Unit) -> Actor:
    row = campaign.participations.select_related("campaign", "unit").get(unit=unit)
    return link_holder(row, name="郑月", phone="13800000001")


def test_each_addressed_unit_hears_what_it_owes_and_the_publisher_hears_nothing(
    tree: Tree, office: User, officer: User
) -> None:
    admin = make_user("unit_admin", tree.street)
    recorder, other = make_user("recorder", tree.community), make_user("unit_admin", tree.stranger_district)

    campaign = running(tree, by=actor_for(office))

    assert told(officer) == told(admin) == told(recorder) == ["campaigns.published"]
    assert told(office) == told(other) == []
    message = last(officer)
    assert message.body == (
        "望榆街道：云湖区已发布2026年“安全生产月”活动，贵单位应办 4 项，最早的时限为5月20日（周三）24:00。\n"
        "请及时签收，并按时限办理。\n联系人：安小宁 0000-1234567"
    )
    assert message.link == f"/campaigns/{campaign.pk}/units/{tree.street.pk}/"
    assert message.chat_text.endswith(message.link)
    assert client_for(officer).get(message.link).status_code == 200


def test_publishing_twice_tells_once_and_a_refused_one_tells_nobody(tree: Tree, office: User, officer: User) -> None:
    planned, by = draft(tree, by=actor_for(office)), actor_for(office)
    with pytest.raises(RefusedError):
        campaign_publish(by=by, campaign=planned, units=[tree.street])
    assert told(officer) == []
    targets_confirm(by=by, campaign=planned, targets=planned.targets.all())
    campaign_publish(by=by, campaign=planned, units=[tree.street])
    with pytest.raises(RefusedError):
        campaign_publish(by=by, campaign=planned, units=[tree.street])

    assert told(officer) == ["campaigns.published"]


def test_units_added_later_hear_of_it_and_the_others_do_not_hear_again(tree: Tree, office: User, officer: User) -> None:
    late = make_user("liaison_officer", tree.other_street)
    campaign = running(tree, [tree.street], by=actor_for(office))
    participants_add(by=actor_for(office), campaign=campaign, units=[tree.other_street, tree.street])

    assert told(late) == told(officer) == ["campaigns.published"]


def test_each_reads_it_in_her_own_language(tree: Tree, office: User, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(language="en")
    running(tree, by=actor_for(office))

    assert last(officer).subject == "New: 2026年“安全生产月”活动"
    assert "4 items are for you, the first is due" in last(officer).body
    assert "Contact: " in last(officer).body


def test_other_channels_wait_for_the_office_hours_of_the_unit(
    tree: Tree, office: User, officer: User, settings: Settings
) -> None:
    settings.EMAIL_HOST = "smtp.example.org"
    User.objects.filter(pk=officer.pk).update(email="officer@example.org")
    with clock.held_at(clock.at(date(2026, 5, 22), 22)):  # Friday night
        running(tree, by=actor_for(office))

    mail = Message.objects.get(channel="email")
    assert (mail.address, mail.state) == ("officer@example.org", "waiting")
    assert mail.not_before == clock.at(date(2026, 5, 25), 8, 30)
    assert told(officer) == ["campaigns.published"]


def test_the_offices_chat_group_gets_one_message_however_many_units(tree: Tree, office: User) -> None:
    address = seal("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x")
    Channel.objects.create(place=tree.district.path, kind="wecom", is_on=True, address=address, changed_by="测试")
    make_user("liaison_officer", tree.street)
    make_user("liaison_officer", tree.other_street)

    running(tree, by=actor_for(office))

    [message] = Message.objects.filter(channel="wecom")
    assert "发至 4 个单位" in message.body


def test_many_units_cost_no_more_questions_than_few(tree: Tree, office: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 30):
        units = [make_unit(parent=tree.district) for _ in range(number)]
        for unit in units:
            make_user("liaison_officer", unit)
        planned, by = draft(tree, by=actor_for(office)), actor_for(office)
        targets_confirm(by=by, campaign=planned, targets=planned.targets.all())
        with CaptureQueriesContext(connection) as asked:
            campaign_publish(by=by, campaign=planned, units=units)
        counts.append(len(asked))

    assert Message.objects.count() == 31
    assert counts[1] <= counts[0] + 2


def test_who_issues_further_down_is_heard_of_above_and_its_units_hear_from_it(
    tree: Tree, office: User, officer: User
) -> None:
    parent = running(tree, by=actor_for(office))
    street, community = make_user("unit_admin", tree.street), make_user("liaison_officer", tree.community)
    by, task = actor_for(street), parent.tasks.get(text__startswith="主要")
    due = clock.end_of(date(2026, 6, 20))
    child = campaign_reissue(
        by=by, parent=parent, unit=tree.street, addressed=["各社区"], tasks={task.pk: due}, requirements={}
    )
    targets_confirm(by=by, campaign=child, targets=child.targets.all())
    assert told(office) == []

    campaign_publish(by=by, campaign=child, units=[tree.community])

    assert told(office) == ["campaigns.reissued"]
    assert last(office).body == f"望榆街道已将{parent.name}转发至 1 个下级单位。"
    assert client_for(office).get(last(office).link).status_code == 200
    assert told(community) == ["campaigns.published"]
    assert "望榆街道已发布" in last(community).body


def test_a_change_is_told_to_those_who_owe_it_and_not_again_before_they_have_read_it(
    tree: Tree, office: User, officer: User
) -> None:
    community, by = make_user("liaison_officer", tree.community), actor_for(office)
    campaign = running(tree, by=by)
    task = campaign.tasks.get(text__startswith="主要")

    for days in (1, 2, 3):
        task_edit(by=by, task=task, due_at=clock.end_of(campaign.ends_on) - timedelta(days=days))
    assert told(officer) == ["campaigns.published", "campaigns.changed"]
    assert told(community) == ["campaigns.published"]

    message_read(by=actor_for(officer))
    task_edit(by=by, task=task, due_at=clock.end_of(campaign.ends_on) - timedelta(days=4))
    assert told(officer).count("campaigns.changed") == 2


def test_what_changes_nothing_of_what_is_asked_and_what_happens_in_a_draft_is_not_told(
    tree: Tree, office: User, officer: User
) -> None:
    by = actor_for(office)
    planned = draft(tree, by=by)
    campaign_edit(by=by, campaign=planned, name="新名称")
    assert told(officer) == []
    targets_confirm(by=by, campaign=planned, targets=planned.targets.all())
    campaign = campaign_publish(by=by, campaign=planned, units=[tree.street])

    campaign_edit(by=by, campaign=campaign, name=campaign.name, contact_name="另一人", ends_on=campaign.ends_on)
    one = campaign.requirements.get(kind="return")
    requirement_edit(by=by, requirement=one, title=one.title, due_at=one.due_at)
    assert told(officer) == ["campaigns.published"]

    campaign_edit(by=by, campaign=campaign, ends_on=date(2026, 7, 5))
    assert told(officer) == ["campaigns.published", "campaigns.changed"]


def test_a_withdrawn_campaign_says_why_and_a_withdrawn_draft_says_nothing(
    tree: Tree, office: User, officer: User
) -> None:
    by = actor_for(office)
    campaign_withdraw(by=by, campaign=draft(tree, by=by), reason="重复")
    assert told(officer) == []

    campaign_withdraw(by=by, campaign=running(tree, by=by), reason="文件有误")

    assert told(officer) == ["campaigns.published", "campaigns.withdrawn"]
    assert "原因：文件有误" in last(officer).body


def wanted(campaign: Campaign) -> datetime:
    return clock.end_of(campaign.ends_on) + timedelta(days=3)


@pytest.mark.parametrize(
    ("granted", "answer", "template", "said"),
    [
        (True, "", "campaigns.extension_granted", "时限延至7月3日（周五）24:00。"),
        (False, "时间充足", "campaigns.extension_refused", "时限仍为6月30日（周二）24:00。\n答复：时间充足"),
    ],
)
def test_who_asked_for_more_time_hears_the_answer(
    tree: Tree, office: User, officer: User, granted: bool, answer: str, template: str, said: str
) -> None:
    recorder, neighbour = make_user("recorder", tree.street), make_user("liaison_officer", tree.other_street)
    campaign = running(tree, by=actor_for(office))
    duty = task_of(campaign, tree.street)
    asked = extension_ask(by=actor_for(recorder), duty=duty, wanted_at=wanted(campaign), reason="人手不足")

    extension_answer(by=actor_for(office), extension=asked, granted=granted, answer=answer)

    assert told(officer)[-1] == told(recorder)[-1] == template
    assert told(neighbour) == ["campaigns.published"]
    assert said in last(recorder).body
    assert last(recorder).link == f"/campaigns/duties/{duty.pk}/"
    with pytest.raises(RefusedError):
        extension_answer(by=actor_for(office), extension=asked, granted=granted, answer=answer)
    assert told(recorder).count(template) == 1


def test_who_said_not_ours_hears_whether_the_office_agrees(tree: Tree, office: User, officer: User) -> None:
    campaign = running(tree, by=actor_for(office))
    duty = task_of(campaign, tree.street)
    duty_decline(by=actor_for(officer), duty=duty, reason="无此职责")
    duty_insist(by=actor_for(office), duty=duty, reason="属地负责")
    assert told(officer)[-1] == "campaigns.not_ours_refused"
    assert last(officer).body.endswith("请继续办理，时限为6月30日（周二）24:00。\n答复：属地负责")

    duty_decline(by=actor_for(officer), duty=duty, reason="确无此职责")
    duty_agree(by=actor_for(office), duty=duty)
    assert told(officer)[-1] == "campaigns.not_ours_agreed"


def test_the_officer_that_was_named_is_told_too_without_an_account(
    tree: Tree, office: User, officer: User, settings: Settings
) -> None:
    settings.EMAIL_HOST = "smtp.example.org"
    campaign = running(tree, by=actor_for(office))
    named = Officer(name="柳青", mobile="13900001234", email="liuqing@example.org")
    liaison_name(by=actor_for(officer), campaign=campaign, unit=tree.street, officer=named)

    campaign_withdraw(by=actor_for(office), campaign=campaign, reason="有误")

    mail = Message.objects.get(channel="email", template="campaigns.withdrawn")
    assert (mail.recipient_kind, mail.recipient_label, mail.address) == (
        "liaison_officer",
        "柳青",
        "liuqing@example.org",
    )


def test_acts_by_link_wait_for_the_units_account_holder_and_are_told_until_she_has_read_it(
    tree: Tree, office: User, officer: User
) -> None:
    campaign = running(tree, by=actor_for(office))
    by = by_link(campaign, tree.street)

    receipt_sign(by=by, campaign=campaign, unit=tree.street)
    liaison_name(by=by, campaign=campaign, unit=tree.street, officer=Officer(name="柳青", mobile="13900001234"))
    assert told(officer) == ["campaigns.published", "campaigns.by_link"]
    assert told(office) == []

    message_read(by=actor_for(officer))
    liaison_name(by=by, campaign=campaign, unit=tree.street, officer=Officer(name="郑月", mobile="13900005678"))
    assert told(officer).count("campaigns.by_link") == 2


def test_where_a_unit_has_no_account_the_office_hears_of_acts_by_link_once_until_read(tree: Tree, office: User) -> None:
    campaign = running(tree, by=actor_for(office))
    for unit in (tree.community, tree.other_community):
        receipt_sign(by=by_link(campaign, unit), campaign=campaign, unit=unit)

    assert told(office) == ["campaigns.to_confirm"]
    assert last(office).link == f"/campaigns/{campaign.pk}/office/"
    duty_done(by=actor_for(make_user("recorder", tree.street)), duty=task_of(campaign, tree.street))
    assert told(office) == ["campaigns.to_confirm"]


def test_the_page_of_links_has_a_text_to_paste_for_the_group_and_for_each_unit(
    tree: Tree, office: User, assert_queries_at_most: Limit
) -> None:
    campaign = running(tree, by=actor_for(office))
    client = client_for(office)
    client.get(f"/campaigns/{campaign.pk}/links/")

    with assert_queries_at_most(15):
        page = client.get(f"/campaigns/{campaign.pk}/links/").content.decode()

    assert "云湖区已发布2026年“安全生产月”活动，发至 4 个单位。" in page
    assert "柳岸社区：云湖区已发布2026年“安全生产月”活动，贵单位应办" in page
    assert page.count("办理链接：") == 5


def test_a_message_can_be_pasted_into_a_chat(tree: Tree, office: User, officer: User, settings: Settings) -> None:
    running(tree, by=actor_for(office))
    message = last(officer)

    page = client_for(officer).get(f"/messages/{message.pk}").content.decode()

    assert settings.PUBLIC_ADDRESS + message.link in page
    assert 'data-copy="#paste"' in page
