"""Units are merged, split, closed and moved in the middle of a campaign: what they owe goes on, once, and history stays."""

from __future__ import annotations

import pytest

from anyue.kernel.clock import today
from anyue.modules.campaigns.models import Campaign, Duty, LiaisonOfficer, Target
from anyue.modules.campaigns.rules.slips import Officer
from anyue.modules.campaigns.selectors import duties_for
from anyue.modules.campaigns.services import duty_done, liaison_name, participants_drop, receipt_sign
from anyue.modules.campaigns.services.keys import token_of
from anyue.modules.orgs.models import Kind, Unit
from anyue.modules.orgs.services import Draft, unit_close, unit_move, unit_split, units_merge
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from tests.anyue.factories import Tree, actor_for, make_unit, make_user

from .makers import draft, running

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


@pytest.fixture
def campaign(tree: Tree) -> Campaign:
    return running(tree)


def states(campaign: Campaign, unit: Unit) -> dict[str, str]:
    return dict(campaign.duties.filter(unit=unit).values_list("kind", "state"))


def owed(campaign: Campaign, unit: Unit) -> list[str]:
    rows = campaign.duties.filter(unit=unit, state__in=["open", "started"])
    return sorted(rows.values_list("kind", flat=True))


def addressed(campaign: Campaign) -> set[str]:
    return set(campaign.addressed_now.values_list("unit__name", flat=True))


def test_what_both_owe_is_owed_once_after_a_merger(tree: Tree, campaign: Campaign) -> None:
    receipt_sign(by=SYSTEM, campaign=campaign, unit=tree.other_community)
    units_merge(by=SYSTEM, units=[tree.other_community], into=tree.community, on=today())

    assert owed(campaign, tree.other_community) == []
    assert states(campaign, tree.other_community)["receipt"] == Duty.State.DONE, (
        "what it signed stays where it was signed"
    )
    assert owed(campaign, tree.community) == ["liaison", "receipt", "return", "task"]
    assert addressed(campaign) == {"望榆街道", "松桥街道", "柳岸社区"}
    row = campaign.participations.get(unit=tree.other_community)
    assert "柳岸社区" in row.drop_reason
    assert token_of(row) == ""
    entry = Entry.objects.get(action="campaign.units_followed")
    assert (entry.before["units"], entry.after["units"]) == (["荷风社区"], ["柳岸社区"])
    campaign.refresh_from_db()
    assert campaign.version == 2


def test_a_unit_that_was_not_addressed_takes_the_duties_over_with_their_evidence(tree: Tree) -> None:
    campaign = running(tree, units=[tree.community])
    task = campaign.duties.get(unit=tree.community, kind="task")
    Duty.objects.filter(pk=task.pk).update(state="started", progress=40)
    units_merge(by=SYSTEM, units=[tree.community], into=tree.other_community, on=today())

    task.refresh_from_db()
    assert (task.unit, task.progress, task.state) == (tree.other_community, 40, "started")
    assert addressed(campaign) == {"荷风社区"}
    assert token_of(campaign.participations.get(unit=tree.other_community))
    worker = actor_for(make_user("liaison_officer", tree.other_community))
    assert set(duties_for(worker).values_list("kind", flat=True)) == {"receipt", "liaison", "return", "task"}


def test_several_become_a_new_one_that_owes_everything_once(tree: Tree, campaign: Campaign) -> None:
    new = units_merge(
        by=SYSTEM,
        units=[tree.community, tree.other_community],
        into=Draft(name="柳荷社区", kind=Kind.COMMUNITY),
        on=today(),
    )
    assert owed(campaign, new) == ["liaison", "receipt", "return", "task"]
    assert addressed(campaign) == {"望榆街道", "松桥街道", "柳荷社区"}
    meant = {pk for units in Target.objects.filter(campaign=campaign).values_list("units", flat=True) for pk in units}
    assert new.pk in meant
    assert not meant & {tree.community.pk, tree.other_community.pk}


