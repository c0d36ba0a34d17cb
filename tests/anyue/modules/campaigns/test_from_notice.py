"""The way from a notice to its campaign and back: the button, one campaign a notice, issued and recalled."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anyue.kernel.errors import RefusedError
from anyue.modules.campaigns.models import Campaign
from anyue.modules.campaigns.services import (
    campaign_close,
    campaign_draft_from_notice,
    campaign_reissue,
    campaign_withdraw,
    targets_confirm,
)
from anyue.modules.notices.models import Notice
from anyue.modules.notices.services import notice_withdraw
from anyue.modules.orgs.models import Kind
from anyue.platform.audit.models import Entry
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, client_for, make_unit, make_user

from .makers import draft, reviewed_notice, running

pytestmark = pytest.mark.django_db


def test_a_reviewed_notice_offers_the_campaign_to_who_may_run_one(tree: Tree) -> None:
    notice = reviewed_notice(tree.district)
    page, start = reverse("notices:one", args=[notice.pk]), reverse("campaigns:start", args=[notice.pk])

    assert start in client_for(make_user("unit_admin", tree.district)).get(page).content.decode()
    assert start not in client_for(make_user("reviewer", tree.district)).get(page).content.decode()


def test_the_form_begins_with_what_the_notice_says(tree: Tree) -> None:
    notice = reviewed_notice(tree.district)
    page = client_for(make_user("unit_admin", tree.district)).get(reverse("campaigns:start", args=[notice.pk]))

    assert all(words in page.content.decode() for words in ('value="2026-06-01"', 'value="2026-06-30"', "安全生产月"))


def test_a_notice_starts_one_campaign_however_often_the_button_is_pressed(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    client, notice = client_for(admin), reviewed_notice(tree.district)
    start = reverse("campaigns:start", args=[notice.pk])

    first, second = client.post(start, {}), client.post(start, {})

    campaign = Campaign.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == reverse("campaigns:names", args=[campaign.pk])
    with pytest.raises(RefusedError) as refused:
        campaign_draft_from_notice(by=actor_for(admin), notice=notice)
    assert refused.value.problem.code == "campaigns.already_started"


def test_a_withdrawn_draft_gives_way_to_a_new_one(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    campaign = draft(tree, by=actor_for(admin))
    campaign_withdraw(by=actor_for(admin), campaign=campaign, reason="重新发起")
    assert campaign.notice is not None

    again = campaign_draft_from_notice(by=actor_for(admin), notice=campaign.notice)

    assert again.state == Campaign.State.DRAFT


def test_publishing_issues_the_notice_and_withdrawing_takes_that_back(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))
    campaign = running(tree, by=admin)
    notice = Notice.objects.get()
    assert notice.state == Notice.State.ISSUED
    assert notice.issued_by == admin.label
    with pytest.raises(RefusedError) as refused:
        notice_withdraw(by=admin, notice=notice)
    assert refused.value.problem.code == "notices.in_use"

    campaign_withdraw(by=admin, campaign=campaign, reason="文件有误")

    notice.refresh_from_db()
    assert (notice.state, notice.issued_at, notice.issued_by) == (Notice.State.REVIEWED, None, "")
    actions = set(Entry.objects.filter(subject_kind="notices.notice").values_list("action", flat=True))
    assert {"notice.issued", "notice.recalled"} <= actions


def test_a_draft_that_is_withdrawn_leaves_the_notice_as_it_is(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))

    campaign_withdraw(by=admin, campaign=draft(tree, by=admin), reason="重新发起")

    assert Notice.objects.get().state == Notice.State.REVIEWED


def test_a_campaign_that_is_over_keeps_its_notice_issued(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.district))

    campaign_close(by=admin, campaign=running(tree, by=admin))

    assert Notice.objects.get().state == Notice.State.ISSUED


def test_withdrawing_what_a_street_issued_below_does_not_touch_the_districts_notice(tree: Tree) -> None:
    parent = running(tree)
    street = actor_for(make_user("unit_admin", tree.street))
    task = parent.tasks.all()[0]
    below = campaign_reissue(
        by=street, parent=parent, unit=tree.street, addressed=["各社区"], tasks={task.pk: task.due_at}, requirements={}
    )  # fmt: skip
    targets_confirm(by=street, campaign=below)

    campaign_withdraw(by=street, campaign=below, reason="重新转发")

    assert Notice.objects.get().state == Notice.State.ISSUED


def test_a_draft_with_deadlines_that_have_passed_says_so_before_it_goes_out(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    campaign, client = draft(tree, by=actor_for(admin)), client_for(admin)
    targets_confirm(by=actor_for(admin), campaign=campaign, targets=campaign.targets.all())

    units = [tree.street.pk, tree.community.pk]
    page = client.post(reverse("campaigns:publish", args=[campaign.pk]), {"step": "check", "units": units})

    assert "时限已过，发布后即为逾期" in page.content.decode()


def test_going_back_from_the_check_keeps_who_was_ticked(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    campaign, client = draft(tree, by=actor_for(admin)), client_for(admin)

    page = client.post(
        reverse("campaigns:publish", args=[campaign.pk]), {"step": "again", "units": [tree.street.pk]}
    ).content.decode()

    assert page.count(" checked") == 1
    assert f'value="{tree.street.pk}" id="unit-{tree.street.pk}" checked' in page


def test_nobody_ticked_is_said_and_the_form_comes_back(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    campaign, client = draft(tree, by=actor_for(admin)), client_for(admin)

    page = client.post(reverse("campaigns:publish", args=[campaign.pk]), {"step": "check"})

    assert page.status_code == 422
    assert 'name="units"' in page.content.decode()


def test_the_back_button_after_publishing_leads_to_the_campaign(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    campaign, client = running(tree, by=actor_for(admin)), client_for(admin)
    before = campaign.duties.count()

    again = client.post(
        reverse("campaigns:publish", args=[campaign.pk]), {"step": "publish", "units": [tree.street.pk]}
    )

    assert again.headers["Location"] == reverse("campaigns:show", args=[campaign.pk])
    assert campaign.duties.count() == before


def test_a_list_that_is_kept_by_a_rule_is_offered_and_meant(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    make_unit("县学", parent=tree.district, kind=Kind.DEPARTMENT)
    group = tree.district.groups.create(name="街道名单", below=tree.district, kinds=[Kind.TOWNSHIP])
    campaign = draft(tree, by=actor_for(admin))

    page = client_for(admin).get(reverse("campaigns:publish", args=[campaign.pk])).content.decode()

    assert f'data-choose-units="{tree.street.pk},{tree.other_street.pk}"' in page
    assert group.name in page


def test_a_units_page_shows_its_campaigns(tree: Tree, assert_queries_at_most: Limit) -> None:
    campaign = running(tree)
    client = client_for(make_user("unit_admin", tree.street))

    client.get(reverse("desk:home"))  # her session is written down once

    with assert_queries_at_most(15):
        page = client.get(reverse("orgs:unit", args=[tree.street.pk])).content.decode()

    assert reverse("campaigns:show", args=[campaign.pk]) in page
