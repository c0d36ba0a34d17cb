"""The fictional district in the middle of its month."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from anyue.demonstration import NotEmptyError, demo_load
from anyue.kernel import clock
from anyue.modules.campaigns.models import Campaign, Duty
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.models import Entry
from anyue.platform.authz import roles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def loaded(settings: Any, tmp_path: Path) -> list[dict[str, str]]:
    settings.DATA = tmp_path
    file = demo_load()
    assert file.stat().st_mode & 0o077 == 0, "passwords are for the owner alone"
    found: list[dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return found


def test_the_district_its_people_and_its_month(loaded: list[dict[str, str]], client: Client) -> None:
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert (kinds["township"], kinds["community"], kinds["department"], kinds["enterprise"]) == (10, 120, 60, 300)

    assert {account["role"] for account in loaded} == {role.code for role in roles()}
    assert all(account.keys() == {"username", "password", "role", "unit", "token"} for account in loaded)
    assert len({account["password"] for account in loaded}) == len(loaded)
    admin = next(account for account in loaded if account["role"] == "unit_admin")
    assert client.login(username=admin["username"], password=admin["password"])

    campaign = Campaign.objects.get(parent=None)
    assert campaign.starts_on < clock.today() < campaign.ends_on
    receipts = campaign.duties.filter(kind=Duty.Kind.RECEIPT)
    assert receipts.filter(state=Duty.State.DONE).count() > 100
    assert receipts.filter(state=Duty.State.OPEN, due_at__lt=clock.now()).count() == 4
    assert any(duty.done_at and duty.due_at and duty.done_at > duty.due_at for duty in receipts)
    assert receipts.filter(by_link=True).exists()
    assert campaign.children.get().state == Campaign.State.RUNNING
    assert campaign.duties.filter(state=Duty.State.NOT_OURS).exists()

    assert not Entry.objects.filter(at__gt=clock.now() + timedelta(seconds=1)).exists()
    assert not Duty.objects.filter(done_at__gt=clock.now()).exists()


def test_it_fills_an_empty_folder_only(settings: Any, tmp_path: Path, tree: object) -> None:
    settings.DATA = tmp_path

    with pytest.raises(NotEmptyError):
        demo_load()
    assert not (tmp_path / "demo-accounts.json").exists()
