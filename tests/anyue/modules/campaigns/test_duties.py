"""What units and the office do to duties, and what they may not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.campaigns.models import Campaign, Duty, Evidence, Extension
from anyue.modules.campaigns.services import (
    campaign_close,
    duties_accept,
    duty_accept,
    duty_agree,
    duty_close,
    duty_decline,
    duty_done,
    duty_drop,
    duty_insist,
    duty_open,
    duty_open_again,
    duty_progress,
    duty_reopen,
    duty_send_back,
    duty_take_back,
    evidence_add,
    evidence_remove,
    extension_answer,
    extension_ask,
    receipt_sign,
)
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from anyue.platform.files.services import file_store
from tests.anyue.factories import Tree, actor_for, make_user

from .makers import running

pytestmark = pytest.mark.django_db


def officer(unit: Unit) -> Actor:
    return actor_for(make_user("liaison_officer", unit))


def office(tree: Tree) -> Actor:
    return actor_for(make_user("reviewer", tree.district))


def task_of(campaign: Campaign, unit: Unit) -> Duty:
    return campaign.duties.get(unit=unit, kind="task")


def code_of(refused: pytest.ExceptionInfo[RefusedError]) -> str:
    return refused.value.problem.code


def test_signing_twice_is_signing_once(tree: Tree) -> None:
    campaign = running(tree)
    first = receipt_sign(by=officer(tree.street), campaign=campaign, unit=tree.street)
    again = receipt_sign(by=officer(tree.street), campaign=campaign, unit=tree.street)
    assert first.state == Duty.State.DONE
    assert (again.done_at, again.done_by) == (first.done_at, first.done_by)
    assert Entry.objects.filter(action="duty.done").count() == 1


def test_nobody_signs_for_another_unit(tree: Tree) -> None:
    campaign = running(tree)
    for by in (officer(tree.other_street), office(tree), actor_for(make_user("recorder", tree.street))):
        with pytest.raises(RefusedError) as refused:
            receipt_sign(by=by, campaign=campaign, unit=tree.street)
        assert code_of(refused) == "campaigns.not_allowed"


def test_a_unit_reports_progress_until_it_is_done_and_the_office_accepts(tree: Tree) -> None:
    campaign = running(tree)
    worker, duty = actor_for(make_user("recorder", tree.street)), task_of(campaign, tree.street)
    assert duty_progress(by=worker, duty=duty, progress=60, note="已讲两场").state == Duty.State.STARTED
    done = duty_done(by=worker, duty=duty)
    assert (done.state, done.note, done.progress) == (Duty.State.DONE, "已讲两场", 100)
    accepted = duty_accept(by=office(tree), duty=duty)
    assert accepted.accepted_at is not None
    with pytest.raises(RefusedError) as refused:
        duty_take_back(by=worker, duty=duty)
    assert code_of(refused) == "campaigns.not_possible"


def test_the_office_sends_back_with_a_reason_and_the_unit_goes_on(tree: Tree) -> None:
    campaign, by = running(tree), officer(tree.street)
    duty = duty_done(by=by, duty=task_of(campaign, tree.street))
    with pytest.raises(RefusedError) as refused:
        duty_send_back(by=office(tree), duty=duty, reason=" ")
    assert code_of(refused) == "campaigns.reason_missing"
    back = duty_send_back(by=office(tree), duty=duty, reason="缺现场照片")
    assert (back.state, back.answer, back.done_at) == (Duty.State.STARTED, "缺现场照片", None)
    again = duty_done(by=by, duty=duty)
    assert (again.state, again.answer, again.returned_at) == (Duty.State.DONE, "", None)


def test_not_ours_is_answered_by_the_office_either_way(tree: Tree) -> None:
    campaign = running(tree)
    for unit, agrees in ((tree.street, True), (tree.other_street, False)):
        duty = duty_decline(by=officer(unit), duty=task_of(campaign, unit), reason="辖区内没有此类企业")
        assert (duty.state, duty.done_at) == (Duty.State.NOT_OURS, None)
        assert duty.declined_at is not None
        if agrees:
            assert duty_agree(by=office(tree), duty=duty).accepted_at is not None
        else:
            open_again = duty_insist(by=office(tree), duty=duty, reason="有两家")
            assert (open_again.state, open_again.answer, open_again.declined_at) == (Duty.State.OPEN, "有两家", None)


def test_a_receipt_is_never_somebody_elses_business(tree: Tree) -> None:
    campaign = running(tree)
    with pytest.raises(RefusedError) as refused:
        duty_decline(
            by=officer(tree.street), duty=campaign.duties.get(unit=tree.street, kind="receipt"), reason="不是我们的"
        )
    assert code_of(refused) in ("campaigns.not_possible", "campaigns.not_allowed")


def test_a_street_decides_nothing_in_the_campaign_of_the_district(tree: Tree) -> None:
    campaign = running(tree)
    duty = duty_done(by=officer(tree.community), duty=task_of(campaign, tree.community))
    street = actor_for(make_user("unit_admin", tree.street))
    with pytest.raises(RefusedError) as refused:
        duty_accept(by=street, duty=duty)
    assert code_of(refused) == "campaigns.not_allowed"
    with pytest.raises(RefusedError) as refused:
        duty_send_back(by=street, duty=duty, reason="请补照片")
    assert code_of(refused) == "campaigns.not_allowed"


def test_the_office_reopens_what_it_accepted_and_drops_what_it_no_longer_asks(tree: Tree) -> None:
    campaign, by = running(tree), actor_for(make_user("unit_admin", tree.district))
    duty = duty_done(by=officer(tree.street), duty=task_of(campaign, tree.street))
    duty_accept(by=by, duty=duty)
    again = duty_reopen(by=by, duty=duty, reason="数字有误")
    assert (again.state, again.accepted_at, again.answer) == (Duty.State.STARTED, None, "数字有误")
    assert duty_drop(by=by, duty=duty, reason="活动取消").state == Duty.State.DROPPED


def test_many_are_accepted_at_once_and_what_cannot_be_is_left(tree: Tree) -> None:
    campaign = running(tree)
    done = [duty_done(by=officer(unit), duty=task_of(campaign, unit)) for unit in (tree.street, tree.other_street)]
    assert duties_accept(by=office(tree), duties=[*done, task_of(campaign, tree.community)]) == 2


def test_nothing_is_reported_to_a_closed_campaign(tree: Tree) -> None:
    campaign, by = running(tree), officer(tree.street)
    campaign_close(by=actor_for(make_user("unit_admin", tree.district)), campaign=campaign)
    with pytest.raises(RefusedError) as refused:
        receipt_sign(by=by, campaign=campaign, unit=tree.street)
    assert code_of(refused) == "campaigns.not_running"


@pytest.mark.parametrize("progress", [-1, 101])
def test_progress_is_a_percentage(tree: Tree, progress: int) -> None:
    duty = task_of(running(tree), tree.street)
    with pytest.raises(RefusedError) as refused:
        duty_progress(by=officer(tree.street), duty=duty, progress=progress)
    assert set(refused.value.fields) == {"progress"}


def test_a_higher_module_opens_closes_and_reopens_its_own_duty(tree: Tree) -> None:
    campaign, by = running(tree), Actor.system("reports")
    made = duty_open(
        by=by,
        campaign=campaign,
        unit=tree.street,
        kind="return",
        title="统计表",
        due_at=None,
        subject="reports.return:1",
    )
    same = duty_open(
        by=by,
        campaign=campaign,
        unit=tree.street,
        kind="return",
        title="统计表",
        due_at=None,
        subject="reports.return:1",
    )
    assert made == same
    at = clock.now() - timedelta(hours=1)
    assert duty_close(by=by, duty=made, at=at).done_at == at
    assert duty_close(by=by, duty=made).done_at == at
    assert duty_open_again(by=by, duty=made, reason="退回").answer == "退回"


# --- more time ------------------------------------------------------------------------------------------------------------


def test_more_time_is_asked_for_once_and_granted(tree: Tree) -> None:
    campaign, by = running(tree), officer(tree.street)
    duty = task_of(campaign, tree.street)
    assert duty.due_at is not None
    wanted = duty.due_at + timedelta(days=3)
    asked = extension_ask(by=by, duty=duty, wanted_at=wanted, reason="人手不足")
    with pytest.raises(RefusedError) as refused:
        extension_ask(by=by, duty=duty, wanted_at=wanted, reason="再申请")
    assert code_of(refused) == "campaigns.extension_open"
    answered = extension_answer(by=office(tree), extension=asked, granted=True)
    duty.refresh_from_db()
    assert (answered.state, duty.due_at) == (Extension.State.GRANTED, wanted)
    with pytest.raises(RefusedError) as refused:
        extension_answer(by=office(tree), extension=asked, granted=False, answer="不同意")
    assert code_of(refused) == "campaigns.extension_answered"


def test_a_refusal_says_why_and_leaves_the_time_as_it_was(tree: Tree) -> None:
    campaign = running(tree)
    duty = task_of(campaign, tree.street)
    before = duty.due_at
    assert before is not None
    asked = extension_ask(by=officer(tree.street), duty=duty, wanted_at=before + timedelta(days=1), reason="忙")
    with pytest.raises(RefusedError) as refused:
        extension_answer(by=office(tree), extension=asked, granted=False)
    assert code_of(refused) == "campaigns.reason_missing"
    extension_answer(by=office(tree), extension=asked, granted=False, answer="全区统一时限")
    duty.refresh_from_db()
    assert duty.due_at == before


def test_a_time_before_the_present_one_is_no_extension(tree: Tree) -> None:
    duty = task_of(running(tree), tree.street)
    assert duty.due_at is not None
    with pytest.raises(RefusedError) as refused:
        extension_ask(by=officer(tree.street), duty=duty, wanted_at=duty.due_at, reason="忙")
    assert code_of(refused) == "campaigns.extension_later"


# --- evidence -------------------------------------------------------------------------------------------------------------


def test_evidence_belongs_to_the_duty_until_the_office_accepts(tree: Tree) -> None:
    campaign, by = running(tree), officer(tree.street)
    duty = task_of(campaign, tree.street)
    file = file_store(
        by=by,
        upload=b"%PDF-1.4\n%%EOF\n",
        name="现场.pdf",
        place=tree.street.path,
        owner=None,
        kinds=frozenset({"pdf"}),
    )
    (kept,) = evidence_add(by=by, duty=duty, files=[file])
    file.refresh_from_db()
    assert (file.owner_kind, file.owner_id) == ("campaigns.duty", str(duty.pk))
    with pytest.raises(RefusedError):
        evidence_add(by=officer(tree.other_street), duty=duty, files=[file])
    evidence_remove(by=by, evidence=kept)
    assert Evidence.objects.get().removed_at is not None
    duty_accept(by=office(tree), duty=duty_done(by=by, duty=duty))
    with pytest.raises(RefusedError) as refused:
        evidence_add(by=by, duty=duty, files=[file])
    assert code_of(refused) == "campaigns.not_possible"
