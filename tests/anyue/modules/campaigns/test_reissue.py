"""A street issues the campaign further down."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest
from django.core.files.storage import default_storage

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.campaigns.models import Campaign, Duty, Extension
from anyue.modules.campaigns.services import (
    campaign_publish,
    campaign_reissue,
    draft_signed,
    extension_answer,
    extension_ask,
    notice_draft,
    targets_confirm,
    task_edit,
)
from anyue.platform.authz import Actor
from tests.anyue.factories import Tree, actor_for, make_user

from .makers import running

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(tree: Tree) -> Actor:
    return actor_for(make_user("unit_admin", tree.street))


def own(parent: Campaign, tree: Tree, kind: str) -> Duty:
    return parent.duties.get(unit=tree.street, kind=kind)


def reissued(parent: Campaign, tree: Tree, by: Actor, *, days: int = 2) -> Campaign:
    task, asked = own(parent, tree, "task"), own(parent, tree, "return")
    assert task.due_at is not None
    assert asked.due_at is not None
    earlier = timedelta(days=days)
    return campaign_reissue(
        by=by,
        parent=parent,
        unit=tree.street,
        addressed=["各社区"],
        tasks={task.task_id or 0: task.due_at - earlier},
        requirements={asked.requirement_id or 0: asked.due_at - earlier},
        liaison_due_at=asked.due_at - timedelta(days=20),
    )


def published(parent: Campaign, tree: Tree, by: Actor) -> Campaign:
    child = reissued(parent, tree, by)
    targets_confirm(by=by, campaign=child, targets=child.targets.all())
    return campaign_publish(by=by, campaign=child, units=[tree.community, tree.other_community])


def test_the_units_below_owe_the_same_earlier(tree: Tree, street: Actor) -> None:
    parent = running(tree, [tree.street, tree.other_street])
    child = published(parent, tree, street)
    assert (child.parent, child.unit, child.theme) == (parent, tree.street, parent.theme)
    above, below = own(parent, tree, "task"), child.duties.get(unit=tree.community, kind="task")
    assert below.task is not None
    assert below.task.parent == above.task
    assert above.due_at is not None
    assert below.due_at == above.due_at - timedelta(days=2)
    kinds = sorted(child.duties.filter(unit=tree.community).values_list("kind", flat=True))
    assert kinds == ["liaison", "receipt", "return", "task"]


@pytest.mark.parametrize("days", [-1, -30])
def test_nothing_below_is_due_later_than_above(tree: Tree, street: Actor, days: int) -> None:
    parent = running(tree, [tree.street])
    with pytest.raises(RefusedError) as refused:
        reissued(parent, tree, street, days=days)
    assert refused.value.problem.code == "campaigns.later_than_parent"
    assert not Campaign.objects.filter(parent=parent).exists()


def test_a_task_without_an_end_below_is_later_than_any(tree: Tree, street: Actor) -> None:
    parent = running(tree, [tree.street])
    child = reissued(parent, tree, street)
    with pytest.raises(RefusedError) as refused:
        task_edit(by=street, task=child.tasks.get(), due_at=None)
    assert set(refused.value.fields) == {"due_at"}


def test_the_limit_is_asked_again_when_it_is_published(tree: Tree, street: Actor) -> None:
    parent = running(tree, [tree.street])
    child = reissued(parent, tree, street)
    due = child.tasks.get().due_at
    assert due is not None
    Duty.objects.filter(pk=own(parent, tree, "task").pk).update(due_at=due - timedelta(days=1))
    targets_confirm(by=street, campaign=child, targets=child.targets.all())
    with pytest.raises(RefusedError) as refused:
        campaign_publish(by=street, campaign=child, units=[tree.community])
    assert refused.value.problem.code == "campaigns.later_than_parent"


def test_more_time_below_waits_for_more_time_above(tree: Tree, street: Actor) -> None:
    parent = running(tree, [tree.street])
    child = published(parent, tree, street)
    community = actor_for(make_user("liaison_officer", tree.community))
    district = actor_for(make_user("reviewer", tree.district))
    above, below = own(parent, tree, "task"), child.duties.get(unit=tree.community, kind="task")
    assert above.due_at is not None
    wanted = above.due_at + timedelta(days=2)
    asked = extension_ask(by=community, duty=below, wanted_at=wanted, reason="入户未完成")
    with pytest.raises(RefusedError) as refused:
        extension_answer(by=street, extension=asked, granted=True)
    assert refused.value.problem.code == "campaigns.extension_beyond"
    ours = extension_ask(by=street, duty=above, wanted_at=wanted, reason="社区入户未完成")
    extension_answer(by=district, extension=ours, granted=True)
    assert extension_answer(by=street, extension=asked, granted=True).state == Extension.State.GRANTED
    below.refresh_from_db()
    assert below.due_at == wanted


def test_a_unit_reissues_once_and_only_what_addresses_it(tree: Tree, street: Actor) -> None:
    parent = running(tree, [tree.street])
    reissued(parent, tree, street)
    with pytest.raises(RefusedError) as refused:
        reissued(parent, tree, street)
    assert refused.value.problem.code == "campaigns.already_reissued"
    other = actor_for(make_user("unit_admin", tree.other_street))
    task = own(parent, tree, "task").task_id or 0
    with pytest.raises(RefusedError) as refused:
        campaign_reissue(
            by=other, parent=parent, unit=tree.other_street, addressed=[], tasks={task: None}, requirements={}
        )
    assert refused.value.problem.code == "campaigns.not_addressed"


def test_a_liaison_officer_does_not_reissue(tree: Tree) -> None:
    parent = running(tree, [tree.street])
    with pytest.raises(RefusedError) as refused:
        reissued(parent, tree, actor_for(make_user("liaison_officer", tree.street)))
    assert refused.value.problem.code == "campaigns.not_allowed"


def test_tasks_of_another_campaign_are_not_taken_over(tree: Tree, street: Actor) -> None:
    parent, other = running(tree, [tree.street]), running(tree, [tree.street])
    foreign = own(other, tree, "task")
    with pytest.raises(RefusedError) as refused:
        campaign_reissue(
            by=street,
            parent=parent,
            unit=tree.street,
            addressed=["各社区"],
            tasks={foreign.task_id or 0: foreign.due_at},
            requirements={},
        )
    assert refused.value.problem.code == "campaigns.task_of_other"


def test_its_draft_notice_cites_the_parent_and_leaves_number_and_seal_open(tree: Tree, street: Actor) -> None:
    parent = running(tree, [tree.street])
    child = reissued(parent, tree, street)
    draft = notice_draft(by=street, campaign=child)
    with default_storage.open(draft.file.kept.stored) as stream:
        document = docx.Document(io.BytesIO(stream.read()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "云湖区安委会办公室关于开展2026年“安全生产月”活动的通知" in text
    assert "代拟稿" in text
    assert "6月28日" in text
    assert "各社区" in text
    assert (draft.doc_no, draft.signer, draft.signed_on) == ("", "", None)
    with pytest.raises(RefusedError) as refused:
        draft_signed(by=street, draft=draft, doc_no="", signer="", signed_on=date(2026, 5, 20))
    assert set(refused.value.fields) == {"doc_no", "signer"}
    signed = draft_signed(
        by=street, draft=draft, doc_no="望街办〔2026〕3号", signer="李平", signed_on=date(2026, 5, 20)
    )
    assert signed.doc_no == "望街办〔2026〕3号"


def test_a_draft_notice_asked_for_twice_at_once_is_one_and_later_another(tree: Tree, street: Actor) -> None:
    child = reissued(running(tree, [tree.street]), tree, street)
    with clock.held_at(clock.now()):
        first, second = notice_draft(by=street, campaign=child), notice_draft(by=street, campaign=child)
    assert first == second
    assert child.drafts.count() == 1
    with clock.held_at(first.made_at + timedelta(minutes=5)):
        assert notice_draft(by=street, campaign=child) != first
    assert child.drafts.count() == 2
