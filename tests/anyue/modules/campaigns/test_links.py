"""Links for units without accounts: what they open, for how long, and who takes back what was done by them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.campaigns.models import Campaign, Duty, Knock, LiaisonOfficer, Participation
from anyue.modules.campaigns.rules.slips import Officer
from anyue.modules.campaigns.selectors import campaigns_for, duties_for
from anyue.modules.campaigns.services import (
    act_confirm,
    act_undo,
    address_of,
    campaign_close,
    campaign_edit,
    duty_accept,
    duty_done,
    knock,
    liaison_name,
    link_holder,
    link_renew,
    link_revoke,
    links_switch,
    opened_by,
    receipt_sign,
)
from anyue.modules.campaigns.services import door as door_service
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor, ActorKind
from tests.anyue.factories import Tree, actor_for, make_user

from .makers import running

pytestmark = pytest.mark.django_db


def place(campaign: Campaign, unit: Unit) -> Participation:
    return campaign.participations.select_related("campaign", "unit").get(unit=unit)


def token_of(participation: Participation) -> str:
    return address_of(participation).rstrip("/").rpartition("/")[2]


def by_link(campaign: Campaign, unit: Unit) -> Actor:
    return link_holder(place(campaign, unit), name="郑月", phone="138 0000 0001", address="10.0.0.9")


@pytest.mark.parametrize("earlier", [1, 2])
def test_a_link_outlives_a_new_key_of_the_installation_while_the_earlier_one_is_kept(
    tree: Tree, settings: Settings, earlier: int
) -> None:
    campaign = running(tree)
    row = place(campaign, tree.community)
    address = address_of(row)
    retired = [settings.SECRET_KEY]
    for number in range(earlier):
        settings.SECRET_KEY = f"a new key of the installation, the {number}th"
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY, *retired][1:]
        retired = [settings.SECRET_KEY, *retired]

    assert address_of(place(campaign, tree.community)) == address
    assert opened_by(token_of(row)) == row
    renewed = link_renew(by=admin(tree), participation=row)
    settings.SECRET_KEY_FALLBACKS = []
    assert opened_by(token_of(renewed)) == row
    assert Client().get(address_of(renewed).removeprefix(settings.PUBLIC_ADDRESS)).status_code == 200


def test_a_link_ends_with_its_key_and_no_text_carries_it_any_more(tree: Tree, settings: Settings) -> None:
    row = place(running(tree), tree.community)
    token = token_of(row)
    settings.SECRET_KEY = "another key, and nobody kept the earlier one"
    settings.SECRET_KEY_FALLBACKS = []

    assert address_of(row) == ""
    assert opened_by(token) is None
    assert opened_by(token_of(link_renew(by=admin(tree), participation=row))) == row


def admin(tree: Tree) -> Actor:
    return actor_for(make_user("unit_admin", tree.district))


def test_a_link_opens_its_unit_and_the_database_alone_opens_nothing(tree: Tree) -> None:
    row = place(running(tree), tree.community)
    token = token_of(row)
    assert opened_by(token) == row
    assert token not in (row.link_digest, row.link_nonce)
    assert opened_by(row.link_nonce) is None
    assert opened_by(row.link_digest or "") is None


@pytest.mark.parametrize("typed", ["", "x", "A" * 43, "柳岸", "\ud800", "../admin"])
def test_a_guess_opens_nothing(tree: Tree, typed: str) -> None:
    running(tree)
    assert opened_by(typed) is None


def test_a_new_link_invalidates_the_old(tree: Tree) -> None:
    campaign = running(tree)
    row = place(campaign, tree.community)
    old = token_of(row)
    renewed = link_renew(by=admin(tree), participation=row)
    assert opened_by(old) is None
    assert opened_by(token_of(renewed)) == row


def test_a_revoked_link_and_those_of_a_closed_campaign_open_nothing(tree: Tree) -> None:
    campaign, by = running(tree), admin(tree)
    revoked, other = place(campaign, tree.community), place(campaign, tree.street)
    tokens = token_of(revoked), token_of(other)
    link_revoke(by=by, participation=revoked)
    assert opened_by(tokens[0]) is None
    assert address_of(place(campaign, tree.community)) == ""
    assert opened_by(tokens[1]) == other
    campaign_close(by=by, campaign=campaign)
    assert opened_by(tokens[1]) is None


def test_links_expire_with_the_campaign_and_can_be_switched_off(tree: Tree) -> None:
    campaign, by = running(tree), admin(tree)
    token = token_of(place(campaign, tree.community))
    links_switch(by=by, campaign=campaign, is_open=False)
    assert opened_by(token) is None
    links_switch(by=by, campaign=campaign, is_open=True)
    assert opened_by(token) is not None
    campaign_edit(by=by, campaign=campaign, links_until=clock.today() - timedelta(days=1))
    assert opened_by(token) is None


def test_only_the_office_makes_and_revokes_links(tree: Tree) -> None:
    campaign = running(tree)
    row = place(campaign, tree.community)
    for by in (actor_for(make_user("unit_admin", tree.street)), by_link(campaign, tree.community)):
        for act in (link_renew, link_revoke):
            with pytest.raises(RefusedError) as refused:
                act(by=by, participation=row)
            assert refused.value.problem.code == "campaigns.not_allowed"
        with pytest.raises(RefusedError):
            links_switch(by=by, campaign=campaign, is_open=False)


@pytest.mark.parametrize(
    ("name", "phone", "fields"), [(" ", "13800000001", {"who_name"}), ("郑月", "电话", {"who_phone"})]
)
def test_whoever_acts_says_who_she_is(tree: Tree, name: str, phone: str, fields: set[str]) -> None:
    row = place(running(tree), tree.community)
    with pytest.raises(RefusedError) as refused:
        link_holder(row, name=name, phone=phone)
    assert set(refused.value.fields) == fields


def test_a_link_signs_for_its_unit_and_stands_in_the_trail_as_a_link(tree: Tree) -> None:
    campaign = running(tree)
    duty = receipt_sign(by=by_link(campaign, tree.community), campaign=campaign, unit=tree.community)
    assert (duty.by_link, duty.done_by) == (True, "郑月 13800000001")
    entry = Entry.objects.get(action="duty.done")
    assert (entry.actor_kind, entry.actor_label, entry.address) == (ActorKind.LINK, "郑月 13800000001", "10.0.0.9")


def test_a_link_sees_and_does_nothing_else(tree: Tree) -> None:
    campaign = running(tree)
    holder = by_link(campaign, tree.community)
    assert list(campaigns_for(holder)) == [campaign]
    assert {duty.unit_id for duty in duties_for(holder)} == {tree.community.pk}
    other = running(tree, by=admin(tree))
    for where, unit in ((campaign, tree.street), (other, tree.community)):
        with pytest.raises(RefusedError) as refused:
            receipt_sign(by=holder, campaign=where, unit=unit)
        assert refused.value.problem.code == "campaigns.not_allowed"
    done = duty_done(by=holder, duty=campaign.duties.get(unit=tree.community, kind="task"))
    with pytest.raises(RefusedError):
        duty_accept(by=holder, duty=done)


def test_a_link_that_was_revoked_while_its_page_was_open_does_nothing(tree: Tree) -> None:
    campaign = running(tree)
    holder = by_link(campaign, tree.community)
    link_revoke(by=admin(tree), participation=place(campaign, tree.community))
    with pytest.raises(RefusedError):
        receipt_sign(by=holder, campaign=campaign, unit=tree.community)


def test_what_was_done_by_link_is_confirmed_by_the_unit_or_the_office(tree: Tree) -> None:
    campaign = running(tree)
    for unit, by in (
        (tree.community, actor_for(make_user("liaison_officer", tree.community))),
        (tree.other_community, actor_for(make_user("reviewer", tree.district))),
    ):
        duty = receipt_sign(by=by_link(campaign, unit), campaign=campaign, unit=unit)
        assert act_confirm(by=by, duty=duty).by_link is False
        with pytest.raises(RefusedError) as refused:
            act_undo(by=by, duty=duty, reason="误")
        assert refused.value.problem.code == "campaigns.not_possible"


def test_what_was_done_by_link_is_undone_with_a_reason_and_by_nobody_else(tree: Tree) -> None:
    campaign = running(tree)
    holder = by_link(campaign, tree.community)
    duty = receipt_sign(by=holder, campaign=campaign, unit=tree.community)
    for stranger in (
        holder,
        actor_for(make_user("unit_admin", tree.stranger_district)),
        actor_for(make_user("liaison_officer", tree.other_community)),
    ):
        with pytest.raises(RefusedError):
            act_undo(by=stranger, duty=duty, reason="误")
    undone = act_undo(by=actor_for(make_user("liaison_officer", tree.community)), duty=duty, reason="不是本社区人员")
    assert (undone.state, undone.done_at, undone.by_link) == (Duty.State.OPEN, None, False)
    assert undone.answer == "不是本社区人员"


def test_undoing_an_officer_named_by_link_brings_the_one_before_her_back(tree: Tree) -> None:
    campaign, unit = running(tree), tree.community
    own = actor_for(make_user("liaison_officer", unit))
    first = liaison_name(by=own, campaign=campaign, unit=unit, officer=Officer(name="周明", mobile="13800000001"))
    for name in ("吴芳", "孙立"):
        liaison_name(
            by=by_link(campaign, unit), campaign=campaign, unit=unit, officer=Officer(name=name, mobile="13900000002")
        )
    duty = campaign.duties.get(unit=unit, kind="liaison")
    assert duty.by_link
    undone = act_undo(by=own, duty=duty, reason="误填")
    now_named = LiaisonOfficer.objects.get(campaign=campaign, unit=unit, until_at=None)
    assert (now_named, undone.state) == (first, Duty.State.DONE)


def test_undoing_the_only_officer_leaves_the_duty_open(tree: Tree) -> None:
    campaign, unit = running(tree), tree.community
    liaison_name(
        by=by_link(campaign, unit), campaign=campaign, unit=unit, officer=Officer(name="吴芳", mobile="13900000002")
    )
    undone = act_undo(by=admin(tree), duty=campaign.duties.get(unit=unit, kind="liaison"), reason="误填")
    assert (undone.state, undone.done_at) == (Duty.State.OPEN, None)
    assert not LiaisonOfficer.objects.filter(until_at=None).exists()


def test_knocking_is_counted_by_window_and_forgotten_the_day_after(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(door_service.LIMITS, "address", 3)
    assert [knock("address", "10.0.0.9") for _ in range(4)] == [True, True, True, False]
    assert knock("address", "10.0.0.10")
    Knock.objects.update(window=clock.now() - timedelta(days=2))
    assert knock("address", "10.0.0.9")
    assert Knock.objects.count() == 1
