"""What the pages of campaigns count, offer and press in a month that is under way."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.campaigns.models import Campaign, Duty
from anyue.modules.campaigns.rules import deadlines
from anyue.modules.campaigns.services import acts_confirm, address_of, duty_decline, link_holder, receipt_sign
from anyue.platform.audit.models import Entry
from tests.anyue.factories import Tree, actor_for, client_for, make_user

from .makers import running

pytestmark = pytest.mark.django_db


def signed_by_link(campaign: Campaign) -> list[Duty]:
    """Every unit signs by its link."""
    return [
        receipt_sign(by=link_holder(row, name="郑月", phone="13800000001"), campaign=campaign, unit=row.unit)
        for row in campaign.participations.select_related("unit", "campaign")
    ]


def test_what_waits_for_an_answer_is_counted(tree: Tree) -> None:
    campaign = running(tree)
    duty = campaign.duties.get(unit=tree.street, kind=Duty.Kind.TASK)
    duty_decline(by=actor_for(make_user("unit_admin", tree.street)), duty=duty, reason="不属本单位职责")

    page = client_for(make_user("reviewer", tree.district)).get(reverse("campaigns:office", args=[campaign.pk]))

    assert (page.context["waiting"]["to_answer"], page.context["waiting"]["to_confirm"]) == (1, 0)
    assert re.search(r"<dt>待[^<]*</dt><dd>1</dd>", page.content.decode())


def test_acts_by_link_are_all_counted_and_confirmed_as_many_as_are_shown(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anyue.modules.campaigns.views.office._WAITING", 3)
    campaign = running(tree)
    signed_by_link(campaign)
    client, office = client_for(make_user("reviewer", tree.district)), reverse("campaigns:office", args=[campaign.pk])

    page = client.get(office)
    shown = re.findall(r'type="hidden" name="duties" value="(\d+)"', page.content.decode())
    client.post(reverse("campaigns:confirm-all", args=[campaign.pk]), {"duties": shown})

    assert page.context["waiting"]["to_confirm"] == 4
    assert len(shown) == 3
    assert set(campaign.duties.filter(by_link=True)) == {
        duty for duty in campaign.duties.filter(kind=Duty.Kind.RECEIPT) if str(duty.pk) not in shown
    }
    assert Entry.objects.filter(action="duty.confirmed").count() == 3


def test_confirming_many_confirms_none_where_one_is_not_hers(tree: Tree) -> None:
    campaign = running(tree)
    duties = sorted(signed_by_link(campaign), key=lambda duty: duty.unit_id != tree.community.pk)

    with pytest.raises(RefusedError) as refused:
        acts_confirm(by=actor_for(make_user("unit_admin", tree.community)), duties=duties)

    assert refused.value.problem.code == "campaigns.not_allowed"
    assert campaign.duties.filter(by_link=True).count() == 4
    assert not Entry.objects.filter(action="duty.confirmed").exists()


def test_who_only_reads_confirms_nothing(tree: Tree) -> None:
    campaign = running(tree)
    duties = signed_by_link(campaign)
    reader = client_for(make_user("media_officer", tree.district))

    answer = reader.post(reverse("campaigns:confirm-all", args=[campaign.pk]), {"duties": [one.pk for one in duties]})

    assert answer.status_code in (403, 404)
    assert campaign.duties.filter(by_link=True).count() == 4


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("due", "at", "proposed"),
    [
        ("2026-06-20T17:00", "2026-06-01T09:00", "2026-06-18T17:00"),
        ("2026-06-20T17:00", "2026-06-18T18:00", "2026-06-19T17:00"),
        ("2026-06-20T17:00", "2026-06-19T18:00", "2026-06-20T00:00"),
        ("2026-06-20T17:00", "2026-06-20T09:00", "2026-06-20T17:00"),
        ("2026-06-20T17:00", "2026-06-20T17:00", None),
        ("2026-06-20T17:00", "2026-07-01T09:00", None),
    ],
)
def test_only_times_still_to_come_are_proposed(due: str, at: str, proposed: str | None) -> None:
    found = deadlines.still_to_come(_at(due), at=_at(at), days=2, is_working=lambda day: True)

    assert found == (_at(proposed) if proposed else None)


def test_what_has_passed_is_not_ticked_for_the_units_below(tree: Tree) -> None:
    with clock.held_at(_at("2026-05-20T09:00")):
        campaign = running(tree)
        client = client_for(make_user("unit_admin", tree.street))
    asked = campaign.duties.get(unit=tree.street, kind=Duty.Kind.RETURN)
    assert asked.due_at is not None
    path = reverse("campaigns:reissue", args=[campaign.pk, tree.street.pk])
    box = f'name="requirements" value="{asked.requirement_id}" id="r{asked.requirement_id}"'

    with clock.held_at(asked.due_at - timedelta(days=20)):
        before = client.get(path).content.decode()
    with clock.held_at(asked.due_at):
        after = client.get(path).content.decode()

    assert f"{box} checked" in before
    assert "请先申请延期" not in before
    assert box in after
    assert f"{box} checked" not in after
    assert "请先申请延期" in after


def first_button(page: str, action: str) -> str:
    """What Enter presses in the form that has the field of progress."""
    form = next(part for part in page.split("<form ")[1:] if 'name="progress"' in part)
    assert action in form
    return form[form.index("<button") :].partition("</button>")[0]


def test_enter_in_the_field_of_progress_saves_it(tree: Tree) -> None:
    campaign = running(tree)
    duty = campaign.duties.get(unit=tree.community, kind=Duty.Kind.TASK)
    client = client_for(make_user("unit_admin", tree.community))
    page = client.get(reverse("campaigns:duty", args=[duty.pk])).content.decode()
    address = address_of(campaign.participations.get(unit=tree.community))
    door = "/door/" + address.partition("/door/")[2] + f"duties/{duty.pk}/"

    save = first_button(page, f'action="{reverse("campaigns:duty-act", args=[duty.pk, "progress"])}"')

    assert "formaction" not in save.partition(">")[0] or "/progress/" in save
    assert 'value="progress"' in first_button(Client().get(door).content.decode(), "who_name")


def test_a_number_that_cannot_be_called_is_told_apart_from_none_at_the_door(tree: Tree) -> None:
    campaign = running(tree)
    door = "/door/" + address_of(campaign.participations.get(unit=tree.community)).partition("/door/")[2]

    wrong = Client().post(door + "sign/", {"who_name": "郑月", "who_phone": "123"})
    duty = campaign.duties.get(unit=tree.community, kind=Duty.Kind.TASK)
    elsewhere = Client().post(
        door + f"duties/{duty.pk}/", {"who_name": "郑月", "who_phone": "123", "act": "progress", "progress": "20"}
    )

    for answer in (wrong, elsewhere):
        assert answer.status_code == 422
        assert "“123”不是电话号码" in answer.content.decode()
        assert answer.context["who"].errors.keys() == {"who_phone"}
    assert not campaign.duties.filter(by_link=True).exists()


def test_a_unit_that_is_addressed_begins_with_what_it_owes(tree: Tree) -> None:
    campaign = running(tree)
    show = reverse("campaigns:show", args=[campaign.pk])
    mine = reverse("campaigns:mine", args=[campaign.pk, tree.street.pk])

    street = client_for(make_user("unit_admin", tree.street)).get(show).content.decode()
    district = client_for(make_user("unit_admin", tree.district)).get(show).content.decode()

    main = f'<a class="btn btn-primary" href="{mine}"'
    assert main in street
    assert main not in district


def test_sheets_of_links_are_slips_without_buttons_on_paper(tree: Tree) -> None:
    campaign = running(tree)
    page = client_for(make_user("unit_admin", tree.district)).get(reverse("campaigns:links", args=[campaign.pk]))

    slips = page.content.decode().split('class="ay-card slip"')[1:]

    assert len(slips) == 4
    assert all("<button" not in slip.partition('data-print="no"')[0] for slip in slips)