def test_the_officer_is_reached_for_the_unit_that_goes_on(tree: Tree, campaign: Campaign) -> None:
    officer = Officer(name="安小宁", mobile="13800000000")
    liaison_name(by=SYSTEM, campaign=campaign, unit=tree.other_community, officer=officer)
    units_merge(by=SYSTEM, units=[tree.other_community], into=tree.community, on=today())
    now = LiaisonOfficer.objects.get(campaign=campaign, until_at=None)
    assert (now.unit, now.name, now.mobile) == (tree.community, "安小宁", "13800000000")


def test_a_unit_that_was_left_out_is_not_brought_back_by_a_merger_that_brings_nothing(
    tree: Tree, campaign: Campaign
) -> None:
    both = [tree.community, tree.other_community]
    participants_drop(by=SYSTEM, campaign=campaign, units=both, reason="误列")
    units_merge(by=SYSTEM, units=[tree.other_community], into=tree.community, on=today())
    assert addressed(campaign) == {"望榆街道", "松桥街道"}
    assert owed(campaign, tree.community) == []


def test_the_campaign_of_an_office_is_run_where_the_office_goes_on(tree: Tree) -> None:
    campaign, waiting = running(tree), draft(tree)
    beside = make_unit("云溪区", kind=Kind.COUNTY)
    units_merge(by=SYSTEM, units=[tree.district], into=beside, on=today())
    for one in (campaign, waiting):
        one.refresh_from_db()
        assert one.unit == beside


def test_both_halves_of_a_split_owe_what_was_still_open(tree: Tree, campaign: Campaign) -> None:
    receipt_sign(by=SYSTEM, campaign=campaign, unit=tree.community)
    new = unit_split(
        by=SYSTEM,
        unit=tree.community,
        into=[Draft(name="柳岸一社区", kind=Kind.COMMUNITY), Draft(name="柳岸二社区", kind=Kind.COMMUNITY)],
        on=today(),
        close=True,
    )
    for one in new:
        assert owed(campaign, one) == ["liaison", "return", "task"]
        assert token_of(campaign.participations.get(unit=one))
    assert owed(campaign, tree.community) == []
    assert states(campaign, tree.community)["receipt"] == Duty.State.DONE
    assert "柳岸社区" not in addressed(campaign)


def test_a_unit_that_stays_after_a_split_keeps_its_own_duties(tree: Tree, campaign: Campaign) -> None:
    task = campaign.duties.get(unit=tree.community, kind="task")
    duty_done(by=SYSTEM, duty=task)
    (new,) = unit_split(
        by=SYSTEM, unit=tree.community, into=[Draft(name="柳岸东社区", kind=Kind.COMMUNITY)], on=today()
    )
    assert owed(campaign, tree.community) == ["liaison", "receipt", "return"]
    assert owed(campaign, new) == ["liaison", "receipt", "return"]


def test_a_closed_unit_owes_nothing_and_keeps_what_it_did(tree: Tree, campaign: Campaign) -> None:
    receipt_sign(by=SYSTEM, campaign=campaign, unit=tree.street)
    unit_close(by=SYSTEM, unit=tree.street, on=today(), below=True)
    for unit in (tree.street, tree.community, tree.other_community):
        assert owed(campaign, unit) == []
    assert states(campaign, tree.street)["receipt"] == Duty.State.DONE
    assert addressed(campaign) == {"松桥街道"}


def test_duties_go_along_with_a_unit_that_moves(tree: Tree, campaign: Campaign) -> None:
    unit_move(by=SYSTEM, unit=tree.community, parent=tree.other_street, on=today())
    other = actor_for(make_user("unit_admin", tree.other_street))
    assert (
        campaign.duties.filter(unit=tree.community).count()
        == duties_for(other).filter(unit=tree.community).count()
        == 4
    )
    before = actor_for(make_user("unit_admin", tree.street))
    assert not duties_for(before).filter(unit=tree.community).exists()


def test_a_campaign_that_is_over_stays_as_it_was(tree: Tree, campaign: Campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(state="closed", closed_at=campaign.published_at, closed_by="测试")
    units_merge(by=SYSTEM, units=[tree.other_community], into=tree.community, on=today())
    assert states(campaign, tree.other_community) == dict.fromkeys(("receipt", "liaison", "return", "task"), "open")
    assert campaign.addressed_now.count() == 4
