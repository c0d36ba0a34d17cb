"""A published campaign changes: its key days, whom it addresses; each change a version. What was done stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import User
from anyue.modules.campaigns.models import Campaign, Duty, Participation
from anyue.modules.campaigns.selectors import duties_of, participations_for
from anyue.modules.campaigns.selectors.following import units_late
from anyue.modules.campaigns.services import (
    addressees_preview,
    addressees_set,
    key_days_set,
    participants_add,
    participants_drop,
    receipt_sign,
)
from anyue.modules.campaigns.services.keys import token_of
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, client_for, make_unit, make_user

from .makers import draft, running

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


@pytest.fixture
def user(tree: Tree) -> User:
    return make_user("unit_admin", tree.district)


@pytest.fixture
def admin(user: User) -> Actor:
    return actor_for(user)


@pytest.fixture
def campaign(tree: Tree, admin: Actor) -> Campaign:
    return running(tree, by=admin)


def kinds(campaign: Campaign, unit: Unit) -> list[str]:
    return sorted(duties_of(unit, campaign).values_list("kind", flat=True))


def states(campaign: Campaign, unit: Unit) -> dict[str, str]:
    return dict(campaign.duties.filter(unit=unit).values_list("kind", "state"))


def everybody(campaign: Campaign) -> list[Unit]:
    return [row.unit for row in campaign.addressed_now.select_related("unit")]


def said(client: Client, name: str, campaign: Campaign) -> str:
    answer = client.get(reverse(f"campaigns:{name}", args=[campaign.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


# --- key days


def test_key_days_are_changed_on_the_web_and_make_a_version(campaign: Campaign, user: User) -> None:
    client = client_for(user)
    page = said(client, "key-days", campaign)
    assert "2026-06-16" in page
    assert "安全宣传咨询日" in page
    address = reverse("campaigns:key-days", args=[campaign.pk])
    fields = {"version": "1", "day_0_day": "", "day_0_name": "", "day_1_day": "2026-06-17", "day_1_name": "公众开放日"}
    assert client.post(address, fields).status_code == 302

    assert list(campaign.key_days.values_list("on", "name")) == [(date(2026, 6, 17), "公众开放日")]
    entry = Entry.objects.get(action="campaign.key_days_set")
    assert entry.before == {"days": [["2026-06-16", "安全宣传咨询日"]]}
    assert campaign.versions.get(number=2).entry == entry
    changed = said(client, "versions", campaign)
    assert "公众开放日" in changed
    assert "安全宣传咨询日" in changed
    assert reverse("campaigns:versions", args=[campaign.pk]) in said(client, "show", campaign)


@pytest.mark.parametrize(
    ("day", "name", "words"),
    [("2026-06-17", "", "没有名称"), ("", "公众开放日", "没有日期"), ("2036-06-17", "公众开放日", "相差一年以上")],
)
def test_half_a_key_day_and_a_wrong_year_come_back_as_typed(
    campaign: Campaign, user: User, day: str, name: str, words: str
) -> None:
    fields = {"version": "1", "day_0_day": "2026-06-16", "day_0_name": "安全宣传咨询日"}
    answer = client_for(user).post(
        reverse("campaigns:key-days", args=[campaign.pk]), fields | {"day_1_day": day, "day_1_name": name}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert f'value="{day or name}"' in page
    assert campaign.key_days.count() == 1


def test_saving_the_same_days_changes_nothing(campaign: Campaign, admin: Actor) -> None:
    key_days_set(by=admin, campaign=campaign, days=[(date(2026, 6, 16), "安全宣传咨询日")])
    campaign.refresh_from_db()
    assert campaign.version == 1


def test_what_somebody_else_changed_meanwhile_is_not_written_over(campaign: Campaign, admin: Actor) -> None:
    key_days_set(by=admin, campaign=campaign, days=[(date(2026, 6, 1), "启动仪式")], version=1)
    with pytest.raises(RefusedError) as refusal:
        key_days_set(by=admin, campaign=campaign, days=[], version=1)
    assert refusal.value.problem.code == "campaigns.changed_meanwhile"
    with pytest.raises(RefusedError):
        addressees_set(by=admin, campaign=campaign, units=everybody(campaign)[:1], reason="误列", version=1)
    assert campaign.key_days.get().name == "启动仪式"


def test_a_draft_has_no_versions(tree: Tree, admin: Actor) -> None:
    made = draft(tree, by=admin)
    key_days_set(by=admin, campaign=made, days=[(date(2026, 6, 1), "启动仪式")], version=0)
    assert not made.versions.exists()


# --- addressees


def test_a_unit_that_comes_gets_its_duties_and_one_that_goes_owes_nothing(
    tree: Tree, campaign: Campaign, admin: Actor
) -> None:
    receipt_sign(by=SYSTEM, campaign=campaign, unit=tree.other_street)
    newcomer = make_unit("竹溪街道", parent=tree.district)
    units = [unit for unit in everybody(campaign) if unit != tree.other_street] + [newcomer]
    planned = addressees_preview(campaign, units)
    done = addressees_set(by=admin, campaign=campaign, units=units, reason="区划调整", version=1)

    assert (done.added, done.dropped) == ([newcomer], [tree.other_street])
    assert (planned.opened, planned.closed) == (done.opened, done.closed)
    # 各街道 means the new street too: its receipt, its officer, its return and its task.
    assert kinds(campaign, newcomer) == ["liaison", "receipt", "return", "task"]
    assert kinds(campaign, tree.other_street) == ["receipt"], "what it signed stays"
    assert states(campaign, tree.other_street) == {
        "receipt": "done",
        "liaison": "dropped",
        "return": "dropped",
        "task": "dropped",
    }
    row = Participation.objects.get(campaign=campaign, unit=tree.other_street)
    assert (row.drop_reason, token_of(row)) == ("区划调整", "")
    assert row not in participations_for(admin, campaign)
    assert tree.other_street not in [one.unit for one in units_late(admin, campaign, [tree.other_street.pk])]
    assert sorted(campaign.versions.values_list("entry__action", flat=True)) == [
        "campaign.published",
        "campaign.units_added",
        "campaign.units_dropped",
    ]


def test_a_unit_taken_in_again_goes_on_where_it_was(tree: Tree, campaign: Campaign, admin: Actor) -> None:
    receipt_sign(by=SYSTEM, campaign=campaign, unit=tree.street)
    before = campaign.duties.filter(unit=tree.street).count()
    participants_drop(by=admin, campaign=campaign, units=[tree.street], reason="误列")
    assert participants_add(by=admin, campaign=campaign, units=[tree.street]) == 1
    assert campaign.duties.filter(unit=tree.street).count() == before
    assert states(campaign, tree.street)["receipt"] == Duty.State.DONE
    assert states(campaign, tree.street)["task"] == Duty.State.OPEN
    row = campaign.participations.get(unit=tree.street)
    assert row.dropped_at is None
    assert token_of(row)


def test_nobody_is_left_out_without_a_reason_and_somebody_is_always_left(campaign: Campaign, admin: Actor) -> None:
    with pytest.raises(RefusedError):
        addressees_set(by=admin, campaign=campaign, units=everybody(campaign)[:1], reason=" ")
    with pytest.raises(RefusedError):
        participants_drop(by=admin, campaign=campaign, units=everybody(campaign), reason="误列")
    assert campaign.addressed_now.count() == 4


def test_a_person_below_may_not_change_whom_it_addresses(tree: Tree, campaign: Campaign) -> None:
    street = actor_for(make_user("unit_admin", tree.street))
    with pytest.raises(RefusedError):
        participants_drop(by=street, campaign=campaign, units=[tree.community], reason="误列")


def test_the_units_are_chosen_checked_and_changed_on_the_web(
    tree: Tree, campaign: Campaign, user: User, assert_queries_at_most: Limit
) -> None:
    client = client_for(user)
    newcomer = make_unit("竹溪社区", parent=tree.street, kind=Kind.COMMUNITY)
    address = reverse("campaigns:addressees", args=[campaign.pk])
    with assert_queries_at_most(15):
        page = said(client, "addressees", campaign)
    assert f'value="{tree.street.pk}" id="unit-{tree.street.pk}" checked' in page
    assert f'value="{newcomer.pk}" id="unit-{newcomer.pk}">' in page

    units = [tree.street.pk, tree.community.pk, tree.other_community.pk, newcomer.pk]
    check = client.post(address, {"step": "check", "units": units, "version": "1"}).content.decode()
    assert "竹溪社区" in check
    assert "松桥街道" in check
    assert campaign.addressed_now.count() == 4
    refused = client.post(address, {"step": "save", "units": units, "version": "1"})
    assert refused.status_code == 422
    given = {"step": "save", "units": units, "version": "1", "reason": "区划调整"}
    assert client.post(address, given).status_code == 302
    assert {unit.name for unit in everybody(campaign)} == {"望榆街道", "柳岸社区", "荷风社区", "竹溪社区"}
    assert "区划调整" in said(client, "addressees", campaign)
    assert client.post(address, given).status_code == 409


def test_the_ticked_units_are_kept_as_a_draft(campaign: Campaign, user: User, tree: Tree) -> None:
    client = client_for(user)
    client.post(reverse("pages:draft-keep", args=[f"campaigns.addressees-{campaign.pk}"]), {"units": [tree.street.pk]})
    assert "?restore=1" in said(client, "addressees", campaign)
    page = client.get(reverse("campaigns:addressees", args=[campaign.pk]) + "?restore=1").content.decode()
    assert page.count(" checked") == 1


def test_the_dropped_unit_still_reads_what_it_did(tree: Tree, campaign: Campaign, admin: Actor) -> None:
    receipt_sign(by=SYSTEM, campaign=campaign, unit=tree.street)
    participants_drop(by=admin, campaign=campaign, units=[tree.street], reason="误列")
    client = client_for(make_user("liaison_officer", tree.street))
    assert client.get(reverse("campaigns:mine", args=[campaign.pk, tree.street.pk])).status_code == 200
