"""Pages of campaigns that draw their own forms keep what is typed, offer it, fill it in again, and forget it when it went through."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from anyue.modules.campaigns.models import Campaign
from anyue.platform.pages.models import Draft
from tests.anyue.factories import Tree, client_for, make_user

from .makers import draft, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(tree: Tree) -> Campaign:
    return running(tree)


def keeps(client: Client, address: str, key: str, typed: dict[str, str], shown: str) -> None:
    page = client.get(address).content.decode()
    assert f'data-draft-url="{reverse("pages:draft-keep", args=[key])}"' in page
    assert client.post(reverse("pages:draft-keep", args=[key]), typed).status_code == 204
    offered = client.get(address).content.decode()
    assert f"{address}?restore=1" in offered
    assert shown not in offered
    assert shown in client.get(f"{address}?restore=1").content.decode()


def test_the_head_of_a_campaign(tree: Tree, campaign: Campaign) -> None:
    client = client_for(make_user("unit_admin", tree.district))
    address, key = reverse("campaigns:edit", args=[campaign.pk]), f"campaigns.edit-{campaign.pk}"
    keeps(client, address, key, {"theme": "人人会应急"}, "人人会应急")

    sent = {"name": campaign.name, "theme": "人人会应急", "starts_on": "2026-06-01", "ends_on": "2026-06-30"}
    assert client.post(address, sent | {"starts_on": "", "_draft": key}).status_code == 422
    assert Draft.objects.filter(form_key=key).exists(), "refused: it is still needed"
    assert client.post(address, sent | {"_draft": key}).status_code == 302
    assert not Draft.objects.exists()


def test_a_task(tree: Tree, campaign: Campaign) -> None:
    task = campaign.tasks.first()
    assert task is not None
    client = client_for(make_user("unit_admin", tree.district))
    keeps(
        client,
        reverse("campaigns:asked", args=["task", task.pk]),
        f"campaigns.asked-task-{task.pk}",
        {"text": "开展一次演练。"},
        "开展一次演练。",
    )


def test_a_report_on_a_task(tree: Tree, campaign: Campaign) -> None:
    duty = campaign.duties.get(unit=tree.street, kind="task")
    client = client_for(make_user("recorder", tree.street))
    typed = {"progress": "40", "note": "已讲两堂课"}
    keeps(client, reverse("campaigns:duty", args=[duty.pk]), f"campaigns.duty-{duty.pk}", typed, "已讲两堂课")
    sent = typed | {"_draft": f"campaigns.duty-{duty.pk}"}
    assert client.post(reverse("campaigns:duty-act", args=[duty.pk, "progress"]), sent).status_code == 302
    assert not Draft.objects.exists()


def test_a_liaison_officer(tree: Tree, campaign: Campaign) -> None:
    client = client_for(make_user("liaison_officer", tree.street))
    address = reverse("campaigns:liaison", args=[campaign.pk, tree.street.pk])
    keeps(client, address, f"campaigns.liaison-{campaign.pk}-{tree.street.pk}", {"name": "安小宁"}, 'value="安小宁"')


def test_what_is_issued_further_down(tree: Tree, campaign: Campaign) -> None:
    client = client_for(make_user("unit_admin", tree.street))
    task = campaign.tasks.first()
    assert task is not None
    address = reverse("campaigns:reissue", args=[campaign.pk, tree.street.pk])
    key = f"campaigns.reissue-{campaign.pk}-{tree.street.pk}"
    typed = {
        "name": "望榆街道安全生产月",
        "addressed": "各社区",
        "tasks": str(task.pk),
        f"t{task.pk}_day": "2026-06-09",
    }
    keeps(client, address, key, typed, "望榆街道安全生产月")
    restored = client.get(f"{address}?restore=1").content.decode()
    assert 'value="2026-06-09"' in restored
    assert restored.count(" checked") == 1


def test_the_units_to_publish_to(tree: Tree) -> None:
    campaign = draft(tree)
    client = client_for(make_user("unit_admin", tree.district))
    address, key = reverse("campaigns:publish", args=[campaign.pk]), f"campaigns.publish-{campaign.pk}"
    client.post(reverse("pages:draft-keep", args=[key]), {"units": [tree.street.pk]})
    assert client.get(address).content.decode().count(" checked") != 1
    assert client.get(f"{address}?restore=1").content.decode().count(" checked") == 1


def test_when_to_chase(tree: Tree, campaign: Campaign) -> None:
    client = client_for(make_user("unit_admin", tree.district))
    address, key = reverse("campaigns:chase-rules", args=[campaign.pk]), f"campaigns.chase-rules-{campaign.pk}"
    lines = {"rules-TOTAL_FORMS": "1", "rules-INITIAL_FORMS": "0", "rules-0-amount": "17", "rules-0-when": "-d"}
    keeps(client, address, key, lines, 'value="17"')


def test_another_persons_draft_is_not_offered(tree: Tree, campaign: Campaign) -> None:
    one, other = (client_for(make_user("unit_admin", tree.district)) for _ in range(2))
    address, key = reverse("campaigns:edit", args=[campaign.pk]), f"campaigns.edit-{campaign.pk}"
    keeps(one, address, key, {"theme": "人人会应急"}, "人人会应急")
    assert "人人会应急" not in other.get(f"{address}?restore=1").content.decode()
